"""Searching at a server, and the place of what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import NotFound, ProviderUnavailable
from iaposte_desktop.domain.knowledge import Comparator, Comparison, Compound, Connective
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.providers.hosted import Hit
from iaposte_desktop.providers.vector_stores.server import StoreServer
from iaposte_desktop.providers.vector_stores.texts import Texts
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.faults import Fault, Reset, Status
from tests.fakes.toy_openai.messages import Reply
from tests.unit.providers.vector_stores.bench import CONTENT, FAST, SEARCH, Bench, Held, ended, now, one, store_of

MEGABYTE = 1024 * 1024
LAMPS = "Lamps are tested for two days.\n\nBulbs are tested for one hour.\n\n" + "Nothing else is said here. " * 40
FILTER = Compound(
    Connective.AND,
    (Comparison("lang", Comparator.IN, ("fr", "en")), Comparison("year", Comparator.GTE, 2025)),
)


@dataclass(frozen=True, slots=True)
class Rewritten(Fault):
    """Each result with these values in place of the server's."""

    changes: Mapping[str, object]

    def reply(self, reply: Reply) -> Reply:
        return replace(reply, body={**reply.body, "data": [{**each, **self.changes} for each in reply.body["data"]]})


def chunk(text: str) -> Rewritten:
    return Rewritten({"content": [{"type": "text", "text": text}]})


async def test_what_is_asked_of_the_server(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    await stores.search([store_id], "lamps", filters=FILTER, limit=7, score_threshold=0.25)
    (asked,) = [each.json for each in bench.toy.requests if each.path.endswith("/search")]
    assert asked == {
        "query": "lamps",
        "max_num_results": 7,
        "rewrite_query": False,
        "ranking_options": {"score_threshold": 0.25},
        "filters": {
            "type": "and",
            "filters": [
                {"type": "in", "key": "lang", "value": ["fr", "en"]},
                {"type": "gte", "key": "year", "value": 2025},
            ],
        },
    }


async def test_a_passage_has_its_place_and_texts_are_fetched_once(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    file = await one(stores, store_id, bench.file("lamps.txt", LAMPS, lang="en"))
    for _ in range(3):
        passage = (await stores.search([store_id], "bulbs tested"))[0]
    assert (passage.file_id, passage.file_name, passage.attributes) == (file.id, "lamps.txt", {"lang": "en"})
    assert LAMPS[passage.start : passage.end] == passage.text
    assert passage.end > passage.start
    assert bench.toy.count("GET", "/vector_stores/{store_id}/files/{file_id}/content") == 1


async def test_a_chunk_whose_spaces_differ_is_found_and_shown_as_it_stands(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    await one(stores, store_id, bench.file("lamps.txt", LAMPS))
    told = "Lamps are\ttested  for two days. Bulbs are tested for one hour."
    bench.toy.fail(chunk(told), on=SEARCH)
    passage = (await stores.search([store_id], "lamps"))[0]
    assert (passage.start, passage.text) == (0, LAMPS[:62])
    assert passage.end == 62


async def test_a_chunk_that_is_not_in_the_text_has_no_place(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    await one(stores, store_id, bench.file("lamps.txt", LAMPS))
    bench.toy.fail(chunk("A summary."), on=SEARCH)
    passage = (await stores.search([store_id], "lamps"))[0]
    assert (passage.text, passage.start, passage.end) == ("A summary.", 0, 0)


async def test_a_text_that_cannot_be_had_costs_the_place_alone(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    await one(stores, store_id, bench.file("lamps.txt", LAMPS))
    bench.toy.fail(Status(500), on=CONTENT)
    first = (await stores.search([store_id], "lamps"))[0]
    second = (await stores.search([store_id], "lamps"))[0]
    assert (first.end, second.end > 0) == (0, True)


async def test_scores_beyond_the_bounds_are_clipped_in_their_order(bench: Bench) -> None:
    stores = bench.open()
    store_id, other = await store_of(stores), await store_of(stores, "Other")
    await one(stores, store_id, bench.file("lamps.txt", "Lamps."))
    await one(stores, other, bench.file("bulbs.txt", "Lamps and bulbs."))
    scores = {store_id: 12.5, other: 3.5}
    for wanted in (store_id, other):
        bench.toy.fail(Rewritten({"score": scores[wanted]}), on=SEARCH)
        assert [passage.score for passage in await stores.search([wanted], "lamps")] == [1.0]
    bench.toy.fail(Rewritten({"score": -0.5}), on=SEARCH)
    assert await stores.search([store_id], "lamps") == ()


async def test_a_server_without_filters_is_searched_without(bench: Bench) -> None:
    bench.toy.vector_stores.filters_status = 501
    stores = bench.open()
    store_id = await store_of(stores)
    files = [
        bench.file("a.txt", "Lamps of 2024.", lang="fr", year=2024),
        bench.file("b.txt", "Lamps of 2025.", lang="fr", year=2025),
        bench.file("c.txt", "Lamps of 2026.", lang="de", year=2026),
        bench.file("d.txt", "Lamps."),
    ]
    await ended(stores, store_id, *files)
    for _ in range(2):
        found = await stores.search([store_id], "lamps", filters=FILTER, limit=1)
        assert [passage.file_name for passage in found] == ["b.txt"]
    asked = [each.json for each in bench.toy.requests if each.path.endswith("/search")]
    assert [("filters" in each, each["max_num_results"]) for each in asked] == [(True, 1), (False, 50), (False, 50)]


async def test_another_failure_is_told(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    bench.toy.fail(Status(500), on=SEARCH)
    with pytest.raises(ProviderUnavailable):
        await stores.search([store_id], "lamps", filters=FILTER)


async def test_an_internal_store_that_another_program_made_so(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    await one(stores, store_id, bench.file("lamps.txt", "Lamps."))
    assert not (await stores.search([store_id], "lamps"))[0].is_internal
    bench.toy.vector_stores.stores[store_id].metadata["iaposte_internal"] = "true"
    assert (await stores.search([store_id], "lamps"))[0].is_internal


async def test_a_server_that_names_the_document_and_not_the_file(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    file = await one(stores, store_id, bench.file("lamps.txt", "Lamps.", lang="en"))
    (server_id,) = bench.toy.files.names
    added = {"file_id": server_id, "filename": "lamps.txt", "document_id": "0c1d", "lang": "en"}
    bench.toy.fail(Rewritten({"file_id": "0c1d", "attributes": added}), on=SEARCH)
    passage = (await stores.search([store_id], "lamps"))[0]
    assert (passage.file_id, passage.attributes, passage.end) == (file.id, {"lang": "en"}, 6)


def test_the_texts_used_last_are_kept() -> None:
    texts = Texts(StoreServer(Wire(Connection("conn_1", "Toy", ConnectionKind.LOCAL), MemorySecrets())))
    texts.keep("a", "a" * 20 * MEGABYTE)
    texts.keep("b", "b" * 10 * MEGABYTE)
    assert texts.place("a", "a" * 9) == (0, 9)
    texts.keep("c", "c" * 10 * MEGABYTE)
    assert [texts.place(each, each) for each in "abc"] == [(0, 1), (0, 0), (0, 1)]
    texts.keep("d", "d" * 33 * MEGABYTE)
    assert [texts.place(each, each) for each in "abcd"] == [(0, 0)] * 4


async def test_an_empty_query_costs_nothing(bench: Bench) -> None:
    assert await bench.open().search(["vs_x"], " ¿? ") == ()
    assert bench.toy.requests == []


async def test_one_store_of_two_is_gone(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    with pytest.raises(NotFound):
        await stores.search([store_id, "vs_x"], "lamps")


class TestPlaced:
    async def test_hits_of_the_servers_own_search_in_their_order(self, bench: Bench) -> None:
        stores = bench.open()
        internal = await stores.create(StoreDetails("Internal", is_internal=True))
        public = await store_of(stores)
        await one(stores, internal.id, bench.file("lamps.txt", LAMPS, lang="en"))
        foreign = bench.toy.files.add("bulbs.txt", b"Bulbs, and more.")
        bench.toy.vector_stores.attach(bench.toy.vector_stores.stores[public], [{"file_id": foreign["id"]}])
        bench.toy.vector_stores.index_seconds = 0
        own = next(iter(bench.toy.files.names))
        hits = [
            Hit(foreign["id"], "bulbs.txt", "and more.", 0.4, {"team": "north"}),
            Hit(own, "x.txt", "Bulbs are tested for one hour.", 1.8),
            Hit("file-unknown", "gone.txt", "Gone.", 0.1),
        ]
        # As after a restart: nothing is in memory.
        bulbs, lamps, gone = await bench.open().placed(hits, [public, internal.id])
        assert (bulbs.store_id, bulbs.file_id, bulbs.start, bulbs.end) == (public, foreign["id"], 7, 16)
        assert (bulbs.is_internal, bulbs.attributes) == (False, {"team": "north"})
        assert (lamps.store_id, lamps.file_id, lamps.file_name) == (internal.id, own, "lamps.txt")
        assert (lamps.is_internal, lamps.score, lamps.attributes) == (True, 1.0, {"lang": "en"})
        assert LAMPS[lamps.start : lamps.end] == "Bulbs are tested for one hour."
        assert (gone.file_id, gone.start, gone.end) == ("file-unknown", 0, 0)

    async def test_of_one_store_no_file_needs_to_be_looked_for(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        await one(stores, store_id, bench.file("lamps.txt", LAMPS))
        (own,) = bench.toy.files.names
        before = len(bench.toy.requests)
        (passage,) = await stores.placed([Hit(own, "lamps.txt", "Bulbs are", 0.5)], [store_id])
        assert (passage.store_id, LAMPS[passage.start : passage.end]) == (store_id, "Bulbs are")
        assert [each.path.rpartition("/")[2] for each in bench.toy.requests[before:]] == ["content"]

    async def test_never_raises_and_never_waits_for_ever(self, bench: Bench) -> None:
        hits = [Hit("file-1", "a.txt", "Text.", 0.5)]
        stores = bench.open(replace(FAST, placed_within=0.2))
        bench.toy.fail(Reset(), on="*", times=None)
        (passage,) = await stores.placed(hits, ["vs_1", "vs_2"])
        assert (passage.store_id, passage.text, passage.start, passage.end) == ("vs_1", "Text.", 0, 0)
        assert passage.is_internal
        bench.toy.heal()
        gate = Held()
        bench.toy.fail(gate, on="*", times=None)
        begun = now()
        assert len(await stores.placed(hits, ["vs_1", "vs_2"])) == 1
        assert now() > begun
        gate.gate.set()
        assert await stores.placed([], []) == ()
        assert len(await stores.placed(hits, [])) == 1
