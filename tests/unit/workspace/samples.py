"""Values to keep: plain ones by hand, and arbitrary ones of every kind of event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.assistants import Assistant, AssistantSettings, AssistantVersion, ModelRef
from iaposte_desktop.domain.citations import Citation, CitationMatch, Source
from iaposte_desktop.domain.errors import Delivery, ErrorInfo, IllegalTransition
from iaposte_desktop.domain.knowledge import Anchor, FileStatus, Passage, VectorStore, VectorStoreFile
from iaposte_desktop.domain.reducer import reduce
from iaposte_desktop.domain.runs import AnsweredCall, FileMark, Run, RunOverrides, StepKind, StepStatus
from iaposte_desktop.domain.threads import Customer, MailHeaders, Message, Role, Thread, ThreadStatus
from iaposte_desktop.domain.uploads import Upload
from iaposte_desktop.domain.usage import Cost, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

NOW = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)
MODEL = ModelRef("embedded", "iaposte-extract-1")


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def customer(customer_id: str = "cust_1", email: str = "ann@example.org") -> Customer:
    return Customer(customer_id, "Ann Martin", email, NOW)


def thread(thread_id: str = "thread_1", subject: str = "Colis perdu", *, minutes: float = 0) -> Thread:
    return Thread(thread_id, "cust_1", subject, ThreadStatus.TO_ANSWER, at(minutes), at(minutes))


def headers(message_id: str | None = None) -> MailHeaders:
    return MailHeaders(message_id, None, (), "Ann Martin", "ann@example.org", ("shop@example.org",), "Colis", NOW)


def message(
    identity: str = "msg_1", *, mail: str | None = None, minutes: float = 0, thread_id: str = "thread_1"
) -> Message:
    return Message(identity, thread_id, Role.CUSTOMER, f"text of {identity}", at(minutes), headers=headers(mail))


def assistant(assistant_id: str = "asst_1", name: str = "Support", *, number: int = 1) -> Assistant:
    settings = AssistantSettings(name=name, model=MODEL, instructions="Bonjour {{customer}}")
    return Assistant(assistant_id, AssistantVersion(assistant_id, number, settings, "", NOW), NOW)


def store(store_id: str = "vs_1", name: str = "Livraison", provider: str = "embedded") -> VectorStore:
    return VectorStore(store_id, provider, name, NOW, NOW)


def file(
    file_id: str = "file_1", *, status: FileStatus = FileStatus.COMPLETED, store_id: str = "vs_1"
) -> VectorStoreFile:
    return VectorStoreFile(file_id, store_id, f"{file_id}.md", f"/tmp/{file_id}.md", "00ff", 100, status, NOW)


def upload(upload_id: str = "file_1", *, store_id: str = "vs_9", minutes: float = 0) -> Upload:
    """To a hosted store."""
    return Upload(
        id=upload_id,
        provider="conn_1",
        store_id=store_id,
        name=f"{upload_id}.md",
        source_path=f"/tmp/{upload_id}.md",
        sha256="00ff",
        bytes=100,
        status=FileStatus.IN_PROGRESS,
        created_at=at(minutes),
    )


def journal_of(
    events: Iterable[ev.RunEvent], run_id: str = "run_1", thread_id: str = "thread_1"
) -> tuple[list[ev.JournalEntry], list[Run]]:
    """Those of the events that may follow each other, as entries, and the run after each."""
    entries: list[ev.JournalEntry] = []
    runs: list[Run] = []
    for event in (ev.RunQueued(thread_id, "asst_1", 1, MODEL, "fr"), *events):
        entry = ev.JournalEntry(run_id, len(entries) + 1, NOW + timedelta(seconds=len(entries)), event)
        try:
            runs.append(reduce(runs[-1] if runs else None, entry))
        except IllegalTransition:
            continue
        entries.append(entry)
    return entries, runs


texts = st.text(st.characters(), max_size=20)
# A path or a broken file may hold what is no Unicode text.
broken_texts = st.text(st.characters() | st.sampled_from("\ud800\udcff\x00"), max_size=20)
counts = st.integers(0, 10**9)
instants = st.datetimes(
    min_value=datetime(1970, 1, 2),
    max_value=datetime(2200, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5.5))]),
)
fractions = st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | fractions | broken_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
details = st.dictionaries(texts, json_values, max_size=3)
attributes = st.dictionaries(texts, texts | fractions | st.booleans(), max_size=2)
usages = st.builds(Usage, counts, counts, counts, counts, counts, counts, st.booleans())
costs = st.builds(Cost, st.none() | st.decimals(0, 1000, places=8))
anchors = st.builds(Anchor, st.none() | counts, st.none() | texts, st.none() | counts, st.tuples(texts, texts))
passages = st.builds(
    Passage, texts, texts, texts, broken_texts, counts, counts, st.floats(0, 1), anchors, st.booleans(), attributes
)
sources = st.builds(Source, counts, passages)
citations = st.builds(
    Citation, counts, broken_texts, counts, st.sampled_from(CitationMatch), st.none() | counts, st.none() | counts
)
errors = st.builds(ErrorInfo, texts, broken_texts, st.sampled_from(Delivery), st.sampled_from(Delivery))
step_ids = st.sampled_from(["step_1", "step_2", "step_3"])


def tuples_of(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3).map(tuple)


overrides = st.builds(
    RunOverrides,
    st.none() | broken_texts,
    broken_texts,
    st.none() | st.builds(ModelRef, texts, texts),
    st.none() | counts,
    st.none() | counts,
    st.none() | st.decimals(0, 100, allow_nan=False),
    st.dictionaries(texts, texts, max_size=3),
)
EVENTS: dict[str, st.SearchStrategy[ev.RunEvent]] = {
    "run_queued": st.builds(
        ev.RunQueued, texts, texts, counts, st.builds(ModelRef, texts, texts), st.none() | texts, overrides
    ),
    "run_started": st.builds(ev.RunStarted, st.none() | texts),
    "round_started": st.builds(ev.RoundStarted, st.none() | texts),
    "fell_back": st.builds(ev.FellBack, st.builds(ModelRef, texts, texts), errors),
    "call_answered": st.builds(ev.CallAnswered, st.builds(AnsweredCall, texts, texts, details, broken_texts)),
    "file_marked": st.builds(ev.FileMarked, st.builds(FileMark, texts, counts)),
    "markers_inserted": st.builds(ev.MarkersInserted, tuples_of(st.builds(ev.Marker, counts, texts))),
    "step_started": st.builds(ev.StepStarted, step_ids, st.sampled_from(StepKind), details),
    "step_ended": st.builds(
        ev.StepEnded, step_ids, st.sampled_from(StepStatus), details, st.none() | usages, st.none() | costs
    ),
    "questions_found": st.builds(ev.QuestionsFound, tuples_of(broken_texts)),
    "question_left_open": st.builds(ev.QuestionLeftOpen, broken_texts),
    "sources_found": st.builds(ev.SourcesFound, tuples_of(sources)),
    "text_added": st.builds(ev.TextAdded, broken_texts),
    "citation_added": st.builds(ev.CitationAdded, citations),
    "citations_checked": st.builds(ev.CitationsChecked, tuples_of(citations)),
    "usage_counted": st.builds(ev.UsageCounted, usages, costs),
    "action_required": st.builds(ev.ActionRequired, step_ids),
    "action_taken": st.builds(ev.ActionTaken, step_ids, st.booleans()),
    "cancel_requested": st.builds(ev.CancelRequested),
    "run_cancelled": st.builds(ev.RunCancelled),
    "run_completed": st.builds(ev.RunCompleted),
    "run_incomplete": st.builds(ev.RunIncomplete, texts),
    "run_failed": st.builds(ev.RunFailed, errors),
    "run_expired": st.builds(ev.RunExpired),
    "run_interrupted": st.builds(ev.RunInterrupted, texts),
}
