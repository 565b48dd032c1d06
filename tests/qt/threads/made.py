"""Values for tests of the Threads tab."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.citations import Citation, CitationMatch, Source
from iaposte_desktop.domain.knowledge import Anchor, Passage
from iaposte_desktop.domain.runs import Run, RunStatus, RunStep, StepKind, StepStatus
from iaposte_desktop.domain.threads import Thread, ThreadStatus, ThreadSummary
from iaposte_desktop.domain.usage import FREE, Usage

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def summary(number: int, status: ThreadStatus = ThreadStatus.TO_ANSWER, **changes: Any) -> ThreadSummary:
    thread = Thread(f"thread_{number}", f"cust_{number}", changes.pop("subject", f"Subject {number}"), status, NOW, NOW)
    values = {
        "customer_name": f"Customer {number}",
        "customer_email": f"c{number}@example.org",
        "preview": "Hello",
        "messages": 1,
        "has_draft": False,
    }
    return ThreadSummary(thread, **{**values, **changes})


def passage(text: str = "Refunds take 5 days.", **changes: Any) -> Passage:
    values = {"score": 0.82, "anchor": Anchor(page=3)}
    return Passage("vs_1", "file_1", "terms.pdf", text, 0, len(text), **{**values, **changes})


def run(thread_id: str, text: str = "", status: RunStatus = RunStatus.IN_PROGRESS, **changes: Any) -> Run:
    values: dict[str, Any] = {
        "id": "run_1",
        "steps": (RunStep("step_1", StepKind.SEARCH, StepStatus.IN_PROGRESS, NOW, detail={"query": "refund"}),),
        "usage": Usage(100, 20, estimated=True),
        "cost": FREE,
        "started_at": NOW,
        "ended_at": NOW + timedelta(seconds=2) if status.is_terminal else None,
    }
    values.update(changes)
    return Run(
        thread_id=thread_id,
        assistant_id="asst_1",
        assistant_version=1,
        model=ModelRef("embedded", "iaposte-extract-1"),
        status=status,
        created_at=NOW,
        text=text,
        **values,
    )


def cited_run(thread_id: str, match: CitationMatch = CitationMatch.EXACT, **changes: Any) -> Run:
    """Two sources, of which the first is cited."""
    text = "Refunds take 5 days. [1]"
    sources = (Source(1, passage()), Source(2, passage("Opening hours: 9 to 5.", score=0.3)))
    citations = (Citation(1, "Refunds take 5 days.", 21, match, 0, 20),)
    values = {"sources": sources, "citations": citations, "questions": ("How long?",), **changes}
    return run(thread_id, text, values.pop("status", RunStatus.COMPLETED), **values)
