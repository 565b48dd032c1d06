"""Files looked at before any of them is stored or sent: what each is, and what would become of it in a store.

Two files are looked at at a time, in the order given, and only their reports are kept: a folder of thousands neither
fills the memory nor the workers' queue, where a mail that is to be read waits for two files at most.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.batches import batches
from iaposte_desktop.application.pricing import storage_cost
from iaposte_desktop.application.walking import files_in
from iaposte_desktop.domain.file_attributes import of_newer_version
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, VectorStoreFile
from iaposte_desktop.domain.ports.file_inspector import FileReport
from iaposte_desktop.domain.ports.personal_data import PersonalDataKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.domain.ports.file_inspector import FileInspector
    from iaposte_desktop.domain.ports.vector_stores import StoreCapabilities
    from iaposte_desktop.domain.usage import Cost

AT_ONCE: Final = 2
_FRAME: Final = 0.1


class Finding(StrEnum):
    """NEW: nothing in the store is like it. TWICE: an earlier one of the same look is the same. PRESENT: the store has
    it. OTHER_CONTENT: the store has a file of its name, with other content."""

    NEW = "new"
    UNREADABLE = "unreadable"
    TWICE = "twice"
    PRESENT = "present"
    OTHER_CONTENT = "other_content"


class Choice(StrEnum):
    """REPLACE: it takes the place of the file it was compared with."""

    ADD = "add"
    REPLACE = "replace"
    SKIP = "skip"


CHOICES: Final[Mapping[Finding, tuple[Choice, ...]]] = {
    Finding.NEW: (Choice.ADD, Choice.SKIP),
    Finding.UNREADABLE: (Choice.SKIP,),
    Finding.TWICE: (Choice.SKIP,),
    Finding.PRESENT: (Choice.SKIP, Choice.REPLACE),
    Finding.OTHER_CONTENT: (Choice.REPLACE, Choice.ADD, Choice.SKIP),
}
"""What can be done with a file; the first is what is done unless somebody chooses."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`like` is the file of the store that it was compared with, `twin` the name of the earlier one it repeats."""

    report: FileReport
    finding: Finding
    choice: Choice
    like: VectorStoreFile | None = None
    twin: str = ""

    def with_choice(self, choice: Choice) -> Candidate:
        """Itself where this cannot be done with it."""
        return replace(self, choice=choice) if choice in CHOICES[self.finding] else self


@dataclass(frozen=True, slots=True)
class Summary:
    """`bytes`, `tokens` and `personal_data` are of the files that will be added."""

    added: int
    unreadable: int
    present: int
    skipped: int
    bytes: int
    tokens: int
    personal_data: Mapping[PersonalDataKind, int]


class Look:
    """A look under way at `total` files. Lives on the program's loop. Close it when no more of it is wanted."""

    def __init__(self, total: int, candidates: AsyncGenerator[Candidate, None], *, is_remote: bool) -> None:
        self.total = total
        self.is_remote = is_remote
        self._batches = batches(candidates, asyncio.Event(), _FRAME)
        self._asking = asyncio.Lock()

    async def next(self) -> list[Candidate]:
        """Those that came since, in the order of the files; empty when all were looked at."""
        async with self._asking:
            return await anext(self._batches, [])

    async def aclose(self) -> None:
        """Whoever waits in `next` is to be cancelled before; it may be on its way out still."""
        async with self._asking:
            await self._batches.aclose()


class Preflight:
    def __init__(self, knowledge: Knowledge, inspector: FileInspector, connections: Connections) -> None:
        self._knowledge = knowledge
        self._inspector = inspector
        self._connections = connections

    async def look(self, store_id: str, paths: Sequence[Path]) -> Look:
        """At files, and the files in folders. Raises NotFound, ProviderError."""
        able = await self._knowledge.capabilities(store_id)
        held = await self._knowledge.files(store_id)
        files = await asyncio.to_thread(files_in, paths, able.suffixes)
        return Look(len(files), self._candidates(files, able, held), is_remote=able.is_remote)

    async def personal_data_sent(self, store_id: str, files: Sequence[Path]) -> Mapping[PersonalDataKind, int]:
        """What adding these files would send to the store's server; nothing for a store of this machine, which is not
        looked at for it."""
        able = await self._knowledge.capabilities(store_id)
        found: Counter[PersonalDataKind] = Counter()
        if able.is_remote:
            async for candidate in self._candidates(files, able, ()):
                found.update(candidate.report.personal_data)
        return found

    async def check(self, paths: Sequence[Path]) -> AsyncGenerator[Candidate, None]:
        """As for an empty store on this machine."""
        able = self._knowledge.built_in_capabilities
        files = await asyncio.to_thread(files_in, paths, able.suffixes)
        async for candidate in self._candidates(files, able, ()):
            yield candidate

    async def storage_cost(self, store_id: str, added_bytes: int) -> Cost:
        """US dollars a day for that much more. Raises NotFound, ProviderError."""
        store = await self._knowledge.retrieve(store_id)
        return await storage_cost(self._knowledge, self._connections, store.provider, added_bytes)

    async def _candidates(
        self, files: Sequence[Path], able: StoreCapabilities, held: Sequence[VectorStoreFile]
    ) -> AsyncGenerator[Candidate, None]:
        comparing = _Comparing(held)
        ahead: deque[asyncio.Task[FileReport]] = deque()
        try:
            for path in files:
                ahead.append(asyncio.create_task(self._report(path, able), name=f"inspect {path.name}"))
                if len(ahead) == AT_ONCE:
                    yield comparing.compared(await ahead[0])
                    ahead.popleft()
            while ahead:
                yield comparing.compared(await ahead[0])
                ahead.popleft()
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)

    async def _report(self, path: Path, able: StoreCapabilities) -> FileReport:
        return await self._inspector.inspect(path, able.suffixes, able.max_file_bytes)


class _Comparing:
    """With what the store holds, and with what was seen before it."""

    def __init__(self, held: Iterable[VectorStoreFile]) -> None:
        ready = [file for file in held if file.status is FileStatus.COMPLETED]
        self._by_hash = {file.sha256: file for file in ready if file.sha256}
        self._by_name = {file.name: file for file in ready}
        self._seen: dict[str, str] = {}

    def compared(self, report: FileReport) -> Candidate:
        finding, like, twin = self._found(report)
        if finding is not Finding.UNREADABLE:
            self._seen.setdefault(report.sha256, report.path.name)
        return Candidate(report, finding, CHOICES[finding][0], like, twin)

    def _found(self, report: FileReport) -> tuple[Finding, VectorStoreFile | None, str]:
        if report.error is not None:
            return Finding.UNREADABLE, None, ""
        if report.sha256 in self._seen:
            return Finding.TWICE, None, self._seen[report.sha256]
        if report.sha256 in self._by_hash:
            return Finding.PRESENT, self._by_hash[report.sha256], ""
        if report.path.name in self._by_name:
            # One file can be replaced once: a second of that name is added beside it.
            return Finding.OTHER_CONTENT, self._by_name.pop(report.path.name), ""
        return Finding.NEW, None, ""


def summary(candidates: Iterable[Candidate]) -> Summary:
    findings: Counter[Finding] = Counter()
    added: list[FileReport] = []
    personal: Counter[PersonalDataKind] = Counter()
    total = 0
    for candidate in candidates:
        total += 1
        if candidate.choice is Choice.SKIP:
            findings[candidate.finding] += 1
        else:
            added.append(candidate.report)
            personal.update(candidate.report.personal_data)
    unreadable = findings[Finding.UNREADABLE]
    present = findings[Finding.PRESENT] + findings[Finding.TWICE]
    return Summary(
        added=len(added),
        unreadable=unreadable,
        present=present,
        skipped=total - len(added) - unreadable - present,
        bytes=sum(report.bytes for report in added),
        tokens=sum(report.tokens for report in added),
        personal_data=dict(personal),
    )


def accepted(candidates: Iterable[Candidate]) -> list[FileToAdd]:
    """Those that are skipped are left out. A newer version keeps the attributes of the file it
    replaces; the same content again keeps its version, too."""
    files = []
    for candidate in candidates:
        path, like = candidate.report.path, candidate.like
        if candidate.choice is Choice.ADD:
            files.append(FileToAdd(path))
        elif candidate.choice is Choice.REPLACE and like is not None:
            is_newer = candidate.finding is Finding.OTHER_CONTENT
            files.append(FileToAdd(path, of_newer_version(like.attributes) if is_newer else like.attributes, like.id))
    return files


def is_harmless(candidates: Sequence[Candidate]) -> bool:
    """Nothing in it that a person should see before it is added: all new, all pages with text, nothing personal."""
    return all(
        candidate.finding is Finding.NEW and not candidate.report.personal_data and not candidate.report.scanned_pages
        for candidate in candidates
    )
