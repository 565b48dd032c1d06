"""Folders that stores follow: what changed in them is looked for, shown, and taken over once a person agrees.

The folders are walked and their files' sizes and times compared, every minute while the program runs. Nothing tells of
changes on network shares, and a system gives out few watches; a walk over 10,000 files takes a fifth of a second.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.folder_changes import (
    ChangeKind,
    FolderChange,
    FolderScan,
    Hashes,
    changes_in,
    scan,
)
from iaposte_desktop.domain.errors import NotFound, ProviderError
from iaposte_desktop.domain.file_attributes import of_newer_version
from iaposte_desktop.domain.folders import SyncedFolder
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.knowledge import FileToAdd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.changes import Change, ChangeFeed
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import SyncedFolderRepository
    from iaposte_desktop.domain.tasks import Task

WATCHED_EVERY: Final = 60.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class FolderState:
    """What the last look found. `changes` mean nothing where the folder was not reachable."""

    folder: SyncedFolder
    is_reachable: bool
    changes: tuple[FolderChange, ...] = ()

    def count(self, kind: ChangeKind) -> int:
        return sum(change.kind is kind for change in self.changes)


class FolderSync:
    """Lives on the program's loop."""

    def __init__(
        self, folders: SyncedFolderRepository, knowledge: Knowledge, changes: ChangeFeed, clock: Clock
    ) -> None:
        self._folders = folders
        self._knowledge = knowledge
        self._changes = changes
        self._clock = clock
        self._states: dict[str, FolderState] = {}
        self._scans: dict[str, FolderScan | None] = {}
        self._hashes: Hashes = {}
        self._stores_changed: set[str] = set()
        self._wake = asyncio.Event()
        changes.subscribe(self._on_change)

    async def follow(self, store_id: str, path: Path) -> FolderState:
        """From now on, and what is in it now; `path` is absolute. Following twice is following once."""
        for folder in await self._folders.list():
            if (folder.store_id, folder.path) == (store_id, str(path)):
                return await self.look(folder.id)
        folder = SyncedFolder(new_id("folder"), store_id, str(path))
        await self._folders.save(folder)
        return await self.look(folder.id)

    async def unfollow(self, folder_id: str) -> None:
        """The files that came from it stay in the store."""
        folder = await self._retrieve(folder_id)
        await self._forget(folder)

    async def set_watched(self, folder_id: str, is_watched: bool) -> None:
        folder = replace(await self._retrieve(folder_id), is_watched=is_watched)
        await self._folders.save(folder)
        if (state := self._states.get(folder_id)) is not None:
            self._states[folder_id] = replace(state, folder=folder)

    async def of_store(self, store_id: str) -> tuple[FolderState, ...]:
        """As of the last look; reachable and without changes where there was none yet."""
        folders = [folder for folder in await self._folders.list() if folder.store_id == store_id]
        return tuple(self._states.get(folder.id, FolderState(folder, is_reachable=True)) for folder in folders)

    async def look(self, folder_id: str) -> FolderState:
        """Now. Raises NotFound, ProviderError."""
        folder = await self._retrieve(folder_id)
        try:
            able = await self._knowledge.capabilities(folder.store_id)
            held = await self._knowledge.files(folder.store_id)
        except NotFound:
            await self._forget(folder)
            raise
        root = Path(folder.path)
        found = await asyncio.to_thread(scan, root, able.suffixes)
        changes = None
        if found is not None:
            changes = await asyncio.to_thread(changes_in, root, found, held, self._hashes)
        state = FolderState(folder, changes is not None, changes or ())
        self._scans[folder_id] = found
        if self._states.get(folder_id) != state:
            self._states[folder_id] = state
            self._changes.publish(Changed(Topic.FOLDERS, folder.store_id))
        return state

    async def take_over(self, folder_id: str, changes: Sequence[FolderChange]) -> Task | None:
        """What a person chose of them, as one task; None where files were only removed. What is removed leaves the
        store for good; what changed is replaced by its newer version, once that is read."""
        folder = await self._retrieve(folder_id)
        gone = [change.file.id for change in changes if change.kind is ChangeKind.REMOVED and change.file is not None]
        if gone:
            await self._knowledge.remove_files(folder.store_id, gone)
        files = [_to_add(change) for change in changes if change.kind is not ChangeKind.REMOVED]
        task = await self._knowledge.add(folder.store_id, files) if files else None
        await self._folders.save(replace(folder, synced_at=self._clock()))
        await self.look(folder_id)
        return task

    async def watch(self, every: float = WATCHED_EVERY) -> None:
        """Until it is cancelled. Changes of the watched folders are published as Topic.FOLDERS."""
        while True:
            stores_changed, self._stores_changed = self._stores_changed, set()
            self._wake.clear()
            for folder in await self._folders.list():
                try:
                    await self._watch_once(folder, is_store_changed=folder.store_id in stores_changed)
                except ProviderError:
                    continue  # The store's server does not answer now.
            # Not `wait_for`: until Python 3.12 it swallows a cancellation that comes at the moment of the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(every):
                    await self._wake.wait()

    async def _watch_once(self, folder: SyncedFolder, *, is_store_changed: bool) -> None:
        """A store may be at a server: it is asked where it changed, or something in the folder did."""
        try:
            if is_store_changed:
                await self._knowledge.retrieve(folder.store_id)
            able = await self._knowledge.capabilities(folder.store_id)
        except NotFound:
            await self._forget(folder)
            return
        if not folder.is_watched:
            return
        found = await asyncio.to_thread(scan, Path(folder.path), able.suffixes)
        if is_store_changed or folder.id not in self._states or found != self._scans.get(folder.id):
            await self.look(folder.id)

    async def _retrieve(self, folder_id: str) -> SyncedFolder:
        for folder in await self._folders.list():
            if folder.id == folder_id:
                return folder
        raise NotFound(folder_id)

    async def _forget(self, folder: SyncedFolder) -> None:
        await self._folders.delete([folder.id])
        self._states.pop(folder.id, None)
        self._scans.pop(folder.id, None)
        self._changes.publish(Changed(Topic.FOLDERS, folder.store_id))

    def _on_change(self, change: Change) -> None:
        if isinstance(change, Changed) and change.topic is Topic.STORES and change.id:
            self._stores_changed.add(change.id)
            self._wake.set()


def _to_add(change: FolderChange) -> FileToAdd:
    if change.file is None:
        return FileToAdd(change.path)
    is_newer = change.kind is ChangeKind.CHANGED
    attributes = of_newer_version(change.file.attributes) if is_newer else change.file.attributes
    return FileToAdd(change.path, attributes, change.file.id)
