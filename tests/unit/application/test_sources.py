"""Sources as they are now: opened at their words, also in a newer file, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.knowledge import Knowledge
from iaposte_desktop.application.sources import OpenSource, Sources, SourceState
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.errors import NotFound, ProviderUnavailable
from iaposte_desktop.domain.knowledge import Anchor, ContentPart, FileContent, FileToAdd, UploadStage
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.engine.page_renderer import PdfPageRenderer
from iaposte_desktop.platform.isolation import WorkerProcesses
from tests.fakes.scripted_stores import ScriptedStores
from tests.unit.engine.made_files import pdf

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import Passage
    from iaposte_desktop.domain.runs import Run
    from tests.unit.application.office import Office

REFUND = "A refund reaches your account within five working days."


def sources_of(office: Office) -> Sources:
    return Sources(office.knowledge, office.workspace.catalog, PdfPageRenderer(WorkerProcesses(1)))


async def cited(office: Office, quote: str = REFUND) -> tuple[Run, Passage]:
    store_id = await office.store(terms=f"Terms of the shop.\n\n{REFUND}\n\nThe end.")
    (passage, *_) = await office.knowledge.search([store_id], "refund account")
    run = await office.run([mp.FoundPassages((passage,)), mp.TextDelta("Soon [1]"), mp.Cited(1, quote), mp.Completed()])
    return run, passage


async def replaced(office: Office, passage: Passage, text: str, *, told: bool = True) -> str:
    """The file is another one now; `told`: it says which one it replaces. Its id."""
    path = office.folder / passage.file_name
    path.write_text(text, "utf-8")
    if not told:
        await office.knowledge.remove_files(passage.store_id, [passage.file_id])
    added = FileToAdd(path, replaces=passage.file_id if told else None)
    events = [event async for event in office.stores.add_files(passage.store_id, [added])]
    return events[-1].file.id


class TestOpening:
    async def test_at_the_quote(self, office: Office) -> None:
        run, passage = await cited(office, "within five working days")
        source = await sources_of(office).open(passage, run.citations[0])
        assert source.place is not None
        assert source.content.text[slice(*source.place)] == "within five working days"
        assert (source.match, source.is_newer, source.original) == (CitationMatch.EXACT, False, None)

    async def test_at_the_passage_where_the_quote_is_not_there(self, office: Office) -> None:
        run, passage = await cited(office, "Lamps are guaranteed for two years.")
        source = await sources_of(office).open(passage, run.citations[0])
        assert source.place is not None
        assert source.content.text[slice(*source.place)] == passage.text
        assert source.match is CitationMatch.NOT_FOUND

    @pytest.mark.parametrize("told", [True, False])
    async def test_of_a_replaced_file_the_newer_one(self, office: Office, told: bool) -> None:
        run, passage = await cited(office)
        newer = await replaced(office, passage, f"Preface.\n\n{REFUND.replace('five', 'six')}", told=told)
        source = await sources_of(office).open(passage, run.citations[0])
        assert (source.content.file.id, source.is_newer, source.match) == (newer, True, CitationMatch.APPROXIMATE)
        assert source.place is not None
        assert source.content.text[slice(*source.place)] == REFUND.replace("five", "six")

    async def test_a_file_that_is_gone(self, office: Office) -> None:
        run, passage = await cited(office)
        await office.knowledge.remove_files(passage.store_id, [passage.file_id])
        with pytest.raises(NotFound):
            await sources_of(office).open(passage, run.citations[0])


class TestChanges:
    async def test_nothing_has_changed(self, office: Office) -> None:
        run, _ = await cited(office)
        assert await sources_of(office).changes(run) == ()

    @pytest.mark.parametrize(
        ("text", "match"),
        [
            (f"New.\n\n{REFUND}", CitationMatch.EXACT),
            (REFUND.replace("five", "ten"), CitationMatch.APPROXIMATE),
            ("We are closed.", CitationMatch.NOT_FOUND),
        ],
    )
    async def test_replaced(self, office: Office, text: str, match: CitationMatch) -> None:
        run, passage = await cited(office)
        newer = await replaced(office, passage, text)
        (change,) = await sources_of(office).changes(run)
        assert (change.source.number, change.state, change.match) == (1, SourceState.REPLACED, match)
        assert change.newer is not None
        assert change.newer.id == newer

    async def test_removed(self, office: Office) -> None:
        run, passage = await cited(office)
        await office.knowledge.remove_files(passage.store_id, [passage.file_id])
        (change,) = await sources_of(office).changes(run)
        assert (change.state, change.newer) == (SourceState.REMOVED, None)

    @pytest.mark.parametrize("is_remote", [False, True])
    async def test_a_text_that_was_read_anew(self, office: Office, is_remote: bool) -> None:
        """On this machine; at a server nothing is ever read anew under the same id, and no text is fetched to see."""
        run, passage = await cited(office)
        stores = ScriptedStores(office.clock, capabilities=replace(office.stores.capabilities, is_remote=is_remote))
        knowledge = Knowledge(
            {stores.name: stores}, stores.name, office.workspace.catalog, office.board, office.changes, office.clock
        )
        store = await stores.create(StoreDetails("Shop"))
        path = office.folder / passage.file_name
        path.write_text(REFUND.replace("five", "ten"), "utf-8")
        (file,) = [e.file async for e in stores.add_files(store.id, [FileToAdd(path)]) if e.stage is UploadStage.DONE]
        source = replace(run.sources[0], passage=replace(passage, store_id=store.id, file_id=file.id))
        sources = Sources(knowledge, office.workspace.catalog, PdfPageRenderer(WorkerProcesses(1)))
        changes = await sources.changes(replace(run, sources=(source,)))
        told = [(change.state, change.match) for change in changes]
        assert told == ([] if is_remote else [(SourceState.ALTERED, CitationMatch.APPROXIMATE)])

    async def test_its_store_is_gone(self, office: Office) -> None:
        run, passage = await cited(office)
        await office.stores.delete(passage.store_id)
        (change,) = await sources_of(office).changes(run)
        assert change.state is SourceState.REMOVED

    async def test_a_source_that_nothing_stands_on_does_not_count(self, office: Office) -> None:
        run, passage = await cited(office, "Lamps are guaranteed for two years.")
        await office.knowledge.remove_files(passage.store_id, [passage.file_id])
        assert await sources_of(office).changes(run) == ()

    async def test_what_cannot_be_looked_at_is_not_judged(self, office: Office) -> None:
        run, _ = await cited(office)
        office.stores.faults["retrieve_file"] = ProviderUnavailable("offline")
        assert await sources_of(office).changes(run) == ()


@pytest.mark.asyncio(loop_scope="session")
class TestPages:
    async def test_where_the_text_knows_no_pages_the_words_lead_to_theirs(
        self, workers: WorkerProcesses, tmp_path: Path, office: Office
    ) -> None:
        """As with a server's store: it gives the text in one piece, and the original lies where it was added from."""
        path = tmp_path / "terms.pdf"
        path.write_bytes(pdf(["Terms of the shop."], ["Two days for a parcel."], [REFUND], [REFUND]))
        store_id = await office.store(terms="Any text.")
        (passage,) = await office.knowledge.search([store_id], "text")
        whole = f"Terms of the shop. Two days for a parcel. {REFUND} {REFUND}"
        file = replace((await office.knowledge.content(store_id, passage.file_id)).file, name="terms.pdf")
        place = whole.index(REFUND), whole.index(REFUND) + len(REFUND)
        source = OpenSource(FileContent(file, (ContentPart(0, whole, Anchor()),)), place, original=path)
        sources = Sources(office.knowledge, office.workspace.catalog, PdfPageRenderer(workers))

        first = await sources.page(source, None, 0.5, place)
        assert (first.number, first.pages, len(first.marks)) == (3, 4, 1)
        known = replace(source, page=first.number)
        assert [len((await sources.page(known, number, 0.5, place)).marks) for number in (1, 2, 3)] == [0, 0, 1]
