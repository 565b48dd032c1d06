"""Stores as a server has them."""

from __future__ import annotations

import pytest

from iaposte_desktop.domain.errors import ConnectionProblem, InvalidValue, KeyRefused, NotFound, ProviderUnavailable
from iaposte_desktop.domain.knowledge import ExpiresAfter
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from tests.fakes.toy_openai.faults import DetailBody, HtmlPage, Status
from tests.unit.providers.vector_stores.bench import DELETE, Bench, ended, store_of

OF_OGX = {
    "provider_id": "faiss",
    "provider_vector_store_id": "vs_x",
    "embedding_model": "nomic/embed",
    "embedding_dimension": "768",
}


async def test_the_list_goes_over_all_pages(bench: Bench) -> None:
    for number in range(230):
        bench.toy.vector_stores.create(f"Store {number:03}")
    listed = await bench.open().list()
    assert [store.name for store in listed] == [f"Store {number:03}" for number in range(230)]
    assert bench.toy.count("GET", "/vector_stores") == 3


async def test_a_store_says_who_holds_it(bench: Bench) -> None:
    stores = bench.open()
    made = bench.toy.vector_stores.create("Shop", metadata={"team": "north"})
    (store,) = await stores.list()
    assert (store.id, store.provider, stores.name) == (made.id, "conn_1", "conn_1")
    assert (store.is_internal, store.metadata) == (False, {"team": "north"})


async def test_internal_is_kept_among_the_metadata_and_hidden_there(bench: Bench) -> None:
    stores = bench.open()
    store = await stores.create(StoreDetails("Shop", is_internal=True, metadata={"team": "north"}))
    kept = bench.toy.vector_stores.stores[store.id]
    assert kept.metadata == {"team": "north", "iaposte_internal": "true"}
    assert (store.is_internal, store.metadata) == (True, {"team": "north"})
    public = await stores.update(store.id, StoreDetails("Shop", metadata={"team": "north"}))
    assert not public.is_internal
    assert kept.metadata == {"team": "north"}


async def test_an_update_writes_what_the_server_keeps_for_itself_as_well(bench: Bench) -> None:
    made = bench.toy.vector_stores.create("Shop", metadata={**OF_OGX, "team": "north"})
    stores = bench.open()
    assert (await stores.retrieve(made.id)).metadata == {"team": "north"}
    details = StoreDetails("Renamed", expires_after=ExpiresAfter(7), metadata={"lang": "fr"})
    updated = await stores.update(made.id, details)
    assert (updated.name, updated.expires_after, updated.metadata) == ("Renamed", ExpiresAfter(7), {"lang": "fr"})
    assert made.metadata == {**OF_OGX, "lang": "fr"}
    assert made.expires_after == {"anchor": "last_active_at", "days": 7}


async def test_a_pair_of_ours_counts_among_the_pairs_that_are_allowed(bench: Bench) -> None:
    stores = bench.open()
    pairs = {str(number): "x" for number in range(16)}
    await stores.create(StoreDetails("Full", metadata=pairs))
    with pytest.raises(InvalidValue):
        await stores.create(StoreDetails("Fuller", is_internal=True, metadata=pairs))
    assert len(bench.toy.vector_stores.stores) == 1


@pytest.mark.parametrize(
    "details",
    [StoreDetails(" "), StoreDetails("x", expires_after=ExpiresAfter(366)), StoreDetails("x", metadata={"": ""})],
)
async def test_what_no_server_takes_is_not_sent(bench: Bench, details: StoreDetails) -> None:
    with pytest.raises(InvalidValue):
        await bench.open().create(details)
    assert bench.toy.requests == []


async def test_expired_stores_are_left_out_and_cannot_be_used(bench: Bench) -> None:
    stores = bench.open()
    over = await stores.create(StoreDetails("Over", expires_after=ExpiresAfter(1)))
    lasting = await store_of(stores)
    bench.toy.vector_stores.stores[over.id].last_active_at -= 2 * 86400
    assert [store.id for store in await stores.list()] == [lasting]
    with pytest.raises(NotFound):
        await ended(stores, over.id, bench.file("a.txt"))
    with pytest.raises(NotFound):
        await stores.search([lasting, over.id], "text")
    assert bench.names_at_server == []


@pytest.mark.parametrize("status", [400, 404])
async def test_a_missing_store_is_not_found_however_the_server_says_so(bench: Bench, status: int) -> None:
    bench.toy.vector_stores.missing_store_status = status
    stores = bench.open()
    for ask in (stores.retrieve("vs_x"), stores.files("vs_x"), stores.search(["vs_x"], "text")):
        with pytest.raises(NotFound):
            await ask
    with pytest.raises(NotFound):
        await ended(stores, "vs_x", bench.file("a.txt"))
    await stores.delete("vs_x")


async def test_a_missing_store_without_the_usual_body(bench: Bench) -> None:
    bench.toy.fail(DetailBody(), on="GET /vector_stores/{store_id}")
    with pytest.raises(NotFound):
        await bench.open().retrieve("vs_x")


async def test_deleting_leaves_no_file_behind(bench: Bench) -> None:
    stores = bench.open()
    store_id, other = await store_of(stores), await store_of(stores, "Other")
    await ended(stores, other, bench.file("kept.txt"))
    await ended(stores, store_id, *bench.paths(12), bench.file("bad.csv"), bench.file("table.csv", "a;b"))
    foreign = bench.toy.files.add("foreign.txt", b"From elsewhere.")
    bench.toy.vector_stores.attach(bench.toy.vector_stores.stores[store_id], [{"file_id": foreign["id"]}])
    await stores.delete(store_id)
    assert bench.names_at_server == ["kept.txt"]
    assert await bench.ledger.of_store("conn_1", store_id) == ()
    assert [store.id for store in await stores.list()] == [other]


async def test_a_store_whose_files_cannot_be_deleted_is_still_there(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    await ended(stores, store_id, *bench.paths(3))
    bench.toy.key = "sk-other"
    with pytest.raises(KeyRefused):
        await stores.delete(store_id)
    bench.toy.key = "sk-toy"
    assert len(await stores.files(store_id)) == 3
    await stores.delete(store_id)
    assert bench.names_at_server == []


async def test_a_page_of_the_network_is_no_answer(bench: Bench) -> None:
    stores = bench.open()
    bench.toy.fail(HtmlPage(), on="*", times=2)
    for ask in (stores.list(), stores.retrieve("vs_x")):
        with pytest.raises(ProviderUnavailable) as raised:
            await ask
        assert raised.value.problem is ConnectionProblem.CAPTIVE_PORTAL


async def test_a_file_that_is_gone_already_or_being_deleted_is_no_obstacle(bench: Bench) -> None:
    stores = bench.open()
    store_id = await store_of(stores)
    file = (await ended(stores, store_id, bench.file("a.txt")))["a.txt"]
    bench.toy.fail(Status(409), on=DELETE)
    await stores.remove_files(store_id, [file.id])
    assert await stores.files(store_id) == ()
