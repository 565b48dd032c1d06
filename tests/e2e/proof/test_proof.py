"""Proof, from the file to the page: 248 documents, added through the engine, whose every known passage is cited word
for word, altered, and falsely. No citation may be called what it is not, and no page may be the wrong one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from iaposte_desktop.application.changes import ChangeFeed
from iaposte_desktop.application.citing import located
from iaposte_desktop.application.knowledge import Knowledge
from iaposte_desktop.application.sources import Sources
from iaposte_desktop.application.tasks import TaskBoard
from iaposte_desktop.compose import EXTRACTORS
from iaposte_desktop.domain.citations import Citation, CitationMatch
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, Passage, UploadStage
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.engine.page_renderer import PdfPageRenderer
from iaposte_desktop.engine.pages.words import letters_of
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from tests.e2e.proof.corpus import document
from tests.e2e.proof.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import FileContent
    from iaposte_desktop.domain.ports.page_renderer import PageImage
    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.e2e.proof.corpus import Document, Known
    from tests.e2e.proof.formats import Format
    from tests.fakes.clock import ManualClock

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]


_SHIFT = 137


@dataclass(frozen=True, slots=True)
class Filed:
    format: Format
    document: Document
    path: Path


def filed(folder: Path) -> list[Filed]:
    found = []
    number = 0
    for form in FORMATS:
        for _ in range(form.count):
            number += 1
            made = document(number, repeats=form.repeats)
            path = folder / f"{number:03}-{form.name}{form.suffix}"
            path.write_bytes(form.write(made))
            found.append(Filed(form, made, path))
    return found


async def test_every_citation_is_what_it_is_called_and_opens_at_its_page(
    profile: Profile, workspace: SqlWorkspace, workers: WorkerProcesses, clock: ManualClock, tmp_path: Path
) -> None:
    everything = filed(tmp_path)
    assert len(everything) == 248
    stores = EmbeddedVectorStores(profile.engine_dir, workspace.catalog, workers, clock, EXTRACTORS)
    changes = ChangeFeed()
    board = TaskBoard(workspace.tasks, changes, clock)
    knowledge = Knowledge({stores.name: stores}, stores.name, workspace.catalog, board, changes, clock)
    sources = Sources(knowledge, workspace.catalog, PdfPageRenderer(workers))
    try:
        store = await stores.create(StoreDetails("Proof"))
        added = [FileToAdd(each.path) for each in everything]
        ended = {e.file.name: e.file async for e in stores.add_files(store.id, added) if e.stage is UploadStage.DONE}
        assert [file.error for file in ended.values() if file.status is not FileStatus.COMPLETED] == []
        checked = drawn = 0
        for each in everything:
            content = await stores.content(store.id, ended[each.path.name].id)
            for known in each.document.known:
                passage = passage_of(content, known, each)
                check(each, known, passage, content)
                checked += 3
                if each.format.suffix == ".pdf":
                    await check_marks(each, known, passage, sources)
                    drawn += 1
        assert (checked, drawn) == (2232, 240)
    finally:
        await stores.aclose()


def passage_of(content: FileContent, known: Known, each: Filed) -> Passage:
    """The known words as a search would have found them: on their page, where the format has pages."""
    letters = letters_of(known.words)
    for part in content.parts:
        if each.format.is_at(part.anchor, known.page) and letters in letters_of(part.text):
            file = content.file
            place = replace(Passage(file.store_id, file.id, file.name, "", 0, 0, 0.9), start=part.start)
            return replace(place, end=part.start + len(part.text), text=part.text, anchor=part.anchor)
    raise AssertionError(f"{each.path.name}: page {known.page} was read without {known.words!r}")


def check(each: Filed, known: Known, passage: Passage, content: FileContent) -> None:
    name = f"{each.path.name}, page {known.page}"
    exact = located(Citation(1, known.words, 0), passage, content)
    assert exact.match is CitationMatch.EXACT, name
    assert each.format.is_at(exact.anchor, known.page), name
    assert letters_of(content.text[exact.quote_start : exact.quote_end]) == letters_of(known.words), name

    # Its passage names a place that is a little off, as after an edit of the file.
    moved = replace(passage, start=passage.start + _SHIFT, end=passage.end + _SHIFT, text=passage.text)
    altered = located(Citation(1, known.altered, 0), moved, content)
    assert altered.match is CitationMatch.APPROXIMATE, name
    assert each.format.is_at(altered.anchor, known.page), name
    assert letters_of(altered.found) == letters_of(known.words), name

    foreign = located(Citation(1, each.document.foreign, 0), passage, content)
    assert foreign.match is CitationMatch.NOT_FOUND, name


async def check_marks(each: Filed, known: Known, passage: Passage, sources: Sources) -> None:
    """The rectangles on the page hold the words of the passage, all of them and no others."""
    name = f"{each.path.name}, page {known.page}"
    source = await sources.open(passage, Citation(1, known.words, 0))
    assert (source.match, source.page, source.is_newer) == (CitationMatch.EXACT, known.page, False), name
    image = await sources.page(source, source.page, 0.2, source.place)
    assert image.number == known.page, name
    assert letters_of(words_in(each.path, image)) == letters_of(known.words), name


def words_in(path: Path, image: PageImage) -> str:
    document = pypdfium2.PdfDocument(path)
    page = document[image.number - 1]
    width, height = page.get_size()
    text = page.get_textpage()
    words = [
        text.get_text_bounded(
            mark.left * width, height - mark.bottom * height, mark.right * width, height - mark.top * height
        )
        for mark in image.marks
    ]
    document.close()
    return "".join(words)
