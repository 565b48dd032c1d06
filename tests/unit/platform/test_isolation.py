"""Worker processes: jobs, limits, deaths, through real processes."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from contextlib import aclosing
from typing import Any

import pytest

from iaposte_desktop.domain.errors import WorkerCrashed, WorkerMemoryLimit, WorkerTimeLimit
from iaposte_desktop.domain.ports.isolation import JobLimits, JobRefused
from iaposte_desktop.platform.isolation import JOBS_PER_WORKER, WorkerProcesses
from tests.unit.platform.processes import GENEROUS, JOBS, is_running, results, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and process ids as Unix has them")

BOTH = frozenset({"iaposte_desktop", "tests"})
MEGABYTE = 1024 * 1024


async def test_items_arrive_in_order_and_as_they_were(workers: WorkerProcesses) -> None:
    assert await results(workers, "count", items=3, size=2) == [{"number": n, "text": "éé"} for n in range(3)]


@pytest.mark.parametrize("value", [None, "", "l’été \ud800 \x00", 1.5, [{"a": [None]}], "x" * 3_000_000])
async def test_any_json_value_crosses_both_ways(workers: WorkerProcesses, value: object) -> None:
    assert await results(workers, "echo", value=value) == [value]


async def test_many_items_stream(workers: WorkerProcesses) -> None:
    seen = 0
    async for item in workers.run(f"{JOBS}:count", {"items": 20_000, "size": 100}, GENEROUS):
        assert isinstance(item, dict)
        assert item["number"] == seen
        seen += 1
    assert seen == 20_000


async def test_the_loop_gets_its_turn_while_items_stream(workers: WorkerProcesses) -> None:
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count_turns())
    await results(workers, "count", items=20_000, size=100)
    counting.cancel()
    assert turns >= 20_000 * 200 / (2 * 128 * 1024)  # once for each full read-ahead at least


async def test_a_worker_is_reused_also_after_a_refusal(workers: WorkerProcesses) -> None:
    first = await results(workers, "process_id")
    with pytest.raises(JobRefused) as refused:
        await results(workers, "refuse", reason="too_large", detail="9 GB")
    assert (refused.value.reason, refused.value.detail) == ("too_large", "9 GB")
    assert await results(workers, "process_id") == first
    assert first != [os.getpid()]


async def test_a_worker_is_recycled_after_many_jobs(workers: WorkerProcesses) -> None:
    seen = [(await results(workers, "process_id"))[0] for _ in range(JOBS_PER_WORKER + 1)]
    assert len(set(seen[:-1])) == 1
    assert seen[-1] != seen[0]
    await until(lambda: not is_running(seen[0]))


@pytest.mark.parametrize(
    ("job", "arguments", "told"),
    [
        ("fail", {}, "LookupError: no such thing"),
        ("leave_by_exception", {}, "SystemExit: 3"),
        ("not_json", {}, "TypeError"),
        ("oversized", {}, "4194304 at most"),
        ("lie", {}, "4294967295"),
        ("absent", {}, "AttributeError"),
        ("echo", {"other": 1}, "TypeError"),
        ("leave", {"status": 3}, "ended with status 3"),
        ("kill_self", {"signal_number": 9}, "SIGKILL\nlast words"),
        ("kill_self", {"signal_number": 11}, "SIGSEGV\nlast words"),
    ],
)
async def test_a_failed_job_is_told_and_the_next_one_runs(
    workers: WorkerProcesses, job: str, arguments: dict[str, Any], told: str
) -> None:
    before = await results(workers, "process_id")
    with pytest.raises(WorkerCrashed) as crashed:
        await results(workers, job, **arguments)
    assert told in crashed.value.detail
    after = await results(workers, "process_id")
    assert after != before
    await until(lambda: not is_running(before[0]))


@pytest.mark.parametrize("job", ["os:listdir", "json:dumps", "tests_of_others.jobs:run", ":x", ""])
async def test_jobs_of_other_packages_are_refused(workers: WorkerProcesses, job: str) -> None:
    with pytest.raises(WorkerCrashed, match="in no package"):
        await anext(workers.run(job, {}, GENEROUS))


async def test_over_its_time_a_job_is_killed(workers: WorkerProcesses) -> None:
    job = workers.run(f"{JOBS}:sleep", {"seconds": 600}, JobLimits(seconds=0.3))
    process_id = await anext(job)
    assert isinstance(process_id, int)
    with pytest.raises(WorkerTimeLimit, match=r"0\.3 s"):
        await anext(job)
    await until(lambda: not is_running(process_id))
    assert await results(workers, "echo", value=1) == [1]


async def test_waiting_for_a_worker_and_for_the_reader_costs_a_job_no_time(workers: WorkerProcesses) -> None:
    slow = workers.run(f"{JOBS}:sleep", {"seconds": 0.5}, GENEROUS)
    await anext(slow)
    waiting = asyncio.create_task(results(workers, "echo", JobLimits(seconds=0.4), value="in time"))
    assert [item async for item in slow] == []
    assert await waiting == ["in time"]

    read_slowly = workers.run(f"{JOBS}:count", {"items": 3}, JobLimits(seconds=0.4))
    await anext(read_slowly)
    await asyncio.sleep(0.5)
    assert len([item async for item in read_slowly]) == 2


async def test_over_its_memory_a_job_ends(workers: WorkerProcesses) -> None:
    limits = JobLimits(seconds=30, memory_bytes=300 * MEGABYTE)
    for job in ("allocate", "allocate_wrapped"):
        with pytest.raises(WorkerMemoryLimit):
            await results(workers, job, limits, megabytes=600)
    more = JobLimits(seconds=30, memory_bytes=900 * MEGABYTE)
    assert await results(workers, "allocate", limits, megabytes=10) == [10 * MEGABYTE]
    assert await results(workers, "allocate", more, megabytes=600) == [600 * MEGABYTE]


async def test_what_a_job_prints_does_not_disturb_its_results(workers: WorkerProcesses) -> None:
    assert await results(workers, "print_much") == ["clean", ""]


async def test_a_worker_sees_no_secrets_and_yields_to_the_window(
    workers: WorkerProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-for-workers")
    monkeypatch.setenv("HTTPS_PROXY", "http://user:password@proxy")
    (seen,) = await results(workers, "surroundings")
    assert not {"OPENAI_API_KEY", "HTTPS_PROXY"} & seen["environment"].keys()
    assert seen["niceness"] == os.nice(0) + 10
    assert set(sys.path) <= set(seen["path"])


async def test_ctrl_c_in_the_terminal_does_not_end_a_job(workers: WorkerProcesses) -> None:
    assert await results(workers, "ignore_interrupt") == ["still here"]


async def test_closing_early_kills_the_worker_and_frees_its_place(workers: WorkerProcesses) -> None:
    async with aclosing(workers.run(f"{JOBS}:sleep", {"seconds": 600}, GENEROUS)) as job:
        process_id = await anext(job)
    assert isinstance(process_id, int)
    await until(lambda: not is_running(process_id))
    assert await results(workers, "echo", value=1) == [1]


async def test_closing_early_with_unread_items_kills_the_worker(workers: WorkerProcesses) -> None:
    async with aclosing(workers.run(f"{JOBS}:count", {"items": 100_000, "size": 1000}, GENEROUS)) as job:
        await anext(job)
        await asyncio.sleep(0.2)
    assert await results(workers, "echo", value=1) == [1]


async def test_cancelling_kills_the_worker(workers: WorkerProcesses) -> None:
    begun = asyncio.Event()
    seen: list[int] = []

    async def read() -> None:
        async for item in workers.run(f"{JOBS}:sleep", {"seconds": 600}, GENEROUS):
            assert isinstance(item, int)
            seen.append(item)
            begun.set()

    reading = asyncio.create_task(read())
    await begun.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await until(lambda: not is_running(seen[0]))
    assert await results(workers, "echo", value=1) == [1]


async def test_cancelling_at_any_moment_leaves_the_place_free(workers: WorkerProcesses) -> None:
    for moment in range(12):
        job = asyncio.create_task(results(workers, "count", items=2000, size=100))
        await asyncio.sleep(moment * 0.008)
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)
    assert await results(workers, "echo", value=1) == [1]


async def test_an_idle_worker_that_was_killed_is_replaced(workers: WorkerProcesses) -> None:
    (idle,) = await results(workers, "process_id")
    os.kill(idle, 9)
    await until(lambda: not is_running(idle))
    assert await results(workers, "process_id") != [idle]


async def test_two_workers_work_at_once_and_a_third_job_waits() -> None:
    workers = WorkerProcesses(2, BOTH)
    first, second = (workers.run(f"{JOBS}:sleep", {"seconds": 600}, GENEROUS) for _ in range(2))
    ids = {await anext(first), await anext(second)}
    third = asyncio.create_task(results(workers, "process_id"))
    await asyncio.sleep(0.2)
    assert len(ids) == 2
    assert not third.done()
    await first.aclose()
    assert not set(await third) & ids
    await second.aclose()
    await workers.aclose()


async def test_aclose_ends_idle_busy_and_suspended_workers_and_leaves_nothing() -> None:
    workers = WorkerProcesses(3, BOTH)
    suspended = workers.run(f"{JOBS}:count", {"items": 100_000, "size": 1000}, GENEROUS)
    await anext(suspended)
    sleeping = workers.run(f"{JOBS}:sleep", {"seconds": 600}, GENEROUS)
    process_id = await anext(sleeping)
    busy = asyncio.ensure_future(anext(sleeping))
    (idle,) = await results(workers, "process_id")
    await workers.aclose()
    with pytest.raises(WorkerCrashed):
        await busy
    assert not is_running(idle)
    assert isinstance(process_id, int)
    assert not is_running(process_id)
    with pytest.raises(WorkerCrashed):
        async for _ in suspended:
            pass
    with pytest.raises(WorkerCrashed, match="closed"):
        await results(workers, "echo", value=1)
    await workers.aclose()
    assert [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("worker")] == []


def test_works_on_the_loop_of_another_thread() -> None:
    seen: list[object] = []

    async def use() -> None:
        workers = WorkerProcesses(2, BOTH)
        seen.extend(await results(workers, "echo", value="from a thread"))
        with pytest.raises(WorkerCrashed):
            await results(workers, "leave", status=1)
        await workers.aclose()

    thread = threading.Thread(target=asyncio.run, args=(use(),))
    thread.start()
    thread.join()
    assert seen == ["from a thread"]
