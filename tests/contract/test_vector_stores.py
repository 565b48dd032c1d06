"""What `VectorStores` promises of stores and files, sentence by sentence, of every implementation."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from iaposte_desktop.domain.errors import FileProblem, InvalidValue, NotFound
from iaposte_desktop.domain.knowledge import (
    Comparator,
    Comparison,
    ExpiresAfter,
    FileStatus,
    FileToAdd,
    UploadStage,
)
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from tests.contract.closing import closing
from tests.contract.shelf import DELIVERY, REFUND, Shelf

pytestmark = pytest.mark.asyncio(loop_scope="session")


class TestStores:
    async def test_a_new_store_is_what_was_asked_for(self, shelf: Shelf) -> None:
        details = StoreDetails("Shop", is_internal=True, expires_after=ExpiresAfter(30), metadata={"team": "north"})
        store = await shelf.stores.create(details)
        assert (store.provider, store.name, store.is_internal) == (shelf.stores.name, "Shop", True)
        assert (store.expires_after, store.metadata) == (ExpiresAfter(30), {"team": "north"})
        assert store.created_at == store.last_active_at == shelf.clock()
        assert store.counts.total == store.bytes == 0
        assert await shelf.stores.retrieve(store.id) == store

    async def test_two_stores_of_one_name_are_two(self, shelf: Shelf) -> None:
        assert await shelf.store("Shop") != await shelf.store("Shop")
        assert len(await shelf.stores.list()) == 2

    async def test_the_list_is_by_name(self, shelf: Shelf) -> None:
        for name in ("beta", "Alpha", "gamma", "Delta"):
            await shelf.store(name)
        assert [store.name for store in await shelf.stores.list()] == ["Alpha", "beta", "Delta", "gamma"]

    async def test_an_update_is_whole(self, shelf: Shelf) -> None:
        store = await shelf.stores.create(
            StoreDetails("Old", is_internal=True, expires_after=ExpiresAfter(1), metadata={"a": "b"})
        )
        updated = await shelf.stores.update(store.id, StoreDetails("New"))
        assert (updated.name, updated.is_internal, updated.expires_after, updated.metadata) == ("New", False, None, {})
        assert updated.created_at == store.created_at
        assert await shelf.stores.retrieve(store.id) == updated

    async def test_an_update_keeps_the_files(self, shelf: Shelf) -> None:
        store_id = await shelf.store("Old", shelf.file("delivery.txt", DELIVERY))
        await shelf.stores.update(store_id, StoreDetails("New"))
        assert await shelf.names("delivery", store_id) == ["delivery.txt"]

    async def test_unknown_ids(self, shelf: Shelf) -> None:
        with pytest.raises(NotFound):
            await shelf.stores.retrieve("vs_unknown")
        with pytest.raises(NotFound):
            await shelf.stores.update("vs_unknown", StoreDetails("New"))
        with pytest.raises(NotFound):
            await shelf.stores.files("vs_unknown")
        await shelf.stores.delete("vs_unknown")

    async def test_deleting_is_for_good(self, shelf: Shelf) -> None:
        store_id = await shelf.store("Shop", shelf.file("delivery.txt", DELIVERY))
        kept = await shelf.store("Kept", shelf.file("refund.txt", REFUND))
        (file,) = await shelf.stores.files(store_id)
        await shelf.stores.delete(store_id)
        await shelf.stores.delete(store_id)
        assert [store.id for store in await shelf.stores.list()] == [kept]
        for ask in (shelf.stores.retrieve(store_id), shelf.stores.content(store_id, file.id)):
            with pytest.raises(NotFound):
                await ask
        assert await shelf.names("refund", kept) == ["refund.txt"]

    async def test_an_expired_store_is_gone(self, shelf: Shelf) -> None:
        store = await shelf.stores.create(StoreDetails("Shop", expires_after=ExpiresAfter(2)))
        lasting = await shelf.store("Lasting")
        shelf.clock.advance(days=1.9)
        assert len(await shelf.stores.list()) == 2
        shelf.clock.advance(days=0.2)
        assert [one.id for one in await shelf.stores.list()] == [lasting]
        with pytest.raises(NotFound):
            await shelf.stores.search([store.id], "delivery")

    async def test_use_puts_the_expiry_off(self, shelf: Shelf) -> None:
        store = await shelf.stores.create(StoreDetails("Shop", expires_after=ExpiresAfter(2)))
        shelf.clock.advance(days=1.5)
        await shelf.stores.search([store.id], "delivery")
        shelf.clock.advance(days=1.5)
        await shelf.add(store.id, shelf.file("delivery.txt", DELIVERY))
        shelf.clock.advance(days=1.5)
        (listed,) = await shelf.stores.list()
        assert listed.last_active_at == shelf.clock() - timedelta(days=1.5)


class TestAddingFiles:
    async def test_events_of_one_file(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        file = shelf.file("delivery.txt", DELIVERY, team="north", year=2026.0, is_public=True)
        events = await shelf.add(store_id, file)
        stages = [event.stage for event in events]
        assert sorted(stages, key=list(UploadStage).index) == stages
        assert stages.count(UploadStage.DONE) == 1
        assert all(event.fraction is None or 0 <= event.fraction <= 1 for event in events)
        assert len({event.file.id for event in events}) == 1
        assert {event.file.status for event in events[:-1]} == {FileStatus.IN_PROGRESS}
        done = events[-1].file
        assert (done.status, done.error, done.name) == (FileStatus.COMPLETED, None, "delivery.txt")
        assert (done.store_id, done.bytes) == (store_id, len(DELIVERY))
        assert (done.chunks > 0) == shelf.stores.capabilities.counts_chunks
        assert done.attributes == {"team": "north", "year": 2026.0, "is_public": True}
        assert len(done.sha256) == 64
        assert await shelf.stores.retrieve_file(store_id, done.id) == done

    async def test_a_bad_file_fails_alone(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        (shelf.folder / "folder.txt").mkdir()
        files = [
            shelf.file("delivery.txt", DELIVERY),
            FileToAdd(shelf.folder / "nowhere.txt"),
            shelf.file("nothing.txt", ""),
            shelf.file("program.exe", "MZ"),
            FileToAdd(shelf.folder / "folder.txt"),
            shelf.file("refund.txt", REFUND),
        ]
        events = await shelf.add(store_id, *files)
        done = [event for event in events if event.stage is UploadStage.DONE]
        assert len(done) == len(files)
        for file in done:
            assert [event.stage for event in events if event.file.id == file.file.id].index(UploadStage.DONE) + 1 == (
                sum(event.file.id == file.file.id for event in events)
            )
        problems = {event.file.name: event.file.error and event.file.error.problem for event in done}
        assert problems == {
            "delivery.txt": None,
            "nowhere.txt": FileProblem.VANISHED,
            "nothing.txt": FileProblem.EMPTY,
            "program.exe": FileProblem.UNSUPPORTED,
            "folder.txt": FileProblem.NOT_A_FILE,
            "refund.txt": None,
        }
        counts = (await shelf.stores.retrieve(store_id)).counts
        assert (counts.completed, counts.failed, counts.in_progress, counts.cancelled) == (2, 4, 0, 0)
        assert await shelf.names("delivery", store_id) == ["delivery.txt"]

    async def test_bytes_are_those_of_what_is_held(self, shelf: Shelf) -> None:
        store_id = await shelf.store("Shop", shelf.file("delivery.txt", DELIVERY), shelf.file("nothing.txt", ""))
        assert (await shelf.stores.retrieve(store_id)).bytes == len(DELIVERY)

    async def test_the_same_text_twice_is_a_duplicate(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        events = await shelf.add(store_id, shelf.file("a.txt", DELIVERY), shelf.file("b.txt", DELIVERY))
        ended = [event.file for event in events if event.stage is UploadStage.DONE]
        assert sorted(file.status for file in ended) == [FileStatus.COMPLETED, FileStatus.FAILED]
        (refused,) = (file.error for file in ended if file.error)
        assert refused.problem is FileProblem.DUPLICATE
        assert len(await shelf.stores.search([store_id], "delivery takes")) == 1

    async def test_the_same_text_in_two_stores_is_none(self, shelf: Shelf) -> None:
        await shelf.store("One", shelf.file("delivery.txt", DELIVERY))
        two = await shelf.store("Two")
        assert (await shelf.one(two, shelf.file("delivery.txt", DELIVERY))).status is FileStatus.COMPLETED

    async def test_no_files_are_no_events(self, shelf: Shelf) -> None:
        assert await shelf.add(await shelf.store()) == []

    async def test_an_unknown_store(self, shelf: Shelf) -> None:
        with pytest.raises(NotFound):
            await shelf.add("vs_unknown", shelf.file("delivery.txt", DELIVERY))

    async def test_two_uploads_at_once(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        files = [shelf.file(f"{number}.txt", f"Text number {number}.") for number in range(8)]
        await asyncio.gather(shelf.add(store_id, *files[:4]), shelf.add(store_id, *files[4:]))
        assert (await shelf.stores.retrieve(store_id)).counts.completed == 8


class TestClosing:
    async def test_what_is_not_finished_is_cancelled(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        files = [shelf.file(f"{number}.txt", f"Text number {number}.") for number in range(4)]
        await shelf.add_until(UploadStage.QUEUED, store_id, *files)
        left = await shelf.stores.files(store_id)
        assert [file.status for file in left] == [FileStatus.CANCELLED] * 4
        assert await shelf.stores.search([store_id], "text number") == ()

    async def test_what_is_finished_stays(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        files = [shelf.file(f"{number}.txt", f"Text number {number}.") for number in range(12)]
        done = (await shelf.add_until(UploadStage.DONE, store_id, *files))[-1].file
        left = {file.id: file.status for file in await shelf.stores.files(store_id)}
        assert len(left) == len(files)
        assert set(left.values()) == {FileStatus.COMPLETED, FileStatus.CANCELLED}
        assert left[done.id] is FileStatus.COMPLETED

    async def test_cancelling_the_consumer_is_closing(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        begun = asyncio.Event()

        async def consume() -> None:
            async with closing(shelf.stores.add_files(store_id, [shelf.file("a.txt", DELIVERY)])) as events:
                async for _ in events:
                    begun.set()
                    await asyncio.Event().wait()

        task = asyncio.create_task(consume())
        await begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        (file,) = await shelf.stores.files(store_id)
        assert file.status is FileStatus.CANCELLED


class TestRetrying:
    async def test_a_cancelled_file_under_its_id(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        await shelf.add_until(UploadStage.QUEUED, store_id, shelf.file("a.txt", DELIVERY))
        (cancelled,) = await shelf.stores.files(store_id)
        again = [event async for event in shelf.stores.retry_files(store_id, [cancelled.id])]
        assert {event.file.id for event in again} == {cancelled.id}
        assert again[-1].stage is UploadStage.DONE
        assert again[-1].file.status is FileStatus.COMPLETED
        assert await shelf.names("delivery", store_id) == ["a.txt"]

    async def test_a_failed_file_that_was_mended(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        failed = await shelf.one(store_id, FileToAdd(shelf.folder / "late.txt", {"team": "north"}))
        shelf.file("late.txt", DELIVERY)
        again = [event async for event in shelf.stores.retry_files(store_id, [failed.id])]
        mended = again[-1].file
        assert (mended.id, mended.status, mended.error) == (failed.id, FileStatus.COMPLETED, None)
        assert mended.attributes == {"team": "north"}
        assert len(await shelf.stores.files(store_id)) == 1

    async def test_a_file_that_fails_again(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        failed = await shelf.one(store_id, FileToAdd(shelf.folder / "late.txt"))
        again = [event async for event in shelf.stores.retry_files(store_id, [failed.id])]
        assert again[-1].file == failed

    async def test_what_is_completed_is_left_alone(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        done = await shelf.one(store_id, shelf.file("a.txt", DELIVERY))
        assert [event async for event in shelf.stores.retry_files(store_id, [done.id])] == []
        assert await shelf.stores.retrieve_file(store_id, done.id) == done


class TestReplacing:
    async def test_the_new_file_takes_the_place_of_the_old(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        old = await shelf.one(store_id, shelf.file("a.txt", DELIVERY))
        new = await shelf.one(store_id, FileToAdd(shelf.file("a.txt", REFUND).path, replaces=old.id))
        assert [file.id for file in await shelf.stores.files(store_id)] == [new.id]
        assert await shelf.names("delivery parcels lorry", store_id) == []
        assert await shelf.names("refund", store_id) == ["a.txt"]

    async def test_a_bad_file_takes_nobodys_place(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        old = await shelf.one(store_id, shelf.file("a.txt", DELIVERY))
        failed = await shelf.one(store_id, FileToAdd(shelf.file("empty.txt", "").path, replaces=old.id))
        assert failed.status is FileStatus.FAILED
        assert await shelf.stores.retrieve_file(store_id, old.id) == old
        assert await shelf.names("delivery", store_id) == ["a.txt"]


class TestFiles:
    async def test_by_name(self, shelf: Shelf) -> None:
        files = [shelf.file(name, f"Text of {name}.") for name in ("b.txt", "A.txt", "c.txt")]
        store_id = await shelf.store("Shop", *files)
        assert [file.name for file in await shelf.stores.files(store_id)] == ["A.txt", "b.txt", "c.txt"]

    async def test_unknown_files(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        with pytest.raises(NotFound):
            await shelf.stores.retrieve_file(store_id, "file_unknown")
        with pytest.raises(NotFound):
            await shelf.stores.content(store_id, "file_unknown")

    async def test_a_file_of_another_store(self, shelf: Shelf) -> None:
        one, two = await shelf.store("One"), await shelf.store("Two")
        file = await shelf.one(one, shelf.file("a.txt", DELIVERY))
        with pytest.raises(NotFound):
            await shelf.stores.retrieve_file(two, file.id)
        await shelf.stores.remove_files(two, [file.id])
        assert await shelf.stores.retrieve_file(one, file.id) == file

    async def test_attributes_are_set_whole_on_several_files(self, shelf: Shelf) -> None:
        store_id = await shelf.store("Shop", shelf.file("delivery.txt", DELIVERY), shelf.file("refund.txt", REFUND))
        delivery, refund = await shelf.stores.files(store_id)
        await shelf.stores.set_attributes(store_id, {delivery.id: {"version": "2", "old": True}, refund.id: {}})
        await shelf.stores.set_attributes(store_id, {delivery.id: {"version": "3"}, refund.id: {"title": "Refunds"}})
        files = await shelf.stores.files(store_id)
        assert [file.attributes for file in files] == [{"version": "3"}, {"title": "Refunds"}]
        wanted = Comparison("version", Comparator.EQ, "3")
        found = await shelf.stores.search([store_id], "delivery refund", filters=wanted)
        assert {passage.file_name for passage in found} == {"delivery.txt"}

    async def test_attributes_beyond_the_limits_change_nothing(self, shelf: Shelf) -> None:
        store_id = await shelf.store("Shop", shelf.file("delivery.txt", DELIVERY))
        (delivery,) = await shelf.stores.files(store_id)
        with pytest.raises(InvalidValue):
            await shelf.stores.set_attributes(store_id, {delivery.id: {f"key{number}": "" for number in range(17)}})
        with pytest.raises(NotFound):
            await shelf.stores.set_attributes(store_id, {"file_unknown": {}})
        assert await shelf.stores.files(store_id) == (delivery,)

    async def test_removing_a_file(self, shelf: Shelf) -> None:
        store_id = await shelf.store("Shop", shelf.file("refund.txt", REFUND))
        file = await shelf.one(store_id, shelf.file("a.txt", DELIVERY))
        await shelf.stores.remove_files(store_id, [file.id])
        await shelf.stores.remove_files(store_id, [file.id])
        await shelf.stores.remove_files("vs_unknown", ["file_unknown"])
        assert [one.name for one in await shelf.stores.files(store_id)] == ["refund.txt"]
        assert await shelf.names("delivery lorry", store_id) == []
        with pytest.raises(NotFound):
            await shelf.stores.content(store_id, file.id)

    async def test_what_was_removed_may_come_back(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        to_add = shelf.file("a.txt", DELIVERY)
        await shelf.stores.remove_files(store_id, [(await shelf.one(store_id, to_add)).id])
        assert (await shelf.one(store_id, to_add)).status is FileStatus.COMPLETED

    async def test_the_content_is_the_text(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        file = await shelf.one(store_id, shelf.file("a.txt", DELIVERY))
        content = await shelf.stores.content(store_id, file.id)
        assert content.file == file
        assert content.text.split() == DELIVERY.split()
        starts = [part.start for part in content.parts]
        assert starts == [sum(len(part.text) for part in content.parts[:n]) for n in range(len(starts))]

    async def test_a_failed_file_has_no_content(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        failed = await shelf.one(store_id, shelf.file("a.txt", ""))
        with pytest.raises(NotFound):
            await shelf.stores.content(store_id, failed.id)

    async def test_the_original(self, shelf: Shelf) -> None:
        store_id = await shelf.store()
        to_add = shelf.file("a.txt", DELIVERY)
        file = await shelf.one(store_id, to_add)
        to_add.path.unlink()
        original = await shelf.stores.original(store_id, file.id)
        assert (original is not None) == shelf.stores.capabilities.keeps_originals
        assert original is None or original.read_text("utf-8") == DELIVERY


async def test_capabilities(shelf: Shelf) -> None:
    capabilities = shelf.stores.capabilities
    assert ".txt" in capabilities.suffixes
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in capabilities.suffixes)
    assert capabilities.max_file_bytes > 0
    assert shelf.stores.name
