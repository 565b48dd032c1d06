from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.ports.isolation import JobLimits, JobRefused
from tests.corpus import mails

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses

JOB = "iaposte_desktop.mail.as_text:extract_job"


async def extracted(jobs: WorkerProcesses, path: Path) -> list[object]:
    return [item async for item in jobs.run(JOB, {"path": str(path)}, JobLimits(seconds=20))]


async def test_a_mail_becomes_blocks_under_its_subject(jobs: WorkerProcesses, tmp_path: Path) -> None:
    path = tmp_path / "m.eml"
    path.write_bytes(mails.HEAD + b"\nFirst\nline\n \n\nSecond\n\nOn 1 Jan 2026, A <a@b.fr> wrote:\n> old\n")
    assert await extracted(jobs, path) == [
        {"text": text, "page": None, "sheet": None, "row": None, "headings": ["s"]}
        for text in ("First\nline", "Second", "On 1 Jan 2026, A <a@b.fr> wrote:\n> old")
    ]


async def test_without_a_subject_there_is_no_heading(jobs: WorkerProcesses, tmp_path: Path) -> None:
    path = tmp_path / "m.eml"
    path.write_bytes(b"From: a@b.fr\n\ntext")
    assert await extracted(jobs, path) == [{"text": "text", "page": None, "sheet": None, "row": None, "headings": []}]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (mails.HEAD, FileProblem.EMPTY),
        (b"no mail", FileProblem.MISLABELLED),
        (mails.nested_multiparts(), FileProblem.TOO_COMPLEX),
        (None, FileProblem.UNREADABLE),
    ],
)
async def test_refusals_are_told_as_those_of_files(
    jobs: WorkerProcesses, tmp_path: Path, content: bytes | None, problem: FileProblem
) -> None:
    path = tmp_path / "m.eml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(JobRefused) as refused:
        await extracted(jobs, path)
    assert FileProblem(refused.value.reason) is problem
