"""Why a passage was found, and what the switches of a search do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.search import DEFAULT_SEARCH, MatchKind

if TYPE_CHECKING:
    from iaposte_desktop.domain.search import SearchSettings
    from tests.unit.engine.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXT = "L’été dernier, votre colis CMD-1042 a été livré. Les retours d’un paquet sont gratuits."


async def explained(
    desk: Desk, query: str, settings: SearchSettings = DEFAULT_SEARCH
) -> list[tuple[str, MatchKind, str]]:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("note.txt", TEXT))
    (passage,) = await desk.stores.search([store_id], query, settings=settings)
    (found,) = await desk.stores.explain(query, [passage], settings)
    assert found.words == passage.score
    assert found.meaning is None
    return [(passage.text[match.start : match.end], match.kind, match.word) for match in found.matches]


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("ete", [("été", MatchKind.EXACT, "ete"), ("été", MatchKind.EXACT, "ete")]),
        ("un retour", [("retours", MatchKind.STEM, "retour")]),
        ("cmd-1042", [("CMD-1042", MatchKind.EXACT, "cmd-1042")]),
        ("parcel", [("colis", MatchKind.SYNONYM, "parcel"), ("paquet", MatchKind.SYNONYM, "parcel")]),
        ("gratuist", [("gratuits", MatchKind.SPELLING, "gratuist")]),
    ],
)
async def test_which_words_answer_and_how(desk: Desk, query: str, matches: list[tuple[str, MatchKind, str]]) -> None:
    assert await explained(desk, query) == matches


async def test_synonyms_that_change_count_from_the_next_search_on(desk: Desk) -> None:
    assert await explained(desk, "parcel")
    (store,) = await desk.stores.list()
    desk.synonyms.use([("gratuit", "offert")])
    assert await desk.stores.search([store.id], "parcel") == ()
    assert await desk.stores.search([store.id], "offerts")


async def test_without_synonyms_and_spelling_they_find_nothing(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("note.txt", TEXT))
    for query, switch in (("parcel", "synonyms"), ("gratuist", "spelling")):
        assert await desk.stores.search([store_id], query)
        without: SearchSettings = replace(DEFAULT_SEARCH, **{switch: False})
        assert await desk.stores.search([store_id], query, settings=without) == ()
