from __future__ import annotations

import asyncio
import gc

import pytest

from iaposte_desktop.application.task_scope import TaskScope
from tests.qt.until import until


@pytest.fixture
def errors() -> list[tuple[str, BaseException]]:
    return []


@pytest.fixture
def scope(errors: list[tuple[str, BaseException]]) -> TaskScope:
    return TaskScope(lambda name, error: errors.append((name, error)))


async def forever(ended: list[str] | None = None, name: str = "") -> None:
    try:
        await asyncio.Event().wait()
    finally:
        if ended is not None:
            ended.append(name)


async def failing() -> None:
    raise ValueError("bad")


async def test_tasks_are_kept_alive(scope: TaskScope) -> None:
    done = []

    async def work() -> None:
        # Nothing but the scope holds this task: the loop's own references are weak.
        await asyncio.sleep(0)
        gc.collect()
        await asyncio.sleep(0)
        done.append(1)

    scope.start(work(), "work")
    for _ in range(5):
        gc.collect()
        await asyncio.sleep(0)
    assert done == [1]


async def test_tasks_have_names_and_results(scope: TaskScope) -> None:
    async def answer() -> int:
        return 42

    task = scope.start(answer(), "answer")
    assert task.get_name() == "answer"
    assert await task == 42


async def test_every_error_is_told_once_in_one_place(scope: TaskScope, errors: list[tuple[str, BaseException]]) -> None:
    scope.start(failing(), "first")
    scope.start_only(failing(), "second")
    scope.start_latest(failing(), "third")
    await until(lambda: len(errors) == 3)
    await scope.aclose()
    assert [name for name, _ in errors] == ["first", "second", "third"]
    assert all(isinstance(error, ValueError) for _, error in errors)


async def test_cancellation_is_no_error(scope: TaskScope, errors: list[tuple[str, BaseException]]) -> None:
    task = scope.start(forever(), "work")
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(0)
    assert errors == []


async def test_the_latest_wins(scope: TaskScope) -> None:
    ended: list[str] = []
    first = scope.start_latest(forever(ended, "first"), "search")
    await asyncio.sleep(0)
    second = scope.start_latest(forever(ended, "second"), "search")
    await asyncio.wait([first])
    assert first.cancelled()
    await asyncio.sleep(0)
    assert scope.is_running("search")
    assert not second.done()
    await scope.aclose()
    assert ended == ["first", "second"]


async def test_one_at_a_time(scope: TaskScope) -> None:
    first = scope.start_only(forever(), "draft")
    assert first is not None
    assert scope.start_only(forever(), "draft") is None
    assert scope.start_only(forever(), "other") is not None
    first.cancel()
    await asyncio.wait([first])
    await asyncio.sleep(0)
    assert not scope.is_running("draft")
    assert scope.start_only(forever(), "draft") is not None
    await scope.aclose()


async def test_cancelling_by_name(scope: TaskScope) -> None:
    task = scope.start_latest(forever(), "search")
    scope.cancel("search")
    scope.cancel("unknown")
    await asyncio.wait([task])
    assert task.cancelled()
    assert not scope.is_running("search")


async def test_closing_waits_until_all_have_ended(scope: TaskScope) -> None:
    ended: list[str] = []

    async def slow_to_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            ended.append("slow")

    scope.start(slow_to_end(), "slow")
    scope.start(forever(ended, "quick"), "quick")
    await asyncio.sleep(0)
    await scope.aclose()
    assert sorted(ended) == ["quick", "slow"]


async def test_closing_ends_what_was_started_while_it_closed(scope: TaskScope) -> None:
    ended: list[str] = []

    async def starts_another() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            scope.start(forever(ended, "another"), "another")
            await asyncio.sleep(0)

    scope.start(starts_another(), "starts")
    await asyncio.sleep(0)
    await scope.aclose()
    assert ended == ["another"]


async def test_an_error_while_closing_is_told(scope: TaskScope, errors: list[tuple[str, BaseException]]) -> None:
    async def fails_at_the_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ValueError("bad")

    scope.start(fails_at_the_end(), "work")
    await asyncio.sleep(0)
    await scope.aclose()
    assert [name for name, _ in errors] == ["work"]


async def test_a_closed_scope_is_empty_and_may_be_closed_again(scope: TaskScope) -> None:
    await scope.aclose()
    await scope.aclose()
