"""Sources as they are now: a file opened where it was quoted, its pages, and what became of the files a draft cites."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from iaposte_desktop.application.citing import located, place_of
from iaposte_desktop.domain.citations import Citation, CitationMatch, Source
from iaposte_desktop.domain.errors import NotFound, ProviderError
from iaposte_desktop.domain.knowledge import FileContent, FileStatus, VectorStoreFile
from iaposte_desktop.domain.ports.page_renderer import MarkedText

if TYPE_CHECKING:
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.domain.knowledge import Passage
    from iaposte_desktop.domain.ports.page_renderer import PageImage, PageRenderer
    from iaposte_desktop.domain.ports.repositories import StoreCatalog
    from iaposte_desktop.domain.runs import Run


@dataclass(frozen=True, slots=True)
class OpenSource:
    """A file, open at characters `place` (start and end, excluded) of its text; None: at its beginning. `match` says
    how the quote that was asked for stands there, None where none was. `original` is set where its pages can be drawn;
    `page` is the one to begin with, None: the one that has the words. `is_newer`: it took the place of the file asked
    for."""

    content: FileContent
    place: tuple[int, int] | None = None
    match: CitationMatch | None = None
    original: Path | None = None
    page: int | None = None
    is_newer: bool = False

    @property
    def knows_pages(self) -> bool:
        """The extracted text says on which page it stands."""
        return any(part.anchor.page is not None for part in self.content.parts)


class SourceState(StrEnum):
    REPLACED = "replaced"
    REMOVED = "removed"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What became of the file of a cited source. `match` is how its quotes stand in the text that is there now, the
    worst of them counts; `newer` is the file that took its place."""

    source: Source
    state: SourceState
    match: CitationMatch = CitationMatch.NOT_FOUND
    newer: VectorStoreFile | None = None


@dataclass(frozen=True, slots=True)
class _Now:
    """What there is now where a cited file was: its text, or that of `newer`; None where it need not be looked at."""

    content: FileContent | None = None
    newer: VectorStoreFile | None = None
    is_gone: bool = False


class Sources:
    def __init__(self, knowledge: Knowledge, catalog: StoreCatalog, renderer: PageRenderer) -> None:
        self._knowledge = knowledge
        self._catalog = catalog
        self._renderer = renderer

    async def open_file(self, store_id: str, file_id: str) -> OpenSource:
        """Raises NotFound, ProviderError."""
        content = await self._knowledge.content(store_id, file_id)
        original = await self._original(content)
        return OpenSource(content, original=original, page=1 if original else None)

    async def open(self, passage: Passage, citation: Citation | None = None) -> OpenSource:
        """At the quote, else at the passage. Of a file that was replaced the newer one is opened, at what is nearest
        there. Raises NotFound where there is neither, ProviderError."""
        newer = None
        try:
            content = await self._knowledge.content(passage.store_id, passage.file_id)
        except NotFound:
            newer = await self._newer(passage)
            if newer is None:
                raise
            content = await self._knowledge.content(newer.store_id, newer.id)
        place, match = await asyncio.to_thread(_place, passage, citation, content)
        anchor = content.anchor_at(place[0]) if place else None
        original = await self._original(content)
        page = anchor.page if anchor else None
        return OpenSource(content, place, match, original, page, is_newer=newer is not None)

    async def page(
        self, source: OpenSource, number: int | None, scale: float, marked: tuple[int, int] | None
    ) -> PageImage:
        """Page `number` with characters `marked` of the text shown on it, as far as they stand there; None: the page
        that has them. `scale` in pixels per point. Raises FileRefused."""
        assert source.original is not None, "only a source with an original has pages"
        words = await asyncio.to_thread(_words_of_page, source, number, marked) if marked else None
        return await self._renderer.render(source.original, number, scale, words)

    async def changes(self, run: Run) -> tuple[SourceChange, ...]:
        """What became of the sources that the run's text stands on; nothing of those that are as they were, or that
        cannot be looked at now."""
        looked: dict[str, _Now] = {}
        found = []
        for source in run.sources:
            quotes = [
                citation
                for citation in run.citations
                if citation.source == source.number and citation.match is not CitationMatch.NOT_FOUND
            ]
            if not quotes:
                continue
            try:
                if source.passage.file_id not in looked:
                    looked[source.passage.file_id] = await self._now(source.passage)
            except (NotFound, ProviderError):
                continue
            change = await asyncio.to_thread(_change, source, quotes, looked[source.passage.file_id])
            if change is not None:
                found.append(change)
        return tuple(found)

    async def _now(self, passage: Passage) -> _Now:
        try:
            file = await self._knowledge.file(passage.store_id, passage.file_id)
        except NotFound:
            newer = await self._newer(passage)
            content = await self._knowledge.content(newer.store_id, newer.id) if newer is not None else None
            return _Now(content, newer, is_gone=True)
        # A server's files never change under their id, and to fetch their text would cost a request each.
        if file.status is not FileStatus.COMPLETED or await self._knowledge.is_remote(passage.store_id):
            return _Now()
        return _Now(await self._knowledge.content(passage.store_id, passage.file_id))

    async def _newer(self, passage: Passage) -> VectorStoreFile | None:
        """The file that took the place of the passage's, by the catalogue or the store's own list; else the latest that
        has its name: whoever removes a file and adds it again replaces it, too."""
        latest = await self._catalog.replacement(passage.file_id)
        if latest is not None and latest.store_id == passage.store_id and latest.status is FileStatus.COMPLETED:
            return latest
        try:
            files = await self._knowledge.files(passage.store_id)
        except NotFound:
            return None
        ready = [file for file in files if file.status is FileStatus.COMPLETED]
        by_link = [file for file in ready if file.replaces == passage.file_id]
        by_name = [file for file in ready if file.name == passage.file_name]
        return max(by_link or by_name, key=lambda file: file.created_at, default=None)

    async def _original(self, content: FileContent) -> Path | None:
        if PurePath(content.file.name).suffix.lower() not in self._renderer.suffixes:
            return None
        return await self._knowledge.original(content.file.store_id, content.file.id)


def _place(
    passage: Passage, citation: Citation | None, content: FileContent
) -> tuple[tuple[int, int] | None, CitationMatch | None]:
    if citation is None:
        return place_of(passage, content.text), None
    now = located(citation, passage, content)
    if now.quote_start is None or now.quote_end is None:
        return place_of(passage, content.text), now.match
    return (now.quote_start, now.quote_end), now.match


def _change(source: Source, quotes: list[Citation], now: _Now) -> SourceChange | None:
    if now.content is None:
        return SourceChange(source, SourceState.REMOVED) if now.is_gone else None
    order = (CitationMatch.EXACT, CitationMatch.APPROXIMATE, CitationMatch.NOT_FOUND)
    matches = [located(quote, source.passage, now.content).match for quote in quotes]
    worst = max(matches, key=order.index)
    if now.newer is not None:
        return SourceChange(source, SourceState.REPLACED, worst, now.newer)
    is_as_before = all(
        order.index(match) <= order.index(quote.match) for match, quote in zip(matches, quotes, strict=True)
    )
    return None if is_as_before else SourceChange(source, SourceState.ALTERED, worst)


def _words_of_page(source: OpenSource, number: int | None, marked: tuple[int, int]) -> MarkedText | None:
    """The page's text with what of `marked` stands on it; None where nothing does. Where the text knows no pages, the
    words alone, for their page and the next one, on which they may end."""
    start, end = marked
    if source.knows_pages and number is not None:
        parts = [part for part in source.content.parts if part.anchor.page == number]
        if not parts:
            return None
        first = parts[0].start
        text = "".join(part.text for part in parts)
        start, end = max(start - first, 0), min(end - first, len(text))
        return MarkedText(text, start, end) if start < end else None
    if number is not None and source.page is not None and number - source.page not in (0, 1):
        return None
    words = source.content.text[start:end]
    return MarkedText(words, 0, len(words))
