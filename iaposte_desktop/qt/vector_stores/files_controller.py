"""The files of the chosen store: adding, following, retrying, replacing, removing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.attribute_edits import edited
from iaposte_desktop.application.changes import Changed, FileProgressed, TaskChanged, Topic
from iaposte_desktop.domain.errors import IAPosteError, NotFound, ProviderError
from iaposte_desktop.domain.file_attributes import of_newer_version
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.questions import ask, ask_file, ask_files, ask_folder
from iaposte_desktop.qt.vector_stores.attributes_dialog import AttributesDialog
from iaposte_desktop.qt.vector_stores.places import Place
from iaposte_desktop.qt.vector_stores.preflight_controller import PreflightController
from iaposte_desktop.qt.vector_stores.refresh import Refresh
from iaposte_desktop.qt.vector_stores.texts import file_filters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from iaposte_desktop.application.attribute_edits import AttributeEdits
    from iaposte_desktop.application.changes import Change
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.preflight import Preflight
    from iaposte_desktop.application.tasks import TaskBoard
    from iaposte_desktop.domain.knowledge import VectorStore, VectorStoreFile
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.qt.lib.source_opener import Notify, SourceOpener
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.files_pane import FilesPane


class FilesController(Controller):
    """`show_store` says whose files are shown; uploads into other stores go on meanwhile."""

    def __init__(
        self,
        pane: FilesPane,
        runtime: Runtime,
        *,
        knowledge: Knowledge,
        preflight: Preflight,
        board: TaskBoard,
        sources: SourceOpener,
        notify: Notify,
    ) -> None:
        super().__init__(runtime, pane)
        self._pane = pane
        self._knowledge = knowledge
        self._board = board
        self._notify = notify
        self._store: VectorStore | None = None
        self._place = Place("")
        self._uploads: dict[str, Task] = {}
        self.preflight = PreflightController(pane, runtime, preflight)
        self.preflight.failed.connect(self.failed)
        self.preflight.agreed.connect(lambda store_id, files: self._add_later(store_id, files))
        self.preflight.nothing_found.connect(self._tell_nothing_found)
        self._refresh = Refresh(self.scope, "files", self._read_files)
        runtime.changed.connect(self._on_changed)
        pane.refresh_requested.connect(self.refresh)
        pane.header.add_folder_requested.connect(lambda: self.scope.start(self._choose_folder(), "choose folder"))
        pane.header.add_files_requested.connect(lambda: self.scope.start(self._choose_files(), "choose files"))
        pane.header.stop_requested.connect(lambda task_id: self.scope.start(self._stop(task_id), "stop upload"))
        pane.header.retry_failed.triggered.connect(self._retry_all)
        pane.text_requested.connect(sources.open_file)
        pane.original_requested.connect(sources.open_original)
        pane.retry_requested.connect(lambda files: self.retry([file.id for file in files]))
        pane.replace_requested.connect(
            lambda file: self.scope.start(self._choose_replacement(file), "choose replacement")
        )
        pane.remove_requested.connect(lambda files: self.scope.start(self._ask_remove(files), "ask to remove"))
        pane.attributes_requested.connect(self.edit_attributes)
        self.scope.start(self._read_uploads(), "uploads")

    def show_store(self, store: VectorStore | None, place: Place) -> None:
        """Another store, or the same one changed."""
        is_other = store is None or self._store is None or store.id != self._store.id
        self._store = store
        self._place = place
        self._pane.show_store(store, place)
        if is_other:
            self._show_upload()
            if store is not None:
                self.scope.start_latest(self._read_files(), "first files")

    def refresh(self) -> None:
        self._refresh.ask()

    def add(self, paths: Sequence[Path], *, store: VectorStore | None = None) -> None:
        """Files and folders, into the chosen store unless told otherwise; they are looked at first."""
        target = store or self._store
        if target is not None and paths:
            self.preflight.look_at(target.id, target.name, paths)

    def replace(self, file: VectorStoreFile, path: Path) -> None:
        """Once `path` is read it takes the place of `file`, as its newer version."""
        self._add_later(file.store_id, [FileToAdd(path, of_newer_version(file.attributes), file.id)])

    def edit_attributes(self, files: Sequence[VectorStoreFile]) -> AttributesDialog:
        dialog = AttributesDialog(files, self._pane)
        dialog.submitted.connect(
            lambda edits: self.scope.start(self._save_attributes(dialog, files, edits), "save attributes")
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def retry(self, file_ids: Sequence[str]) -> None:
        """Read again what failed or was cancelled, in the store that is shown."""
        if self._store is not None and file_ids:
            self.scope.start(self._retry_files(self._store.id, file_ids), "retry files")

    def remove(self, files: Sequence[VectorStoreFile]) -> None:
        """For good, without a question."""
        self.scope.start(self._remove(files), "remove files")

    async def aclose(self) -> None:
        self.runtime.changed.disconnect(self._on_changed)  # What the program tells while it closes starts nothing.
        await self.preflight.aclose()
        await super().aclose()

    async def _read_files(self) -> None:
        if self._store is None:
            return
        store_id = self._store.id
        try:
            files = await self.call(self._knowledge.files(store_id))
        except NotFound:  # It was purged meanwhile: the list of stores is on its way.
            return
        except ProviderError as error:
            if self._shows(store_id):
                self._pane.show_failure(sentence_of(error))
            return
        if self._shows(store_id):
            self._pane.set_files(files)

    def _shows(self, store_id: str) -> bool:
        return self._store is not None and self._store.id == store_id

    async def _read_uploads(self) -> None:
        async def tasks() -> tuple[Task, ...]:
            return self._board.list()

        for task in reversed(await self.call(tasks())):
            self._note_task(task)
        self._show_upload()

    def _add_later(self, store_id: str, files: Sequence[FileToAdd]) -> None:
        self.scope.start(self._add(store_id, files), "add files")

    async def _add(self, store_id: str, files: Sequence[FileToAdd]) -> None:
        self.tell(await self.call(self._knowledge.add(store_id, files)))

    async def _retry_files(self, store_id: str, file_ids: Sequence[str]) -> None:
        self.tell(await self.call(self._knowledge.retry(store_id, file_ids)))

    async def _remove(self, files: Sequence[VectorStoreFile]) -> None:
        await self.call(self._knowledge.remove_files(files[0].store_id, [file.id for file in files]))
        self._refresh.ask()
        self._notify(self.tr("%n file(s) removed", "", len(files)), "", None)

    async def _save_attributes(
        self, dialog: AttributesDialog, files: Sequence[VectorStoreFile], edits: AttributeEdits
    ) -> None:
        try:
            await self.call(self._knowledge.set_attributes(files[0].store_id, edited(files, edits)))
        except IAPosteError as error:
            dialog.show_failure(sentence_of(error))
            return
        dialog.accept()

    async def _stop(self, task_id: str) -> None:
        async def cancel() -> None:
            self._board.cancel(task_id)

        await self.call(cancel())

    def _on_changed(self, batch: tuple[Change, ...]) -> None:
        events = []
        for change in batch:
            if isinstance(change, FileProgressed) and self._shows(change.event.file.store_id):
                events.append(change.event)
            elif isinstance(change, Changed) and self._shows(change.id) and self._is_worth_reading(change.topic):
                self._refresh.ask()
            elif isinstance(change, TaskChanged):
                self._note_task(change.task)
                self._show_upload()
        if events:
            self._pane.apply(events)

    def _is_worth_reading(self, topic: Topic) -> bool:
        """An upload that is stopped tells of its store alone. While files go to a server their rows follow the events,
        and its list is asked for at the end."""
        is_sending = any(self._shows(task.target_id) for task in self._uploads.values())
        return topic is Topic.STORES or (topic is Topic.FILES and not (self._place.name and is_sending))

    def _note_task(self, task: Task) -> None:
        if task.kind in (TaskKind.UPLOAD, TaskKind.COPY) and not task.is_over:
            self._uploads[task.id] = task
        else:
            self._uploads.pop(task.id, None)

    def _show_upload(self) -> None:
        """The newest upload into the store that is shown."""
        shown = self._store.id if self._store else None
        here = [task for task in self._uploads.values() if task.target_id == shown]
        self._pane.show_upload(here[-1] if here else None)

    def tell(self, task: Task) -> None:
        """How the adding of files ended."""
        if task.status is TaskStatus.CANCELLED:
            text = self.tr("Stopped. What was ready stays.")
        elif task.failed:
            text = self.tr("%n file(s) could not be added: their rows say why.", "", task.failed)
        else:
            text = self.tr("%n file(s) ready", "", task.done)
        self._notify(text, "", None)

    def _tell_nothing_found(self, store_id: str) -> None:
        provider = self._place.provider if self._shows(store_id) else ""
        known = ", ".join(sorted(self._knowledge.accepted_suffixes(provider)))
        self._notify(self.tr("No file there can be read. Known types: {0}").format(known), "", None)

    async def _choose_folder(self) -> None:
        folder = await ask_folder(self._pane)
        if folder is not None:
            self.add([folder])

    async def _choose_files(self) -> None:
        self.add(await ask_files(self._pane, file_filters(self._knowledge.accepted_suffixes(self._place.provider))))

    async def _choose_replacement(self, file: VectorStoreFile) -> None:
        path = await ask_file(self._pane, file_filters(self._knowledge.accepted_suffixes(self._place.provider)))
        if path is not None:
            self.replace(file, path)

    def _retry_all(self) -> None:
        self.retry(self._pane.table.files.ids_with(FileStatus.FAILED, FileStatus.CANCELLED))

    async def _ask_remove(self, files: Sequence[VectorStoreFile]) -> None:
        if len(files) == 1:
            question = self.tr("Remove “{0}”?").format(files[0].name)
        else:
            question = self.tr("Remove %n file(s)?", "", len(files))
        advice = self.tr("The text leaves this store for good. The files on your disk stay as they are.")
        if await ask(self._pane, question, advice, self.tr("Remove")):
            self.remove(files)
