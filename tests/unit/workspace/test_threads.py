from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.drafts import Draft, DraftRevision, RevisionReason
from iaposte_desktop.domain.errors import NotFound, StorageError
from iaposte_desktop.domain.threads import Attachment, Customer, Message, Role, Thread, ThreadStatus
from tests.unit.workspace.samples import NOW, at, customer, headers, journal_of, message, thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.workspace.workspace import SqlWorkspace


async def test_a_customer_comes_back_whole_and_is_replaced_by_id(workspace: SqlWorkspace) -> None:
    first = replace(customer(), notes="rappelé", metadata={"crm": "42"})
    await workspace.customers.save(first)
    assert await workspace.customers.retrieve("cust_1") == first
    await workspace.customers.save(replace(first, name="Ann Durand"))
    assert [each.name for each in await workspace.customers.list()] == ["Ann Durand"]


async def test_a_customer_is_found_by_address_without_case(workspace: SqlWorkspace) -> None:
    await workspace.customers.save(customer(email="Ann.MARTIN@Straße.example"))
    found = await workspace.customers.by_email("ann.martin@STRASSE.example")
    assert found is not None
    assert found.email == "Ann.MARTIN@Straße.example"
    assert await workspace.customers.by_email("ann@example.org") is None


async def test_replacing_a_customer_leaves_their_threads(with_thread: SqlWorkspace) -> None:
    await with_thread.customers.save(Customer("cust_1", "New name", "new@example.org", NOW))
    assert await with_thread.threads.retrieve("thread_1") == thread()


async def test_what_is_not_there_is_not_found(workspace: SqlWorkspace) -> None:
    with pytest.raises(NotFound, match="cust_9"):
        await workspace.customers.retrieve("cust_9")
    with pytest.raises(NotFound, match="thread_9"):
        await workspace.threads.retrieve("thread_9")
    assert await workspace.threads.messages("thread_9") == ()


async def test_a_thread_of_nobody_is_refused(workspace: SqlWorkspace) -> None:
    with pytest.raises(StorageError):
        await workspace.threads.save(thread())
    assert await workspace.threads.summaries() == ()


async def test_changes_at_the_same_time_all_count(with_thread: SqlWorkspace) -> None:
    def add(key: str) -> Callable[[Thread], Thread]:
        return lambda before: replace(before, subject=f"{before.subject}!", metadata={**before.metadata, key: "x"})

    await asyncio.gather(*(with_thread.threads.change("thread_1", add(f"key_{n}")) for n in range(10)))
    kept = await with_thread.threads.retrieve("thread_1")
    assert len(kept.metadata) == 10
    assert await with_thread.threads.change("thread_1", lambda before: before) == kept
    assert await with_thread.threads.open_thread("cust_1", "Colis perdu" + "!" * 10) == "thread_1"
    with pytest.raises(NotFound, match="thread_9"):
        await with_thread.threads.change("thread_9", add("key"))


async def test_a_message_comes_back_whole(with_thread: SqlWorkspace) -> None:
    mail = replace(headers("<1@shop>"), references=("<0@shop>",), date=at(-5))
    whole = Message(
        id="msg_1",
        thread_id="thread_1",
        role=Role.CUSTOMER,
        text="Où est mon colis ?\n",
        created_at=at(1),
        quoted="> hier",
        signature="Ann",
        language="fr",
        headers=mail,
        attachments=(Attachment("facture.pdf", "application/pdf", 1200),),
        warnings=("hidden_text",),
        run_id="run_1",
    )
    assert await with_thread.threads.add_message(whole)
    assert await with_thread.threads.messages("thread_1") == (whole,)


async def test_text_that_is_no_unicode_is_kept_as_well_as_it_goes(with_thread: SqlWorkspace) -> None:
    await with_thread.threads.add_message(replace(message(), text="a\ud800b"))
    assert (await with_thread.threads.messages("thread_1"))[0].text == "a?b"


async def test_messages_come_oldest_first_and_at_one_time_as_they_were_added(with_thread: SqlWorkspace) -> None:
    for identity, minutes in (("msg_late", 9), ("msg_b", 1), ("msg_a", 1)):
        await with_thread.threads.add_message(message(identity, minutes=minutes))
    assert [each.id for each in await with_thread.threads.messages("thread_1")] == ["msg_b", "msg_a", "msg_late"]


async def test_the_same_mail_is_added_once(with_thread: SqlWorkspace) -> None:
    await with_thread.threads.save(thread("thread_2"))
    assert await with_thread.threads.add_message(message("msg_1", mail="<1@shop>"))
    assert not await with_thread.threads.add_message(message("msg_2", mail="<1@shop>", thread_id="thread_2"))
    assert await with_thread.threads.messages("thread_2") == ()


@pytest.mark.parametrize("mail", [None, ""])
async def test_mails_without_an_identity_are_not_the_same(with_thread: SqlWorkspace, mail: str | None) -> None:
    assert await with_thread.threads.add_message(message("msg_1", mail=mail))
    assert await with_thread.threads.add_message(message("msg_2", mail=mail))
    assert len(await with_thread.threads.messages("thread_1")) == 2


async def test_the_latest_thread_with_one_of_the_message_ids(with_thread: SqlWorkspace) -> None:
    await with_thread.threads.save(thread("thread_2"))
    await with_thread.threads.add_message(message("msg_1", mail="<1@shop>", minutes=5))
    await with_thread.threads.add_message(message("msg_2", mail="<2@shop>", minutes=3, thread_id="thread_2"))
    assert await with_thread.threads.thread_of_message_ids(["<2@shop>", "<0@shop>"]) == "thread_2"
    many = [f"<{number}@elsewhere>" for number in range(1200)]
    assert await with_thread.threads.thread_of_message_ids(["<2@shop>", *many, "<1@shop>"]) == "thread_1"
    assert await with_thread.threads.thread_of_message_ids(many) is None
    assert await with_thread.threads.thread_of_message_ids([]) is None


async def test_message_ids_in_the_bin_are_passed_over(with_thread: SqlWorkspace) -> None:
    await with_thread.threads.add_message(message(mail="<1@shop>"))
    await with_thread.threads.save(replace(thread(), deleted_at=NOW))
    assert await with_thread.threads.thread_of_message_ids(["<1@shop>"]) is None


async def test_the_newest_open_thread_under_a_subject(with_thread: SqlWorkspace) -> None:
    await with_thread.threads.save(thread("thread_2", "RE : Colis  perdu", minutes=5))
    await with_thread.threads.save(thread("thread_3", "Facture", minutes=9))
    assert await with_thread.threads.open_thread("cust_1", "TR: colis perdu") == "thread_2"
    assert await with_thread.threads.open_thread("cust_2", "colis perdu") is None
    await with_thread.threads.save(replace(thread("thread_2", "Colis perdu", minutes=5), status=ThreadStatus.CLOSED))
    assert await with_thread.threads.open_thread("cust_1", "colis perdu") == "thread_1"
    await with_thread.threads.save(replace(thread(), deleted_at=NOW))
    assert await with_thread.threads.open_thread("cust_1", "colis perdu") is None


async def test_an_empty_subject_tells_of_no_matter(with_thread: SqlWorkspace) -> None:
    await with_thread.threads.save(thread("thread_2", "Re:"))
    assert await with_thread.threads.open_thread("cust_1", "Fwd: ") is None


async def test_summaries_show_the_last_message_and_whether_there_is_a_draft(with_thread: SqlWorkspace) -> None:
    for number in (2, 3, 4):
        await with_thread.threads.save(thread(f"thread_{number}", minutes=number))
    await with_thread.threads.add_message(message("msg_1"))
    await with_thread.threads.add_message(replace(message("msg_2", minutes=1), text="x" * 5000))
    await with_thread.drafts.save(Draft("thread_1", "Bonjour", NOW))
    await with_thread.drafts.save(Draft("thread_2", "", NOW, suggestion_run_id="run_1"))
    await with_thread.drafts.save(Draft("thread_3", "", NOW))
    found = await with_thread.threads.summaries()
    assert [each.thread.id for each in found] == ["thread_4", "thread_3", "thread_2", "thread_1"]
    assert [each.has_draft for each in found] == [False, False, True, True]
    assert [each.messages for each in found] == [0, 0, 0, 2]
    assert (found[0].preview, found[3].preview) == ("", "x" * 200)
    assert (found[3].thread, found[3].customer_name, found[3].customer_email) == (
        thread(),
        "Ann Martin",
        "ann@example.org",
    )


async def test_the_bin_is_apart(with_thread: SqlWorkspace) -> None:
    binned = replace(thread("thread_2"), deleted_at=at(3))
    await with_thread.threads.save(binned)
    assert [each.thread.id for each in await with_thread.threads.summaries()] == ["thread_1"]
    assert [each.thread for each in await with_thread.threads.summaries(deleted=True)] == [binned]


async def test_deleting_a_thread_takes_all_that_is_its_own(with_thread: SqlWorkspace) -> None:
    entries, runs = journal_of([])
    await with_thread.threads.add_message(message(mail="<1@shop>"))
    await with_thread.journal.append(entries, runs[-1])
    revision = DraftRevision("rev_1", "thread_1", "old", RevisionReason.REPLACED, NOW)
    await with_thread.drafts.save(Draft("thread_1", "new", NOW), revision)
    await with_thread.threads.delete("thread_1")
    await with_thread.threads.delete("thread_1")
    assert await with_thread.threads.summaries() == ()
    assert await with_thread.drafts.retrieve("thread_1") is None
    assert await with_thread.journal.unfinished() == ()
    await with_thread.threads.save(thread())
    assert await with_thread.threads.messages("thread_1") == ()
    assert await with_thread.drafts.revisions("thread_1") == ()
    assert await with_thread.journal.entries("run_1") == ()
    assert await with_thread.threads.add_message(message(mail="<1@shop>"))
