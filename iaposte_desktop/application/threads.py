"""Threads: a customer's matter from the first mail to the sent reply."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.citing import without_markers
from iaposte_desktop.domain.errors import InvalidValue, NotFound
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.json import Metadata, metadata_problem
from iaposte_desktop.domain.runs import Run
from iaposte_desktop.domain.threads import Customer, Message, Role, Thread, ThreadStatus, ThreadSummary

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.drafts import Drafts
    from iaposte_desktop.application.past_answers import PastAnswers
    from iaposte_desktop.domain.mail import ParsedMail
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.mail_reader import MailReader
    from iaposte_desktop.domain.ports.repositories import Workspace


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Everything the Threads tab shows of a thread; messages oldest first, runs newest first."""

    thread: Thread
    customer: Customer
    messages: tuple[Message, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ImportedMail:
    """Where a mail went. `is_known`: the same mail was there already, and nothing was added."""

    thread_id: str
    is_new_thread: bool
    is_known: bool


class Threads:
    def __init__(
        self,
        workspace: Workspace,
        mails: MailReader,
        drafts: Drafts,
        past_answers: PastAnswers,
        changes: ChangeFeed,
        clock: Clock,
    ) -> None:
        self._workspace = workspace
        self._mails = mails
        self._drafts = drafts
        self._past_answers = past_answers
        self._changes = changes
        self._clock = clock
        self._receiving = asyncio.Lock()

    async def list(self, *, deleted: bool = False) -> tuple[ThreadSummary, ...]:
        return await self._workspace.threads.summaries(deleted=deleted)

    async def open(self, thread_id: str) -> OpenThread:
        thread = await self._workspace.threads.retrieve(thread_id)
        customer = await self._workspace.customers.retrieve(thread.customer_id)
        messages = await self._workspace.threads.messages(thread_id)
        return OpenThread(thread, customer, messages, await self._workspace.journal.runs_of(thread_id))

    async def import_mail(self, path: Path) -> ImportedMail:
        """A mail file becomes a message: of the thread its References name, else of the customer's open thread under
        the same subject, else of a new one. The same mail twice is one message, and brings its thread out of the bin.
        Raises MailRefused."""
        return await self._receive(await self._mails.read(path))

    async def import_text(self, text: str, *, sender_name: str = "", sender_address: str = "") -> ImportedMail:
        """Pasted text; the sender fills in what the text does not say. Raises MailRefused."""
        mail = await self._mails.read_text(text)
        headers = replace(
            mail.headers,
            sender_name=mail.headers.sender_name or sender_name,
            sender_address=mail.headers.sender_address or sender_address,
        )
        return await self._receive(replace(mail, headers=headers))

    async def rename(self, thread_id: str, subject: str) -> Thread:
        if not subject.strip():
            raise InvalidValue("name")
        return await self._change(thread_id, subject=subject.strip())

    async def set_status(self, thread_id: str, status: ThreadStatus) -> Thread:
        return await self._change(thread_id, status=status)

    async def set_reply_language(self, thread_id: str, language: str | None) -> Thread:
        return await self._change(thread_id, reply_language=language)

    async def set_assistant(self, thread_id: str, assistant_id: str | None) -> Thread:
        return await self._change(thread_id, assistant_id=assistant_id)

    async def set_metadata(self, thread_id: str, metadata: Metadata) -> Thread:
        if metadata_problem(metadata):
            raise InvalidValue("metadata")
        return await self._change(thread_id, metadata=metadata)

    async def save_customer(self, customer: Customer) -> None:
        """Name, notes and metadata; raises InvalidValue."""
        if metadata_problem(customer.metadata):
            raise InvalidValue("metadata")
        await self._workspace.customers.save(customer)
        self._changes.publish(Changed(Topic.THREADS, customer.id))

    async def delete(self, thread_id: str) -> None:
        """Into the bin, from which `restore` brings it back whole; its past answers go meanwhile."""
        await self._change(thread_id, deleted_at=self._clock())
        self._past_answers.forget_soon(thread_id)

    async def restore(self, thread_id: str) -> None:
        await self._change(thread_id, deleted_at=None)
        self._past_answers.keep_soon(thread_id)

    async def mark_sent(self, thread_id: str, text: str) -> None:
        """The final text, markers taken out, joins the thread as the agent's message; the draft is cleared and kept
        as a revision. Stores that take past answers get it soon. Raises InvalidValue for an empty text, NotFound."""
        final = without_markers(text).strip()
        if not final:
            raise InvalidValue("reply")
        await self._workspace.threads.retrieve(thread_id)  # NotFound before anything is written.
        draft = await self._drafts.load(thread_id)
        run_id = draft.draft.run_id
        await self._workspace.threads.add_message(
            Message(new_id("msg"), thread_id, Role.AGENT, final, self._clock(), run_id=run_id)
        )
        await self._drafts.save(thread_id, text)
        await self._drafts.clear_sent(thread_id)
        await self._change(thread_id, status=ThreadStatus.SENT)
        self._past_answers.keep_soon(thread_id)

    async def _receive(self, mail: ParsedMail) -> ImportedMail:
        # One after the other: two mails of a new customer are not two customers.
        async with self._receiving:
            imported = await self._placed(mail)
        self._changes.publish(Changed(Topic.THREADS, imported.thread_id))
        return imported

    async def _placed(self, mail: ParsedMail) -> ImportedMail:
        headers = mail.headers
        customer = await self._customer(headers.sender_name, headers.sender_address)
        repository = self._workspace.threads
        thread_id = await repository.thread_of_message_ids(
            [*([headers.message_id] if headers.message_id else []), *_related(mail)]
        ) or (headers.subject and await repository.open_thread(customer.id, headers.subject))
        is_new = not thread_id
        now = self._clock()
        if thread_id:
            thread = await repository.retrieve(thread_id)
        else:
            subject = headers.subject or _first_line(mail.text)
            thread = Thread(new_id("thread"), customer.id, subject, ThreadStatus.TO_ANSWER, now, now)
            await repository.save(thread)
        message = Message(
            id=new_id("msg"),
            thread_id=thread.id,
            role=Role.CUSTOMER,
            text=mail.text,
            created_at=headers.date or now,
            quoted=mail.quoted,
            signature=mail.signature,
            language=mail.language,
            headers=headers,
            attachments=mail.attachments,
            warnings=mail.warnings,
        )
        added = await repository.add_message(message)
        if not added and is_new:
            await repository.delete(thread.id)
            return ImportedMail(await self._out_of_the_bin(headers.message_id), False, True)
        if added and not is_new:
            await self._change(thread.id, status=ThreadStatus.TO_ANSWER)
        return ImportedMail(thread.id, is_new, not added)

    async def _out_of_the_bin(self, message_id: str | None) -> str:
        """The thread in the bin that holds this mail, restored."""
        for summary in await self._workspace.threads.summaries(deleted=True):
            messages = await self._workspace.threads.messages(summary.thread.id)
            if any(message.headers and message.headers.message_id == message_id for message in messages):
                await self.restore(summary.thread.id)
                return summary.thread.id
        raise NotFound(f"the mail {message_id}")

    async def _customer(self, name: str, address: str) -> Customer:
        known = await self._workspace.customers.by_email(address) if address else None
        if known is not None:
            return known
        customer = Customer(new_id("cust"), name or address, address, self._clock())
        await self._workspace.customers.save(customer)
        return customer

    async def _change(self, thread_id: str, **fields: Any) -> Thread:
        changes = {**fields, "updated_at": self._clock()}
        thread = await self._workspace.threads.change(thread_id, lambda thread: replace(thread, **changes))
        self._changes.publish(Changed(Topic.THREADS, thread_id))
        return thread


def _related(mail: ParsedMail) -> tuple[str, ...]:
    """Message-IDs that this mail answers, the nearest first."""
    headers = mail.headers
    answered = (headers.in_reply_to,) if headers.in_reply_to else ()
    return (*answered, *reversed(headers.references))


def _first_line(text: str) -> str:
    return next((line.strip()[:80] for line in text.splitlines() if line.strip()), "")
