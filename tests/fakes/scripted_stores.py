"""`VectorStores` in memory: text files, a passage a paragraph, a score that counts words; and faults on demand."""

from __future__ import annotations

import asyncio
import hashlib
import operator
import re
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.equal_words import explained_by_words
from iaposte_desktop.domain.errors import FileProblem, InvalidValue, NotFound
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.knowledge import (
    Anchor,
    Attribute,
    Comparator,
    Compound,
    Connective,
    ContentPart,
    FileContent,
    FileCounts,
    FileError,
    FileStatus,
    FileToAdd,
    Filter,
    Passage,
    UploadEvent,
    UploadStage,
    VectorStore,
    VectorStoreFile,
)
from iaposte_desktop.domain.ports.vector_stores import StoreCapabilities, StoreDetails
from iaposte_desktop.domain.search import DEFAULT_SEARCH, Explanation, SearchSettings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Iterator, Mapping, Sequence

    from iaposte_desktop.domain.ports.clock import Clock

_CAPABILITIES: Final = StoreCapabilities(frozenset({".txt", ".md"}), max_file_bytes=100_000)
_WORD: Final = re.compile(r"\w+")
_PARAGRAPH: Final = re.compile(r"\S(?:.*?\S)?(?=\n\s*\n|\s*\Z)", re.DOTALL)


@dataclass(slots=True)
class _Held:
    store: VectorStore
    files: dict[str, VectorStoreFile] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


class ScriptedStores:
    """`faults` maps the name of a method to what it raises. While `gate` is not set, files wait to be read, which is
    how a test closes or cancels in the middle. `problems` maps a file's name to the reason it fails for."""

    def __init__(
        self, clock: Clock, *, name: str = "scripted", capabilities: StoreCapabilities = _CAPABILITIES
    ) -> None:
        self._clock = clock
        self._name = name
        self._capabilities = capabilities
        self._held: dict[str, _Held] = {}
        self.faults: dict[str, BaseException] = {}
        self.problems: dict[str, FileProblem] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self.is_closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def capabilities(self) -> StoreCapabilities:
        return self._capabilities

    async def create(self, details: StoreDetails) -> VectorStore:
        self._fault("create")
        now = self._clock()
        store = _detailed(VectorStore(new_id("vs"), self._name, "", now, now), details)
        self._held[store.id] = _Held(store)
        return store

    async def list(self) -> tuple[VectorStore, ...]:
        self._fault("list")
        stores = [_counted(held) for held in self._held.values() if not self._is_over(held.store)]
        return tuple(sorted(stores, key=lambda store: store.name.casefold()))

    async def retrieve(self, store_id: str) -> VectorStore:
        self._fault("retrieve")
        return _counted(self._of(store_id))

    async def update(self, store_id: str, details: StoreDetails) -> VectorStore:
        self._fault("update")
        held = self._of(store_id)
        held.store = _detailed(held.store, details)
        return _counted(held)

    async def delete(self, store_id: str) -> None:
        self._fault("delete")
        self._held.pop(store_id, None)

    async def add_files(self, store_id: str, files: Sequence[FileToAdd]) -> AsyncGenerator[UploadEvent, None]:
        self._fault("add_files")
        held = self._usable(store_id)
        added = []
        for file in files:
            entry = VectorStoreFile(
                id=new_id("file"),
                store_id=store_id,
                name=file.path.name,
                source_path=str(file.path),
                sha256="",
                bytes=0,
                status=FileStatus.IN_PROGRESS,
                created_at=self._clock(),
                attributes=dict(file.attributes),
            )
            held.paths[entry.id] = file.path
            added.append((entry, file.replaces))
        async with aclosing(self._taken_in(held, added)) as events:
            async for event in events:
                yield event

    async def retry_files(self, store_id: str, file_ids: Sequence[str]) -> AsyncGenerator[UploadEvent, None]:
        self._fault("retry_files")
        held = self._usable(store_id)
        files = [await self.retrieve_file(store_id, file_id) for file_id in file_ids]
        again = [
            (replace(file, status=FileStatus.IN_PROGRESS, error=None), None)
            for file in files
            if file.status is not FileStatus.COMPLETED
        ]
        async with aclosing(self._taken_in(held, again)) as events:
            async for event in events:
                yield event

    async def unfinished(self) -> Mapping[str, tuple[str, ...]]:
        found = {
            store_id: tuple(id for id, file in held.files.items() if file.status is FileStatus.IN_PROGRESS)
            for store_id, held in self._held.items()
        }
        return {store_id: file_ids for store_id, file_ids in found.items() if file_ids}

    async def keep_unfinished(self, store_id: str, file_ids: Collection[str]) -> None:
        files = self._held[store_id].files
        for file_id in files.keys() & set(file_ids):
            if files[file_id].status is FileStatus.CANCELLED:
                files[file_id] = replace(files[file_id], status=FileStatus.IN_PROGRESS)

    async def files(self, store_id: str) -> tuple[VectorStoreFile, ...]:
        self._fault("files")
        return tuple(sorted(self._of(store_id).files.values(), key=lambda file: file.name.casefold()))

    async def retrieve_file(self, store_id: str, file_id: str) -> VectorStoreFile:
        self._fault("retrieve_file")
        try:
            return self._of(store_id).files[file_id]
        except KeyError:
            raise NotFound(file_id) from None

    async def set_attributes(self, store_id: str, attributes: Mapping[str, Mapping[str, Attribute]]) -> None:
        self._fault("set_attributes")
        for file_id, of_file in attributes.items():
            file = await self.retrieve_file(store_id, file_id)
            if len(of_file) > 16:
                raise InvalidValue("attributes", "more than 16")
            self._of(store_id).files[file_id] = replace(file, attributes=dict(of_file))

    async def remove_files(self, store_id: str, file_ids: Sequence[str]) -> None:
        self._fault("remove_files")
        if held := self._held.get(store_id):
            for file_id in file_ids:
                held.files.pop(file_id, None)
                held.texts.pop(file_id, None)

    async def content(self, store_id: str, file_id: str) -> FileContent:
        self._fault("content")
        file = await self.retrieve_file(store_id, file_id)
        if file.status is not FileStatus.COMPLETED:
            raise NotFound(file_id)
        return FileContent(file, (ContentPart(0, self._of(store_id).texts[file_id], Anchor()),))

    async def original(self, store_id: str, file_id: str) -> Path | None:
        await self.retrieve_file(store_id, file_id)
        return None

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
        self._fault("search")
        if not 1 <= limit <= 50:
            raise InvalidValue("limit", str(limit))
        all_held = [self._usable(store_id) for store_id in dict.fromkeys(store_ids)]
        words = set(_WORD.findall(query.casefold()))
        found = [passage for held in all_held for passage in _passages(held, words, filters)] if words else []
        for held in all_held:
            held.store = replace(held.store, last_active_at=self._clock())
        best = sorted((p for p in found if p.score and p.score >= score_threshold), key=lambda p: -p.score)
        return tuple(best[:limit])

    async def explain(
        self, query: str, passages: Sequence[Passage], settings: SearchSettings = DEFAULT_SEARCH
    ) -> tuple[Explanation, ...]:
        self._fault("explain")
        return tuple(explained_by_words(query, passage) for passage in passages)

    async def aclose(self) -> None:
        self.is_closed = True

    async def _taken_in(
        self, held: _Held, files: Sequence[tuple[VectorStoreFile, str | None]]
    ) -> AsyncGenerator[UploadEvent, None]:
        left = {file.id: file for file, _ in files}
        held.files.update(left)
        held.store = replace(held.store, last_active_at=self._clock())
        try:
            for file in tuple(left.values()):
                yield UploadEvent(file, UploadStage.QUEUED)
            for file, replaces in files:
                yield UploadEvent(file, UploadStage.READING, 0.0)
                await self.gate.wait()
                ended = self._read(held, file, replaces)
                held.files[file.id] = ended
                del left[file.id]
                if replaces is not None and ended.status is FileStatus.COMPLETED:
                    await self.remove_files(held.store.id, [replaces])
                yield UploadEvent(ended, UploadStage.DONE)
        finally:
            held.files.update({key: replace(file, status=FileStatus.CANCELLED) for key, file in left.items()})

    def _read(self, held: _Held, file: VectorStoreFile, replaces: str | None) -> VectorStoreFile:
        path = held.paths[file.id]
        problem = self.problems.get(file.name) or _problem(path, self._capabilities)
        content = b"" if problem else path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        twins = (other for key, other in held.files.items() if key not in {file.id, replaces})
        if not problem and any(other.sha256 == sha256 for other in twins):
            problem = FileProblem.DUPLICATE
        if problem:
            return replace(file, status=FileStatus.FAILED, error=FileError(problem))
        text = held.texts[file.id] = content.decode()
        chunks = sum(1 for _ in _PARAGRAPH.finditer(text))
        return replace(file, status=FileStatus.COMPLETED, bytes=len(content), sha256=sha256, chunks=chunks)

    def _of(self, store_id: str) -> _Held:
        try:
            return self._held[store_id]
        except KeyError:
            raise NotFound(store_id) from None

    def _usable(self, store_id: str) -> _Held:
        held = self._of(store_id)
        if self._is_over(held.store):
            raise NotFound(store_id)
        return held

    def _is_over(self, store: VectorStore) -> bool:
        expiry = store.expires_after
        return expiry is not None and self._clock() >= store.last_active_at + timedelta(days=expiry.days)

    def _fault(self, method: str) -> None:
        if method in self.faults:
            raise self.faults[method]


def _problem(path: Path, capabilities: StoreCapabilities) -> FileProblem | None:
    if not path.exists():
        return FileProblem.VANISHED
    if not path.is_file():
        return FileProblem.NOT_A_FILE
    if path.suffix.lower() not in capabilities.suffixes:
        return FileProblem.UNSUPPORTED
    size = path.stat().st_size
    if size > capabilities.max_file_bytes:
        return FileProblem.TOO_LARGE
    return FileProblem.EMPTY if not size else None


def _detailed(store: VectorStore, details: StoreDetails) -> VectorStore:
    return replace(
        store,
        name=details.name,
        is_internal=details.is_internal,
        expires_after=details.expires_after,
        metadata=dict(details.metadata or {}),
    )


def _counted(held: _Held) -> VectorStore:
    statuses = Counter(file.status.value for file in held.files.values())
    size = sum(file.bytes for file in held.files.values() if file.status is FileStatus.COMPLETED)
    return replace(held.store, counts=FileCounts(**statuses), bytes=size)


def _passages(held: _Held, words: set[str], filters: Filter | None) -> Iterator[Passage]:
    for file_id, text in held.texts.items():
        file = held.files[file_id]
        if file.status is not FileStatus.COMPLETED or (filters is not None and not satisfies(file.attributes, filters)):
            continue
        for match in _PARAGRAPH.finditer(text):
            found = words & set(_WORD.findall(match[0].casefold()))
            yield Passage(
                store_id=held.store.id,
                file_id=file_id,
                file_name=file.name,
                text=match[0],
                start=match.start(),
                end=match.end(),
                score=len(found) / len(words),
                is_internal=held.store.is_internal,
                attributes=file.attributes,
            )


_ORDERED: Final = {
    Comparator.GT: operator.gt,
    Comparator.GTE: operator.ge,
    Comparator.LT: operator.lt,
    Comparator.LTE: operator.le,
}


def satisfies(attributes: Mapping[str, Attribute], wanted: Filter) -> bool:
    if isinstance(wanted, Compound):
        join = all if wanted.connective is Connective.AND else any
        return join(satisfies(attributes, each) for each in wanted.filters)
    if wanted.key not in attributes:
        return wanted.comparator in {Comparator.NE, Comparator.NIN}
    value = attributes[wanted.key]
    others = wanted.value if isinstance(wanted.value, tuple) else (wanted.value,)
    match wanted.comparator:
        case Comparator.EQ | Comparator.IN:
            return any(_is_equal(value, other) for other in others)
        case Comparator.NE | Comparator.NIN:
            return not any(_is_equal(value, other) for other in others)
    is_comparable = _kind(value) is _kind(others[0])
    return is_comparable and bool(_ORDERED[wanted.comparator](value, others[0]))


def _is_equal(one: Attribute, other: Attribute) -> bool:
    return _kind(one) is _kind(other) and one == other


def _kind(value: Attribute) -> type:
    """JSON's kinds: true is no number, but 1 and 1.0 are the same."""
    return bool if isinstance(value, bool) else str if isinstance(value, str) else float
