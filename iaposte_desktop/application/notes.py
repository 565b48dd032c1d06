"""Knowledge notes: proposed from a solved thread, approved by a person, then a file of a store like any other."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.masking import known_of, without_customer
from iaposte_desktop.domain.errors import InvalidValue, NotFound
from iaposte_desktop.domain.file_attributes import AUDIENCE, KIND, KNOWLEDGE_NOTE, TITLE, VALID_UNTIL
from iaposte_desktop.domain.language import detect_language
from iaposte_desktop.domain.mail_text import paragraphs_of_mail, sentences_of_mail
from iaposte_desktop.domain.notes import Note
from iaposte_desktop.domain.threads import Role, ThreadStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.threads import OpenThread, Threads
    from iaposte_desktop.domain.knowledge import Attribute
    from iaposte_desktop.domain.ports.notes import NoteShelf
    from iaposte_desktop.domain.ports.personal_data import PersonalDataFinder
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.domain.threads import Message

_HEADINGS: Final = {"fr": ("Question", "Réponse"), "en": ("Question", "Answer")}
_LONGEST_TITLE: Final = 200
_SOLVED: Final = frozenset({ThreadStatus.SENT, ThreadStatus.CLOSED})


class Notes:
    def __init__(
        self, threads: Threads, knowledge: Knowledge, shelf: NoteShelf, personal_data: PersonalDataFinder
    ) -> None:
        self._threads = threads
        self._knowledge = knowledge
        self._shelf = shelf
        self._personal_data = personal_data

    async def from_thread(self, thread_id: str, store_id: str = "", question: str = "") -> Note:
        """What was asked and what was answered, without greetings, signatures and what is known to tell who the
        customer is: to be read before it is saved. `question` is the title, else the subject. Raises NotFound."""
        opened = await self._threads.open(thread_id)
        return await asyncio.to_thread(self._proposed, opened, store_id, question)

    async def from_question(self, question: str, thread_id: str, store_id: str) -> Note:
        """For a question that no file answers: with the answer, where its thread is solved."""
        try:
            opened = await self._threads.open(thread_id)
        except NotFound:
            return Note(question, _sections(detect_language(question) or "en", question, ""), store_id)
        if is_solved(opened):
            return await self.from_thread(thread_id, store_id, question)
        return Note(question, _sections(_language(opened, question), question, ""), store_id, thread_id)

    async def save(self, note: Note) -> Task:
        """Approved: a Markdown file, added to the note's store; returns once it is read. Raises InvalidValue (`title`,
        `text`), NotFound where the store is gone, StorageError."""
        title = " ".join(note.title.split())
        if not title or len(title) > _LONGEST_TITLE:
            raise InvalidValue("title")
        if not note.text.strip():
            raise InvalidValue("text")
        await self._knowledge.retrieve(note.store_id)  # NotFound before anything is written.
        path = await asyncio.to_thread(self._shelf.write, title, f"# {title}\n\n{note.text.strip()}\n")
        task = await self._knowledge.upload(note.store_id, [path], attributes=_attributes(note, title))
        await self.keep(None)
        return task

    async def keep(self, note: Note | None) -> None:
        """What is being written, so that nothing of it is lost; None once it is saved or given up."""
        await asyncio.to_thread(self._shelf.keep, note)

    async def kept(self) -> Note | None:
        return await asyncio.to_thread(self._shelf.kept)

    def _proposed(self, opened: OpenThread, store_id: str, title: str) -> Note:
        subject, language = opened.thread.subject, _language(opened, title)
        # What a mail quotes is the shop's.
        mails = [replace(mail, quoted="") for mail in opened.messages if mail.role is Role.CUSTOMER]
        known = known_of(opened.customer, mails, subject, self._personal_data)
        parts = (title or subject, _question(opened.messages), _answer(opened.messages))
        title, question, answer = (without_customer(part, known, language) for part in parts)
        return Note(title[:_LONGEST_TITLE], _sections(language, question, answer), store_id, opened.thread.id)


def is_solved(opened: OpenThread) -> bool:
    return opened.thread.status in _SOLVED


def _language(opened: OpenThread, question: str) -> str:
    """Of the reply, for it is what most of the note is."""
    replies = [message.text for message in opened.messages if message.role is Role.AGENT]
    told = next((message.language for message in reversed(opened.messages) if message.language), None)
    return (detect_language(replies[-1]) if replies else None) or told or detect_language(question) or "en"


def _question(messages: Sequence[Message]) -> str:
    """The questions of the mails that the last reply answers; of a mail without a question mark, all it says."""
    asked: list[str] = []
    for mail in _before_last_reply(messages):
        sentences = sentences_of_mail(mail.text)
        asked += [each for each in sentences if each.endswith("?")] or sentences
    return "\n".join(dict.fromkeys(asked))


def _before_last_reply(messages: Sequence[Message]) -> Sequence[Message]:
    """Those of the customer between the last reply and the one before it."""
    mails: list[Message] = []
    has_reply = False
    for message in reversed(messages):
        if message.role is Role.AGENT and (has_reply or mails):
            break
        if message.role is Role.AGENT:
            has_reply = True
        else:
            mails.insert(0, message)
    return mails


def _answer(messages: Sequence[Message]) -> str:
    replies = [message.text for message in messages if message.role is Role.AGENT]
    return "\n\n".join(paragraphs_of_mail(replies[-1])) if replies else ""


def _sections(language: str, question: str, answer: str) -> str:
    asked, answered = _HEADINGS.get(language, _HEADINGS["en"])
    return f"## {asked}\n\n{question}\n\n## {answered}\n\n{answer}".rstrip() + "\n"


def _attributes(note: Note, title: str) -> dict[str, Attribute]:
    attributes: dict[str, Attribute] = {KIND: KNOWLEDGE_NOTE, TITLE: title}
    if note.thread_id:
        attributes["thread_id"] = note.thread_id
    if note.audience:
        attributes[AUDIENCE] = note.audience
    if note.valid_until is not None:
        attributes[VALID_UNTIL] = note.valid_until.isoformat()
    return attributes
