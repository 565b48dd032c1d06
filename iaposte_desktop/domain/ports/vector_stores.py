"""The port that keeps and searches knowledge, hosted or on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.json import Metadata
from iaposte_desktop.domain.knowledge import (
    Attribute,
    ExpiresAfter,
    FileContent,
    FileToAdd,
    Filter,
    Passage,
    UploadEvent,
    VectorStore,
    VectorStoreFile,
)
from iaposte_desktop.domain.search import DEFAULT_SEARCH, Explanation, SearchSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class StoreCapabilities:
    """`suffixes` are the accepted file types, lower case with their dot. `keeps_originals` means that a file can be
    opened again from the store; `counts_chunks` that a file says how many it has; `is_tunable` that a search follows
    `SearchSettings`."""

    suffixes: frozenset[str]
    max_file_bytes: int
    filters: bool = True
    keeps_originals: bool = False
    counts_chunks: bool = True
    is_tunable: bool = False
    is_remote: bool = True


@dataclass(frozen=True, slots=True)
class StoreDetails:
    """What a user sets on a store; given whole, so that nothing is merged by accident."""

    name: str
    is_internal: bool = False
    expires_after: ExpiresAfter | None = None
    metadata: Metadata | None = None
    keeps_copies: bool = True
    takes_past_answers: bool = False
    embedding_model: ModelRef | None = None


def details_of(store: VectorStore) -> StoreDetails:
    """As they are now, for a change of some of them."""
    return StoreDetails(
        store.name,
        store.is_internal,
        store.expires_after,
        store.metadata,
        store.keeps_copies,
        store.takes_past_answers,
        store.embedding_model,
    )


class VectorStores(Protocol):
    @property
    def name(self) -> str:
        """The name that `VectorStore.provider` uses."""
        ...

    @property
    def capabilities(self) -> StoreCapabilities: ...

    async def create(self, details: StoreDetails) -> VectorStore: ...

    async def list(self) -> tuple[VectorStore, ...]:
        """By name; without the expired and those in the bin."""
        ...

    async def retrieve(self, store_id: str) -> VectorStore:
        """Raises NotFound."""
        ...

    async def update(self, store_id: str, details: StoreDetails) -> VectorStore: ...

    async def delete(self, store_id: str) -> None:
        """For good, with its files and their text. Unknown ids are not an error."""
        ...

    def add_files(self, store_id: str, files: Sequence[FileToAdd]) -> AsyncIterator[UploadEvent]:
        """Add files; events of several files may interleave. A bad file fails alone. Closing the iterator cancels
        what is not finished: those files end as `cancelled`."""
        ...

    def retry_files(self, store_id: str, file_ids: Sequence[str]) -> AsyncIterator[UploadEvent]:
        """Read again what failed, was cancelled or was interrupted, under the same ids."""
        ...

    async def unfinished(self) -> Mapping[str, tuple[str, ...]]:
        """Store id → the files that were left in progress here, for `retry_files`. Nothing is sent."""
        ...

    async def keep_unfinished(self, store_id: str, file_ids: Collection[str]) -> None:
        """The program closes: those of these files that were cancelled by it are in progress again, to go on at the
        next start. Nothing is sent."""
        ...

    async def files(self, store_id: str) -> tuple[VectorStoreFile, ...]:
        """By name."""
        ...

    async def retrieve_file(self, store_id: str, file_id: str) -> VectorStoreFile: ...

    async def set_attributes(self, store_id: str, attributes: Mapping[str, Mapping[str, Attribute]]) -> None:
        """File id → all its attributes from now on. Raises InvalidValue, and NotFound for a file that is not there;
        those before it are changed then."""
        ...

    async def remove_files(self, store_id: str, file_ids: Sequence[str]) -> None:
        """With their text and index entries. Unknown ids are not an error."""
        ...

    async def content(self, store_id: str, file_id: str) -> FileContent:
        """The extracted text. Raises NotFound when the file has none."""
        ...

    async def original(self, store_id: str, file_id: str) -> Path | None:
        """The file as it was added, to be opened; never to be changed. None where the store keeps none."""
        ...

    async def search(
        self,
        store_ids: Sequence[str],
        query: str,
        *,
        filters: Filter | None = None,
        limit: int = 10,
        score_threshold: float = 0.0,
        settings: SearchSettings = DEFAULT_SEARCH,
    ) -> tuple[Passage, ...]:
        """Best first, at most `limit` (1 to 50) over all stores together, each with `score >= score_threshold`.
        Unknown store ids raise NotFound; an empty query finds nothing. `settings` are followed where the store
        `is_tunable`."""
        ...

    async def explain(
        self, query: str, passages: Sequence[Passage], settings: SearchSettings = DEFAULT_SEARCH
    ) -> tuple[Explanation, ...]:
        """Why a search for `query` found these passages of its stores, in their order."""
        ...

    async def aclose(self) -> None: ...
