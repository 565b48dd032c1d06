from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iaposte_desktop.domain.drafts import Draft, DraftRevision, RevisionReason
from iaposte_desktop.domain.errors import StorageError
from tests.unit.workspace.samples import NOW, at

if TYPE_CHECKING:
    from iaposte_desktop.workspace.workspace import SqlWorkspace

DRAFT = Draft("thread_1", "Bonjour", NOW, sequence=4, run_id="run_1", suggestion_run_id="run_2")


def revision(identity: str = "rev_1", *, minutes: float = 0) -> DraftRevision:
    return DraftRevision(identity, "thread_1", "Bonjour", RevisionReason.EMPTIED, at(minutes), "run_1")


async def test_a_draft_comes_back_as_it_was(with_thread: SqlWorkspace) -> None:
    assert await with_thread.drafts.retrieve("thread_1") is None
    assert await with_thread.drafts.save(DRAFT)
    assert await with_thread.drafts.retrieve("thread_1") == DRAFT


@pytest.mark.parametrize("sequence", [4, 3, 0])
async def test_an_older_save_never_replaces_a_newer_one(with_thread: SqlWorkspace, sequence: int) -> None:
    await with_thread.drafts.save(DRAFT)
    older = replace(DRAFT, text="", sequence=sequence)
    assert not await with_thread.drafts.save(older, revision())
    assert not await with_thread.drafts.save(older)
    assert await with_thread.drafts.retrieve("thread_1") == DRAFT
    assert await with_thread.drafts.revisions("thread_1") == ()


@pytest.mark.parametrize("nothing", ["", " \n"])
async def test_a_text_is_emptied_only_with_a_revision(with_thread: SqlWorkspace, nothing: str) -> None:
    await with_thread.drafts.save(DRAFT)
    emptied = replace(DRAFT, text=nothing, sequence=5)
    with pytest.raises(ValueError, match="without a revision"):
        await with_thread.drafts.save(emptied)
    assert await with_thread.drafts.retrieve("thread_1") == DRAFT
    assert await with_thread.drafts.save(emptied, revision())
    assert await with_thread.drafts.retrieve("thread_1") == emptied
    assert await with_thread.drafts.revisions("thread_1") == (revision(),)


async def test_an_empty_draft_may_stay_empty(with_thread: SqlWorkspace) -> None:
    assert await with_thread.drafts.save(replace(DRAFT, text=" "))
    assert await with_thread.drafts.save(replace(DRAFT, text="", sequence=5))


async def test_a_draft_is_not_saved_without_its_revision(with_thread: SqlWorkspace) -> None:
    await with_thread.drafts.save(DRAFT, revision())
    with pytest.raises(StorageError):
        await with_thread.drafts.save(replace(DRAFT, text="new", sequence=5), revision())
    assert await with_thread.drafts.retrieve("thread_1") == DRAFT


async def test_revisions_come_newest_first_and_at_one_time_the_last_first(with_thread: SqlWorkspace) -> None:
    for sequence, (identity, minutes) in enumerate([("rev_late", 9), ("rev_a", 1), ("rev_b", 1)]):
        await with_thread.drafts.save(replace(DRAFT, sequence=sequence), revision(identity, minutes=minutes))
    assert [each.id for each in await with_thread.drafts.revisions("thread_1")] == ["rev_late", "rev_b", "rev_a"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(saves=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "a", "bb"]), st.booleans()), max_size=12))
async def test_a_text_is_replaced_by_newer_ones_and_never_lost(
    with_thread: SqlWorkspace, saves: list[tuple[int, str, bool]]
) -> None:
    """Against a model in three lines, whatever order saves arrive in."""
    before = await with_thread.drafts.retrieve("thread_1")
    base = 0 if before is None else before.sequence + 1
    expected = Draft("thread_1", "", NOW, base)
    kept = len(await with_thread.drafts.revisions("thread_1"))
    await with_thread.drafts.save(expected, revision(f"rev_{base}_start"))
    kept += 1
    for number, (sequence, text, has_revision) in enumerate(saves):
        draft = Draft("thread_1", text, NOW, base + sequence)
        kept_text = revision(f"rev_{base}_{number}") if has_revision else None
        if draft.sequence > expected.sequence and expected.text and not text and not has_revision:
            with pytest.raises(ValueError, match="without a revision"):
                await with_thread.drafts.save(draft, kept_text)
        elif await with_thread.drafts.save(draft, kept_text):
            assert draft.sequence > expected.sequence
            expected = draft
            kept += has_revision
        else:
            assert draft.sequence <= expected.sequence
        assert await with_thread.drafts.retrieve("thread_1") == expected
        assert len(await with_thread.drafts.revisions("thread_1")) == kept
