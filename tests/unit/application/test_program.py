"""The program as it is composed, without a face: one draft end to end, and what a start finds to mend."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import FileProgressed
from iaposte_desktop.application.templates import Template
from iaposte_desktop.compose import open_program
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.errors import StorageError
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.runs import RunStatus, StepKind
from iaposte_desktop.domain.tasks import TaskStatus
from iaposte_desktop.domain.usage import FREE
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.platform.settings import SettingsFile

KNOWLEDGE = {
    "refunds.md": "# Refunds\n\nA refund takes ten working days after we received the parcel.\n",
    "gift-cards.md": "# Gift cards\n\nGift cards are valid for two years and can be used in every shop.\n",
    "delivery.md": "# Delivery\n\nParcels leave our warehouse every morning and arrive within three days.\n",
    "warranty.md": "# Warranty\n\nLamps are covered for two years, bulbs are not covered.\n",
    "invoices.md": "# Invoices\n\nYou find the invoice of each order in your account.\n",
}


@pytest.fixture
async def program(profile: Profile, settings: SettingsFile) -> AsyncIterator[Program]:
    opened = await open_program(profile, settings)
    yield opened
    await opened.aclose()


async def test_one_draft_end_to_end(program: Program, tmp_path: Path) -> None:
    for name, text in KNOWLEDGE.items():
        (tmp_path / name).write_text(text, "utf-8")
    store = await program.knowledge.create(StoreDetails("Shop"))
    await program.knowledge.upload(store.id, [tmp_path / name for name in KNOWLEDGE])
    assistant = await program.assistants.create_from_template(Template.EMAIL_REPLY, "en")
    await program.assistants.save_version(
        assistant.id, replace(assistant.version.settings, vector_store_ids=(store.id,))
    )
    imported = await program.threads.import_text(
        "Hello,\n\nHow long does a refund take?\n\nThank you\nAda", sender_address="ada@example.org"
    )
    run = await program.drafting.draft_reply(imported.thread_id)
    assert (run.status, run.cost, run.usage.estimated) == (RunStatus.COMPLETED, FREE, True)
    assert "ten working days" in run.text
    assert {citation.match for citation in run.citations} == {CitationMatch.EXACT}
    assert [step.kind for step in run.steps] == [StepKind.SEARCH, StepKind.WRITING, StepKind.CHECKING]
    cited = [file.name for file in await program.knowledge.files(store.id) if file.last_cited_at]
    assert cited == ["refunds.md"]
    opened = await program.drafts.accept(imported.thread_id)
    await program.threads.mark_sent(imported.thread_id, opened.draft.text)
    assert "[1]" not in (await program.threads.open(imported.thread_id)).messages[-1].text


async def test_an_upload_goes_on_at_the_next_start(profile: Profile, settings: SettingsFile, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(10)]
    for path in paths:
        path.write_text(f"Text of {path.name}.", "utf-8")
    first = await open_program(profile, settings)
    begun: list[object] = []
    first.changes.subscribe(begun.append)
    store = await first.knowledge.create(StoreDetails("Shop"))
    first.scope.start(first.knowledge.upload(store.id, paths), "upload")
    await until(lambda: any(isinstance(change, FileProgressed) for change in begun))
    await first.aclose()

    second = await open_program(profile, settings)
    recovered = await second.recover()
    assert 0 < recovered.files <= len(paths)
    assert recovered.runs == ()
    await until(lambda: any(task.status is TaskStatus.COMPLETED for task in second.board.list()))
    assert [file.status for file in await second.knowledge.files(store.id)] == [FileStatus.COMPLETED] * len(paths)
    await second.aclose()


async def test_a_start_with_nothing_to_mend(program: Program) -> None:
    recovered = await program.recover()
    assert (recovered.runs, recovered.files, recovered.repaired) == ((), 0, None)


async def test_a_closed_program_refuses_work(profile: Profile, settings: SettingsFile) -> None:
    program = await open_program(profile, settings)
    await program.aclose()
    with pytest.raises(StorageError):
        await program.threads.list()


async def test_background_work_ends_with_the_program(profile: Profile, settings: SettingsFile) -> None:
    program = await open_program(profile, settings)
    task = program.scope.start(asyncio.Event().wait(), "work")
    await program.aclose()
    assert task.cancelled()
