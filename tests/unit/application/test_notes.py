"""Knowledge notes: what is proposed from a thread, what is saved, and what is kept while somebody writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.notes import Notes
from iaposte_desktop.application.threads import Threads
from iaposte_desktop.domain.errors import InvalidValue, NotFound
from iaposte_desktop.domain.notes import Note
from iaposte_desktop.domain.threads import ThreadStatus
from iaposte_desktop.engine.personal_data import RulesOfPersonalData
from iaposte_desktop.platform.notes import NoteFolder
from tests.fakes.scripted_mails import ScriptedMails

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.unit.application.office import Office

MAIL = """Bonjour,

Ma lampe Aurore clignote depuis hier. Est-elle encore sous garantie ?
Vous pouvez me joindre au 06 12 34 56 78 ou à ada@example.org.

Cordialement,
Ada Lovelace"""
REPLY = """Bonjour Madame Lovelace,

La lampe Aurore est garantie deux ans. Écrivez-nous à sav@maison-lumen.example.

Nous avons noté votre numéro 06 12 34 56 78. Merci Ada !

Je vous souhaite une excellente journée.

Cordialement,
Maison Lumen"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def mails() -> ScriptedMails:
    return ScriptedMails()


@pytest.fixture
async def threads(office: Office, mails: ScriptedMails) -> AsyncIterator[Threads]:
    past_answers = office.past_answers()
    yield Threads(office.workspace, mails, office.drafts, past_answers, office.changes, office.clock)
    await past_answers.aclose()


@pytest.fixture
def notes(office: Office, threads: Threads, folder: Path) -> Notes:
    return Notes(threads, office.knowledge, NoteFolder(folder), RulesOfPersonalData())


@pytest.fixture
async def solved(threads: Threads, mails: ScriptedMails) -> str:
    """A thread that was answered."""
    mail = await threads.import_mail(mails.add("one", MAIL, "Lampe Aurore (Ada Lovelace)"))
    await threads.mark_sent(mail.thread_id, REPLY)
    return mail.thread_id


class TestProposed:
    async def test_the_question_and_the_answer_without_greeting_and_signature(self, notes: Notes, solved: str) -> None:
        note = await notes.from_thread(solved, "vs_1")
        assert (note.store_id, note.thread_id) == ("vs_1", solved)
        assert note.text.startswith("## Question\n\nEst-elle encore sous garantie ?\n\n## Réponse\n\nLa lampe Aurore")
        for word in ("Bonjour", "Cordialement", "Maison Lumen", "Merci"):
            assert word not in note.text.replace("maison-lumen", "").replace("Merci [client]", "")

    async def test_nothing_tells_who_the_customer_is(self, notes: Notes, solved: str) -> None:
        note = await notes.from_thread(solved)
        for personal in ("Ada", "Lovelace", "06 12", "ada@example.org"):
            assert personal not in note.title + note.text
        assert note.title == "Lampe Aurore ([client])"
        assert "[téléphone]" in note.text

    async def test_what_is_the_shops_own_stays(self, notes: Notes, solved: str) -> None:
        assert "sav@maison-lumen.example" in (await notes.from_thread(solved)).text

    async def test_a_mail_without_a_question_is_quoted_whole(
        self, notes: Notes, threads: Threads, mails: ScriptedMails
    ) -> None:
        mail = await threads.import_mail(mails.add("two", "Hello,\n\nMy lamp flickers. I want a refund.", "Lamp"))
        await threads.mark_sent(
            mail.thread_id, "Hello Ada,\n\nSend it back and we refund it.\n\nBest regards,\nThe shop"
        )
        note = await notes.from_thread(mail.thread_id)
        assert note.text == (
            "## Question\n\nMy lamp flickers.\nI want a refund.\n\n## Answer\n\nSend it back and we refund it.\n"
        )

    async def test_only_the_mails_that_the_last_reply_answers(
        self, notes: Notes, threads: Threads, mails: ScriptedMails, solved: str
    ) -> None:
        await threads.import_mail(
            mails.add("later", "Et la livraison, combien coûte-t-elle ?", "Lampe Aurore (Ada Lovelace)")
        )
        await threads.mark_sent(solved, "La livraison coûte 5 euros.")
        note = await notes.from_thread(solved)
        assert "garantie" not in note.text
        assert note.text.endswith("## Réponse\n\nLa livraison coûte 5 euros.\n")

    async def test_a_question_with_its_threads_answer(self, notes: Notes, solved: str) -> None:
        note = await notes.from_question("garantie lampe", solved, "vs_1")
        assert (note.title, note.store_id) == ("garantie lampe", "vs_1")
        assert "deux ans" in note.text

    async def test_a_question_whose_thread_is_open_or_gone(self, notes: Notes, threads: Threads, solved: str) -> None:
        await threads.set_status(solved, ThreadStatus.TO_ANSWER)
        note = await notes.from_question("garantie lampe", solved, "vs_1")
        assert (note.text, note.thread_id) == ("## Question\n\ngarantie lampe\n\n## Réponse\n", solved)
        gone = await notes.from_question("How long is the warranty?", "thread_gone", "vs_1")
        assert (gone.text, gone.thread_id) == ("## Question\n\nHow long is the warranty?\n\n## Answer\n", "")


class TestSaved:
    async def test_it_is_a_file_of_the_store_like_any_other(self, notes: Notes, office: Office, folder: Path) -> None:
        store_id = await office.store(refund="A refund takes ten days.")
        note = Note(" Warranty  of lamps ", "Two years.", store_id, "thread_1", "internal", date(2027, 5, 1))
        task = await notes.save(note)
        assert (task.done, task.failed) == (1, 0)
        saved = next(file for file in await office.knowledge.files(store_id) if file.name == "warranty-of-lamps.md")
        assert saved.attributes == {
            "kind": "knowledge_note",
            "title": "Warranty of lamps",
            "thread_id": "thread_1",
            "audience": "internal",
            "valid_until": "2027-05-01",
        }
        assert (folder / saved.name).read_text("utf-8") == "# Warranty of lamps\n\nTwo years.\n"
        assert (await office.knowledge.search([store_id], "years"))[0].file_name == saved.name

    async def test_two_of_one_title_are_two_files(self, notes: Notes, office: Office) -> None:
        store_id = await office.store(refund="A refund takes ten days.")
        for text in ("One.", "Two."):
            await notes.save(Note("Warranty", text, store_id))
        names = {file.name for file in await office.knowledge.files(store_id)}
        assert names == {"refund.txt", "warranty.md", "warranty-2.md"}

    @pytest.mark.parametrize("title", ["con/../../etc", "…", "a" * 200, "«Été» à l’œuvre ?"])
    async def test_any_title_makes_a_file_of_the_folder(
        self, notes: Notes, office: Office, folder: Path, title: str
    ) -> None:
        await notes.save(Note(title, "Text.", await office.store(refund="A refund takes ten days.")))
        (path,) = folder.glob("*.md")
        assert path.read_text("utf-8").startswith("# ")
        assert len(path.name) < 80

    @pytest.mark.parametrize(
        ("title", "text", "field"), [(" ", "Text.", "title"), ("a" * 201, "Text.", "title"), ("A", " ", "text")]
    )
    async def test_what_is_empty_is_refused(
        self, notes: Notes, office: Office, folder: Path, title: str, text: str, field: str
    ) -> None:
        store_id = await office.store(refund="A refund takes ten days.")
        with pytest.raises(InvalidValue) as refused:
            await notes.save(Note(title, text, store_id))
        assert refused.value.field == field
        assert not folder.exists()

    async def test_nothing_is_written_for_a_store_that_is_gone(self, notes: Notes, folder: Path) -> None:
        with pytest.raises(NotFound):
            await notes.save(Note("Warranty", "Two years.", "vs_gone"))
        assert not folder.exists()


class TestKept:
    async def test_what_is_being_written_outlives_the_program(self, notes: Notes, folder: Path) -> None:
        note = Note("Warranty", "Two years\u00a0!\n", "vs_1", "thread_1", "public", date(2027, 5, 1))
        assert await notes.kept() is None
        await notes.keep(note)
        assert NoteFolder(folder).kept() == note
        await notes.keep(replace(note, valid_until=None))
        assert NoteFolder(folder).kept() == replace(note, valid_until=None)

    async def test_until_it_is_saved_or_given_up(self, notes: Notes, office: Office) -> None:
        note = Note("Warranty", "Two years.", await office.store(refund="A refund takes ten days."))
        await notes.keep(note)
        await notes.save(note)
        assert await notes.kept() is None
        await notes.keep(note)
        await notes.keep(None)
        assert await notes.kept() is None
