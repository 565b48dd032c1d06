"""A run and its steps in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from iaposte_desktop.domain.runs import StepKind, StepStatus
from iaposte_desktop.qt.lib.amounts import tokens_text, usage_text
from iaposte_desktop.qt.lib.counts import COUNTS
from iaposte_desktop.qt.threads.texts import run_status_text, seconds_text, step_status_text

if TYPE_CHECKING:
    from datetime import datetime

    from iaposte_desktop.domain.runs import Run, RunStep


def step_text(step: RunStep) -> str:
    """What the step does, or did and found."""
    detail = step.detail
    is_done = step.status is StepStatus.COMPLETED
    if step.kind is StepKind.SEARCH:
        query = str(detail.get("query", ""))
        if not is_done:
            return QCoreApplication.translate("Run", "Searching “{0}”").format(query)
        return QCoreApplication.translate("Run", "Searched “{0}”").format(query)
    if step.kind is StepKind.TOOL_CALL:
        return QCoreApplication.translate("Run", "Called {0}").format(detail.get("name", ""))
    if step.kind is StepKind.CHECKING:
        return QCoreApplication.translate("Run", "Checking the citations")
    return QCoreApplication.translate("Run", "Writing")


def found_text(step: RunStep) -> str:
    """What the step brought, where it says."""
    detail = step.detail
    if step.status is not StepStatus.COMPLETED:
        return ""
    if step.kind is StepKind.SEARCH and "passages" in detail:
        passages = COUNTS.passages(_number(detail["passages"]))
        best = QLocale().toString(float(str(detail.get("best_score", 0))), "f", 2)
        return QCoreApplication.translate("Run", "{0}, best score {1}").format(passages, best)
    if step.kind is StepKind.CHECKING:
        counts = [_number(detail.get(key, 0)) for key in ("exact", "approximate", "not_found")]
        return QCoreApplication.translate("Run", "{0} exact, {1} approximate, {2} not found").format(*counts)
    return ""


def step_figures(step: RunStep, now: datetime) -> str:
    """`0.4 s`, with a word where the step is not done, and tokens where it used some."""
    parts = [seconds_text(step.started_at, step.ended_at or now)]
    if step.status is not StepStatus.COMPLETED:
        parts.insert(0, step_status_text(step.status))
    if step.usage is not None and step.usage.total_tokens:
        parts.append(tokens_text(step.usage.total_tokens, estimated=step.usage.estimated))
    return " · ".join(parts)


def totals_text(run: Run, now: datetime) -> str:
    """`3.2 s · ≈ 1,912 tokens · free`."""
    parts = [seconds_text(run.created_at, run.ended_at or now)]
    if run.usage.total_tokens:
        parts.append(usage_text(run.usage, run.cost))
    return " · ".join(parts)


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
        f"created {run.created_at.isoformat()}",
        f"started {run.started_at.isoformat() if run.started_at else None}",
        f"ended {run.ended_at.isoformat() if run.ended_at else None}",
        f"usage input {run.usage.input_tokens} output {run.usage.output_tokens} cached "
        f"{run.usage.cached_input_tokens} reasoning {run.usage.reasoning_tokens} searches {run.usage.search_calls}",
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


def _number(value: object) -> int:
    return int(str(value))
