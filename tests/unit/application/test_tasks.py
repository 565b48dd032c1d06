from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import Changed, ChangeFeed, TaskChanged, Topic
from iaposte_desktop.application.tasks import TaskBoard
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus

if TYPE_CHECKING:
    from iaposte_desktop.application.changes import Change
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock


@pytest.fixture
def heard() -> list[Change]:
    return []


@pytest.fixture
def board(workspace: SqlWorkspace, clock: ManualClock, heard: list[Change]) -> TaskBoard:
    changes = ChangeFeed()
    changes.subscribe(heard.append)
    return TaskBoard(workspace.tasks, changes, clock)


async def begun(board: TaskBoard, subject: str = "Shop", total: int | None = 3) -> str:
    return await board.begin(TaskKind.UPLOAD, subject, "vs_1", lambda: None, total)


def told(heard: list[Change]) -> list[Task]:
    return [change.task for change in heard if isinstance(change, TaskChanged)]


async def test_a_task_from_its_beginning_to_its_end(
    board: TaskBoard, clock: ManualClock, heard: list[Change], workspace: SqlWorkspace
) -> None:
    task_id = await begun(board)
    (task,) = board.list()
    assert (task.id, task.status, task.done, task.total) == (task_id, TaskStatus.RUNNING, 0, 3)
    assert await workspace.tasks.list() == (task,)
    clock.advance(seconds=5)
    board.progress(task_id, done=2, total=3, failed=1)
    ended = await board.end(task_id, TaskStatus.COMPLETED, "file_refused")
    assert (ended.done, ended.failed, ended.reason, ended.is_over) == (2, 1, "file_refused", True)
    assert ended.updated_at > ended.created_at
    assert [one.done for one in told(heard)] == [0, 2, 2]
    assert await workspace.tasks.list() == board.list() == (ended,)


async def test_progress_that_is_none_is_not_told(board: TaskBoard, clock: ManualClock, heard: list[Change]) -> None:
    task_id = await begun(board)
    board.progress(task_id, done=1, total=3)
    clock.advance(seconds=1)
    board.progress(task_id, done=1, total=3)
    assert len(told(heard)) == 2


async def test_the_newest_is_first(board: TaskBoard) -> None:
    for subject in "abc":
        await begun(board, subject)
    assert [task.subject for task in board.list()] == ["c", "b", "a"]


async def test_cancelling_asks_it_to_stop(board: TaskBoard) -> None:
    asked: list[str] = []
    task_id = await board.begin(TaskKind.DRAFT, "Refund", "thread_1", lambda: asked.append("stop"))
    board.cancel(task_id)
    assert asked == ["stop"]
    assert board.list()[0].status is TaskStatus.RUNNING
    await board.end(task_id, TaskStatus.CANCELLED)
    board.cancel(task_id)
    board.cancel("task_unknown")
    assert asked == ["stop"]


async def test_what_a_killed_process_left_is_interrupted(
    board: TaskBoard, workspace: SqlWorkspace, clock: ManualClock
) -> None:
    over = await begun(board, "over")
    await board.end(over, TaskStatus.FAILED, "disk_full")
    left = [await begun(board, subject) for subject in ("left", "left too")]
    again = TaskBoard(workspace.tasks, ChangeFeed(), clock)
    interrupted = await again.load()
    assert [task.id for task in interrupted] == left
    assert [(task.subject, task.status) for task in again.list()] == [
        ("left too", TaskStatus.INTERRUPTED),
        ("left", TaskStatus.INTERRUPTED),
        ("over", TaskStatus.FAILED),
    ]
    assert await workspace.tasks.list() == again.list()
    assert await TaskBoard(workspace.tasks, ChangeFeed(), clock).load() == ()


async def test_clearing_leaves_what_runs(board: TaskBoard, workspace: SqlWorkspace) -> None:
    running, over = await begun(board, "running"), await begun(board, "over")
    await board.end(over, TaskStatus.COMPLETED)
    await board.clear_finished()
    assert [task.id for task in board.list()] == [running]
    assert [task.id for task in await workspace.tasks.list()] == [running]
    board.progress(running, done=1, total=3)
    assert (await board.end(running, TaskStatus.COMPLETED)).done == 1


def test_the_feed_tells_in_order_until_one_has_enough() -> None:
    feed = ChangeFeed()
    heard: list[tuple[str, Change]] = []
    change = Changed(Topic.THREADS, "thread_1")

    def once(heard_change: Change) -> None:
        heard.append(("once", heard_change))
        unsubscribe()

    unsubscribe = feed.subscribe(once)
    feed.subscribe(lambda heard_change: heard.append(("always", heard_change)))
    feed.publish(change)
    feed.publish(change)
    assert heard == [("once", change), ("always", change), ("always", change)]
