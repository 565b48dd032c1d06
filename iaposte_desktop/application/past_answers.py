"""Replies that were sent, as knowledge: each becomes a file of the stores that take them, without its customer.

One file a thread and store; the last reply counts. What cannot be masked for certain is not kept.
"""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.assistants import assistant_for
from iaposte_desktop.application.masking import is_clean, known_of, masked
from iaposte_desktop.application.task_scope import TaskScope
from iaposte_desktop.domain.errors import NoAssistant, NotFound, ProviderError
from iaposte_desktop.domain.file_attributes import DATE, KIND, LANGUAGE, PAST_ANSWER, THREAD_ID, TITLE
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.language import detect_language
from iaposte_desktop.domain.mail_text import body_of_mail, sentences_of_mail
from iaposte_desktop.domain.threads import Message, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.staging import Staging
    from iaposte_desktop.domain.knowledge import Attribute, VectorStore, VectorStoreFile
    from iaposte_desktop.domain.ports.personal_data import PersonalDataFinder
    from iaposte_desktop.domain.ports.repositories import Workspace
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.threads import Customer, Thread

_LONGEST_QUESTION: Final = 240
_LONGEST_TITLE: Final = 60
_SHORTEST_ANSWER: Final = 20
_CLOSED_WITHIN: Final = 2.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """What is kept of a reply, masked. The question is its heading: it is found by it, and never quoted for it."""

    title: str
    text: str
    language: str
    day: str

    @property
    def file_name(self) -> str:
        kind = "Réponse passée" if self.language == "fr" else "Past answer"
        return f"{kind} {self.day} {self.title}".strip() + ".md"


class PastAnswers:
    """Work goes on in the background; `on_error(name, exception)` hears of what failed. Belongs to one loop."""

    def __init__(
        self,
        workspace: Workspace,
        knowledge: Knowledge,
        staging: Staging,
        finder: PersonalDataFinder,
        settings: Settings,
        on_error: Callable[[str, BaseException], None],
    ) -> None:
        self._workspace = workspace
        self._knowledge = knowledge
        self._staging = staging
        self._finder = finder
        self._settings = settings
        self._scope = TaskScope(on_error)
        self._order = asyncio.Lock()

    def keep_soon(self, thread_id: str) -> None:
        self._scope.start(self._in_order(self.keep, thread_id), f"keep the answer of {thread_id}")

    def forget_soon(self, thread_id: str) -> None:
        self._scope.start(self._in_order(self.forget, thread_id), f"forget the answer of {thread_id}")

    async def keep(self, thread_id: str) -> None:
        """The thread's last reply, in every store of its assistant that takes past answers; an earlier one of the
        thread gives way. Nothing where none was sent."""
        thread = await self._workspace.threads.retrieve(thread_id)
        messages = await self._workspace.threads.messages(thread_id)
        reply = next((message for message in reversed(messages) if message.role is Role.AGENT), None)
        if reply is None or thread.deleted_at is not None:
            return
        stores = await self._stores(thread, reply)
        if stores:
            customer = await self._workspace.customers.retrieve(thread.customer_id)
            answer = await asyncio.to_thread(past_answer, thread, customer, messages, reply, self._finder)
            for store in stores:
                await self._put(store, thread_id, answer)

    async def forget(self, thread_id: str) -> None:
        """Out of every store of this machine, whether or not it takes past answers now."""
        here = self._knowledge.places()[0]
        for store in await self._knowledge.stores():
            if store.provider == here:
                own = _of_thread(await self._knowledge.files(store.id), thread_id)
                await self._remove(store.id, own)

    async def settled(self) -> None:
        """Once everything that was asked for so far is done."""
        await self._scope.start(self._in_order(_nothing, ""), "past answers settled")

    async def aclose(self) -> None:
        """A reply that was just sent is not lost; a file that is still read by then goes on at the next start."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSED_WITHIN):
                await self.settled()
        await self._scope.aclose()

    async def _in_order(self, work: Callable[[str], Coroutine[None, None, None]], thread_id: str) -> None:
        async with self._order:
            await work(thread_id)

    async def _stores(self, thread: Thread, reply: Message) -> Sequence[VectorStore]:
        wanted = thread.assistant_id
        if reply.run_id is not None:
            with suppress(NotFound):
                wanted = (await self._workspace.journal.retrieve(reply.run_id)).assistant_id
        try:
            assistant = await assistant_for(self._workspace.assistants, self._settings, wanted)
        except NoAssistant:
            return ()
        found = []
        for store_id in assistant.version.settings.vector_store_ids:
            try:
                store = await self._knowledge.retrieve(store_id)
            except (NotFound, ProviderError):
                continue
            if store.takes_past_answers and store.deleted_at is None:
                found.append(store)
        return found

    async def _put(self, store: VectorStore, thread_id: str, answer: PastAnswer | None) -> None:
        files = await self._knowledge.files(store.id)
        own = _of_thread(files, thread_id)
        if answer is None or _holds(files, answer.text):
            same = {file.id for file in own if answer is not None and _holds([file], answer.text)}
            await self._remove(store.id, [file for file in own if file.id not in same])
            return
        folder = await self._staging.new_folder()
        path = await self._staging.write(folder, 1, answer.file_name, answer.text)
        replaced = own[0].id if own else None
        await self._knowledge.upload(store.id, [path], replaces=replaced, attributes=_attributes(answer, thread_id))
        await self._remove(store.id, own[1:])
        await self._staging.remove(folder)

    async def _remove(self, store_id: str, files: Sequence[VectorStoreFile]) -> None:
        if files:
            await self._knowledge.remove_files(store_id, [file.id for file in files])


async def _nothing(_: str) -> None: ...


def past_answer(
    thread: Thread,
    customer: Customer,
    messages: Sequence[Message],
    reply: Message,
    finder: PersonalDataFinder,
) -> PastAnswer | None:
    """None where the masked reply says too little, or may still give the customer away."""
    mails = [message for message in messages if message.role is Role.CUSTOMER]
    known = known_of(customer, mails, thread.subject, finder)
    asked = next((mail for mail in reversed(mails) if mail.created_at <= reply.created_at), None)
    language = detect_language(reply.text) or (asked.language if asked is not None else None) or "fr"
    question = masked(_question(asked), known, finder, language) if asked is not None else ""
    title = masked(thread.subject, known, finder, language)[:_LONGEST_TITLE].strip()
    answer = masked(body_of_mail(reply.text), known, finder, language)
    parts = (title, question, answer)
    if len(answer) < _SHORTEST_ANSWER or not all(is_clean(part, known, finder) for part in parts):
        return None
    heading = " ".join((question or title).split())
    text = f"# {heading}\n\n{answer}\n" if heading else f"{answer}\n"
    return PastAnswer(title, text, language, reply.created_at.date().isoformat())


def _question(mail: Message) -> str:
    """What the mail asks, else how it begins."""
    sentences = sentences_of_mail(mail.text)
    asked = [sentence for sentence in sentences if "?" in sentence] or list(sentences)
    kept: list[str] = []
    for sentence in asked:
        if kept and len(" ".join([*kept, sentence])) > _LONGEST_QUESTION:
            break
        kept.append(sentence)
    return " ".join(kept)[:_LONGEST_QUESTION]


def _attributes(answer: PastAnswer, thread_id: str) -> Mapping[str, Attribute]:
    attributes = {KIND: PAST_ANSWER, THREAD_ID: thread_id, LANGUAGE: answer.language, DATE: answer.day}
    return attributes | ({TITLE: answer.title} if answer.title else {})


def _of_thread(files: Sequence[VectorStoreFile], thread_id: str) -> Sequence[VectorStoreFile]:
    return [
        file
        for file in files
        if file.attributes.get(KIND) == PAST_ANSWER and file.attributes.get(THREAD_ID) == thread_id
    ]


def _holds(files: Sequence[VectorStoreFile], text: str) -> bool:
    """The same reply to another customer is one file."""
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return any(file.sha256 == sha256 and file.status is FileStatus.COMPLETED for file in files)
