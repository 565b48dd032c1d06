"""Sent replies as files of a store, over the whole program: kept, replaced, forgotten, and of nobody."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iaposte_desktop.application.templates import Template
from iaposte_desktop.compose import open_program
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.file_attributes import KIND, PAST_ANSWER
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.ports.vector_stores import details_of
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.platform.settings import SettingsFile
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.application.canaries import Matter, matters
from tests.unit.application.house import House, connected, filled

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.knowledge import VectorStore, VectorStoreFile

MAIL = "Hello,\n\nHow long does a refund take for my order CMD-20481?\n\nThank you\nAda Lovelace"
REPLY = "Hello Ada,\n\nThe refund of CMD-20481 takes ten working days, Ms Lovelace.\n\nKind regards,\nThe shop"


@pytest.fixture
def house(profile: Profile, settings: SettingsFile, tmp_path: Path) -> House:
    return House(profile, settings, tmp_path / "desk")


async def shop(program: Program, **details: object) -> VectorStore:
    """A store that takes past answers, unless told otherwise, and the default assistant that has it."""
    store = await filled(program, **{"takes_past_answers": True, **details})
    assistant = await program.assistants.create_from_template(Template.EMAIL_REPLY, "en")
    changed = replace(assistant.version.settings, vector_store_ids=(store.id,))
    await program.assistants.save_version(assistant.id, changed)
    return store


async def thread_of(
    program: Program, mail: str = MAIL, name: str = "Ada Lovelace", address: str = "ada@example.org"
) -> str:
    imported = await program.threads.import_text(mail, sender_name=name, sender_address=address)
    return imported.thread_id


async def kept(program: Program, store: VectorStore) -> list[VectorStoreFile]:
    """The files, once nothing is on its way any more."""
    await program.past_answers.settled()
    files = await program.knowledge.files(store.id)
    assert [file.error for file in files if file.status is not FileStatus.COMPLETED] == []
    return list(files)


async def test_a_sent_reply_is_found_as_a_past_answer(house: House) -> None:
    async with house.opened() as program:
        store = await shop(program)
        thread_id = await thread_of(program)
        await program.threads.mark_sent(thread_id, REPLY)
        [file] = await kept(program, store)
        sent = (await program.threads.open(thread_id)).messages[-1]
        assert file.attributes == {
            "kind": "past_answer",
            "thread_id": thread_id,
            "language": "en",
            "date": sent.created_at.date().isoformat(),
            "title": "Hello,",
        }
        text = (await program.knowledge.content(store.id, file.id)).text
        assert text.split("\n\n") == [
            "How long does a refund take for my order [order]?",
            "The refund of [order] takes ten working days, Ms [customer].",
        ]
        [passage] = await program.knowledge.search([store.id], "how long until the refund")
        assert passage.attributes[KIND] == PAST_ANSWER
    assert house.staged() == []


async def test_sent_again_it_is_replaced(house: House) -> None:
    async with house.opened() as program:
        store = await shop(program)
        thread_id = await thread_of(program)
        await program.threads.mark_sent(thread_id, REPLY)
        await program.threads.mark_sent(thread_id, REPLY)
        assert len(await kept(program, store)) == 1
        await program.threads.mark_sent(thread_id, REPLY.replace("ten", "five"))
        [file] = await kept(program, store)
        assert "five working days" in (await program.knowledge.content(store.id, file.id)).text


async def test_the_same_reply_to_two_customers_is_one_file(house: House) -> None:
    async with house.opened() as program:
        store = await shop(program)
        for name in ("Ada Lovelace", "Grace Hopper"):
            mail = MAIL.replace("Ada Lovelace", name)
            thread_id = await thread_of(program, mail, name, f"{name.split()[0].lower()}@example.org")
            reply = REPLY.replace("Ada", name.split()[0]).replace("Lovelace", name.split()[1])
            await program.threads.mark_sent(thread_id, reply)
        assert len(await kept(program, store)) == 1


async def test_a_deleted_thread_takes_its_answer_with_it_and_brings_it_back(house: House) -> None:
    async with house.opened() as program:
        store = await shop(program)
        thread_id = await thread_of(program)
        await program.threads.mark_sent(thread_id, REPLY)
        assert len(await kept(program, store)) == 1
        await program.knowledge.update(store.id, replace(details_of(store), takes_past_answers=False))
        await program.threads.delete(thread_id)
        assert await kept(program, store) == [], "whether or not the store takes them now"
        await program.knowledge.update(store.id, details_of(store))
        await program.threads.restore(thread_id)
        assert len(await kept(program, store)) == 1


async def test_stores_that_do_not_take_them_get_none(house: House) -> None:
    async with house.opened() as program:
        store = await shop(program, takes_past_answers=False)
        other = await filled(program, name="Other", takes_past_answers=True)
        await program.threads.mark_sent(await thread_of(program), REPLY)
        assert await kept(program, store) == []
        assert await kept(program, other) == [], "no store of the assistant"


async def test_what_was_sent_just_before_the_end_is_kept(house: House) -> None:
    async with house.opened() as program:
        store = await shop(program)
        await program.threads.mark_sent(await thread_of(program), REPLY)
    async with house.opened() as program:
        assert len(await kept(program, store)) == 1


async def test_without_an_assistant_nothing_is_kept(house: House) -> None:
    async with house.opened() as program:
        store = await filled(program, takes_past_answers=True)
        await program.threads.mark_sent(await thread_of(program), REPLY)
        assert await kept(program, store) == []


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(matters(), min_size=2, max_size=4), matters())
def test_no_customer_is_in_what_a_draft_for_another_one_sends(before: list[Matter], now: Matter) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_drafted(Path(folder), before, now))


async def _drafted(folder: Path, before: list[Matter], now: Matter) -> None:
    profile = Profile.at(folder)
    profile.prepare()
    program = await open_program(profile, SettingsFile(profile.settings_file))
    try:
        with ToyOpenAI(key=None) as toy:
            connection = await connected(program, toy)
            store = await filled(program, takes_past_answers=True)
            assistant = await program.assistants.create_from_template(Template.EMAIL_REPLY, "fr")
            own = replace(
                assistant.version.settings, vector_store_ids=(store.id,), model=ModelRef(connection.id, "toy-1")
            )
            await program.assistants.save_version(assistant.id, own)
            for matter in before:
                who = matter.canary
                thread_id = await thread_of(program, matter.mail.text, who.name, who.email)
                await program.threads.mark_sent(thread_id, matter.reply.text)
            await program.past_answers.settled()
            thread_id = await thread_of(program, now.mail.text, now.canary.name, now.canary.email)
            await program.drafting.draft_reply(thread_id)
            files = await program.knowledge.files(store.id)
            texts = [(await program.knowledge.content(store.id, file.id)).text for file in files]
            found = await program.knowledge.search([store.id], "remboursement refund commande order", limit=50)
            sent = [request.body.decode() for request in toy.requests]
            assert any("toy-1" in body for body in sent)
            own = f"{now.mail.text} {now.canary.name} {now.canary.email}"  # Two may share a number, or a name.
            for matter in before:
                for text in (*texts, *(file.name for file in files), *(p.text for p in found), *sent):
                    assert set(matter.canary.traces_in(text)) <= set(matter.canary.traces_in(own)), text
    finally:
        await program.aclose()
