"""What a query finds, and with which score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import InvalidValue, NotFound
from iaposte_desktop.domain.knowledge import ExpiresAfter
from iaposte_desktop.domain.ports.vector_stores import StoreDetails

if TYPE_CHECKING:
    from tests.fakes.clock import ManualClock
    from tests.unit.engine.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

FILES = {
    "livraison.md": "# Livraison\n\nLes délais de livraison sont de trois jours ouvrés en France, l’été comme l'hiver.",
    "retours.md": "# Retours\n\nUn article retourné est remboursé sous dix jours. Les frais de port restent dus.",
    "delivery.md": "# Delivery\n\nParcels are delivered within three working days. Heavy parcels go by lorry.",
    "pieces.csv": "référence;pièce;prix\nAB-12/X;Abat-jour;25\nCD-34/Y;Douille;8\n",
    "notes.txt": "Version 2.10.3 of the app corrects the login. Write to help@shop.example for a parcel that is late.",
}


async def shop(desk: Desk) -> str:
    store_id = await desk.store()
    await desk.add(store_id, *(desk.file(name, text) for name, text in FILES.items()))
    return store_id


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Quels sont les délais de livraison ?", "livraison.md"),
        ("delai livraison", "livraison.md"),
        ("remboursement d'un retour", "retours.md"),
        ("When will my parcel be delivered?", "delivery.md"),
        ("AB-12/X", "pieces.csv"),
        ("prix de l'abat-jour", "pieces.csv"),
        ("2.10.3", "notes.txt"),
        ("help@shop.example", "notes.txt"),
        ("en été", "livraison.md"),
        ("rembourcé", "retours.md"),
        ("livriason", "livraison.md"),
        ("livrraisson", "livraison.md"),
        ("paquet en retard late package", "notes.txt"),
        ("delivery.md", "delivery.md"),
    ],
)
async def test_the_right_file_comes_first(desk: Desk, query: str, name: str) -> None:
    found = await desk.search(await shop(desk), query)
    assert found[0].file_name == name


async def test_what_no_file_is_about_scores_low(desk: Desk) -> None:
    store_id = await shop(desk)
    assert (await desk.search(store_id, "Quels sont les délais de livraison ?"))[0].score > 0.4
    off_topic = await desk.search(store_id, "Combien de points vaut un essai au rugby à sept cet hiver ?")
    assert all(passage.score < 0.25 for passage in off_topic)


@pytest.mark.parametrize("query", ["", "   ", "?!", '"', "NEAR(", "a* OR b:c", "\0", "le la les", "'" * 500])
async def test_no_query_is_a_syntax_error(desk: Desk, query: str) -> None:
    assert isinstance(await desk.search(await shop(desk), query), tuple)


async def test_a_query_of_stop_words_finds_nothing_bad_and_a_mail_as_query_is_fine(desk: Desk) -> None:
    store_id = await shop(desk)
    assert await desk.search(store_id, "") == ()
    mail = "Bonjour, je vous écris au sujet de mon colis numéro 123456. " * 200 + "Quand serai-je remboursé ?"
    assert (await desk.search(store_id, mail))[0].score <= 1


async def test_a_word_mistyped_at_its_end_counts_as_the_right_one(desk: Desk) -> None:
    """Its stem is that of the right one, and so it is found by half without any repair."""
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("retours.md", "Le remboursement est fait sous dix jours."))
    await desk.completed(store_id, desk.file("livraison.md", "La livraison est faite sous trois jours."))
    (right, *_), (mistyped, *_) = [await desk.search(store_id, query) for query in ("remboursement", "remboursment")]
    assert mistyped.file_name == "retours.md"
    assert mistyped.score == pytest.approx(right.score, abs=0.1)


async def test_a_single_small_file_is_found_with_a_good_score(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("a.txt", "Parcels are insured up to 200 euros."))
    (passage,) = await desk.search(store_id, "are parcels insured")
    assert passage.score > 0.4


async def test_at_most_three_passages_of_one_file(desk: Desk) -> None:
    store_id = await desk.store()
    sections = "\n\n".join(f"## Part {number}\n\nThe parcel of part {number} is late." for number in range(10))
    long = await desk.completed(store_id, desk.file("long.md", sections))
    short = await desk.completed(store_id, desk.file("short.txt", "One parcel."))
    found = [passage.file_id for passage in await desk.search(store_id, "parcel")]
    assert found.count(long.id) == 3
    assert found.count(short.id) == 1


async def test_scores_fall_and_the_threshold_holds(desk: Desk) -> None:
    store_id = await shop(desk)
    found = await desk.search(store_id, "parcels delivered in three days")
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)
    above = await desk.stores.search([store_id], "parcels delivered in three days", score_threshold=scores[0], limit=50)
    assert [passage.score for passage in above] == scores[:1]


async def test_scores_compare_between_stores(desk: Desk) -> None:
    first, second = await desk.store(), await desk.store()
    await desk.add(first, *(desk.file(f"{n}.txt", f"Parcel number {n} was sent.") for n in range(20)))
    await desk.completed(second, desk.file("a.txt", "Parcel insurance covers 200 euros."))
    found = await desk.stores.search([first, second], "parcel insurance")
    assert found[0].store_id == second
    assert found[0].score > 2 * found[1].score


async def test_a_search_is_an_activity_of_the_store_told_once_a_minute(desk: Desk, clock: ManualClock) -> None:
    store_id = await shop(desk)
    begun = clock()
    clock.advance(seconds=30)
    await desk.search(store_id, "parcel")
    assert (await desk.stores.retrieve(store_id)).last_active_at == begun
    clock.advance(seconds=31)
    await desk.search(store_id, "parcel")
    assert (await desk.stores.retrieve(store_id)).last_active_at == clock()


async def test_an_expired_store_is_not_searched(desk: Desk, clock: ManualClock) -> None:
    store = await desk.stores.create(StoreDetails("Sale", expires_after=ExpiresAfter(7)))
    clock.advance(days=7)
    with pytest.raises(NotFound):
        await desk.search(store.id, "parcel")


@pytest.mark.parametrize("limit", [0, 51])
async def test_limits_of_the_limit(desk: Desk, limit: int) -> None:
    with pytest.raises(InvalidValue):
        await desk.stores.search([await desk.store()], "parcel", limit=limit)
