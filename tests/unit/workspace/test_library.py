"""Assistants, tasks, vector stores and files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem, NotFound, StorageError
from iaposte_desktop.domain.folders import SyncedFolder
from iaposte_desktop.domain.knowledge import ExpiresAfter, FileCounts, FileError, FileStatus
from iaposte_desktop.domain.search import Question, SearchTest
from iaposte_desktop.domain.tasks import Task, TaskKind, TaskStatus
from tests.unit.workspace.samples import NOW, assistant, at, file, store

if TYPE_CHECKING:
    from iaposte_desktop.workspace.workspace import SqlWorkspace


async def test_an_assistant_keeps_each_version_as_it_was(workspace: SqlWorkspace) -> None:
    first, second = assistant(), assistant(name="Support 2", number=2)
    await workspace.assistants.save(first)
    await workspace.assistants.save(second)
    assert await workspace.assistants.retrieve("asst_1") == second
    assert await workspace.assistants.versions("asst_1") == (second.version, first.version)
    changed = assistant(name="Rewritten", number=1)
    await workspace.assistants.save(replace(changed, last_used_at=at(5)))
    assert await workspace.assistants.versions("asst_1") == (second.version, first.version)
    assert await workspace.assistants.retrieve("asst_1") == replace(first, last_used_at=at(5))


async def test_marking_one_used_leaves_a_newer_version_in_place(workspace: SqlWorkspace) -> None:
    await workspace.assistants.save(assistant())
    second = assistant(name="Support 2", number=2)
    await workspace.assistants.save(second)
    await workspace.assistants.mark_used("asst_1", at(7))
    await workspace.assistants.mark_used("asst_gone", at(7))
    assert await workspace.assistants.retrieve("asst_1") == replace(second, last_used_at=at(7))


async def test_assistants_come_by_name_and_the_bin_is_apart(workspace: SqlWorkspace) -> None:
    for identity, name in (("asst_1", "support"), ("asst_2", "Marketing"), ("asst_3", "Zoo")):
        await workspace.assistants.save(assistant(identity, name))
    binned = replace(assistant("asst_3", "Zoo"), deleted_at=NOW)
    await workspace.assistants.save(binned)
    assert [each.name for each in await workspace.assistants.list()] == ["Marketing", "support"]
    assert await workspace.assistants.list(deleted=True) == (binned,)
    await workspace.assistants.save(replace(binned, deleted_at=None))
    assert await workspace.assistants.list(deleted=True) == ()


async def test_a_deleted_assistant_takes_its_versions(workspace: SqlWorkspace) -> None:
    await workspace.assistants.save(assistant())
    await workspace.assistants.delete("asst_1")
    await workspace.assistants.delete("asst_1")
    assert await workspace.assistants.versions("asst_1") == ()
    with pytest.raises(NotFound):
        await workspace.assistants.retrieve("asst_1")


async def test_tasks_come_newest_first_and_finished_ones_can_be_removed(workspace: SqlWorkspace) -> None:
    running = Task(
        "task_1", TaskKind.UPLOAD, "Livraison", "vs_1", TaskStatus.RUNNING, NOW, NOW, total=3, details={"path": "/a"}
    )
    ended = replace(running, id="task_2", status=TaskStatus.FAILED, created_at=at(1), reason="disk_full", done=1)
    for task in (running, ended, replace(running, id="task_3")):
        await workspace.tasks.save(task)
    assert [task.id for task in await workspace.tasks.list()] == ["task_2", "task_3", "task_1"]
    assert await workspace.tasks.list(limit=1) == (ended,)
    await workspace.tasks.save(replace(running, done=2, updated_at=at(2)))
    await workspace.tasks.remove_finished()
    assert [(task.id, task.done) for task in await workspace.tasks.list()] == [("task_3", 0), ("task_1", 2)]


async def test_a_store_counts_its_files(workspace: SqlWorkspace) -> None:
    given = replace(
        store(), is_internal=True, expires_after=ExpiresAfter(30), metadata={"a": "b"}, bytes=7, counts=FileCounts(9)
    )
    await workspace.catalog.save_store(given)
    assert await workspace.catalog.retrieve_store("vs_1") == replace(given, bytes=0, counts=FileCounts())
    statuses = [FileStatus.COMPLETED, FileStatus.COMPLETED, FileStatus.FAILED, FileStatus.IN_PROGRESS]
    await workspace.catalog.save_files(
        [file(f"file_{number}", status=status) for number, status in enumerate([*statuses, FileStatus.CANCELLED])]
    )
    counted = replace(given, bytes=200, counts=FileCounts(in_progress=1, completed=2, failed=1, cancelled=1))
    assert await workspace.catalog.retrieve_store("vs_1") == counted
    assert await workspace.catalog.list_stores("embedded") == (counted,)


async def test_stores_come_by_name_for_each_provider_and_the_bin_is_apart(workspace: SqlWorkspace) -> None:
    for each in (store("vs_1", "retours"), store("vs_2", "Livraison"), store("vs_3", "Other", "openai")):
        await workspace.catalog.save_store(each)
    await workspace.catalog.save_store(replace(store("vs_4"), deleted_at=NOW))
    assert [each.id for each in await workspace.catalog.list_stores("embedded")] == ["vs_2", "vs_1"]
    assert [each.id for each in await workspace.catalog.list_stores("embedded", deleted=True)] == ["vs_4"]
    assert [each.id for each in await workspace.catalog.list_stores("openai")] == ["vs_3"]


async def test_a_file_comes_back_whole(workspace: SqlWorkspace) -> None:
    await workspace.catalog.save_store(store())
    whole = replace(
        file(),
        source_path="/home/ann/re\udce7u.pdf",  # A name whose bytes are no UTF-8.
        bytes=5 * 2**31,
        status=FileStatus.FAILED,
        error=FileError(FileProblem.SCANNED, "no text on 3 pages"),
        pages=3,
        chunks=12,
        language="fr",
        attributes={"lang": "fr", "year": 2026, "ratio": 0.5, "public": True},
        last_cited_at=at(1),
        replaces="file_0",
        source_modified_at=at(0),
        scanned_pages=2,
        tokens=900,
        citations=4,
        signature="00ff",
    )
    await workspace.catalog.save_files([whole])
    assert await workspace.catalog.retrieve_file("file_1") == whole


async def test_many_files_are_saved_replaced_cited_and_deleted(workspace: SqlWorkspace) -> None:
    await workspace.catalog.save_store(store())
    files = [file(f"file_{number:04}") for number in range(1100)]
    await workspace.catalog.save_files(files[:700])
    changed = [replace(each, chunks=3) for each in files]
    await workspace.catalog.save_files(changed)
    assert await workspace.catalog.files("vs_1") == tuple(changed)
    await workspace.catalog.mark_cited({"file_0002": at(5), "file_9999": at(5)})
    await workspace.catalog.mark_cited({})
    cited = [each for each in await workspace.catalog.files("vs_1") if each.last_cited_at]
    assert cited == [replace(changed[2], last_cited_at=at(5), citations=1)]
    await workspace.catalog.delete_files([each.id for each in files[1:]])
    assert await workspace.catalog.files("vs_1") == (changed[0],)


async def test_the_latest_replacement_of_a_file_is_known_when_those_before_it_are_gone(workspace: SqlWorkspace) -> None:
    await workspace.catalog.save_store(store())
    second = replace(file("file_2"), replaces="file_1")
    coming = replace(file("file_8", status=FileStatus.IN_PROGRESS), replaces="file_9")
    await workspace.catalog.save_files([file("file_1"), second, file("file_9"), coming])
    await workspace.catalog.delete_files(["file_1"])
    assert await workspace.catalog.replacement("file_1") == second
    third = replace(file("file_3"), replaces="file_2")
    await workspace.catalog.save_files([third])
    await workspace.catalog.delete_files(["file_2"])
    assert await workspace.catalog.replacement("file_1") == third
    assert await workspace.catalog.replacement("file_3") is None
    assert await workspace.catalog.replacement("file_9") is None


async def test_tests_of_a_search_are_kept_by_store(workspace: SqlWorkspace) -> None:
    first = SearchTest("test_1", "vs_1", "délai ?", "cgv.pdf", NOW)
    other = SearchTest("test_2", "vs_2", "délai ?", "cgv.pdf", NOW)
    third = SearchTest("test_3", "vs_1", "retour ?", "faq.md", at(1))
    await workspace.search_tests.save([first, other, third])
    failed = replace(first, run_at=at(2), rank=None)
    passed = replace(third, run_at=at(2), rank=2)
    await workspace.search_tests.save([failed, passed])
    assert await workspace.search_tests.of_store("vs_1") == (failed, passed)
    assert (failed.has_passed, passed.has_passed) == (False, True)
    await workspace.search_tests.delete(["test_1"])
    assert await workspace.search_tests.of_store("vs_1") == (passed,)
    await workspace.search_tests.forget("vs_1")
    assert (await workspace.search_tests.of_store("vs_1"), await workspace.search_tests.of_store("vs_2")) == (
        (),
        (other,),
    )


async def test_questions_come_newest_first_and_old_ones_go(workspace: SqlWorkspace) -> None:
    for day in range(4):
        await workspace.questions.add(Question(f"q_{day}", at(day), "délai ?", ("vs_1", "vs_2"), "thread_1", 0, 0.0))
    assert [question.id for question in await workspace.questions.since(at(1))] == ["q_3", "q_2", "q_1"]
    assert (await workspace.questions.since(at(3)))[0].store_ids == ("vs_1", "vs_2")
    await workspace.questions.delete_before(at(2))
    assert [question.id for question in await workspace.questions.since(at(0))] == ["q_3", "q_2"]


async def test_folders_that_stores_follow(workspace: SqlWorkspace) -> None:
    folder = SyncedFolder("folder_1", "vs_1", "/home/ann/re\udce7us")
    await workspace.folders.save(folder)
    seen = replace(folder, is_watched=False, synced_at=at(1))
    await workspace.folders.save(seen)
    assert await workspace.folders.list() == (seen,)
    await workspace.folders.delete(["folder_1"])
    assert await workspace.folders.list() == ()


async def test_a_list_that_names_a_file_twice_keeps_the_last(workspace: SqlWorkspace) -> None:
    await workspace.catalog.save_store(store())
    await workspace.catalog.save_files([file(), replace(file(), chunks=9)])
    assert (await workspace.catalog.retrieve_file("file_1")).chunks == 9


async def test_files_of_no_store_are_refused_all_together(workspace: SqlWorkspace) -> None:
    await workspace.catalog.save_store(store())
    with pytest.raises(StorageError):
        await workspace.catalog.save_files([file("file_1"), file("file_2", store_id="vs_9")])
    assert await workspace.catalog.files("vs_1") == ()


async def test_replacing_a_store_leaves_its_files_and_deleting_it_takes_them(workspace: SqlWorkspace) -> None:
    await workspace.catalog.save_store(store())
    await workspace.catalog.save_files([file()])
    await workspace.catalog.save_store(store(name="Renamed"))
    assert await workspace.catalog.files("vs_1") == (file(),)
    await workspace.catalog.delete_store("vs_1")
    with pytest.raises(NotFound):
        await workspace.catalog.retrieve_file("file_1")
    with pytest.raises(NotFound):
        await workspace.catalog.retrieve_store("vs_1")
