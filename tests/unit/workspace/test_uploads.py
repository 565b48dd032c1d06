"""The ledger of uploads to hosted stores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem, StorageError
from iaposte_desktop.domain.knowledge import FileError, FileStatus
from tests.unit.workspace.samples import upload

if TYPE_CHECKING:
    from iaposte_desktop.workspace.workspace import SqlWorkspace

STORE = ("conn_1", "vs_9")


async def test_an_upload_comes_back_whole(workspace: SqlWorkspace) -> None:
    whole = replace(
        upload(),
        name="reçu.xlsx",
        source_path="/home/ann/re\udce7u.xlsx",  # A name whose bytes are no UTF-8.
        bytes=5 * 2**31,
        status=FileStatus.FAILED,
        file_id="file-abc",
        is_attached=True,
        is_converted=True,
        error=FileError(FileProblem.SERVER, "The file could not be parsed."),
        attributes={"lang": "fr", "year": 2026, "ratio": 0.5, "public": True},
        replaces="file-old",
    )
    await workspace.uploads.save([whole])
    assert await workspace.uploads.of_store(*STORE) == (whole,)


async def test_a_row_is_replaced_by_its_id(workspace: SqlWorkspace) -> None:
    await workspace.uploads.save([upload("file_1"), upload("file_2")])
    done = replace(upload("file_1"), status=FileStatus.COMPLETED, file_id="file-abc", is_attached=True)
    await workspace.uploads.save([done])
    assert await workspace.uploads.of_store(*STORE) == (done, upload("file_2"))


async def test_rows_come_oldest_first_and_of_one_instant_as_they_were_saved(workspace: SqlWorkspace) -> None:
    rows = [upload("file_b", minutes=1), upload("file_c"), upload("file_a")]
    await workspace.uploads.save(rows)
    assert [row.id for row in await workspace.uploads.of_store(*STORE)] == ["file_c", "file_a", "file_b"]


async def test_rows_are_of_one_store_of_one_provider(workspace: SqlWorkspace) -> None:
    other_store = upload("file_2", store_id="vs_8")
    other_provider = replace(upload("file_3"), provider="conn_2")
    await workspace.uploads.save([upload(), other_store, other_provider])
    assert await workspace.uploads.of_store(*STORE) == (upload(),)
    assert await workspace.uploads.of_store("conn_2", "vs_9") == (other_provider,)
    await workspace.uploads.forget(*STORE)
    assert await workspace.uploads.of_store(*STORE) == ()
    assert await workspace.uploads.of_store("conn_1", "vs_8") == (other_store,)
    assert await workspace.uploads.of_store("conn_2", "vs_9") == (other_provider,)


async def test_what_is_unfinished_is_found_in_all_stores_of_a_provider(workspace: SqlWorkspace) -> None:
    rows = [
        replace(upload(f"file_{status}", minutes=-number), status=status) for number, status in enumerate(FileStatus)
    ]
    others = [upload("file_2", store_id="vs_8", minutes=-9), replace(upload("file_3"), provider="conn_2")]
    await workspace.uploads.save([*rows, *others])
    found = await workspace.uploads.unfinished("conn_1")
    assert [row.id for row in found] == ["file_2", "file_in_progress"]


async def test_many_rows_are_saved_and_deleted(workspace: SqlWorkspace) -> None:
    rows = [upload(f"file_{number:04}") for number in range(1100)]
    await workspace.uploads.save(rows)
    await workspace.uploads.delete([row.id for row in rows[1:]])
    await workspace.uploads.delete(["file_unknown"])
    assert await workspace.uploads.of_store(*STORE) == (rows[0],)


async def test_a_closed_workspace_saves_nothing(workspace: SqlWorkspace) -> None:
    await workspace.aclose()
    with pytest.raises(StorageError):
        await workspace.uploads.save([upload()])
