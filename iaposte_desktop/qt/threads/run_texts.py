"""A run and its steps in words."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from iaposte_desktop.application.explain import explain
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.runs import StepKind, StepStatus
from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.domain.usage import FREE
from iaposte_desktop.qt.lib.amounts import cost_text, tokens_text, usage_text
from iaposte_desktop.qt.lib.counts import COUNTS
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.threads.texts import run_status_text, seconds_text, step_status_text

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run, RunStep
    from iaposte_desktop.domain.usage import Usage

_QUERY_CHARACTERS: Final = 160
_ASKS_TO_WAIT: Final = frozenset({"rate_limited", "provider_unavailable.busy"})


def step_text(step: RunStep) -> str:
    """What the step does, or did and found."""
    detail = step.detail
    is_done = step.status is StepStatus.COMPLETED
    if step.kind is StepKind.SEARCH:
        query = _short(str(detail.get("query", "")))
        if not is_done:
            return QCoreApplication.translate("Run", "Searching “{0}”").format(query)
        return QCoreApplication.translate("Run", "Searched “{0}”").format(query)
    if step.kind is StepKind.TOOL_CALL:
        return QCoreApplication.translate("Run", "Called {0}").format(detail.get("name", ""))
    if step.kind is StepKind.WAITING:
        if step.status is StepStatus.IN_PROGRESS:
            return QCoreApplication.translate("Run", "Waiting for the provider: {0}").format(_reason(step))
        return QCoreApplication.translate("Run", "Waited for the provider: {0}").format(_reason(step))
    if step.kind is StepKind.CHECKING:
        return QCoreApplication.translate("Run", "Checking the citations")
    return QCoreApplication.translate("Run", "Writing")


def wait_text(step: RunStep, now: datetime) -> str:
    """Why the run waits, and for how long still: `… Next try in 1:57.`"""
    return QCoreApplication.translate("Run", "{0} Next try in {1}.").format(_reason(step), _clock(step, now))


def wait_announcement(step: RunStep, now: datetime) -> str:
    """That the run waits, for those who do not see it."""
    is_asked = step.detail.get("code") in _ASKS_TO_WAIT
    asked = QCoreApplication.translate("Run", "The provider asks to wait.") if is_asked else ""
    return " ".join(filter(None, (asked, wait_text(step, now))))


def fallback_text(run: Run) -> str:
    """That another model answered, and why; nothing where none did."""
    if run.fallback is None:
        return ""
    reason = explain(run.fallback.reason, current_language()).what
    return QCoreApplication.translate("Run", "{0} was asked instead of {1}. {2}").format(
        run.fallback.model.model, run.model.model, reason
    )


def found_text(step: RunStep) -> str:
    """What the step brought, where it says."""
    detail = step.detail
    if step.status is not StepStatus.COMPLETED:
        return ""
    if step.kind is StepKind.SEARCH and "passages" in detail:
        if not (count := _number(detail["passages"])):
            return QCoreApplication.translate("Run", "nothing found")
        passages = COUNTS.passages(count)
        best = QLocale().toString(float(str(detail.get("best_score", 0))), "f", 2)
        return QCoreApplication.translate("Run", "{0}, best score {1}").format(passages, best)
    if step.kind is StepKind.CHECKING:
        counts = [_number(detail.get(key, 0)) for key in ("exact", "approximate", "not_found")]
        return QCoreApplication.translate("Run", "{0} exact, {1} approximate, {2} not found").format(*counts)
    return ""


def step_figures(step: RunStep, now: datetime) -> str:
    """`0.4 s`, with a word where the step is not done, and tokens where it used some."""
    if step.kind is StepKind.WAITING and step.status is StepStatus.IN_PROGRESS:
        return QCoreApplication.translate("Run", "next try in {0}").format(_clock(step, now))
    parts = [seconds_text(step.started_at, step.ended_at or now)]
    if step.status is not StepStatus.COMPLETED:
        parts.insert(0, step_status_text(step.status))
    if step.usage is not None and step.usage.total_tokens:
        parts.append(tokens_text(step.usage.total_tokens, estimated=step.usage.estimated))
    if step.cost is not None and step.cost != FREE:
        parts.append(cost_text(step.cost, estimated=step.usage is not None and step.usage.estimated))
    return " · ".join(parts)


def totals_text(run: Run, now: datetime) -> str:
    """`3.2 s · ≈ 1,912 tokens · free`."""
    parts = [seconds_text(run.created_at, run.ended_at or now)]
    if run.usage.total_tokens:
        parts.append(usage_text(run.usage, run.cost))
    elif run.text and not run.status.is_terminal:
        parts.append(tokens_text(estimate_tokens(run.text), estimated=True))
    return " · ".join(parts)


def usage_detail(usage: Usage) -> str:
    """Every count on a line of its own, those that are nothing left out."""
    tokens = (
        (QCoreApplication.translate("Run", "Input: {0}"), usage.input_tokens),
        (QCoreApplication.translate("Run", "of which from the cache: {0}"), usage.cached_input_tokens),
        (QCoreApplication.translate("Run", "of which written to the cache: {0}"), usage.cache_write_tokens),
        (QCoreApplication.translate("Run", "Output: {0}"), usage.output_tokens),
        (QCoreApplication.translate("Run", "of which reasoning: {0}"), usage.reasoning_tokens),
    )
    lines = [line.format(tokens_text(count, estimated=usage.estimated)) for line, count in tokens if count]
    if usage.search_calls:
        calls = QLocale().toString(usage.search_calls)
        lines.append(QCoreApplication.translate("Run", "Searches at the provider: {0}").format(calls))
    return "\n".join(lines)


def run_title(run: Run) -> str:
    """A run in a list of runs: when it began and how it ended."""
    when = QDateTime.fromSecsSinceEpoch(int(run.created_at.timestamp()))
    return f"{QLocale().toString(when, QLocale.FormatType.ShortFormat)} · {run_status_text(run.status)}"


def raw_text(run: Run) -> str:
    """For experts: identifiers and every step's detail as they are kept, untranslated."""
    lines = [
        f"run {run.id}",
        f"status {run.status}   sequence {run.sequence}",
        f"assistant {run.assistant_id} version {run.assistant_version}",
        f"model {run.model.provider}/{run.model.model}   handle {run.handle}   language {run.language}",
        *((f"fallback {run.fallback.model.provider}/{run.fallback.model.model}",) if run.fallback else ()),
        f"created {run.created_at.isoformat()}",
        f"started {run.started_at.isoformat() if run.started_at else None}",
        f"ended {run.ended_at.isoformat() if run.ended_at else None}",
        f"usage input {run.usage.input_tokens} output {run.usage.output_tokens} cached "
        f"{run.usage.cached_input_tokens} cache write {run.usage.cache_write_tokens} "
        f"reasoning {run.usage.reasoning_tokens} searches {run.usage.search_calls}   cost {run.cost.usd}",
    ]
    for step in run.steps:
        ended = step.ended_at.isoformat() if step.ended_at else None
        detail = json.dumps(dict(step.detail), ensure_ascii=False, default=str)
        lines.append(f"\n{step.kind} {step.status}   {step.id}\n  {step.started_at.isoformat()} → {ended}\n  {detail}")
    lines.extend(
        f"\ncitation [{citation.source}] {citation.match} at {citation.position} "
        f"({citation.quote_start}–{citation.quote_end})"
        for citation in run.citations
    )
    if run.error is not None:
        lines.append(f"\nerror {run.error.code}: {run.error.detail}")
    if run.incomplete_reason:
        lines.append(f"\nreason {run.incomplete_reason}")
    return "\n".join(lines)


def _short(query: str) -> str:
    """A model may look for a whole mail."""
    line = " ".join(query.split())
    return line if len(line) <= _QUERY_CHARACTERS else f"{line[:_QUERY_CHARACTERS]}…"


def _reason(step: RunStep) -> str:
    return explain(ErrorInfo(str(step.detail.get("code", ""))), current_language()).what


def _clock(step: RunStep, now: datetime) -> str:
    """What is left of a wait: `1:57`, `2:00:00`."""
    left = max(0, round((datetime.fromisoformat(str(step.detail["until"])) - now).total_seconds()))
    minutes, seconds = divmod(left, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"


def _number(value: object) -> int:
    return int(str(value))
