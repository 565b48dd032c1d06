from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.threads import Threads
from iaposte_desktop.domain.drafts import RevisionReason
from iaposte_desktop.domain.errors import InvalidValue, MailRefused, NotFound
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.threads import Role, ThreadStatus
from iaposte_desktop.mail.reader import WorkerMailReader
from tests.fakes.scripted_mails import ScriptedMails
from tests.fakes.scripted_model import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses
    from tests.unit.application.office import Office

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def threads(office: Office, workers: WorkerProcesses) -> AsyncIterator[Threads]:
    mails, past_answers = WorkerMailReader(workers), office.past_answers()
    yield Threads(office.workspace, mails, office.drafts, past_answers, office.changes, office.clock)
    await past_answers.aclose()


@pytest.fixture
def mail(tmp_path: Path) -> Callable[..., Path]:
    """Writes a mail: its Message-ID's first part, its text, and headers by their names (`in_reply_to`)."""

    def written(name: str, text: str = "How long does a refund take?", **headers: str) -> Path:
        fields = {
            "From": "Ada Lovelace <ada@example.org>",
            "Subject": "Refund",
            "Message-ID": f"<{name}@example.org>",
            "Date": "Mon, 02 Nov 2026 08:00:00 +0000",
            "Content-Type": "text/plain; charset=utf-8",
        } | {key.replace("_", "-").title(): value for key, value in headers.items()}
        head = "".join(f"{key}: {value}\r\n" for key, value in fields.items() if value)
        path = tmp_path / f"{name}.eml"
        path.write_text(f"{head}\r\n{text}\r\n", "utf-8", newline="")
        return path

    return written


class TestImporting:
    async def test_a_new_mail_makes_a_thread(self, threads: Threads, mail: Callable[..., Path]) -> None:
        imported = await threads.import_mail(mail("one"))
        assert (imported.is_new_thread, imported.is_known) == (True, False)
        opened = await threads.open(imported.thread_id)
        assert (opened.thread.subject, opened.thread.status) == ("Refund", ThreadStatus.TO_ANSWER)
        assert (opened.customer.name, opened.customer.email) == ("Ada Lovelace", "ada@example.org")
        (message,) = opened.messages
        assert (message.role, message.text, message.language) == (Role.CUSTOMER, "How long does a refund take?", "en")
        assert message.headers is not None
        assert message.created_at == message.headers.date

    async def test_the_same_mail_twice_is_one_message(self, threads: Threads, mail: Callable[..., Path]) -> None:
        path = mail("one")
        first = await threads.import_mail(path)
        again = await threads.import_mail(path)
        assert again == replace(first, is_new_thread=False, is_known=True)
        assert len((await threads.open(first.thread_id)).messages) == 1
        assert len(await threads.list()) == 1

    async def test_the_same_mail_again_leaves_the_status(self, threads: Threads, mail: Callable[..., Path]) -> None:
        path = mail("one")
        imported = await threads.import_mail(path)
        await threads.set_status(imported.thread_id, ThreadStatus.CLOSED)
        await threads.import_mail(path)
        assert (await threads.open(imported.thread_id)).thread.status is ThreadStatus.CLOSED

    @pytest.mark.parametrize(
        "headers",
        [{"in_reply_to": "<one@example.org>"}, {"references": "<zero@example.org> <one@example.org>"}],
        ids=["in_reply_to", "references"],
    )
    async def test_a_reply_joins_what_it_answers(
        self, threads: Threads, mail: Callable[..., Path], headers: dict[str, str]
    ) -> None:
        first = await threads.import_mail(mail("one"))
        joined = await threads.import_mail(mail("two", subject="About something else", **headers))
        assert (joined.thread_id, joined.is_new_thread) == (first.thread_id, False)
        assert len((await threads.open(first.thread_id)).messages) == 2

    async def test_a_reply_of_a_colleague_joins_too(self, threads: Threads, mail: Callable[..., Path]) -> None:
        first = await threads.import_mail(mail("one"))
        reply = mail("two", **{"from": "Bob <bob@example.org>"}, references="<one@example.org>")
        assert (await threads.import_mail(reply)).thread_id == first.thread_id

    async def test_the_same_customer_and_subject_join(self, threads: Threads, mail: Callable[..., Path]) -> None:
        first = await threads.import_mail(mail("one"))
        second = await threads.import_mail(mail("two", "Any news?", subject="RE: refund"))
        assert second.thread_id == first.thread_id

    async def test_another_customer_does_not_join(self, threads: Threads, mail: Callable[..., Path]) -> None:
        await threads.import_mail(mail("one"))
        assert (await threads.import_mail(mail("two", **{"from": "bob@example.org"}))).is_new_thread
        assert len(await threads.list()) == 2

    async def test_another_subject_does_not_join(self, threads: Threads, mail: Callable[..., Path]) -> None:
        first = await threads.import_mail(mail("one"))
        second = await threads.import_mail(mail("two", subject="Warranty"))
        assert second.is_new_thread
        summaries = await threads.list()
        assert {summary.thread.subject for summary in summaries} == {"Refund", "Warranty"}
        assert len({summary.thread.customer_id for summary in summaries}) == 1
        assert first.thread_id != second.thread_id

    async def test_a_mail_without_subject_begins_anew(self, threads: Threads, mail: Callable[..., Path]) -> None:
        first = await threads.import_mail(mail("one", "First line\n\nmore", subject=""))
        second = await threads.import_mail(mail("two", "Other line", subject=""))
        assert second.is_new_thread
        assert (await threads.open(first.thread_id)).thread.subject == "First line"

    async def test_a_closed_thread_is_not_joined_by_subject(self, threads: Threads, mail: Callable[..., Path]) -> None:
        first = await threads.import_mail(mail("one"))
        await threads.set_status(first.thread_id, ThreadStatus.CLOSED)
        assert (await threads.import_mail(mail("two"))).is_new_thread

    async def test_a_reply_opens_its_thread_again(self, threads: Threads, mail: Callable[..., Path]) -> None:
        first = await threads.import_mail(mail("one"))
        await threads.set_status(first.thread_id, ThreadStatus.CLOSED)
        reply = await threads.import_mail(mail("two", in_reply_to="<one@example.org>"))
        assert reply.thread_id == first.thread_id
        assert (await threads.open(first.thread_id)).thread.status is ThreadStatus.TO_ANSWER

    async def test_the_address_is_the_customer_whatever_its_case(
        self, threads: Threads, mail: Callable[..., Path]
    ) -> None:
        first = await threads.import_mail(mail("one"))
        second = await threads.import_mail(mail("two", subject="Warranty", **{"from": "ADA@Example.org"}))
        customers = {(await threads.open(one.thread_id)).customer.id for one in (first, second)}
        assert len(customers) == 1

    async def test_the_same_mail_brings_its_thread_out_of_the_bin(
        self, threads: Threads, mail: Callable[..., Path]
    ) -> None:
        path = mail("one")
        first = await threads.import_mail(path)
        await threads.delete(first.thread_id)
        again = await threads.import_mail(path)
        assert (again.thread_id, again.is_known) == (first.thread_id, True)
        assert [summary.thread.id for summary in await threads.list()] == [first.thread_id]
        assert await threads.list(deleted=True) == ()
        assert len((await threads.open(first.thread_id)).messages) == 1

    async def test_a_reply_to_a_thread_in_the_bin_begins_anew(
        self, threads: Threads, mail: Callable[..., Path]
    ) -> None:
        first = await threads.import_mail(mail("one"))
        await threads.delete(first.thread_id)
        reply = await threads.import_mail(mail("two", in_reply_to="<one@example.org>"))
        assert reply.is_new_thread
        assert len((await threads.open(reply.thread_id)).messages) == 1

    async def test_many_mails_at_once_are_one_after_the_other(self, office: Office) -> None:
        mails = ScriptedMails()
        paths = [mails.add(f"{number}.eml", f"Question {number}?", f"Matter {number % 3}") for number in range(9)]
        threads = Threads(office.workspace, mails, office.drafts, office.past_answers(), office.changes, office.clock)
        await asyncio.gather(*map(threads.import_mail, paths))
        summaries = await threads.list()
        assert sum(summary.messages for summary in summaries) == 9
        assert len(summaries) == 3
        assert len({summary.thread.customer_id for summary in summaries}) == 1

    async def test_a_mail_that_cannot_be_read(self, threads: Threads, tmp_path: Path) -> None:
        with pytest.raises(MailRefused):
            await threads.import_mail(tmp_path / "nowhere.eml")
        assert await threads.list() == ()

    async def test_pasted_text(self, threads: Threads) -> None:
        imported = await threads.import_text(
            "Where is my parcel?", sender_name="Ada Lovelace", sender_address="ada@example.org"
        )
        opened = await threads.open(imported.thread_id)
        assert (opened.customer.name, opened.customer.email) == ("Ada Lovelace", "ada@example.org")
        assert opened.messages[0].text == "Where is my parcel?"
        assert opened.thread.subject == "Where is my parcel?"

    async def test_pasted_text_of_nobody(self, threads: Threads) -> None:
        one = await threads.import_text("Where is my parcel?")
        two = await threads.import_text("Where is my parcel?")
        assert one.thread_id != two.thread_id

    async def test_every_import_is_published(self, threads: Threads, mail: Callable[..., Path], office: Office) -> None:
        imported = await threads.import_mail(mail("one"))
        assert Changed(Topic.THREADS, imported.thread_id) in office.heard


class TestSending:
    async def test_the_sent_text_joins_the_thread(self, threads: Threads, office: Office) -> None:
        thread_id = await office.thread("How long does a refund take?")
        await office.assistant()
        model = ScriptedModel([mp.TextDelta("Ten days [1]."), mp.Completed()])
        run = await office.drafting(model).draft_reply(thread_id)
        await office.drafts.accept(thread_id)
        await threads.mark_sent(thread_id, "Ten days [1].\n\nGrace\n")
        opened = await threads.open(thread_id)
        sent = opened.messages[-1]
        assert (sent.role, sent.text, sent.run_id) == (Role.AGENT, "Ten days.\n\nGrace", run.id)
        assert opened.thread.status is ThreadStatus.SENT
        assert (await office.drafts.load(thread_id)).draft.text == ""
        (revision,) = await office.drafts.revisions(thread_id)
        assert (revision.text, revision.reason) == ("Ten days [1].\n\nGrace\n", RevisionReason.SENT)

    @pytest.mark.parametrize("text", ["", "  \n", "[1]"])
    async def test_nothing_is_not_sent(self, threads: Threads, office: Office, text: str) -> None:
        thread_id = await office.thread("How long?")
        await office.drafts.save(thread_id, "My own words")
        with pytest.raises(InvalidValue) as refused:
            await threads.mark_sent(thread_id, text)
        assert refused.value.field == "reply"
        assert len((await threads.open(thread_id)).messages) == 1
        assert (await office.drafts.load(thread_id)).draft.text == "My own words"

    async def test_the_next_draft_sees_what_was_sent(self, threads: Threads, office: Office) -> None:
        thread_id = await office.thread("How long?")
        await office.assistant()
        office.clock.advance(seconds=60)  # type: ignore[attr-defined]  # The office's clock is a manual one.
        await threads.mark_sent(thread_id, "Ten days.")
        model = ScriptedModel([mp.Completed()])
        await office.drafting(model).draft_reply(thread_id)
        assert model.requests[0].items == (mp.CustomerMail("Refund", "How long?"), mp.SentReply("Ten days."))


class TestEditing:
    async def test_fields(self, threads: Threads, office: Office) -> None:
        thread_id = await office.thread()
        await threads.rename(thread_id, "  Warranty ")
        await threads.set_reply_language(thread_id, "fr")
        await threads.set_assistant(thread_id, "asst_1")
        await threads.set_metadata(thread_id, {"order": "12"})
        thread = (await threads.open(thread_id)).thread
        assert (thread.subject, thread.reply_language, thread.assistant_id, thread.metadata) == (
            "Warranty",
            "fr",
            "asst_1",
            {"order": "12"},
        )

    async def test_values_that_are_refused(self, threads: Threads, office: Office) -> None:
        thread_id = await office.thread()
        with pytest.raises(InvalidValue):
            await threads.rename(thread_id, " ")
        with pytest.raises(InvalidValue):
            await threads.set_metadata(thread_id, {"": "x"})
        customer = (await threads.open(thread_id)).customer
        with pytest.raises(InvalidValue):
            await threads.save_customer(replace(customer, metadata={"k" * 65: ""}))

    async def test_a_customer_is_saved(self, threads: Threads, office: Office) -> None:
        thread_id = await office.thread()
        customer = replace((await threads.open(thread_id)).customer, name="Ada King", notes="VIP")
        await threads.save_customer(customer)
        assert (await threads.open(thread_id)).customer == customer

    async def test_the_bin(self, threads: Threads, office: Office) -> None:
        kept, binned = await office.thread("a"), await office.thread("b")
        before = await threads.open(binned)
        await threads.delete(binned)
        assert [summary.thread.id for summary in await threads.list()] == [kept]
        assert [summary.thread.id for summary in await threads.list(deleted=True)] == [binned]
        await threads.restore(binned)
        assert await threads.open(binned) == before
        assert await threads.list(deleted=True) == ()

    async def test_unknown_threads(self, threads: Threads) -> None:
        for work in (threads.open("thread_x"), threads.delete("thread_x"), threads.mark_sent("thread_x", "Text")):
            with pytest.raises(NotFound):
                await work

    async def test_runs_are_shown_newest_first(self, threads: Threads, office: Office) -> None:
        thread_id = await office.thread("How long?")
        await office.assistant()
        drafting = office.drafting(ScriptedModel([mp.Completed()], repeat=True))
        runs = [await drafting.draft_reply(thread_id) for _ in range(3)]
        assert list((await threads.open(thread_id)).runs) == runs[::-1]
