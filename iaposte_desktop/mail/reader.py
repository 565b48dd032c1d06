"""Mails read in worker processes, for nothing in a mail is to be trusted, its size least."""

from __future__ import annotations

import asyncio
import stat
from datetime import datetime
from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.errors import (
    MailProblem,
    MailRefused,
    WorkerError,
    WorkerMemoryLimit,
    WorkerTimeLimit,
)
from iaposte_desktop.domain.mail import ParsedMail
from iaposte_desktop.domain.ports.isolation import JobLimits, JobRefused
from iaposte_desktop.domain.threads import Attachment, MailHeaders
from iaposte_desktop.mail.parse import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.ports.isolation import IsolatedJobs

FILE_JOB = "iaposte_desktop.mail.parse:parse_job"
TEXT_JOB = "iaposte_desktop.mail.parse:parse_text_job"
LIMITS = JobLimits(seconds=20, memory_bytes=512 * 1024 * 1024)
MAX_PASTED_BYTES = 2 * 1024 * 1024


class WorkerMailReader:
    """Implements `MailReader`."""

    def __init__(self, jobs: IsolatedJobs, limits: JobLimits = LIMITS) -> None:
        self._jobs = jobs
        self._limits = limits

    async def read(self, path: Path) -> ParsedMail:
        await asyncio.to_thread(_check_file, path)
        return await self._parsed(FILE_JOB, {"path": str(path)})

    async def read_text(self, text: str) -> ParsedMail:
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MAX_PASTED_BYTES:
            raise MailRefused(MailProblem.TOO_LARGE, f"{size} bytes; {MAX_PASTED_BYTES} at most")
        return await self._parsed(TEXT_JOB, {"text": text})

    async def _parsed(self, job: str, arguments: dict[str, str]) -> ParsedMail:
        mail: dict[str, Any] = {}
        pieces: dict[str, list[str]] = {"text": [], "quoted": [], "signature": []}
        try:
            async for item in self._jobs.run(job, arguments, self._limits):
                _take(item, mail, pieces)
        except JobRefused as refused:
            raise MailRefused(MailProblem(refused.reason), refused.detail) from refused
        except WorkerError as error:
            raise MailRefused(_problem(error), error.detail) from error
        return _parsed_mail(mail, {field: "".join(parts) for field, parts in pieces.items()})


def _check_file(path: Path) -> None:
    """By what the system says of it, before anything opens it: a pipe or a device would block."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise MailRefused(MailProblem.UNREADABLE, str(error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise MailRefused(MailProblem.UNREADABLE, "not a regular file")
    if found.st_size == 0:
        raise MailRefused(MailProblem.EMPTY)
    if found.st_size > MAX_FILE_BYTES:
        raise MailRefused(MailProblem.TOO_LARGE, f"{found.st_size} bytes; {MAX_FILE_BYTES} at most")


def _take(item: Any, mail: dict[str, Any], pieces: dict[str, list[str]]) -> None:
    if "mail" in item:
        mail.update(item["mail"])
    else:
        pieces[item["field"]].append(item["piece"])


def _parsed_mail(mail: dict[str, Any], texts: dict[str, str]) -> ParsedMail:
    headers = MailHeaders(
        message_id=mail["message_id"],
        in_reply_to=mail["in_reply_to"],
        references=tuple(mail["references"]),
        sender_name=mail["sender_name"],
        sender_address=mail["sender_address"],
        recipients=tuple(mail["recipients"]),
        subject=mail["subject"],
        date=datetime.fromisoformat(mail["date"]) if mail["date"] else None,
    )
    return ParsedMail(
        headers=headers,
        text=texts["text"],
        quoted=texts["quoted"],
        signature=texts["signature"],
        language=mail["language"],
        attachments=tuple(Attachment(name, kind, size) for name, kind, size in mail["attachments"]),
        warnings=tuple(mail["warnings"]),
    )


def _problem(error: WorkerError) -> MailProblem:
    match error:
        case WorkerTimeLimit():
            return MailProblem.TIME_LIMIT
        case WorkerMemoryLimit():
            return MailProblem.MEMORY_LIMIT
        case _:
            return MailProblem.CRASHED
