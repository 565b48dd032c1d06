"""What `VectorStores` promises of searching, sentence by sentence, of every implementation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from iaposte_desktop.domain.errors import InvalidValue, NotFound
from iaposte_desktop.domain.knowledge import Comparator, Comparison, Compound, Connective
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from tests.contract.shelf import DELIVERY, REFUND, WARRANTY, Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.domain.knowledge import Attribute, Filter, Passage

pytestmark = pytest.mark.asyncio(loop_scope="session")


class TestSearching:
    @pytest_asyncio.fixture(loop_scope="session")
    async def store_id(self, shelf: Shelf) -> str:
        files = {"delivery.txt": DELIVERY, "refund.txt": REFUND, "warranty.txt": WARRANTY}
        return await shelf.store("Shop", *(shelf.file(name, text) for name, text in files.items()))

    async def test_a_passage_says_where_it_stands(self, shelf: Shelf, store_id: str) -> None:
        found = await shelf.stores.search([store_id], "How long does the warranty cover lamps?")
        passage = found[0]
        file = await shelf.stores.retrieve_file(store_id, passage.file_id)
        assert (passage.store_id, passage.file_name, file.name) == (store_id, "warranty.txt", "warranty.txt")
        assert "two years" in passage.text
        text = (await shelf.stores.content(store_id, passage.file_id)).text
        assert all(p.text == text[p.start : p.end] for p in found if p.file_id == passage.file_id)

    async def test_best_first_with_scores_from_0_to_1(self, shelf: Shelf, store_id: str) -> None:
        found = await shelf.stores.search([store_id], "refund warranty delivery account")
        scores = [passage.score for passage in found]
        assert len(scores) >= 3
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)

    async def test_why_a_passage_was_found(self, shelf: Shelf, store_id: str) -> None:
        found = await shelf.stores.search([store_id], "Does the WARRANTY cover lamps?")
        explained = await shelf.stores.explain("Does the WARRANTY cover lamps?", found)
        assert [each.words for each in explained] == [passage.score for passage in found]
        words = [found[0].text[match.start : match.end].lower() for match in explained[0].matches]
        assert {"warranty", "cover", "lamps"} & set(words)
        assert all(match.word for match in explained[0].matches)

    async def test_nothing_found_is_nothing_explained(self, shelf: Shelf) -> None:
        assert await shelf.stores.explain("warranty", ()) == ()

    async def test_each_passage_once(self, shelf: Shelf, store_id: str) -> None:
        found = await shelf.stores.search([store_id, store_id], "refund warranty delivery account")
        assert len({place(passage) for passage in found}) == len(found)

    @pytest.mark.parametrize("limit", [1, 2, 50])
    async def test_at_most_the_limit(self, shelf: Shelf, store_id: str, limit: int) -> None:
        everything = await shelf.stores.search([store_id], "refund warranty delivery account", limit=50)
        found = await shelf.stores.search([store_id], "refund warranty delivery account", limit=limit)
        assert len(found) == min(limit, len(everything))
        assert {passage.file_id for passage in found} <= {passage.file_id for passage in everything}

    @pytest.mark.parametrize("limit", [0, -1, 51])
    async def test_a_limit_out_of_bounds(self, shelf: Shelf, store_id: str, limit: int) -> None:
        with pytest.raises(InvalidValue):
            await shelf.stores.search([store_id], "refund", limit=limit)

    async def test_the_limit_is_over_all_stores(self, shelf: Shelf, store_id: str) -> None:
        other = await shelf.store("Other", shelf.file("more.txt", "Delivery by boat takes longer."))
        found = await shelf.stores.search([store_id, other], "delivery takes", limit=1)
        assert len(found) == 1
        both = await shelf.stores.search([store_id, other], "delivery takes")
        assert {passage.store_id for passage in both} == {store_id, other}

    async def test_a_store_that_was_not_asked(self, shelf: Shelf, store_id: str) -> None:
        await shelf.store("Other", shelf.file("more.txt", "Delivery by boat takes longer."))
        assert await shelf.names("delivery takes", store_id) == ["delivery.txt"]

    async def test_the_threshold(self, shelf: Shelf, store_id: str) -> None:
        query = "refund warranty delivery account"
        everything = await shelf.stores.search([store_id], query)
        threshold = everything[1].score
        found = await shelf.stores.search([store_id], query, score_threshold=threshold)
        assert list(map(place, found)) == [place(p) for p in everything if p.score >= threshold]

    @pytest.mark.parametrize("query", ["", "  \n", "¿?!"])
    async def test_an_empty_query_finds_nothing(self, shelf: Shelf, store_id: str, query: str) -> None:
        assert await shelf.stores.search([store_id], query) == ()

    async def test_what_is_in_no_file_is_not_found(self, shelf: Shelf, store_id: str) -> None:
        assert await shelf.stores.search([store_id], "xylophone zeppelin") == ()

    @pytest.mark.parametrize("query", ['"refund', "refund* OR (", "NEAR(refund", "refund AND NOT", "a:b^c", "-refund"])
    async def test_a_query_is_words_and_no_language(self, shelf: Shelf, store_id: str, query: str) -> None:
        found = await shelf.stores.search([store_id], query)
        assert "a:" in query or found[0].file_name == "refund.txt"

    async def test_no_stores(self, shelf: Shelf) -> None:
        assert await shelf.stores.search([], "refund") == ()

    async def test_an_unknown_store(self, shelf: Shelf, store_id: str) -> None:
        with pytest.raises(NotFound):
            await shelf.stores.search([store_id, "vs_unknown"], "refund")

    async def test_an_internal_store_marks_its_passages(self, shelf: Shelf, store_id: str) -> None:
        store = await shelf.stores.create(StoreDetails("Internal", is_internal=True))
        await shelf.add(store.id, shelf.file("secret.txt", "Refund at our cost above 100 euros."))
        found = await shelf.stores.search([store_id, store.id], "refund")
        assert {passage.store_id: passage.is_internal for passage in found} == {store_id: False, store.id: True}

    async def test_an_empty_store(self, shelf: Shelf) -> None:
        assert await shelf.stores.search([await shelf.store()], "refund") == ()


ATTRIBUTES: Mapping[str, Mapping[str, Attribute]] = {
    "a": {"team": "north", "year": 2024, "is_public": True},
    "b": {"team": "south", "year": 2025, "is_public": False},
    "c": {"team": "west", "year": 2026},
    "d": {},
}


def compare(key: str, comparator: str, value: Attribute | tuple[Attribute, ...]) -> Comparison:
    return Comparison(key, Comparator(comparator), value)


def both(*filters: Filter) -> Compound:
    return Compound(Connective.AND, filters)


def either(*filters: Filter) -> Compound:
    return Compound(Connective.OR, filters)


FILTERS: Sequence[tuple[Filter, str]] = [
    (compare("team", "eq", "north"), "a"),
    (compare("team", "ne", "north"), "bcd"),
    (compare("year", "eq", 2025), "b"),
    (compare("year", "eq", 2025.0), "b"),
    (compare("year", "eq", "2025"), ""),
    (compare("year", "gt", 2025), "c"),
    (compare("year", "gte", 2025), "bc"),
    (compare("year", "lt", 2025), "a"),
    (compare("year", "lte", 2025), "ab"),
    (compare("team", "gt", "north"), "bc"),
    (compare("team", "gt", 1), ""),
    (compare("is_public", "eq", True), "a"),
    (compare("is_public", "eq", False), "b"),
    (compare("is_public", "eq", 1), ""),
    (compare("is_public", "ne", True), "bcd"),
    (compare("team", "in", ("north", "west")), "ac"),
    (compare("team", "nin", ("north", "west")), "bd"),
    (compare("team", "in", ()), ""),
    (compare("team", "nin", ()), "abcd"),
    (compare("nothing", "eq", "x"), ""),
    (compare("nothing", "ne", "x"), "abcd"),
    (compare("nothing", "nin", ("x",)), "abcd"),
    (both(compare("year", "gte", 2025), compare("team", "ne", "west")), "b"),
    (either(compare("year", "lt", 2025), compare("team", "eq", "west")), "ac"),
    (both(compare("year", "gt", 0), either(compare("team", "eq", "south"), compare("is_public", "eq", True))), "ab"),
    (either(both(compare("team", "eq", "north"), compare("year", "eq", 1)), compare("team", "eq", "west")), "c"),
]


async def test_filters(shelf: Shelf) -> None:
    files = [shelf.file(f"{name}.txt", f"Delivery of {name}.", **given) for name, given in ATTRIBUTES.items()]
    store_id = await shelf.store("Shop", *files)
    found = [(await shelf.names("delivery", store_id, filters=wanted), wanted) for wanted, _ in FILTERS]
    expected = [([f"{name}.txt" for name in names], wanted) for wanted, names in FILTERS]
    assert [(sorted(names), wanted) for names, wanted in found] == expected


async def test_passages_carry_their_files_attributes(shelf: Shelf) -> None:
    store_id = await shelf.store("Shop", shelf.file("a.txt", DELIVERY, team="north"))
    assert (await shelf.stores.search([store_id], "delivery"))[0].attributes == {"team": "north"}


def place(passage: Passage) -> tuple[str, int]:
    return passage.file_id, passage.start
