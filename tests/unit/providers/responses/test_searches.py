"""Hosted searches: what was asked, what was found, and which files the text cites where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from iaposte_desktop.domain.knowledge import Passage
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.hosted import Hit
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from tests.unit.providers.responses.conftest import REQUEST, Desk, text_of, those, two_stores
from tests.unit.providers.responses.saying import (
    Json,
    added,
    annotated,
    citation,
    created,
    delta,
    done,
    ended,
    message,
    result,
    search,
)

TEXT = "A refund takes ten working days. A gift card takes two."
UUID = "9f1c2b7e-0a52-4c39-8d1c-2f6f6f0f9e11"
PASSAGE = Passage("", "file_1", "returns.pdf", "A refund takes ten working days.", 0, 0, 0.8, is_internal=True)


class Shelf:
    """Knows the places of hits; `asked` is what it was given."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[Hit, ...], tuple[str, ...]]] = []

    async def placed(self, hits: Sequence[Hit], store_ids: Sequence[str]) -> tuple[Passage, ...]:
        self.asked.append((tuple(hits), tuple(store_ids)))
        return tuple(replace(PASSAGE, store_id="vs_2", start=10, end=42) for _ in hits)


async def cited(desk: Desk, *said: Any) -> list[tuple[str, int]]:
    events = await desk.events_of(created(), *said)
    return [(event.file_id, event.position) for event in those(events, mp.CitedFile)]


class TestSearches:
    async def test_a_whole_one_at_the_server(self, desk: Desk) -> None:
        store = await store_with(desk, "returns.txt", "A refund takes ten working days.")
        asked = replace(REQUEST, hosted_search=mp.HostedSearch((store,), 6, 0.0))
        events = await desk.events(asked)
        kinds = [type(event) for event in events if not isinstance(event, mp.TextDelta)]
        assert kinds == [
            mp.Started, mp.Searching, mp.FoundPassages, mp.CitedFile, mp.UsageReport, mp.Completed,
        ]  # fmt: skip
        (found,) = those(events, mp.FoundPassages)
        (cited_file,) = those(events, mp.CitedFile)
        assert found.passages[0].store_id == store
        assert found.passages[0].text == "A refund takes ten working days."
        assert found.passages[0].file_id == cited_file.file_id
        assert text_of(events)[: cited_file.position] == "A refund takes ten working days."
        assert those(events, mp.UsageReport)[0].usage.search_calls == 1

    async def test_each_query_is_told_once(self, desk: Desk) -> None:
        asked = search(result(), queries=["refund", "gift card"])
        events = await desk.events_of(created(), added(asked), done(asked), ended(asked, message(TEXT)))
        assert those(events, mp.Searching) == [mp.Searching("refund"), mp.Searching("gift card")]

    async def test_a_query_that_is_not_told_is_empty(self, desk: Desk) -> None:
        asked = search(result(), queries=())
        events = await desk.events_of(created(), added(asked), done(asked), ended(search(result()), message(TEXT)))
        assert events[1:3] == [mp.Searching(""), mp.FoundPassages((PASSAGE,))]
        assert those(events, mp.Searching) == [mp.Searching("")]

    async def test_passages_come_once_and_before_the_text(self, desk: Desk) -> None:
        asked = search(result())
        events = await desk.events_of(created(), done(asked), delta(TEXT), ended(asked, message(TEXT)))
        assert events[1:4] == [mp.Searching("refund"), mp.FoundPassages((PASSAGE,)), mp.TextDelta(TEXT)]
        assert len(those(events, mp.FoundPassages)) == 1

    async def test_results_that_come_with_the_end_only(self, desk: Desk) -> None:
        events = await desk.events_of(
            created(), done(search(is_told=False)), delta(TEXT), ended(search(result()), message(TEXT))
        )
        assert those(events, mp.Searching) == [mp.Searching("refund")]
        assert those(events, mp.FoundPassages) == [mp.FoundPassages((PASSAGE,))]

    async def test_results_of_a_search_that_goes_on_are_not_taken_for_none(self, desk: Desk) -> None:
        searching = {**search(), "status": "searching"}
        events = await desk.events_of(created(), added(searching), done(search(result())), ended(message(TEXT)))
        assert those(events, mp.FoundPassages) == [mp.FoundPassages((PASSAGE,))]

    async def test_a_search_that_found_nothing_says_so(self, desk: Desk) -> None:
        events = await desk.events_of(created(), added(search(is_told=False)), done(search()), ended(message(TEXT)))
        assert those(events, mp.FoundPassages) == [mp.FoundPassages(())]

    async def test_results_that_were_not_told_are_not_taken_for_none(self, desk: Desk) -> None:
        asked = search(is_told=False)
        events = await desk.events_of(created(), done(asked), ended(asked, message(TEXT)))
        assert those(events, mp.FoundPassages) == []

    async def test_searches_are_counted(self, desk: Desk) -> None:
        again = {**search(result()), "id": "fs_2"}
        events = await desk.events_of(
            created(), done(search(result())), done(again), ended(search(), again, message(TEXT))
        )
        assert those(events, mp.UsageReport)[0].usage.search_calls == 2

    async def test_the_stores_say_where_a_hit_stands(self, desk: Desk) -> None:
        shelf = Shelf()
        desk.provider = ResponsesProvider(desk.wire, shelf)
        found = result("file_1", lang="fr", year=2026, odd=None)
        stores = await two_stores(desk)
        asked = replace(REQUEST, hosted_search=mp.HostedSearch(stores, 6, 0.25))
        events = await desk.events_of(created(), done(search(found)), ended(message(TEXT)), request=asked)
        (told,) = those(events, mp.FoundPassages)
        assert (told.passages[0].store_id, told.passages[0].start, told.passages[0].end) == ("vs_2", 10, 42)
        hit = Hit("file_1", "returns.pdf", PASSAGE.text, 0.8, {"lang": "fr", "year": 2026})
        assert shelf.asked == [((hit,), stores)]

    async def test_without_stores_a_hit_is_of_the_first_that_was_asked(self, desk: Desk) -> None:
        stores = await two_stores(desk)
        asked = replace(REQUEST, hosted_search=mp.HostedSearch(stores, 6, 0.25))
        events = await desk.events_of(created(), done(search(result())), ended(message(TEXT)), request=asked)
        (told,) = those(events, mp.FoundPassages)
        assert told.passages == (replace(PASSAGE, store_id=stores[0]),)

    async def test_a_result_may_lack_anything(self, desk: Desk) -> None:
        odd: list[Json] = [{}, {"file_id": None, "text": 7, "score": "high", "attributes": []}, {"score": 32.5}]
        events = await desk.events_of(created(), done(search(*odd)), ended(message(TEXT)))
        (told,) = those(events, mp.FoundPassages)
        assert [passage.score for passage in told.passages] == [0.0, 0.0, 1.0]

    async def test_a_result_under_an_id_of_its_own_is_of_the_file_it_names(self, desk: Desk) -> None:
        found = result(UUID, file_id="file-abc")
        events = await desk.events_of(created(), done(search(found)), ended(message(TEXT)))
        (told,) = those(events, mp.FoundPassages)
        assert told.passages[0].file_id == "file-abc"

    async def test_what_a_user_calls_file_id_is_not_taken_for_it(self, desk: Desk) -> None:
        found = result("file-abc", file_id="2026/7")
        events = await desk.events_of(created(), done(search(found)), ended(message(TEXT)))
        (told,) = those(events, mp.FoundPassages)
        assert told.passages[0].file_id == "file-abc"


class TestAnnotations:
    async def test_told_by_event_and_item_it_is_cited_once(self, desk: Desk) -> None:
        told = message(TEXT, citation(32))
        found = await cited(desk, done(search(result())), delta(TEXT), annotated(32), done(told), ended(told))
        assert found == [("file_1", 32)]

    async def test_told_by_the_item_alone(self, desk: Desk) -> None:
        found = await cited(desk, done(search(result())), delta(TEXT), done(message(TEXT, citation(32))), ended())
        assert found == [("file_1", 32)]

    async def test_told_by_the_completed_response_alone(self, desk: Desk) -> None:
        found = await cited(desk, ended(search(result()), message(TEXT, citation(32))))
        assert found == [("file_1", 32)]

    async def test_the_same_file_twice_at_a_place_is_cited_once(self, desk: Desk) -> None:
        told = message(TEXT, citation(32), citation(32), citation(32, "file_2"), citation(55))
        found = await cited(desk, done(search(result(), result("file_2"))), done(told), ended(told))
        assert found == [("file_1", 32), ("file_2", 32), ("file_1", 55)]

    async def test_told_at_two_places_it_is_cited_at_the_first(self, desk: Desk) -> None:
        told = message(TEXT, citation(31))
        assert await cited(desk, done(search(result())), delta(TEXT), annotated(32), done(told), ended(told)) == [
            ("file_1", 32)
        ]

    async def test_of_a_text_that_goes_on_after_another_the_places_are_still_right(self, desk: Desk) -> None:
        told = message("Ten days more.", citation(3), citation(14))
        events = await desk.events_of(
            created(), done(search(result())), delta("Ten days"), delta("Two.", "msg_2"), done(told), ended(told)
        )
        assert text_of(events) == "Ten days\n\nTwo.\n\n more."
        assert [event.position for event in those(events, mp.CitedFile)] == [3, len(text_of(events))]

    async def test_a_place_after_the_end_is_the_end(self, desk: Desk) -> None:
        assert await cited(desk, done(search(result())), delta(TEXT), annotated(10_000), ended()) == [
            ("file_1", len(TEXT))
        ]

    async def test_without_numbers_each_still_counts(self, desk: Desk) -> None:
        said = [annotated(32), annotated(55)]
        for each in said:
            del each["annotation_index"]
        found = await cited(desk, done(search(result())), delta(TEXT), *said, ended(message(TEXT)))
        assert found == [("file_1", 32), ("file_1", 55)]

    async def test_of_a_second_message_the_place_is_in_the_whole_text(self, desk: Desk) -> None:
        events = await desk.events_of(
            created(),
            done(search(result())),
            delta("One."),
            delta(TEXT, "msg_2"),
            annotated(32, item_id="msg_2"),
            ended(message("One."), message(TEXT, item_id="msg_2")),
        )
        (found,) = those(events, mp.CitedFile)
        assert text_of(events)[: found.position] == "One.\n\nA refund takes ten working days."

    async def test_in_a_commentary_it_cites_nothing(self, desk: Desk) -> None:
        aside = message("Look.", citation(5), item_id="msg_0", phase="commentary")
        said = [added(aside), delta("Look.", "msg_0"), annotated(5, item_id="msg_0"), done(aside)]
        assert await cited(desk, done(search(result())), *said, ended(aside, message(TEXT))) == []

    async def test_it_waits_for_the_results(self, desk: Desk) -> None:
        events = await desk.events_of(
            created(), delta(TEXT), annotated(32), ended(search(result()), message(TEXT, citation(32)))
        )
        kinds = [type(event) for event in events]
        assert kinds.index(mp.FoundPassages) < kinds.index(mp.CitedFile)

    async def test_without_any_results_the_file_is_taken_as_named(self, desk: Desk) -> None:
        assert await cited(desk, delta(TEXT), annotated(32, "file_9"), ended(message(TEXT))) == [("file_9", 32)]

    async def test_a_result_of_its_own_id_is_cited_as_the_file(self, desk: Desk) -> None:
        found = await cited(
            desk, done(search(result(UUID, file_id="file-abc"))), delta(TEXT), annotated(32, UUID), ended(message(TEXT))
        )
        assert found == [("file-abc", 32)]

    @pytest.mark.parametrize("index", [-5, 10_000, None, "32"])
    async def test_a_place_that_is_none_is_within_the_text(self, desk: Desk, index: Any) -> None:
        told = message(TEXT, {**citation(0), "index": index})
        ((file, position),) = await cited(desk, done(search(result())), done(told), ended(told))
        assert file == "file_1"
        assert 0 <= position <= len(TEXT)

    async def test_other_annotations_cite_no_file(self, desk: Desk) -> None:
        link = {"type": "url_citation", "url": "https://example.org", "start_index": 0, "end_index": 4, "title": ""}
        assert await cited(desk, done(search(result())), done(message(TEXT, link)), ended()) == []


class TestMarks:
    async def test_they_are_not_shown_and_cite_known_files(self, desk: Desk) -> None:
        text = "A refund takes ten working days <|file_1|>. A gift card takes two <|file_9|>."
        events = await desk.events_of(created(), done(search(result())), *map(delta, text), ended(message(text)))
        assert text_of(events) == TEXT
        assert those(events, mp.CitedFile) == [mp.CitedFile("file_1", 31)]

    async def test_a_result_of_its_own_id_is_known_by_both(self, desk: Desk) -> None:
        text = f"Ten days <|{UUID}|>. Two days <|file-abc|>."
        found = await cited(desk, done(search(result(UUID, file_id="file-abc"))), delta(text), ended(message(text)))
        assert found == [("file-abc", 8), ("file-abc", 18)]

    async def test_at_the_beginning_of_a_message_they_cite_the_text_so_far(self, desk: Desk) -> None:
        found = await cited(desk, done(search(result())), delta("One."), delta("<|file_1|>Two.", "msg_2"), ended())
        assert found == [("file_1", 4)]

    async def test_they_wait_for_the_results(self, desk: Desk) -> None:
        text = "Ten days <|file_1|>."
        assert await cited(desk, delta(text), ended(search(result()), message(text))) == [("file_1", 8)]

    async def test_where_an_annotation_cites_they_add_nothing(self, desk: Desk) -> None:
        text = "Ten days <|file_2|>."
        results = done(search(result(), result("file_2")))
        told = message(text, citation(8))
        assert await cited(desk, results, delta("Ten days"), annotated(8), delta(" <|file_2|>."), ended(told)) == [
            ("file_1", 8)
        ]

    async def test_a_mark_and_an_annotation_of_the_same_file_are_one(self, desk: Desk) -> None:
        text = "Ten days <|file_1|>. Two."
        told = message(text, citation(19))
        assert await cited(desk, done(search(result())), delta(text), done(told), ended(told)) == [("file_1", 8)]

    @pytest.mark.parametrize("pieces", [1, 3, 7])
    async def test_annotations_point_into_the_text_with_marks(self, desk: Desk, pieces: int) -> None:
        text = "Ten days【4:0†source】. Two for a card【4:1†source】. End."
        deltas = [delta(text[start : start + pieces]) for start in range(0, len(text), pieces)]
        told = message(text, citation(text.index("."), "file_1"), citation(text.index(" End"), "file_2"))
        events = await desk.events_of(
            created(), done(search(result(), result("file_2"))), *deltas, done(told), ended(told)
        )
        shown = text_of(events)
        assert shown == "Ten days. Two for a card. End."
        assert those(events, mp.CitedFile) == [
            mp.CitedFile("file_1", shown.index(".")),
            mp.CitedFile("file_2", shown.index(" End")),
        ]

    async def test_a_place_in_what_is_held_back_is_found_later(self, desk: Desk) -> None:
        found = await cited(
            desk, done(search(result())), delta("Ten "), annotated(4), delta("days."), ended(message("Ten days."))
        )
        assert found == [("file_1", 4)]

    async def test_a_server_that_cleans_the_text_at_the_end_counts_in_the_clean_one(self, desk: Desk) -> None:
        text, clean = "Ten days <|file_1|>. Two <|file_2|>.", "Ten days. Two."
        told = message(clean, citation(8, "file_1"), citation(13, "file_2"))
        events = await desk.events_of(
            created(), done(search(result(), result("file_2"))), delta(text), done(told), ended(told)
        )
        assert text_of(events) == clean
        assert those(events, mp.CitedFile) == [mp.CitedFile("file_1", 8), mp.CitedFile("file_2", 13)]


async def store_with(desk: Desk, name: str, text: str) -> str:
    """The id of a store at the server with one file in it."""
    client = await desk.wire.client()
    file = await client.files.create(file=(name, text.encode()), purpose="assistants")
    store = await client.vector_stores.create(name="Returns")
    await client.vector_stores.files.create_and_poll(file.id, vector_store_id=store.id, poll_interval_ms=5)
    return store.id
