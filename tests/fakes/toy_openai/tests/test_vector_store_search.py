from __future__ import annotations

from typing import Any

import pytest
from openai import APIStatusError, AsyncOpenAI, BadRequestError

from tests.fakes.toy_openai.lexical import chunks, score
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.store_records import Store
from tests.fakes.toy_openai.tests.exactness import exact

RETURNS = "Returns are accepted within thirty days.\n\nRefunds reach your card in five days."
PARCEL = "Les colis égarés sont remplacés."


@pytest.fixture
def store(toy: ToyOpenAI) -> Store:
    """Two files: returns.txt (English, 2025) and colis.md (French, no year)."""
    toy.vector_stores.index_seconds = 0
    store = toy.vector_stores.create("Guides")
    wanted = [
        {"file_id": toy.files.add("returns.txt", RETURNS.encode())["id"], "attributes": {"lang": "en", "year": 2025}},
        {"file_id": toy.files.add("colis.md", PARCEL.encode())["id"], "attributes": {"lang": "fr", "new": True}},
    ]
    toy.vector_stores.attach(store, wanted)
    return store


async def found(client: AsyncOpenAI, store: Store, query: str | list[str], **settings: Any) -> list[str]:
    hits = client.vector_stores.search(store.id, query=query, **settings)
    return [exact(hit).filename async for hit in hits]


async def test_words_are_found_whatever_their_accents_and_number(client: AsyncOpenAI, store: Store) -> None:
    (hit,) = [exact(hit) async for hit in client.vector_stores.search(store.id, query="Mon COLI est egare !")]
    assert (hit.filename, hit.score, hit.attributes) == ("colis.md", 1.0, {"lang": "fr", "new": True})
    assert [(part.type, part.text) for part in hit.content] == [("text", PARCEL)]


@pytest.mark.parametrize("query", ["invoice number", "when are you there?", "", "le la les"])
async def test_what_is_not_there_is_not_found(client: AsyncOpenAI, store: Store, query: str) -> None:
    assert await found(client, store, query) == []


async def test_the_best_comes_first(client: AsyncOpenAI, store: Store) -> None:
    query = "colis egare: refund?"
    hits = [(hit.filename, hit.score) async for hit in client.vector_stores.search(store.id, query=query)]
    assert hits == [("colis.md", 0.6667), ("returns.txt", 0.3333)]
    assert await found(client, store, query, max_num_results=1) == ["colis.md"]
    assert await found(client, store, query, ranking_options={"score_threshold": 0.5}) == ["colis.md"]


async def test_several_questions_count_each(client: AsyncOpenAI, store: Store) -> None:
    page = await client.vector_stores.search(store.id, query=["refunds", "egaré"], rewrite_query=True)
    assert sorted((hit.filename, hit.score) for hit in page.data) == [("colis.md", 1.0), ("returns.txt", 1.0)]


async def test_the_page_is_that_of_a_search(client: AsyncOpenAI, store: Store) -> None:
    response = await client.vector_stores.with_raw_response.search(store.id, query="nothing of that")
    assert response.http_response.json() == {
        "object": "vector_store.search_results.page",
        "search_query": ["nothing of that"],
        "data": [],
        "has_more": False,
        "next_page": None,
    }


EN, FR = "returns.txt", "colis.md"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"type": "eq", "key": "lang", "value": "fr"}, [FR]),
        ({"type": "ne", "key": "lang", "value": "fr"}, [EN]),
        ({"type": "eq", "key": "year", "value": 2025.0}, [EN]),
        ({"type": "ne", "key": "year", "value": 2025}, [FR]),
        ({"type": "gt", "key": "year", "value": 2024}, [EN]),
        ({"type": "gt", "key": "year", "value": 2025}, []),
        ({"type": "gte", "key": "year", "value": 2025}, [EN]),
        ({"type": "lt", "key": "year", "value": 2026}, [EN]),
        ({"type": "lte", "key": "lang", "value": "en"}, [EN]),
        ({"type": "gt", "key": "lang", "value": 3}, []),
        ({"type": "eq", "key": "new", "value": True}, [FR]),
        ({"type": "eq", "key": "new", "value": 1}, []),
        ({"type": "in", "key": "lang", "value": ["fr", "de"]}, [FR]),
        ({"type": "nin", "key": "lang", "value": ["fr", "de"]}, [EN]),
        (
            {
                "type": "and",
                "filters": [{"type": "eq", "key": "lang", "value": "en"}, {"type": "eq", "key": "year", "value": 1}],
            },
            [],
        ),
        (
            {
                "type": "or",
                "filters": [
                    {"type": "eq", "key": "year", "value": 2025},
                    {"type": "and", "filters": [{"type": "eq", "key": "new", "value": True}]},
                ],
            },
            [FR, EN],
        ),
    ],
)
async def test_filters_choose_files(
    client: AsyncOpenAI, store: Store, filters: dict[str, object], expected: list[str]
) -> None:
    assert await found(client, store, "colis egare returns", filters=filters) == expected


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"query": []},
        {"query": "x", "max_num_results": 0},
        {"query": "x", "max_num_results": 51},
        {"query": "x", "limit": 3},
        {"query": "x", "ranking_options": {"score_threshold": 1.5}},
        {"query": "x", "filters": {"type": "like", "key": "a", "value": "b"}},
        {"query": "x", "filters": {"type": "in", "key": "a", "value": "b"}},
        {"query": "x", "filters": {"type": "and", "filters": [{"type": "eq", "key": "a"}]}},
        {"query": "x", "filters": {"type": "and", "filters": ["a"]}},
    ],
)
async def test_invalid_searches_are_refused(
    toy: ToyOpenAI, client: AsyncOpenAI, store: Store, body: dict[str, object]
) -> None:
    with pytest.raises(BadRequestError):
        await client.post(f"/vector_stores/{store.id}/search", cast_to=object, body=body)
    assert len(toy.invalid) == 1


async def test_filters_are_read_where_there_is_no_file(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    empty = toy.vector_stores.create("Empty")
    with pytest.raises(BadRequestError, match="'value' must be an array"):
        await found(client, empty, "x", filters={"type": "in", "key": "a", "value": "b"})


async def test_filters_may_not_be_there(toy: ToyOpenAI, client: AsyncOpenAI, store: Store) -> None:
    toy.vector_stores.filters_status = 501
    assert await found(client, store, "colis") == ["colis.md"]
    with pytest.raises(APIStatusError) as refused:
        await found(client, store, "colis", filters={"type": "eq", "key": "lang", "value": "fr"})
    assert refused.value.status_code == 501
    assert toy.invalid == []


async def test_what_is_not_read_is_not_found(toy: ToyOpenAI, client: AsyncOpenAI, store: Store) -> None:
    toy.vector_stores.stuck.add("colis.md")
    assert await found(client, store, "colis") == []
    toy.vector_stores.stuck.clear()
    assert await found(client, store, "colis") == ["colis.md"]


def test_several_stores_are_searched_together(toy: ToyOpenAI, store: Store) -> None:
    other = toy.vector_stores.create("Others", file_ids=[toy.files.add("egare.txt", b"Colis, refunds")["id"]])
    hits = toy.vector_stores.search([store.id, other.id], ["colis egares"], score_threshold=0.5)
    assert [(hit.filename, hit.score, hit.text) for hit in hits] == [
        ("colis.md", 1.0, PARCEL),
        ("egare.txt", 0.5, "Colis, refunds"),
    ]


def test_paragraphs_become_chunks() -> None:
    text = f"{'a' * 500}\n\n{'b' * 200}\n \n{'c' * 200}\n\n\n{'d' * 1700}\n"
    assert [len(chunk) for chunk in chunks(text)] == [702, 200, 800, 800, 100]
    assert chunks(" \n\n ") == []


def test_a_score_is_the_share_of_the_stems() -> None:
    assert score("red shoes size 42", "Size 42 of the shoe") == 0.75
    assert score("where is it", "it is where you are") == 0.0
