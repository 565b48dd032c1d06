"""What removed files leave behind: nothing that is found, and no bytes of their words."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import apsw
import pytest

from iaposte_desktop.domain.knowledge import FileToAdd
from tests.qt.until import until

if TYPE_CHECKING:
    from tests.unit.engine.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECRET = "Zebrafactories negotiated confidentially with Quaggaville. " * 40
TRACES = (b"zebra", b"Zebra", b"factori", b"negoti", b"confidential", b"quagga", b"Quagga", b"arbez", b"elliv")


def traces(desk: Desk, store_id: str) -> list[bytes]:
    kept = desk.bytes_kept(store_id)
    return [trace for trace in TRACES if trace in kept]


async def test_the_words_of_removed_files_are_in_no_file_of_the_store(desk: Desk) -> None:
    store_id = await desk.store()
    kept = await desk.add(store_id, *(desk.file(f"k{n}.txt", f"A parcel of batch {n}. " * 50) for n in range(20)))
    gone = await desk.add(store_id, *(desk.file(f"g{n}.txt", f"{n} {SECRET}") for n in range(5)))
    assert len(await desk.search(store_id, "zebrafactories")) == 5
    assert traces(desk, store_id)
    await desk.stores.remove_files(store_id, [*(file.id for file in gone), "file_unknown"])
    assert await desk.search(store_id, "zebrafactories") == ()
    assert traces(desk, store_id) == []
    assert {passage.file_id for passage in await desk.search(store_id, "parcel")} <= {file.id for file in kept}
    assert {file.id for file in await desk.stores.files(store_id)} == {file.id for file in kept}


async def test_the_words_of_a_replaced_file_are_in_no_file_of_the_store(desk: Desk) -> None:
    store_id = await desk.store()
    old = await desk.completed(store_id, desk.file("a.txt", SECRET))
    await desk.events(store_id, FileToAdd(desk.file("b.txt", "A parcel."), {}, old.id))
    assert traces(desk, store_id) == []
    assert [passage.file_name for passage in await desk.search(store_id, "parcel zebrafactories")] == ["b.txt"]


async def test_a_deleted_store_leaves_no_folder(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("a.txt", SECRET))
    await desk.stores.delete(store_id)
    assert not (desk.engine_dir / store_id).exists()


async def test_a_start_goes_on_with_what_a_removal_left(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("kept.txt", "A parcel."))
    gone = await desk.completed(store_id, desk.file("gone.txt", SECRET))
    await desk.catalog.delete_files([gone.id])
    with closing(apsw.Connection(str(desk.engine_dir / store_id / "index.db"))) as connection:
        connection.execute(AS_A_REMOVAL_THAT_WAS_CUT, {"id": gone.id})
    assert traces(desk, store_id)
    await desk.stores.reconcile()
    await until(lambda: traces(desk, store_id) == [])
    assert [passage.file_name for passage in await desk.search(store_id, "parcel zebrafactories")] == ["kept.txt"]


AS_A_REMOVAL_THAT_WAS_CUT = """
PRAGMA secure_delete = on;
DELETE FROM terms WHERE rowid IN (SELECT number FROM chunks WHERE file = (SELECT number FROM files WHERE id = :id));
DELETE FROM chunk_columns WHERE chunk IN (
    SELECT number FROM chunks WHERE file = (SELECT number FROM files WHERE id = :id)
);
DELETE FROM chunks WHERE file = (SELECT number FROM files WHERE id = :id);
DELETE FROM parts WHERE file = (SELECT number FROM files WHERE id = :id);
DELETE FROM files WHERE id = :id;
DELETE FROM vocabulary WHERE term <> 'parcel';
INSERT INTO meta VALUES('unscrubbed', 1);
"""
