from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.drafts import RevisionReason
from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.domain.ports import model_provider as mp
from tests.fakes.scripted_model import ScriptedModel

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run
    from tests.unit.application.office import Office


async def suggested(office: Office, thread_id: str, text: str) -> Run:
    """A run of this thread with this text, offered."""
    order = await office.order()
    model = ScriptedModel([mp.TextDelta(text), mp.Completed()])
    run = await office.play(model, order)
    await office.drafts.offer(thread_id, run.id)
    return run


async def kept(office: Office, thread_id: str) -> list[tuple[str, RevisionReason]]:
    """Revisions, oldest first."""
    return [(one.text, one.reason) for one in reversed(await office.drafts.revisions(thread_id))]


class TestSaving:
    async def test_a_thread_begins_with_an_empty_draft(self, office: Office) -> None:
        opened = await office.drafts.load(await office.thread())
        assert (opened.draft.text, opened.run, opened.suggestion) == ("", None, None)

    async def test_what_was_saved_is_there(self, office: Office) -> None:
        thread_id = await office.thread()
        await office.drafts.save(thread_id, "Dear Ada,")
        assert (await office.drafts.load(thread_id)).draft.text == "Dear Ada,"

    async def test_calls_take_effect_in_their_order(self, office: Office) -> None:
        thread_id = await office.thread()
        await asyncio.gather(*(office.drafts.save(thread_id, f"text {number}") for number in range(50)))
        opened = await office.drafts.load(thread_id)
        assert (opened.draft.text, opened.draft.sequence) == ("text 49", 50)

    async def test_accepting_after_saving_sees_what_was_saved(self, office: Office) -> None:
        thread_id = await office.thread()
        run = await suggested(office, thread_id, "Suggested")
        _, opened = await asyncio.gather(office.drafts.save(thread_id, "My own words"), office.drafts.accept(thread_id))
        assert opened.draft.text == run.text
        assert await kept(office, thread_id) == [("My own words", RevisionReason.REPLACED)]

    @pytest.mark.parametrize("empty", ["", "  \n"])
    async def test_emptying_keeps_a_revision(self, office: Office, empty: str) -> None:
        thread_id = await office.thread()
        await office.drafts.save(thread_id, "Dear Ada,")
        await office.drafts.save(thread_id, empty)
        assert (await office.drafts.load(thread_id)).draft.text == empty
        assert await kept(office, thread_id) == [("Dear Ada,", RevisionReason.EMPTIED)]

    async def test_saving_the_same_again_writes_nothing(self, office: Office) -> None:
        thread_id = await office.thread()
        for _ in range(3):
            await office.drafts.save(thread_id, "Dear Ada,")
        assert (await office.drafts.load(thread_id)).draft.sequence == 1

    async def test_threads_do_not_wait_for_each_other(self, office: Office) -> None:
        one, two = await office.thread(), await office.thread()
        await asyncio.gather(office.drafts.save(one, "one"), office.drafts.save(two, "two"))
        assert (await office.drafts.load(one)).draft.text == "one"
        assert (await office.drafts.load(two)).draft.text == "two"


class TestSuggestions:
    async def test_a_suggestion_waits_beside_the_text(self, office: Office) -> None:
        thread_id = await office.thread()
        await office.drafts.save(thread_id, "My own words")
        run = await suggested(office, thread_id, "Suggested")
        opened = await office.drafts.load(thread_id)
        assert (opened.draft.text, opened.run, opened.suggestion) == ("My own words", None, run)
        assert Changed(Topic.DRAFTS, thread_id) in office.heard

    async def test_accepting_keeps_the_old_text(self, office: Office) -> None:
        thread_id = await office.thread()
        await office.drafts.save(thread_id, "My own words")
        run = await suggested(office, thread_id, "Suggested [1]")
        opened = await office.drafts.accept(thread_id)
        assert (opened.draft.text, opened.run, opened.suggestion) == ("Suggested [1]", run, None)
        assert await kept(office, thread_id) == [("My own words", RevisionReason.REPLACED)]

    async def test_accepting_over_nothing_keeps_nothing(self, office: Office) -> None:
        thread_id = await office.thread()
        await suggested(office, thread_id, "Suggested")
        await office.drafts.accept(thread_id)
        assert await kept(office, thread_id) == []

    async def test_nothing_to_accept(self, office: Office) -> None:
        with pytest.raises(NotFound):
            await office.drafts.accept(await office.thread())

    async def test_a_suggestion_is_accepted_once(self, office: Office) -> None:
        thread_id = await office.thread()
        await suggested(office, thread_id, "Suggested")
        one, two = await asyncio.gather(
            office.drafts.accept(thread_id), office.drafts.accept(thread_id), return_exceptions=True
        )
        assert not isinstance(one, BaseException)
        assert isinstance(two, NotFound)

    async def test_a_newer_suggestion_takes_the_place_of_an_older(self, office: Office) -> None:
        thread_id = await office.thread()
        older = await suggested(office, thread_id, "Older")
        newer = await suggested(office, thread_id, "Newer")
        assert (await office.drafts.load(thread_id)).suggestion == newer
        assert (await office.workspace.journal.retrieve(older.id)).text == "Older"

    async def test_dismissing_leaves_the_text(self, office: Office) -> None:
        thread_id = await office.thread()
        await office.drafts.save(thread_id, "My own words")
        await suggested(office, thread_id, "Suggested")
        opened = await office.drafts.dismiss(thread_id)
        assert (opened.draft.text, opened.suggestion) == ("My own words", None)
        assert await office.drafts.dismiss(thread_id) == opened

    async def test_editing_an_accepted_text_keeps_its_sources(self, office: Office) -> None:
        thread_id = await office.thread()
        run = await suggested(office, thread_id, "Suggested [1]")
        await office.drafts.accept(thread_id)
        await office.drafts.save(thread_id, "Suggested [1], edited")
        assert (await office.drafts.load(thread_id)).run == run
        await office.drafts.save(thread_id, "")
        await office.drafts.save(thread_id, "All new")
        assert (await office.drafts.load(thread_id)).run is None


class TestRestoring:
    async def test_an_earlier_text_comes_back_with_its_run(self, office: Office) -> None:
        thread_id = await office.thread()
        run = await suggested(office, thread_id, "Suggested [1]")
        await office.drafts.accept(thread_id)
        await office.drafts.save(thread_id, "")
        await office.drafts.save(thread_id, "Something else")
        (revision,) = await office.drafts.revisions(thread_id)
        opened = await office.drafts.restore(thread_id, revision.id)
        assert (opened.draft.text, opened.run) == ("Suggested [1]", run)
        assert await kept(office, thread_id) == [
            ("Suggested [1]", RevisionReason.EMPTIED),
            ("Something else", RevisionReason.RESTORED),
        ]

    async def test_an_unknown_revision(self, office: Office) -> None:
        with pytest.raises(NotFound):
            await office.drafts.restore(await office.thread(), "rev_unknown")

    async def test_a_revision_of_another_thread(self, office: Office) -> None:
        one, two = await office.thread(), await office.thread()
        await office.drafts.save(one, "text")
        await office.drafts.save(one, "")
        (revision,) = await office.drafts.revisions(one)
        with pytest.raises(NotFound):
            await office.drafts.restore(two, revision.id)

    async def test_sent_text_is_kept(self, office: Office) -> None:
        thread_id = await office.thread()
        await office.drafts.save(thread_id, "Dear Ada,")
        await suggested(office, thread_id, "Suggested")
        await office.drafts.clear_sent(thread_id)
        opened = await office.drafts.load(thread_id)
        assert (opened.draft.text, opened.suggestion) == ("", None)
        assert await kept(office, thread_id) == [("Dear Ada,", RevisionReason.SENT)]


async def test_every_change_but_typing_is_published(office: Office) -> None:
    """Who types knows; a save that came back to its own editor would move the cursor."""
    thread_id = await office.thread()
    await office.drafts.save(thread_id, "Dear Ada,")
    assert Changed(Topic.DRAFTS, thread_id) not in office.heard
