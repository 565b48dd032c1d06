"""The port that writes a vector store into one file, and reads it out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from iaposte_desktop.domain.knowledge import Attribute
from iaposte_desktop.domain.ports.vector_stores import StoreDetails

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from contextlib import AbstractAsyncContextManager

    from iaposte_desktop.domain.knowledge import VectorStore, VectorStoreFile
    from iaposte_desktop.domain.search import SearchTest


@dataclass(frozen=True, slots=True)
class ArchivedTest:
    query: str
    file_name: str


@dataclass(frozen=True, slots=True)
class ArchivedStore:
    """`files` counts those that follow."""

    details: StoreDetails
    tests: tuple[ArchivedTest, ...]
    files: int


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """`path` is where its original was unpacked to, or its text, where the archive holds no whole original
    (`is_text`); None where it holds neither whole. `sha256` is that of the file at `path`."""

    name: str
    path: Path | None
    sha256: str
    is_text: bool
    attributes: Mapping[str, Attribute]


Unpacked: TypeAlias = "ArchivedStore | ArchivedFile"


class ArchiveWriter(Protocol):
    async def add(self, file: VectorStoreFile, original: Path | None, text: str) -> None:
        """What the archive is to hold of a file; `text` may be empty. An original that cannot be read is left out.
        Raises as `StoreArchives.writer` does."""
        ...


class StoreArchives(Protocol):
    def writer(
        self, path: Path, store: VectorStore, tests: Sequence[SearchTest]
    ) -> AbstractAsyncContextManager[ArchiveWriter]:
        """At the end of the block the archive takes the place of what is at `path`. Where an exception leaves the
        block, nothing has changed there. Raises DiskFull, ArchiveNotWritten."""
        ...

    def unpack(self, path: Path, folder: Path) -> AsyncIterator[Unpacked]:
        """The store, then each of its files once it is in `folder`, which is private and empty. A damaged member harms
        its own file alone. Raises ArchiveRefused, DiskFull."""
        ...
