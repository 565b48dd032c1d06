"""What the workspace keeps. Coroutines may be awaited on any loop; values come back whole and immutable.

Every method that writes returns after the write is durable. Raises DiskFull, ProfileReadOnly or StorageError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from iaposte_desktop.domain.assistants import Assistant, AssistantVersion
    from iaposte_desktop.domain.drafts import Draft, DraftRevision
    from iaposte_desktop.domain.events import JournalEntry
    from iaposte_desktop.domain.folders import SyncedFolder
    from iaposte_desktop.domain.knowledge import VectorStore, VectorStoreFile
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.search import Question, SearchTest
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.domain.threads import Customer, Message, Thread, ThreadSummary
    from iaposte_desktop.domain.usage import Used


class CustomerRepository(Protocol):
    async def save(self, customer: Customer) -> None:
        """Insert or replace, by id."""
        ...

    async def retrieve(self, customer_id: str) -> Customer: ...

    async def by_email(self, email: str) -> Customer | None:
        """Compared without case."""
        ...

    async def list(self) -> tuple[Customer, ...]: ...


class ThreadRepository(Protocol):
    async def save(self, thread: Thread) -> None:
        """Insert or replace, by id."""
        ...

    async def retrieve(self, thread_id: str) -> Thread: ...

    async def change(self, thread_id: str, edit: Callable[[Thread], Thread]) -> Thread:
        """Retrieve, `edit` and save in one transaction, so that changes made at the same time are all kept. `edit` is
        called on the workspace's own thread. Raises NotFound."""
        ...

    async def summaries(self, *, deleted: bool = False) -> tuple[ThreadSummary, ...]:
        """Newest `updated_at` first; `deleted` lists the bin instead."""
        ...

    async def add_message(self, message: Message) -> bool:
        """False, and nothing is written, where the same `headers.message_id` is in the workspace already."""
        ...

    async def messages(self, thread_id: str) -> tuple[Message, ...]:
        """Oldest first."""
        ...

    async def thread_of_message_ids(self, message_ids: Sequence[str]) -> str | None:
        """The thread (not in the bin) that holds a message with one of these Message-IDs, the latest first."""
        ...

    async def open_thread(self, customer_id: str, subject: str) -> str | None:
        """The newest thread of this customer, not in the bin and not closed, under this normalised subject."""
        ...

    async def delete(self, thread_id: str) -> None:
        """For good, with messages, runs, drafts and revisions."""
        ...


class AssistantRepository(Protocol):
    async def save(self, assistant: Assistant) -> None:
        """Insert, or replace by id what is not a version; a version number not yet known is added. Versions that
        exist are never changed."""
        ...

    async def retrieve(self, assistant_id: str) -> Assistant: ...

    async def list(self, *, deleted: bool = False) -> tuple[Assistant, ...]:
        """By name."""
        ...

    async def mark_used(self, assistant_id: str, at: datetime) -> None:
        """Nothing else of it changes; an unknown id is passed over."""
        ...

    async def versions(self, assistant_id: str) -> tuple[AssistantVersion, ...]:
        """Newest first."""
        ...

    async def delete(self, assistant_id: str) -> None: ...


class RunJournal(Protocol):
    async def append(self, entries: Sequence[JournalEntry], run: Run) -> None:
        """Write events of one run, and the run they add up to, in one transaction. An entry whose sequence exists is
        a defect and raises StorageError."""
        ...

    async def entries(self, run_id: str) -> tuple[JournalEntry, ...]: ...

    async def retrieve(self, run_id: str) -> Run: ...

    async def runs_of(self, thread_id: str) -> tuple[Run, ...]:
        """Newest first."""
        ...

    async def unfinished(self) -> tuple[Run, ...]:
        """Runs without a terminal status: what a killed process left."""
        ...

    async def used_by_assistant(self, assistant_id: str) -> Used:
        """Of all its runs, in every thread that is still there."""
        ...


class DraftRepository(Protocol):
    async def retrieve(self, thread_id: str) -> Draft | None: ...

    async def save(self, draft: Draft, revision: DraftRevision | None = None) -> bool:
        """Draft and revision in one transaction. False, and nothing is written, where the stored sequence is not
        below `draft.sequence`. Emptying a non-empty draft without a revision raises ValueError."""
        ...

    async def revisions(self, thread_id: str) -> tuple[DraftRevision, ...]:
        """Newest first."""
        ...


class TaskRepository(Protocol):
    async def save(self, task: Task) -> None: ...

    async def list(self, limit: int = 100) -> tuple[Task, ...]:
        """Newest first."""
        ...

    async def remove_finished(self) -> None: ...


class StoreCatalog(Protocol):
    """Vector stores and files that this machine holds; the embedded engine keeps their text and index beside it."""

    async def save_store(self, store: VectorStore) -> None:
        """Insert or replace by id; `counts` and `bytes` are derived from the files and are not written."""
        ...

    async def retrieve_store(self, store_id: str) -> VectorStore: ...

    async def list_stores(self, provider: str, *, deleted: bool = False) -> tuple[VectorStore, ...]: ...

    async def delete_store(self, store_id: str) -> None: ...

    async def save_files(self, files: Sequence[VectorStoreFile]) -> None: ...

    async def retrieve_file(self, file_id: str) -> VectorStoreFile: ...

    async def files(self, store_id: str) -> tuple[VectorStoreFile, ...]: ...

    async def delete_files(self, file_ids: Sequence[str]) -> None: ...

    async def mark_cited(self, cited: Mapping[str, datetime]) -> None:
        """File id → when it was last cited, which counts as one more citation; unknown ids are passed over."""
        ...

    async def replacement(self, file_id: str) -> VectorStoreFile | None:
        """The file that took the place of this one, or of the one that did; the latest."""
        ...


class SearchTestRepository(Protocol):
    async def save(self, tests: Sequence[SearchTest]) -> None:
        """Insert or replace, by id."""
        ...

    async def of_store(self, store_id: str) -> tuple[SearchTest, ...]:
        """Oldest first."""
        ...

    async def delete(self, test_ids: Sequence[str]) -> None: ...

    async def forget(self, store_id: str) -> None:
        """Those of a store that is gone."""
        ...


class QuestionRepository(Protocol):
    async def add(self, question: Question) -> None: ...

    async def since(self, when: datetime) -> tuple[Question, ...]:
        """Newest first."""
        ...

    async def delete_before(self, when: datetime) -> None: ...


class SyncedFolderRepository(Protocol):
    async def save(self, folder: SyncedFolder) -> None:
        """Insert or replace, by id."""
        ...

    async def list(self) -> tuple[SyncedFolder, ...]: ...

    async def delete(self, folder_ids: Sequence[str]) -> None: ...


class Workspace(Protocol):
    """All repositories over one database."""

    @property
    def customers(self) -> CustomerRepository: ...
    @property
    def threads(self) -> ThreadRepository: ...
    @property
    def assistants(self) -> AssistantRepository: ...
    @property
    def journal(self) -> RunJournal: ...
    @property
    def drafts(self) -> DraftRepository: ...
    @property
    def tasks(self) -> TaskRepository: ...
    @property
    def catalog(self) -> StoreCatalog: ...
    @property
    def search_tests(self) -> SearchTestRepository: ...
    @property
    def questions(self) -> QuestionRepository: ...
    @property
    def folders(self) -> SyncedFolderRepository: ...

    async def aclose(self) -> None:
        """Finish what is being written, checkpoint, close."""
        ...
