from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.ports.isolation import JobLimits, JobRefused
from iaposte_desktop.mail.mbox import MAX_MAILS
from tests.corpus import mails
from tests.unit.engine import made_files

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses

JOB = "iaposte_desktop.mail.mbox:extract_job"
FROM = b"From - Mon Mar 02 10:00:00 2026\n"


async def extracted(jobs: WorkerProcesses, folder: Path, content: bytes) -> list[tuple[list[str], str]]:
    path = folder / "m.mbox"
    path.write_bytes(content)
    items: list[Any] = [item async for item in jobs.run(JOB, {"path": str(path)}, JobLimits(seconds=20))]
    return [(item["headings"], item["text"]) for item in items]


async def test_each_mail_stands_under_its_subject_and_date(jobs: WorkerProcesses, tmp_path: Path) -> None:
    content = made_files.mbox(("Refund", "2026-05-01", "First\n\nSecond"), ("Délai", "2026-05-02", "Deux jours."))
    assert await extracted(jobs, tmp_path, content) == [
        (["Refund · 2026-05-01"], "Refund · 2026-05-01"),
        (["Refund · 2026-05-01"], "First"),
        (["Refund · 2026-05-01"], "Second"),
        (["Délai · 2026-05-02"], "Délai · 2026-05-02"),
        (["Délai · 2026-05-02"], "Deux jours."),
    ]


async def test_what_a_mail_quotes_is_left_to_the_mail_it_quotes(jobs: WorkerProcesses, tmp_path: Path) -> None:
    quoted = "On 1 May 2026, Nora <nora@shop.example> wrote:\n> Where is it?"
    content = made_files.mbox(("Re: It", "2026-05-02", f"It is here.\n\n{quoted}"), ("Fw", "2026-05-03", quoted))
    texts = [text for _, text in await extracted(jobs, tmp_path, content)]
    assert texts == ["Re: It · 2026-05-02", "It is here.", "Fw · 2026-05-03", quoted]


async def test_lines_that_look_like_the_next_mail(jobs: WorkerProcesses, tmp_path: Path) -> None:
    body = "Hello\n\nFrom my point of view it is late.\n\n>From - Tue Mar 03 10:00:00 2026\nis a line"
    texts = [text for _, text in await extracted(jobs, tmp_path, made_files.mbox(("s", "2026-05-01", body)))]
    assert texts[1:] == ["Hello", "From my point of view it is late.", "From - Tue Mar 03 10:00:00 2026\nis a line"]


async def test_a_mail_that_cannot_be_read_is_passed_over(jobs: WorkerProcesses, tmp_path: Path) -> None:
    good = made_files.mbox(("Good", "2026-05-01", "Text"))
    content = FROM + mails.nested_multiparts() + b"\n\n" + FROM + b"no header\n\n" + good
    assert [text for _, text in await extracted(jobs, tmp_path, content)] == ["Good · 2026-05-01", "Text"]


async def test_without_subject_and_date_the_sender_is_named(jobs: WorkerProcesses, tmp_path: Path) -> None:
    content = FROM + b"From: Nora <nora@shop.example>\n\nText"
    assert [text for _, text in await extracted(jobs, tmp_path, content)] == ["Nora", "Text"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (b"no mailbox", FileProblem.MISLABELLED),
        (FROM + mails.HEAD, FileProblem.EMPTY),
        (FROM + mails.nested_multiparts(), FileProblem.EMPTY),
        ((FROM + b"\n") * (MAX_MAILS + 1), FileProblem.TOO_LARGE),
    ],
)
async def test_mailboxes_refused(jobs: WorkerProcesses, tmp_path: Path, content: bytes, problem: FileProblem) -> None:
    with pytest.raises(JobRefused) as refused:
        await extracted(jobs, tmp_path, content)
    assert FileProblem(refused.value.reason) is problem
