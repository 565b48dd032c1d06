"""Files on their way to a server: what is sent, what is told, what fails, and what is cancelled."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.domain.errors import DiskFull, FileProblem, InvalidValue, KeyRefused, QuotaExhausted, StorageError
from iaposte_desktop.domain.knowledge import FileError, FileStatus, FileToAdd, UploadStage
from tests.contract.closing import closing
from tests.fakes.toy_openai.faults import BadJson, HtmlPage, InsufficientQuota, RateLimited, Reset, SlowBytes, Status
from tests.unit.providers.vector_stores.bench import (
    ATTACH,
    DELETE,
    DETACH,
    FAST,
    POLL,
    UPLOAD,
    Bench,
    Held,
    LostAnswer,
    added,
    added_until,
    ended,
    one,
    retried,
    sha256,
    store_of,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.uploads import Upload

HASTY = replace(FAST, ready_within=0.1)


class TestSending:
    async def test_a_file_is_sent_as_it_is_and_attached_with_its_attributes(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        to_add = bench.file("été.md", "# Été\n\nOuvert.", lang="fr", year=2026.0, is_public=True)
        file = await one(stores, store_id, to_add)
        (attached,) = bench.toy.vector_stores.stores[store_id].files.values()
        assert (attached.name, attached.text) == ("été.md", "# Été\n\nOuvert.")
        assert attached.attributes == {"lang": "fr", "year": 2026.0, "is_public": True}
        assert (file.status, file.is_converted) == (FileStatus.COMPLETED, False)
        assert file.sha256 == sha256(bench.folder / "été.md")

    async def test_what_the_server_does_not_take_is_sent_as_text(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        events = await added(stores, store_id, bench.file("prices.csv", "Lune;49\nSoleil;129"))
        file = events[-1].file
        assert bench.names_at_server == ["prices.csv.txt"]
        assert (file.name, file.is_converted, file.bytes) == ("prices.csv", True, 18)
        assert [event.stage for event in events] == [
            UploadStage.QUEUED,
            UploadStage.PREFLIGHT,
            UploadStage.READING,
            UploadStage.UPLOADING,
            UploadStage.INDEXING,
            UploadStage.DONE,
        ]
        assert (await stores.content(store_id, file.id)).text == "Lune;49\n\nSoleil;129"
        assert [each.name for each in await stores.files(store_id)] == ["prices.csv"]
        assert (await stores.search([store_id], "soleil"))[0].file_name == "prices.csv"

    async def test_bad_files_cost_no_request(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        (bench.folder / "folder.txt").mkdir()
        (bench.folder / "empty.txt").touch()
        with (bench.folder / "huge.txt").open("wb") as huge:
            huge.truncate(512 * 1024 * 1024 + 1)
        names = {"nowhere.txt", "folder.txt", "empty.txt", "huge.txt", "program.exe"}
        bench.path("program.exe")
        failed = await ended(stores, store_id, *(FileToAdd(bench.folder / name) for name in names))
        assert {name: file.error and file.error.problem for name, file in failed.items()} == {
            "nowhere.txt": FileProblem.VANISHED,
            "folder.txt": FileProblem.NOT_A_FILE,
            "empty.txt": FileProblem.EMPTY,
            "huge.txt": FileProblem.TOO_LARGE,
            "program.exe": FileProblem.UNSUPPORTED,
        }
        assert bench.toy.count("POST", "/files") == 0

    async def test_a_file_that_cannot_be_converted_is_not_sent(self, bench: Bench) -> None:
        stores = bench.open()
        file = await one(stores, await store_of(stores), bench.file("bad.csv", "x"))
        assert file.error == FileError(FileProblem.DAMAGED, "no table")
        assert bench.toy.count("POST", "/files") == 0

    async def test_the_same_bytes_are_sent_once_to_a_store(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        await one(stores, store_id, bench.file("a.txt", "Same."))
        twins = await ended(stores, store_id, bench.file("b.txt", "Same."), bench.file("c.txt", "Other."))
        assert twins["b.txt"].error == FileError(FileProblem.DUPLICATE, "a.txt")
        again = await one(bench.open(), store_id, bench.file("d.txt", "Same."))
        assert again.error == FileError(FileProblem.DUPLICATE, "a.txt")
        assert bench.toy.count("POST", "/files") == 2

    async def test_bytes_that_another_program_took_out_may_come_again(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        await one(stores, store_id, bench.file("a.txt", "Same."))
        bench.toy.vector_stores.stores[store_id].files.clear()
        assert (await one(stores, store_id, bench.file("b.txt", "Same."))).status is FileStatus.COMPLETED
        assert [file.name for file in await stores.files(store_id)] == ["b.txt"]
        assert [row.name for row in await bench.ledger.of_store("conn_1", store_id)] == ["b.txt"]

    async def test_no_more_than_eight_at_once(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        gate = Held()
        bench.toy.fail(gate, on=UPLOAD, times=None)
        uploading = set()
        async with closing(stores.add_files(store_id, bench.paths(20))) as events:
            async for event in events:
                uploading |= {event.file.id} if event.stage is UploadStage.UPLOADING else set()
                if len(uploading) == 8:
                    break
            await until(lambda: bench.toy.under_way == 8)
            assert bench.toy.count("POST", "/files") == 8
            gate.gate.set()
            done = [event async for event in events if event.stage is UploadStage.DONE]
        assert len(done) == 20
        assert len(bench.attached(store_id)) == 20

    async def test_where_the_api_limits_it_files_are_attached_at_its_pace(self, bench: Bench) -> None:
        stores = bench.open(replace(FAST, attaches=3, attaches_within=0.6), kind=ConnectionKind.AZURE)
        store_id = await store_of(stores)
        begun = asyncio.get_running_loop().time()
        await ended(stores, store_id, *bench.paths(6))
        # The last of them had to wait for the first, however busy the machine is.
        assert asyncio.get_running_loop().time() - begun > 0.6 - 1e-6

    async def test_progress_is_told_by_the_bytes_sent_and_not_for_each_read(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        events = await added(stores, store_id, bench.file("long.txt", "All lamps are tested. " * 1_000_000))
        fractions = [event.fraction for event in events if event.stage is UploadStage.UPLOADING]
        assert fractions[0] == 0
        assert all(fraction is not None and 0 <= fraction <= 1 for fraction in fractions)
        assert fractions == sorted(fractions, key=lambda each: each or 0)
        assert len(fractions) < 22_000_000 / 65_536 / 4  # A read has 64 KB.

    async def test_attributes_beyond_the_contract_are_refused_before_anything_happens(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        with pytest.raises(InvalidValue):
            await added(stores, store_id, bench.file("a.txt", "", **{str(n): n for n in range(17)}))
        assert await stores.files(store_id) == ()

    @pytest.mark.parametrize(
        "name", ["a" * 200 + ".txt", "..txt", "été 😀.txt", 'a"b\\c.txt', "-rf.md", "re\udce7u.txt"]
    )
    async def test_odd_names_arrive(self, bench: Bench, name: str) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        file = await one(stores, store_id, bench.file(name, "Text."))
        assert (file.status, file.name) == (FileStatus.COMPLETED, name)
        assert len(bench.attached(store_id)) == 1


class TestReplacing:
    async def test_the_old_file_goes_once_the_new_one_is_ready(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        old = await one(stores, store_id, bench.file("terms.txt", "Thirty days."))
        new = await one(stores, store_id, FileToAdd(bench.path("terms.txt", "Sixty days."), replaces=old.id))
        assert [file.id for file in await stores.files(store_id)] == [new.id]
        assert [text.decode() for text in bench.toy.files.contents.values()] == ["Sixty days."]

    async def test_a_file_may_replace_itself_unchanged(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        old = await one(stores, store_id, bench.file("terms.txt"))
        new = await one(stores, store_id, FileToAdd(bench.folder / "terms.txt", replaces=old.id))
        assert new.status is FileStatus.COMPLETED
        assert [file.id for file in await stores.files(store_id)] == [new.id] != [old.id]

    async def test_one_that_the_server_refuses_replaces_nothing(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        old = await one(stores, store_id, bench.file("terms.txt", "Thirty days."))
        bench.toy.vector_stores.failing["new.txt"] = ("invalid_file", "The file could not be parsed.")
        new = await one(stores, store_id, FileToAdd(bench.path("new.txt"), replaces=old.id))
        assert new.error == FileError(FileProblem.SERVER, "The file could not be parsed.")
        assert await stores.retrieve_file(store_id, old.id) == old

    async def test_a_foreign_file_is_replaced_by_the_servers_id(self, bench: Bench) -> None:
        stores = bench.open()
        foreign = bench.toy.files.add("old.txt", b"Thirty days.")
        store_id = bench.toy.vector_stores.create("Shop", file_ids=[foreign["id"]]).id
        await one(stores, store_id, FileToAdd(bench.path("new.txt"), replaces=foreign["id"]))
        assert bench.names_at_server == ["new.txt"]

    async def test_once_the_old_one_is_being_removed_the_new_one_stays(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        old = await one(stores, store_id, bench.file("terms.txt", "Thirty days."))
        gate = Held()
        bench.toy.fail(gate, on=DETACH)
        events = stores.add_files(store_id, [FileToAdd(bench.path("terms.txt", "Sixty days."), replaces=old.id)])
        reading = asyncio.create_task(anext(event async for event in events if event.stage is UploadStage.DONE))
        await until(lambda: bench.toy.count("DELETE", "/vector_stores/{store_id}/files/{file_id}") == 1)
        reading.cancel()
        asyncio.get_running_loop().call_later(0.05, gate.gate.set)
        await asyncio.gather(reading, return_exceptions=True)
        assert [file.status for file in await stores.files(store_id)] == [FileStatus.COMPLETED]
        assert [text.decode() for text in bench.toy.files.contents.values()] == ["Sixty days."]


class TestRefusals:
    @pytest.mark.parametrize("on", [UPLOAD, ATTACH, POLL])
    @pytest.mark.parametrize(
        "fault", [RateLimited("20", "ms"), Status(503, headers={"retry-after-ms": "20"}), Status(500)]
    )
    async def test_a_busy_server_is_asked_again(self, bench: Bench, on: str, fault: RateLimited | Status) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.fail(fault, on=on, times=3)
        files = await ended(stores, store_id, *bench.paths(3))
        assert {file.status for file in files.values()} == {FileStatus.COMPLETED}
        assert bench.names_at_server == bench.attached(store_id) == ["000.txt", "001.txt", "002.txt"]

    async def test_not_for_ever(self, bench: Bench) -> None:
        stores = bench.open(replace(FAST, tries=3))
        store_id = await store_of(stores)
        bench.toy.fail(Status(503), on=UPLOAD, times=None)
        file = await one(stores, store_id, bench.file("a.txt"))
        assert file.error == FileError(
            FileProblem.SERVER, "provider_unavailable.busy The server is overloaded or not ready yet."
        )
        assert bench.toy.count("POST", "/files") == 3
        bench.toy.heal()
        assert (await retried(stores, store_id, file.id))[0].status is FileStatus.COMPLETED

    async def test_not_beyond_the_time_that_a_file_has(self, bench: Bench) -> None:
        stores = bench.open(replace(FAST, ready_within=0.05))
        bench.toy.fail(RateLimited("3600"), on=UPLOAD)
        file = await one(stores, await store_of(stores), bench.file("a.txt"))
        assert file.error is not None
        assert (file.error.problem, file.error.detail[:12]) == (FileProblem.SERVER, "rate_limited")
        assert bench.toy.count("POST", "/files") == 1

    async def test_what_the_server_says_of_a_file_is_its_error_and_nothing_stays_there(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        says = "The vector store has reached its limit of 10,000 files."
        bench.toy.fail(Status(400, message=says), on=ATTACH)
        file = await one(stores, store_id, bench.file("a.txt"))
        assert file.error == FileError(FileProblem.SERVER, says)
        assert bench.names_at_server == []
        counts = (await stores.retrieve(store_id)).counts
        assert (counts.failed, counts.total) == (1, 1)

    async def test_a_file_that_the_server_cannot_read(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.vector_stores.failing["a.pdf"] = ("invalid_file", "The file could not be parsed.")
        file = await one(stores, store_id, bench.file("a.pdf"))
        assert (file.status, file.error) == (
            FileStatus.FAILED,
            FileError(FileProblem.SERVER, "The file could not be parsed."),
        )
        assert await stores.files(store_id) == (file,)
        counts = (await stores.retrieve(store_id)).counts
        assert (counts.failed, counts.total) == (1, 1)
        bench.toy.vector_stores.failing.clear()
        (again,) = await retried(stores, store_id, file.id)
        assert (again.id, again.status, again.error) == (file.id, FileStatus.COMPLETED, None)
        assert bench.names_at_server == bench.attached(store_id) == ["a.pdf"]

    async def test_a_file_that_hangs_at_the_server(self, bench: Bench) -> None:
        stores = bench.open(HASTY)
        store_id = await store_of(stores)
        bench.toy.vector_stores.stuck.add("a.txt")
        files = await ended(stores, store_id, bench.file("a.txt"), bench.file("b.txt"))
        assert files["b.txt"].status is FileStatus.COMPLETED
        assert files["a.txt"].error is not None
        assert files["a.txt"].error.problem is FileProblem.TIME_LIMIT
        counts = (await stores.retrieve(store_id)).counts
        assert (counts.completed, counts.failed, counts.in_progress) == (1, 1, 0)
        bench.toy.vector_stores.stuck.clear()
        assert {file.status for file in await stores.files(store_id)} == {FileStatus.COMPLETED}
        assert (await stores.retrieve(store_id)).counts.completed == 2

    async def test_a_file_that_hung_is_attached_anew_by_a_retry(self, bench: Bench) -> None:
        stores = bench.open(HASTY)
        store_id = await store_of(stores)
        bench.toy.vector_stores.stuck.add("a.txt")
        file = await one(stores, store_id, bench.file("a.txt"))
        (before,) = bench.toy.vector_stores.stores[store_id].files.values()
        (hanging,) = await retried(stores, store_id, file.id)
        (after,) = bench.toy.vector_stores.stores[store_id].files.values()
        assert hanging.status is FileStatus.FAILED
        assert (after.file_id, after is before) == (before.file_id, False)
        assert bench.toy.count("POST", "/files") == 1

    @pytest.mark.parametrize(("fault", "error"), [(Status(401), KeyRefused), (InsufficientQuota(), QuotaExhausted)])
    async def test_what_every_file_would_meet_ends_them_all(
        self, bench: Bench, fault: Status | InsufficientQuota, error: type[Exception]
    ) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.fail(fault, on=UPLOAD, times=None)
        with pytest.raises(error):
            await added(stores, store_id, *bench.paths(30))
        assert bench.toy.count("POST", "/files") <= 8
        assert {file.status for file in await stores.files(store_id)} == {FileStatus.CANCELLED}
        bench.toy.heal()
        files = await retried(stores, store_id, *(file.id for file in await stores.files(store_id)))
        assert [file.status for file in files] == [FileStatus.COMPLETED] * 30

    async def test_a_network_that_asks_to_log_in_is_no_store(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.fail(HtmlPage(), on=UPLOAD, times=None)
        file = await one(stores, store_id, bench.file("a.txt"))
        assert file.error is not None
        assert file.error.detail.startswith("provider_unavailable.captive_portal")
        assert bench.toy.count("POST", "/files") == 1


class TestLostAnswers:
    @pytest.mark.parametrize("fault", [LostAnswer(), BadJson()])
    async def test_an_upload_is_looked_for_before_it_is_made_again(
        self, bench: Bench, fault: LostAnswer | BadJson
    ) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.fail(fault, on=UPLOAD, times=3)
        files = await ended(stores, store_id, *bench.paths(5))
        assert {file.status for file in files.values()} == {FileStatus.COMPLETED}
        assert bench.names_at_server == bench.attached(store_id) == [f"{n:03}.txt" for n in range(5)]
        assert bench.toy.count("POST", "/files") == 5

    async def test_an_upload_that_never_arrived_is_made_again(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.fail(Reset(), on=UPLOAD, times=2)
        files = await ended(stores, store_id, *bench.paths(3))
        assert {file.status for file in files.values()} == {FileStatus.COMPLETED}
        assert bench.toy.count("POST", "/files") == 5
        assert len(bench.names_at_server) == 3

    async def test_anothers_file_of_the_same_name_is_not_taken_for_it(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        other = await store_of(stores, "Other")
        await one(stores, other, bench.file("a.txt", "Text."))
        bench.toy.files.add("a.txt", b"Longer text.")
        bench.toy.fail(Reset(), on=UPLOAD)
        assert (await one(stores, store_id, bench.file("a.txt", "Text."))).status is FileStatus.COMPLETED
        assert bench.names_at_server == ["a.txt"] * 3

    async def test_a_server_that_cannot_spell_a_name_is_understood(self, bench: Bench) -> None:
        bench.toy.vector_stores.underscores_names = True
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.fail(LostAnswer(), on=UPLOAD)
        file = await one(stores, store_id, bench.file("été.txt"))
        assert (file.name, file.status) == ("été.txt", FileStatus.COMPLETED)
        assert bench.names_at_server == ["_t_.txt"]
        assert [each.name for each in await stores.files(store_id)] == ["été.txt"]

    @pytest.mark.parametrize("fault", [LostAnswer(), BadJson()])
    async def test_a_file_is_attached_once(self, bench: Bench, fault: LostAnswer | BadJson) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.fail(fault, on=ATTACH)
        assert (await one(stores, store_id, bench.file("a.txt"))).status is FileStatus.COMPLETED
        assert bench.toy.count("POST", "/vector_stores/{store_id}/files") == 1

    async def test_an_upload_whose_answer_is_lost_for_good_is_found_by_a_retry(self, bench: Bench) -> None:
        stores = bench.open(replace(FAST, tries=1))
        store_id = await store_of(stores)
        bench.toy.fail(LostAnswer(), on=UPLOAD)
        file = await one(stores, store_id, bench.file("a.txt"))
        assert file.status is FileStatus.FAILED
        bench.toy.heal()
        (again,) = await retried(bench.open(), store_id, file.id)
        assert again.status is FileStatus.COMPLETED
        assert bench.names_at_server == ["a.txt"]

    async def test_or_by_its_removal(self, bench: Bench) -> None:
        stores = bench.open(replace(FAST, tries=1))
        store_id = await store_of(stores)
        bench.toy.fail(LostAnswer(), on=UPLOAD)
        file = await one(stores, store_id, bench.file("a.txt"))
        await stores.remove_files(store_id, [file.id])
        assert bench.names_at_server == []
        assert await stores.files(store_id) == ()


class TestCancelling:
    @pytest.mark.parametrize("stage", [UploadStage.PREFLIGHT, UploadStage.UPLOADING, UploadStage.INDEXING])
    async def test_nothing_is_left_at_the_server(self, bench: Bench, stage: UploadStage) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.vector_stores.index_seconds = 60
        await added_until(stores, store_id, stage, *bench.paths(20))
        assert bench.names_at_server == bench.attached(store_id) == []
        assert [file.status for file in await stores.files(store_id)] == [FileStatus.CANCELLED] * 20
        rows = await bench.ledger.of_store("conn_1", store_id)
        assert {(row.status, row.file_id, row.is_attached) for row in rows} == {(FileStatus.CANCELLED, None, False)}

    async def test_what_is_being_indexed_is_taken_out_again(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.vector_stores.index_seconds = 60
        attached = 0
        async with closing(stores.add_files(store_id, bench.paths(4))) as events:
            async for event in events:
                attached += event.stage is UploadStage.INDEXING
                if attached == 4:
                    break
            await until(lambda: bench.toy.count("POST", "/vector_stores/{store_id}/files") == 4)
        assert bench.names_at_server == bench.attached(store_id) == []

    async def test_an_upload_that_the_server_has_and_is_answering_is_deleted(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.fail(SlowBytes(8, 0.01), on=UPLOAD)
        async with closing(stores.add_files(store_id, [bench.file("a.txt")])) as events:
            async for event in events:
                if event.stage is UploadStage.UPLOADING:
                    break
            await until(lambda: bench.names_at_server == ["a.txt"])
        assert bench.names_at_server == []

    async def test_what_cannot_be_deleted_in_time_is_remembered(self, bench: Bench) -> None:
        stores = bench.open(replace(FAST, tries=1))
        store_id = await store_of(stores)
        bench.toy.vector_stores.index_seconds = 60
        bench.toy.fail(Status(500), on=DELETE, times=None)
        attached = False
        async with closing(stores.add_files(store_id, [bench.file("a.txt")])) as events:
            async for event in events:
                if event.stage is UploadStage.INDEXING:
                    attached = True
                    break
        assert attached
        (file,) = await stores.files(store_id)
        assert file.status is FileStatus.CANCELLED
        (row,) = await bench.ledger.of_store("conn_1", store_id)
        assert row.file_id in bench.toy.files.names
        bench.toy.heal()
        bench.toy.vector_stores.index_seconds = 0
        (again,) = await retried(stores, store_id, file.id)
        assert again.status is FileStatus.COMPLETED
        assert bench.names_at_server == bench.attached(store_id) == ["a.txt"]
        assert bench.toy.count("POST", "/files") == 1

    async def test_what_was_cancelled_can_be_retried(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        await added_until(stores, store_id, UploadStage.DONE, *bench.paths(20))
        left = await stores.files(store_id)
        cancelled = [file.id for file in left if file.status is FileStatus.CANCELLED]
        assert cancelled
        assert {file.status for file in await retried(stores, store_id, *cancelled)} == {FileStatus.COMPLETED}
        assert bench.names_at_server == bench.attached(store_id) == [f"{n:03}.txt" for n in range(20)]

    async def test_closing_the_stores_ends_what_is_under_way(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.vector_stores.index_seconds = 60
        ended_as = []
        async with closing(stores.add_files(store_id, bench.paths(3))) as events:
            async for event in events:
                if event.stage is UploadStage.INDEXING:
                    await stores.aclose()
                if event.stage is UploadStage.DONE:
                    ended_as.append(event.file.status)
        assert ended_as == [FileStatus.CANCELLED] * 3
        rows = await bench.ledger.of_store("conn_1", store_id)
        assert {row.status for row in rows} == {FileStatus.CANCELLED}
        assert bench.names_at_server == []

    async def test_removing_a_file_that_is_under_way(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.vector_stores.stuck.add("a.txt")
        ended_as = {}
        async with closing(stores.add_files(store_id, [bench.file("a.txt"), bench.file("b.txt")])) as events:
            async for event in events:
                if event.file.name == "a.txt" and event.stage is UploadStage.INDEXING:
                    await stores.remove_files(store_id, [event.file.id])
                if event.stage is UploadStage.DONE:
                    ended_as[event.file.name] = event.file.status
        assert ended_as == {"a.txt": FileStatus.CANCELLED, "b.txt": FileStatus.COMPLETED}
        assert bench.names_at_server == [file.name for file in await stores.files(store_id)] == ["b.txt"]

    async def test_deleting_a_store_that_is_being_filled(self, bench: Bench) -> None:
        stores = bench.open()
        store_id = await store_of(stores)
        bench.toy.vector_stores.index_seconds = 60
        is_deleted = False
        async with closing(stores.add_files(store_id, bench.paths(12))) as events:
            async for event in events:
                if event.stage is UploadStage.INDEXING and not is_deleted:
                    await stores.delete(store_id)
                    is_deleted = True
                elif event.stage is UploadStage.DONE:
                    assert event.file.status is FileStatus.CANCELLED
        assert is_deleted
        assert bench.names_at_server == []
        assert await bench.ledger.of_store("conn_1", store_id) == ()


class FullDisk:
    """A ledger that takes `count` writes."""

    def __init__(self, count: int) -> None:
        self._left = count

    async def save(self, uploads: Sequence[Upload]) -> None:
        self._left -= 1
        if self._left < 0:
            raise DiskFull

    async def of_store(self, provider: str, store_id: str) -> tuple[Upload, ...]:
        return ()

    async def unfinished(self, provider: str) -> tuple[Upload, ...]:
        return ()

    async def delete(self, upload_ids: Sequence[str]) -> None: ...

    async def forget(self, provider: str, store_id: str) -> None: ...


@pytest.mark.parametrize("count", [0, 1])
async def test_without_a_ledger_nothing_stays_at_the_server(bench: Bench, count: int) -> None:
    stores = bench.open(ledger=FullDisk(count))
    store_id = await store_of(stores)
    with pytest.raises(StorageError):
        await added(stores, store_id, *bench.paths(3))
    assert bench.names_at_server == []
    bench.opened.remove(stores)
    with pytest.raises(StorageError):
        await stores.aclose()
