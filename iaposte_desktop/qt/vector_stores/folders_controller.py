"""The folders that the chosen store follows: following one, telling what changed, taking it over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.folder_changes import ChangeKind
from iaposte_desktop.application.labels import personal_data
from iaposte_desktop.qt.lib.controller import Controller
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.lib.questions import ask, ask_folder, closed
from iaposte_desktop.qt.vector_stores.folder_dialog import FolderDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iaposte_desktop.application.changes import Change
    from iaposte_desktop.application.folder_changes import FolderChange
    from iaposte_desktop.application.folder_sync import FolderState, FolderSync
    from iaposte_desktop.application.preflight import Preflight
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.qt.lib.source_opener import Notify
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.files_header import FilesHeader


class FoldersController(Controller):
    """`tell` says how the adding of files ended."""

    def __init__(
        self,
        header: FilesHeader,
        runtime: Runtime,
        *,
        folders: FolderSync,
        preflight: Preflight,
        tell: Callable[[Task], None],
        notify: Notify,
    ) -> None:
        super().__init__(runtime, header)
        self._header = header
        self._folders = folders
        self._preflight = preflight
        self._tell = tell
        self._notify = notify
        self._store_id = ""
        runtime.changed.connect(self._on_changed)
        header.follow.triggered.connect(lambda: self.scope.start(self._choose(), "choose a folder to follow"))
        header.news.review_requested.connect(self.review)

    def show_store(self, store_id: str) -> None:
        self._store_id = store_id
        self._header.show_folders(())
        if store_id:
            self.scope.start_latest(self._read(), "folders")

    def follow(self, path: Path) -> None:
        """What is in it now is shown at once."""
        self._follow_later(self._store_id, path)

    def review(self, folder_id: str) -> None:
        """Looks again first."""
        self.scope.start(self._review(folder_id), "review folder")

    async def aclose(self) -> None:
        self.runtime.changed.disconnect(self._on_changed)
        await super().aclose()

    async def _read(self) -> None:
        store_id = self._store_id
        states = await self.call(self._folders.of_store(store_id))
        if store_id == self._store_id:
            self._header.show_folders(states, self.review)

    async def _choose(self) -> None:
        store_id = self._store_id
        path = await ask_folder(self._header)
        if path is not None and store_id:
            await self._follow(store_id, path)

    async def _follow(self, store_id: str, path: Path) -> None:
        await self._ask(await self.call(self._folders.follow(store_id, path)))

    async def _review(self, folder_id: str) -> None:
        await self._ask(await self.call(self._folders.look(folder_id)))

    async def _ask(self, state: FolderState) -> None:
        folder_id = state.folder.id
        dialog = FolderDialog(state, self._header)
        dialog.watch_toggled.connect(
            lambda is_watched: self.scope.start(self._set_watched(folder_id, is_watched), "watch folder")
        )
        dialog.unfollow_requested.connect(dialog.reject)
        dialog.unfollow_requested.connect(lambda: self.scope.start(self._unfollow(state), "unfollow folder"))
        if await closed(dialog) == FolderDialog.DialogCode.Accepted:
            chosen = dialog.chosen
            if await self._may_send(state.folder.store_id, chosen):
                await self._take_over(folder_id, chosen)

    async def _may_send(self, store_id: str, changes: Sequence[FolderChange]) -> bool:
        """Personal data do not leave this machine before somebody has read how many there are."""
        paths = [change.path for change in changes if change.kind is not ChangeKind.REMOVED]
        self._header.setCursor(Qt.CursorShape.BusyCursor)
        try:
            found = await self.call(self._preflight.personal_data_sent(store_id, paths))
        finally:
            self._header.unsetCursor()
        if not found:
            return True
        question = self.tr("Send files with personal data?")
        advice = self.tr("They hold {0}, and would leave this machine for the store’s server.")
        counts = personal_data(found, current_language())
        return await ask(self._header, question, advice.format(counts), self.tr("Send"))

    async def _take_over(self, folder_id: str, changes: Sequence[FolderChange]) -> None:
        task = await self.call(self._folders.take_over(folder_id, changes))
        if task is not None:
            self._tell(task)
        else:
            self._notify(self.tr("%n file(s) removed", "", len(changes)), "", None)

    async def _set_watched(self, folder_id: str, is_watched: bool) -> None:
        await self.call(self._folders.set_watched(folder_id, is_watched))

    async def _unfollow(self, state: FolderState) -> None:
        await self.call(self._folders.unfollow(state.folder.id))
        path = Path(state.folder.path)
        text = self.tr("“{0}” is no longer followed; its files stay").format(visible(path.name))
        self._notify(text, self.tr("Undo"), lambda: self._follow_later(state.folder.store_id, path))

    def _follow_later(self, store_id: str, path: Path) -> None:
        self.scope.start(self._follow(store_id, path), "follow folder")

    def _on_changed(self, batch: tuple[Change, ...]) -> None:
        if Changed(Topic.FOLDERS, self._store_id) in batch:
            self.scope.start_latest(self._read(), "folders")
