"""A run as text, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iaposte_desktop.application.labels import place
from iaposte_desktop.cli.console import out
from iaposte_desktop.cli.texts import language, text
from iaposte_desktop.domain.citations import quote_anchor
from iaposte_desktop.domain.runs import StepKind, StepStatus

if TYPE_CHECKING:
    from iaposte_desktop.domain.citations import Citation
    from iaposte_desktop.domain.runs import Run, RunStep
    from iaposte_desktop.domain.threads import Customer
    from iaposte_desktop.domain.usage import Cost


def print_run(customer: Customer, run: Run, *, is_language_model: bool = False) -> None:
    """`is_language_model`: what wrote it is one."""
    out.rule(f"{customer.name} <{customer.email}>", align="left")
    told = "" if is_language_model else f" · {text('no_language_model')}"
    out.print(f"{text('steps')} · {run.answering_model.model}{told}")
    for step in run.steps:
        sign = "✓" if step.status is StepStatus.COMPLETED else "✗"
        out.print(f"  {sign} {_seconds(step):5.2f} s  {_step_text(step)}")
    out.print(f"\n{text('draft')} ({run.language})")
    out.print(_indented(run.text))
    out.print(f"\n{text('sources')}")
    for citation in run.citations:
        out.print(f"  [{citation.source}] {_place_of(run, citation)} · {text(citation.match)}")
        out.print(f"      « {' '.join(citation.quote.split())} »")
        if citation.found:
            out.print(f"      {text('in_the_file')} « {' '.join(citation.found.split())} »")
    for question in run.open_questions:
        out.print(f"  {text('open_questions')} : {question}")
    out.print(f"\n{totals(run)}\n")


def run_as_json(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "thread_id": run.thread_id,
        "status": run.status,
        "model": run.model.model,
        "provider": run.model.provider,
        "language": run.language,
        "text": run.text,
        "citations": [_citation_as_json(run, citation) for citation in run.citations],
        "questions": list(run.questions),
        "open_questions": list(run.open_questions),
        "steps": [
            {"kind": step.kind, "status": step.status, "seconds": round(_seconds(step), 3), "detail": dict(step.detail)}
            for step in run.steps
        ],
        "usage": {
            "input_tokens": run.usage.input_tokens,
            "output_tokens": run.usage.output_tokens,
            "estimated": run.usage.estimated,
        },
        "cost_usd": None if run.cost.usd is None else str(run.cost.usd),
        "error": None if run.error is None else {"code": run.error.code, "detail": run.error.detail},
    }


def totals(run: Run) -> str:
    sign = "≈ " if run.usage.estimated else ""
    seconds = (run.ended_at - run.created_at).total_seconds() if run.ended_at else 0.0
    return text("totals", f"{sign}{run.usage.total_tokens}", _cost(run.cost), f"{seconds:.1f}")


def _cost(cost: Cost) -> str:
    if cost.usd is None:
        return text("unknown_cost")
    return text("free") if cost.usd == 0 else f"{cost.usd:.4f} $"


def _step_text(step: RunStep) -> str:
    detail = step.detail
    if step.kind is StepKind.SEARCH:
        return text("step.search", detail.get("query", ""), detail.get("passages", 0))
    if step.kind is StepKind.CHECKING:
        return text("step.checking", *(detail.get(key, 0) for key in ("exact", "approximate", "not_found")))
    return text(f"step.{step.kind}", detail.get("name", ""))


def _seconds(step: RunStep) -> float:
    return (step.ended_at - step.started_at).total_seconds() if step.ended_at else 0.0


def _place_of(run: Run, citation: Citation) -> str:
    source = run.source(citation.source)
    if source is None:
        return ""
    return ", ".join(filter(None, (source.passage.file_name, place(quote_anchor(source, citation), language()))))


def _citation_as_json(run: Run, citation: Citation) -> dict[str, Any]:
    source = run.source(citation.source)
    anchor = quote_anchor(source, citation) if source else None
    return {
        "marker": citation.source,
        "position": citation.position,
        "quote": citation.quote,
        "match": citation.match,
        "found": citation.found,
        "file": source.passage.file_name if source else None,
        "store_id": source.passage.store_id if source else None,
        "file_id": source.passage.file_id if source else None,
        "page": anchor.page if anchor else None,
        "sheet": anchor.sheet if anchor else None,
        "row": anchor.row if anchor else None,
        "headings": list(anchor.headings) if anchor else [],
        "score": source.passage.score if source else None,
    }


def _indented(body: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in body.splitlines())
