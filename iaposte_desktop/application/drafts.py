"""The agent's drafts: autosaved, never overwritten by a suggestion, and never emptied without a revision."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.drafts import Draft, DraftRevision, RevisionReason
from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.runs import Run

if TYPE_CHECKING:
    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import DraftRepository, RunJournal


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with the runs it speaks of: `run` is the one its markers refer to, `suggestion` waits for a decision."""

    draft: Draft
    run: Run | None = None
    suggestion: Run | None = None


class Drafts:
    """Calls for one thread take effect in the order they were made."""

    def __init__(self, drafts: DraftRepository, journal: RunJournal, changes: ChangeFeed, clock: Clock) -> None:
        self._drafts = drafts
        self._journal = journal
        self._changes = changes
        self._clock = clock
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def load(self, thread_id: str) -> OpenDraft:
        draft = await self._current(thread_id)
        return OpenDraft(draft, await self._run(draft.run_id), await self._run(draft.suggestion_run_id))

    async def save(self, thread_id: str, text: str) -> None:
        """Durable when it returns. Emptying the draft keeps what it held as a revision."""
        async with self._locks[thread_id]:
            draft = await self._current(thread_id)
            if text == draft.text:
                return
            reason = RevisionReason.EMPTIED if draft.text.strip() and not text.strip() else None
            run_id = draft.run_id if text.strip() else None
            await self._store(draft, replace(draft, text=text, run_id=run_id), reason)

    async def offer(self, thread_id: str, run_id: str) -> None:
        """A run's text waits beside the draft; an older suggestion gives way (its run stays in the journal)."""
        async with self._locks[thread_id]:
            draft = await self._current(thread_id)
            await self._store(draft, replace(draft, suggestion_run_id=run_id))
        self._changes.publish(Changed(Topic.DRAFTS, thread_id))

    async def accept(self, thread_id: str) -> OpenDraft:
        """The suggestion becomes the draft; the text it replaces is kept as a revision. Raises NotFound without one."""
        async with self._locks[thread_id]:
            draft = await self._current(thread_id)
            run = await self._run(draft.suggestion_run_id)
            if run is None:
                raise NotFound("no suggestion")
            accepted = replace(draft, text=run.text, run_id=run.id, suggestion_run_id=None)
            await self._store(draft, accepted, RevisionReason.REPLACED if draft.text.strip() else None)
        self._changes.publish(Changed(Topic.DRAFTS, thread_id))
        return await self.load(thread_id)

    async def dismiss(self, thread_id: str) -> OpenDraft:
        """The suggestion goes, the agent's text stays."""
        async with self._locks[thread_id]:
            draft = await self._current(thread_id)
            if draft.suggestion_run_id is not None:
                await self._store(draft, replace(draft, suggestion_run_id=None))
        self._changes.publish(Changed(Topic.DRAFTS, thread_id))
        return await self.load(thread_id)

    async def revisions(self, thread_id: str) -> tuple[DraftRevision, ...]:
        return await self._drafts.revisions(thread_id)

    async def restore(self, thread_id: str, revision_id: str) -> OpenDraft:
        """An earlier text becomes the draft again; the present one is kept as a revision. Raises NotFound."""
        async with self._locks[thread_id]:
            revisions = await self._drafts.revisions(thread_id)
            chosen = next((revision for revision in revisions if revision.id == revision_id), None)
            if chosen is None:
                raise NotFound(revision_id)
            draft = await self._current(thread_id)
            restored = replace(draft, text=chosen.text, run_id=chosen.run_id)
            await self._store(draft, restored, RevisionReason.RESTORED if draft.text.strip() else None)
        self._changes.publish(Changed(Topic.DRAFTS, thread_id))
        return await self.load(thread_id)

    async def clear_sent(self, thread_id: str) -> None:
        """After the text was sent: the draft is empty, the text kept as a revision."""
        async with self._locks[thread_id]:
            draft = await self._current(thread_id)
            reason = RevisionReason.SENT if draft.text.strip() else None
            await self._store(draft, replace(draft, text="", run_id=None, suggestion_run_id=None), reason)
        self._changes.publish(Changed(Topic.DRAFTS, thread_id))

    async def _current(self, thread_id: str) -> Draft:
        return await self._drafts.retrieve(thread_id) or Draft(thread_id, "", self._clock())

    async def _run(self, run_id: str | None) -> Run | None:
        return await self._journal.retrieve(run_id) if run_id else None

    async def _store(self, old: Draft, new: Draft, reason: RevisionReason | None = None) -> None:
        """`reason` keeps the old text as a revision."""
        now = self._clock()
        kept = DraftRevision(new_id("rev"), old.thread_id, old.text, reason, now, old.run_id) if reason else None
        await self._drafts.save(replace(new, sequence=old.sequence + 1, updated_at=now), kept)
