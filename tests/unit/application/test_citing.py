from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.application.citing import (
    checked,
    citations_of_markers,
    nearest_sentence,
    place_of,
    without_markers,
)
from iaposte_desktop.domain.citations import Citation, CitationMatch, Source
from iaposte_desktop.domain.errors import NotFound, ProviderUnavailable, StorageError
from iaposte_desktop.domain.knowledge import (
    Anchor,
    ContentPart,
    FileContent,
    FileStatus,
    Passage,
    VectorStoreFile,
)
from iaposte_desktop.domain.ports import model_provider as mp
from tests.fakes.clock import ManualClock

if TYPE_CHECKING:
    from iaposte_desktop.domain.errors import IAPosteError
    from iaposte_desktop.domain.runs import Run
    from tests.fakes.scripted_model import Beat
    from tests.unit.application.office import Office

TEXT = "Délais\nUn remboursement prend dix jours. La carte cadeau n’est pas remboursée.\n\nLivraison\nDeux jours."
DONE = mp.Completed()


def source(number: int, text: str = TEXT, start: int = 0, end: int | None = None) -> Source:
    end = len(text) if end is None else end
    return Source(number, Passage("vs_1", f"file_{number}", f"{number}.txt", text[start:end], start, end, 0.9))


async def check(citation: Citation, *sources: Source, text: str | IAPosteError = TEXT) -> Citation:
    async def content_of(store_id: str, file_id: str) -> FileContent:
        if not isinstance(text, str):
            raise text
        now = ManualClock()()
        file = VectorStoreFile(file_id, store_id, "1.txt", "/1.txt", "", 1, FileStatus.COMPLETED, now)
        return FileContent(file, (ContentPart(0, text[:5], Anchor()), ContentPart(5, text[5:], Anchor())))

    (one,) = await checked([citation], sources, content_of)
    return one


class TestPlaces:
    def test_a_passage_is_where_it_says(self) -> None:
        text = "Two days. Other words. Two days."
        assert place_of(source(1, text, start=23).passage, text) == (23, 32)

    def test_one_that_names_no_place_is_found_by_its_words(self) -> None:
        passage = replace(source(1).passage, text="La carte  cadeau n’est\npas remboursée.", start=0, end=0)
        place = place_of(passage, TEXT)
        assert place is not None
        assert TEXT[slice(*place)] == "La carte cadeau n’est pas remboursée."

    def test_one_that_has_moved_is_found_again(self) -> None:
        passage = source(1, start=7, end=40).passage
        assert place_of(passage, f"Nouveau. {TEXT}") == (16, 49)

    @pytest.mark.parametrize("text", ["Rien de tout cela.", "   "])
    def test_words_that_stand_nowhere_have_no_place(self, text: str) -> None:
        assert place_of(replace(source(1).passage, text=text, start=0, end=0), TEXT) is None


class TestChecking:
    @pytest.mark.parametrize("quote", ["Un remboursement prend dix jours.", "Délais", "Deux jours.", TEXT])
    async def test_a_quote_that_is_there(self, quote: str) -> None:
        one = await check(Citation(1, quote, 40), source(1))
        assert (one.match, one.position, one.source) == (CitationMatch.EXACT, 40, 1)
        assert TEXT[one.quote_start : one.quote_end] == quote

    async def test_the_place_in_the_passage_comes_first(self) -> None:
        text = "Two days. Other words. Two days."
        one = await check(Citation(1, "Two days.", 0), source(1, text, start=10), text=text)
        assert (one.match, one.quote_start) == (CitationMatch.EXACT, 23)

    async def test_a_quote_of_a_passage_that_names_no_place(self) -> None:
        passage = replace(source(1).passage, text="La carte cadeau n’est\npas remboursée.", start=0, end=0)
        one = await check(Citation(1, "La carte cadau n’est pas remboursée.", 0), Source(1, passage))
        assert one.match is CitationMatch.APPROXIMATE
        assert TEXT[one.quote_start : one.quote_end] == "La carte cadeau n’est pas remboursée."

    async def test_a_quote_from_elsewhere_in_the_file(self) -> None:
        one = await check(Citation(1, "Deux jours.", 0), source(1, end=20))
        assert one.match is CitationMatch.EXACT
        assert TEXT[one.quote_start : one.quote_end] == "Deux jours."

    @pytest.mark.parametrize(
        "quote",
        [
            "un Remboursement prend dix jours",
            "Un remboursement prend 10 jours.",
            "Un remboursement ne prend pas dix jours",
        ],
    )
    async def test_a_quote_that_is_nearly_there(self, quote: str) -> None:
        one = await check(Citation(1, quote, 0), source(1))
        assert one.match is CitationMatch.APPROXIMATE
        assert one.quote_start is not None
        assert TEXT[one.quote_start : one.quote_end] == one.found
        assert one.found.startswith("Un remboursement prend dix jours")

    async def test_places_are_right_after_letters_that_fold_to_more(self) -> None:
        text = "Die große Straße ist gesperrt, İstanbul auch. Refunds take ten working days."
        one = await check(Citation(1, "Refunds take 10 working days.", 0), source(1, text), text=text)
        assert one.match is CitationMatch.APPROXIMATE
        assert text[one.quote_start : one.quote_end] == "Refunds take ten working days."

    async def test_white_space_and_typography_are_no_difference(self) -> None:
        one = await check(Citation(1, "La  carte cadeau n'est\npas remboursée.", 0), source(1))
        assert (one.match, one.found) == (CitationMatch.EXACT, "")

    async def test_an_altered_quote_is_found_far_from_its_passage(self) -> None:
        one = await check(Citation(1, "La carte cadeau n’est plus remboursée.", 0), source(1, end=12))
        assert (one.match, one.found) == (CitationMatch.APPROXIMATE, "La carte cadeau n’est pas remboursée.")

    async def test_the_place_is_that_of_the_match(self) -> None:
        file = VectorStoreFile("f", "vs_1", "1.pdf", "/1.pdf", "", 1, FileStatus.COMPLETED, ManualClock()())
        parts = (ContentPart(0, TEXT[:40], Anchor(page=1)), ContentPart(40, TEXT[40:], Anchor(page=2)))

        async def content_of(_store_id: str, _file_id: str) -> FileContent:
            return FileContent(file, parts)

        quotes = ("Un remboursement prend", "La carte cadeau n’est plus remboursée.")
        citations = await checked([Citation(1, quote, 0) for quote in quotes], [source(1)], content_of)
        assert [one.anchor for one in citations] == [Anchor(page=1), Anchor(page=2)]

    @pytest.mark.parametrize("quote", ["", "  ", "The warranty covers lamps for two years.", "Un jours"])
    async def test_a_quote_that_is_not_there(self, quote: str) -> None:
        one = await check(Citation(1, quote, 0), source(1))
        assert (one.match, one.quote_start, one.quote_end) == (CitationMatch.NOT_FOUND, None, None)

    @pytest.mark.parametrize("error", [NotFound("file_1"), ProviderUnavailable("offline")])
    async def test_a_file_that_cannot_be_had(self, error: IAPosteError) -> None:
        assert (await check(Citation(1, "Deux jours.", 0), source(1), text=error)).match is CitationMatch.NOT_FOUND

    async def test_without_storage_nothing_is_judged(self) -> None:
        with pytest.raises(StorageError):
            await check(Citation(1, "Deux jours.", 0), source(1), text=StorageError("disk"))

    async def test_a_source_that_was_never_found(self) -> None:
        assert (await check(Citation(7, "Deux jours.", 0), source(1))).match is CitationMatch.NOT_FOUND

    async def test_a_file_that_is_shorter_now(self) -> None:
        one = await check(Citation(1, "Deux jours.", 0), source(1, start=90), text="Deux")
        assert one.match is CitationMatch.NOT_FOUND


class TestMarkers:
    def test_a_bare_marker_stands_on_the_nearest_sentence(self) -> None:
        (one,) = citations_of_markers("Votre remboursement prendra dix jours [1].", (source(1),), ())
        assert one == Citation(1, "Un remboursement prend dix jours.", 38)

    def test_the_sentence_before_the_marker_counts(self) -> None:
        text = "La carte cadeau n’est pas remboursée. Livraison en deux jours [1]."
        (one,) = citations_of_markers(text, (source(1),), ())
        assert one.quote == "Deux jours."

    def test_a_marker_that_is_cited_already_is_left_alone(self) -> None:
        known = Citation(1, "Deux jours.", 2)
        assert citations_of_markers("a [1]", (source(1),), (known,)) == ()

    def test_a_marker_without_a_source_is_text(self) -> None:
        assert citations_of_markers("see [2] and [a] and [1234]", (source(1),), ()) == ()

    def test_each_marker_by_itself(self) -> None:
        found = citations_of_markers("a [1] b [2] c [1][2]", (source(1), source(2)), ())
        assert [(one.source, one.position) for one in found] == [(1, 2), (2, 8), (1, 14), (2, 17)]

    @given(st.text("ab [](12)\n.é", max_size=60), st.text(max_size=60))
    def test_every_quote_is_words_of_its_passage(self, text: str, passage: str) -> None:
        for one in citations_of_markers(text, (source(1, passage), source(2, passage)), ()):
            assert one.quote in passage
            assert text[one.position :].startswith(f"[{one.source}]")

    @given(st.text(), st.text())
    def test_the_nearest_sentence_is_verbatim(self, statement: str, passage: str) -> None:
        assert nearest_sentence(statement, passage) in passage

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("Ten days [1].", "Ten days."),
            ("Dix jours\u00a0[1], deux\u202f[12].", "Dix jours, deux."),
            ("[1] Ten [2][3] days", " Ten days"),
            ("array[0] stays out", "array stays out"),
            ("[a] [1234]", "[a] [1234]"),
        ],
    )
    def test_customers_see_no_markers(self, text: str, read: str) -> None:
        assert without_markers(text) == read


class TestInARun:
    async def cited(self, office: Office, *beats: mp.ProviderEvent, text: str = TEXT) -> Run:
        store_id = await office.store(refund=text)
        passages = await office.knowledge.search([store_id], "remboursement livraison jours Délais")
        return await office.run([mp.FoundPassages(passages), *beats, DONE])

    async def test_positions_point_at_their_markers(self, office: Office) -> None:
        """However the text and its markers are cut into pieces."""
        chance = random.Random(5)
        beats: list[mp.ProviderEvent] = []
        for number in range(60):
            marker = chance.choice(("[1]", "[2]"))
            text = f"é{number} {marker}"
            while text:
                size = chance.randint(1, 4)
                beats.append(mp.TextDelta(text[:size]))
                text = text[size:]
            beats.append(mp.Cited(int(marker[1]), "jours"))
            beats += [mp.TextDelta(chance.choice(("", " ", "[3]", "\n")))]
        run = await self.cited(office, *beats)
        assert len(run.citations) == 60 + run.text.count("[3]") * (len(run.sources) >= 3)
        assert all(run.text[one.position :].startswith(f"[{one.source}]") for one in run.citations)
        assert [one.position for one in run.citations] == sorted(one.position for one in run.citations)

    async def test_positions_count_from_the_first_round(self, office: Office) -> None:
        passages = await office.knowledge.search([await office.store(refund=TEXT)], "remboursement")
        call = mp.ToolCall("1", "search_knowledge", {"query": "remboursement"})
        first: list[Beat] = [mp.FoundPassages(passages), mp.TextDelta("Un instant. "), call, DONE]
        second: list[Beat] = [mp.TextDelta("Dix jours [1]"), mp.Cited(1, "dix jours"), mp.TextDelta("."), DONE]
        run = await office.run(first, second)
        assert run.text == "Un instant. Dix jours [1]."
        assert [one.position for one in run.citations] == [22]

    async def test_every_citation_is_checked_when_a_run_ends(self, office: Office) -> None:
        run = await self.cited(
            office,
            mp.TextDelta("a [1]"), mp.Cited(1, "Un remboursement prend dix jours."),
            mp.TextDelta(" b [1]"), mp.Cited(1, "un remboursement prend dix jours"),
            mp.TextDelta(" c [1]"), mp.Cited(1, "Nowhere to be seen at all."),
            mp.TextDelta(" remboursement dix [1]"),
            mp.TextDelta(" d [9]"), mp.Cited(9, "dix jours"),
        )  # fmt: skip
        matches = [one.match for one in run.citations]
        assert matches == [
            CitationMatch.EXACT,
            CitationMatch.APPROXIMATE,
            CitationMatch.NOT_FOUND,
            CitationMatch.EXACT,
            CitationMatch.NOT_FOUND,
        ]
        assert run.steps[-1].detail == {"exact": 2, "approximate": 1, "not_found": 2}

    async def test_a_file_removed_meanwhile(self, office: Office) -> None:
        store_id = await office.store(refund=TEXT)
        passages = await office.knowledge.search([store_id], "remboursement")
        await office.knowledge.remove_files(store_id, [passages[0].file_id])
        run = await office.run([mp.FoundPassages(passages), mp.TextDelta("Dix jours [1]"), DONE])
        assert [one.match for one in run.citations] == [CitationMatch.NOT_FOUND]

    async def test_no_citation_no_checking(self, office: Office) -> None:
        assert [step.kind for step in (await self.cited(office, mp.TextDelta("Bonjour"))).steps] == ["writing"]

    async def test_failed_runs_are_checked_too(self, office: Office) -> None:
        store_id = await office.store(refund=TEXT)
        passages = await office.knowledge.search([store_id], "remboursement")
        beats: list[Beat] = [mp.FoundPassages(passages), mp.TextDelta("Dix jours [1]")]
        cut = await office.run(beats)
        assert [one.match for one in cut.citations] == [CitationMatch.EXACT]

    async def test_exact_offsets_point_into_the_content(self, office: Office) -> None:
        run = await self.cited(office, mp.TextDelta("a [1]"), mp.Cited(1, "prend dix jours"))
        (one,) = run.citations
        found = run.source(1)
        assert found is not None
        content = await office.knowledge.content(found.passage.store_id, found.passage.file_id)
        assert content.text[one.quote_start : one.quote_end] == one.quote == "prend dix jours"
