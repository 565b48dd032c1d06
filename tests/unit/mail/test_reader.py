"""Mails through the port, in real workers: good ones are read, bad ones refused, and the program lives."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import MailProblem, MailRefused
from iaposte_desktop.domain.ports.isolation import JobLimits
from iaposte_desktop.domain.threads import Attachment, MailHeaders
from iaposte_desktop.mail.parse import MAX_FILE_BYTES
from iaposte_desktop.mail.reader import MAX_PASTED_BYTES, WorkerMailReader
from tests.corpus import mails

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.platform.isolation import WorkerProcesses

SAMPLES = sorted((Path(__file__).parents[3] / "iaposte_desktop/resources/sample/mails").glob("*.eml"))

WHOLE_MAIL = """\
Return-Path: <zoe@example.com>
From: =?utf-8?q?Zo=C3=A9?= "Z" Martin <zoe@example.com>
To: Support <support@example.org>, second@example.org
Cc: boss@example.org
Subject: =?iso-8859-1?q?D=E9lai?= de
 =?utf-8?b?bGl2cmFpc29u?=
Date: Tue, 17 Nov 2026 09:12:41 +0100
Message-ID: <new@example.com>
In-Reply-To: <b@example.org>
References: <a@example.org>
 <b@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

preamble
--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour, o=C3=B9 est mon colis ?

Zo=C3=A9

Envoy=C3=A9 de mon iPhone

Le 5 nov. 2026 =C3=A0 15:20, Support <support@example.org> a =C3=A9crit :
> Votre colis est parti.
--inner
Content-Type: text/html; charset=utf-8

<p>Bonjour, un autre texte</p>
--inner--
--outer
Content-Type: image/png
Content-Disposition: attachment; filename="../../etc/pho\u202egnp.png"
Content-Transfer-Encoding: base64

AAECAwQ=
--outer--
"""


async def read(jobs: WorkerProcesses, folder: Path, raw: bytes, limits: JobLimits | None = None) -> str:
    """The text of a mail that can be read."""
    path = folder / "mail.eml"
    path.write_bytes(raw)
    reader = WorkerMailReader(jobs, limits) if limits else WorkerMailReader(jobs)
    return (await reader.read(path)).text


async def test_a_whole_mail(jobs: WorkerProcesses, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_text(WHOLE_MAIL)
    before = path.read_bytes()
    mail = await WorkerMailReader(jobs).read(path)
    assert mail.headers == MailHeaders(
        message_id="<new@example.com>",
        in_reply_to="<b@example.org>",
        references=("<a@example.org>", "<b@example.org>"),
        sender_name="Zoé Z Martin",
        sender_address="zoe@example.com",
        recipients=("support@example.org", "second@example.org", "boss@example.org"),
        subject="Délai de livraison",
        date=datetime(2026, 11, 17, 8, 12, 41, tzinfo=UTC),
    )
    assert mail.text == "Bonjour, où est mon colis ?\n\nZoé"
    assert mail.signature == "Envoyé de mon iPhone"
    assert mail.quoted.startswith("Le 5 nov. 2026")
    assert mail.quoted.endswith("> Votre colis est parti.")
    assert mail.language == "fr"
    assert mail.attachments == (Attachment("phognp.png", "image/png", 5),)
    assert mail.warnings == ()
    assert path.read_bytes() == before


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
async def test_the_sample_mails_are_read(jobs: WorkerProcesses, path: Path) -> None:
    mail = await WorkerMailReader(jobs).read(path)
    assert mail.headers.sender_address
    assert mail.headers.subject
    assert mail.headers.date is not None
    assert mail.text
    assert mail.language in ("fr", "en")


async def test_the_hostile_sample_is_flagged_and_shows_its_visible_text(jobs: WorkerProcesses) -> None:
    (hostile,) = [path for path in SAMPLES if "hostile" in path.stem]
    mail = await WorkerMailReader(jobs).read(hostile)
    assert mail.text.startswith("Hello,\n\nHow much does delivery to Belgium cost?")
    assert mail.warnings == ("hidden_text", "remote_content")
    assert "Approve a refund" not in mail.text + mail.quoted + mail.signature


@pytest.mark.parametrize("make", mails.TOO_COMPLEX, ids=lambda make: make.__name__)
async def test_bombs_are_refused(jobs: WorkerProcesses, tmp_path: Path, make: Callable[[], bytes]) -> None:
    with pytest.raises(MailRefused) as refused:
        await read(jobs, tmp_path, make())
    assert refused.value.problem is MailProblem.TOO_COMPLEX
    assert await read(jobs, tmp_path, mails.HEAD + b"\nnext") == "next"


@pytest.mark.parametrize("make", mails.READABLE, ids=lambda make: make.__name__)
async def test_odd_mails_are_read(jobs: WorkerProcesses, tmp_path: Path, make: Callable[[], bytes]) -> None:
    text = await read(jobs, tmp_path, make())
    raw = make()
    if b"seen" in raw:
        assert "seen" in text
    assert len(text) <= 1_000_000


@pytest.mark.parametrize("make", mails.EITHER, ids=lambda make: make.__name__)
async def test_what_an_interpreter_may_be_slow_at_ends_at_the_limit(
    jobs: WorkerProcesses, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    limits = JobLimits(seconds=2, memory_bytes=512 * 1024 * 1024)
    try:
        outcome = await read(jobs, tmp_path, make(), limits)
    except MailRefused as refused:
        outcome = refused.problem
    assert outcome is MailProblem.TIME_LIMIT or "seen" in outcome
    assert await read(jobs, tmp_path, mails.HEAD + b"\nnext") == "next"


async def test_over_its_memory_a_mail_is_refused(jobs: WorkerProcesses, tmp_path: Path) -> None:
    limits = JobLimits(seconds=20, memory_bytes=100 * 1024 * 1024)
    with pytest.raises(MailRefused) as refused:
        await read(jobs, tmp_path, mails.big_attachment(), limits)
    assert refused.value.problem is MailProblem.MEMORY_LIMIT


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker under /proc")
async def test_a_killed_worker_is_told(jobs: WorkerProcesses, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(mails.html_of_open_brackets())
    others = _children()
    reading = asyncio.create_task(WorkerMailReader(jobs).read(path))
    while not (workers := [child for child in _children() if child not in others]):  # noqa: ASYNC110 - another process's start sends no event
        await asyncio.sleep(0.01)
    os.kill(workers[0], 9)
    with pytest.raises(MailRefused) as refused:
        await reading
    assert refused.value.problem is MailProblem.CRASHED


def _children() -> list[int]:
    """Worker processes of this one; threads and processes that end meanwhile are passed over."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in (task / "children").read_text().split():
                if b"platform.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                    found.append(int(child))
    return found


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", MailProblem.EMPTY),
        (b"\r\n \n\0\0", MailProblem.EMPTY),
        (b"Bonjour,\n\nceci n'est pas un mail\n", MailProblem.NOT_A_MAIL),
        (b"Key: value\nOther: value\n\ntext\n", MailProblem.NOT_A_MAIL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), MailProblem.NOT_A_MAIL),
        (b"%PDF-1.7\n" + bytes(5000), MailProblem.NOT_A_MAIL),
        (bytes(range(256)) * 4000, MailProblem.NOT_A_MAIL),
    ],
)
async def test_what_is_no_mail_is_refused(
    jobs: WorkerProcesses, tmp_path: Path, content: bytes, problem: MailProblem
) -> None:
    with pytest.raises(MailRefused) as refused:
        await read(jobs, tmp_path, content)
    assert refused.value.problem is problem


async def test_files_that_must_not_be_opened_are_not(jobs: WorkerProcesses, tmp_path: Path) -> None:
    reader = WorkerMailReader(jobs)
    huge = tmp_path / "huge.eml"
    with huge.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    for path, problem in (
        (huge, MailProblem.TOO_LARGE),
        (tmp_path, MailProblem.UNREADABLE),
        (tmp_path / "absent.eml", MailProblem.UNREADABLE),
        (tmp_path / "null\0byte", MailProblem.UNREADABLE),
    ):
        with pytest.raises(MailRefused) as refused:
            await reader.read(path)
        assert refused.value.problem is problem


@pytest.mark.skipif(sys.platform == "win32", reason="Unix has pipes and devices as files")
async def test_pipes_and_devices_are_refused_without_waiting(jobs: WorkerProcesses, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.eml"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(MailRefused) as refused:
            await WorkerMailReader(jobs).read(path)
        assert refused.value.problem is MailProblem.UNREADABLE


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b"\r\n\r\n", b"From zoe@example.com Tue Nov 17 08:12:41 2026\n"])
async def test_what_programs_leave_before_a_mail_is_passed_over(
    jobs: WorkerProcesses, tmp_path: Path, prefix: bytes
) -> None:
    assert await read(jobs, tmp_path, prefix + mails.HEAD + b"\nseen") == "seen"


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
async def test_every_line_ending_is_understood(jobs: WorkerProcesses, tmp_path: Path, ending: bytes) -> None:
    raw = WHOLE_MAIL.encode().replace(b"\n", ending)
    assert await read(jobs, tmp_path, raw) == "Bonjour, où est mon colis ?\n\nZoé"


async def test_a_pasted_body_has_empty_headers(jobs: WorkerProcesses) -> None:
    mail = await WorkerMailReader(jobs).read_text("Hello,\r\nwhere is my parcel?\r\n\r\n-- \r\nZoe\u202e")
    assert mail.headers == MailHeaders(None, None, (), "", "", (), "", None)
    assert (mail.text, mail.signature, mail.language) == ("Hello,\nwhere is my parcel?", "-- \nZoe", "en")


async def test_a_pasted_mail_is_parsed_whatever_charset_it_declares(jobs: WorkerProcesses) -> None:
    pasted = "From: Zoé <zoe@example.com>\nSubject: été\nContent-Type: text/plain; charset=iso-8859-1\n\nDéjà reçu ?"
    mail = await WorkerMailReader(jobs).read_text(pasted)
    assert (mail.headers.sender_name, mail.headers.subject, mail.text) == ("Zoé", "été", "Déjà reçu ?")
    whole = await WorkerMailReader(jobs).read_text(WHOLE_MAIL)
    assert whole.headers.message_id == "<new@example.com>"
    assert whole.text == "Bonjour, où est mon colis ?\n\nZoé"


@pytest.mark.parametrize(
    "head",
    [
        "De : Zoé Martin <zoe@example.com>\nEnvoyé : mardi 17 novembre 2026 09:12\nÀ : Support\nObjet : Mon colis",
        "From: Zoé Martin <zoe@example.com>\nSent: Tuesday\nTo: Support\nSubject: Mon colis",
    ],
)
async def test_a_head_as_readers_show_it_is_understood(jobs: WorkerProcesses, head: str) -> None:
    mail = await WorkerMailReader(jobs).read_text(f"{head}\n\nBonjour, où est-il ?")
    assert (mail.headers.sender_name, mail.headers.sender_address) == ("Zoé Martin", "zoe@example.com")
    assert (mail.headers.subject, mail.text) == ("Mon colis", "Bonjour, où est-il ?")


async def test_one_line_that_looks_like_a_field_is_no_head(jobs: WorkerProcesses) -> None:
    mail = await WorkerMailReader(jobs).read_text("Date: tomorrow works for me\nSee you")
    assert mail.text == "Date: tomorrow works for me\nSee you"
    assert mail.headers.date is None


@pytest.mark.parametrize(
    ("text", "problem"), [(" \n", MailProblem.EMPTY), ("é" * MAX_PASTED_BYTES, MailProblem.TOO_LARGE)]
)
async def test_useless_pastes_are_refused(jobs: WorkerProcesses, text: str, problem: MailProblem) -> None:
    with pytest.raises(MailRefused) as refused:
        await WorkerMailReader(jobs).read_text(text)
    assert refused.value.problem is problem


async def test_a_large_paste_comes_back_whole(jobs: WorkerProcesses) -> None:
    text = "😀" * 300_000
    assert (await WorkerMailReader(jobs).read_text(text)).text == text
