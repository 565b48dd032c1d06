"""What the Assistants tab does.

Invariant: what is typed is replaced only where the user asks for it, or has saved it.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.assistants import DEFAULT_MODEL, AssistantSettings
from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.domain.ports.settings import DEFAULT_ASSISTANT_ID
from iaposte_desktop.qt.assistants.bin_dialog import AssistantBin
from iaposte_desktop.qt.assistants.files import read_text, write_text
from iaposte_desktop.qt.assistants.history_dialog import HistoryDialog
from iaposte_desktop.qt.assistants.open_assistant import OpenAssistant
from iaposte_desktop.qt.assistants.texts import file_filters, file_name_for, unsaved_texts
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.failures import missing_models_text
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.lib.questions import Leave, ask_files, ask_leave, ask_new_file, closed

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtCore import QObject

    from iaposte_desktop.application.assistants import AssistantLibrary
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.drafting import Drafting
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.models import Models
    from iaposte_desktop.application.templates import Template
    from iaposte_desktop.domain.assistants import Assistant, ModelRef
    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.qt.assistants.view import AssistantsView
    from iaposte_desktop.qt.runtime import Runtime

_MINUTE_MS: Final = 60_000


class AssistantsController(Controller):
    def __init__(
        self,
        view: AssistantsView,
        runtime: Runtime,
        *,
        assistants: AssistantLibrary,
        knowledge: Knowledge,
        models: Models,
        drafting: Drafting,
        connections: Connections,
        settings: Settings,
        notify: Callable[[str, str, Callable[[], None] | None], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(runtime, parent)
        self.view = view
        self._library = assistants
        self._knowledge = knowledge
        self._models = models
        self._drafting = drafting
        self._connections = connections
        self._settings = settings
        self._notify = notify
        self._assistants: dict[str, Assistant] = {}
        self._stores: tuple[VectorStore, ...] = ()
        self._ends: Mapping[ModelRef, date] = {}
        self._open = OpenAssistant(view.editor, self)
        self._bin: AssistantBin | None = None
        # One reading after the other, so that an older answer never comes last.
        self._reading = asyncio.Lock()
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._show_list)
        self._connect()
        view.set_ready()
        self.scope.start(self._load(), "load assistants")

    async def may_leave(self) -> bool:
        """Whether edits, if there are any, were saved or given up. They stay as they are where they were not."""
        opened = self._open
        if opened.current is None or not opened.has_edits():
            return True
        problem = opened.problem()
        question, advice = unsaved_texts(opened.current.name, problem)
        answer = await ask_leave(self.view, question, advice, can_save=not problem)
        if answer is Leave.SAVE:
            return await self._save()
        if answer is Leave.DISCARD:
            self._show(opened.newer or opened.current)
            return True
        return False

    def save(self) -> None:
        """As Ctrl+S: nothing happens where nothing can be saved; the save bar says why."""
        if self._open.can_save():
            self.scope.start_only(self._save(), "save assistant")

    async def aclose(self) -> None:
        self._minute.stop()
        self.runtime.changed.disconnect(self._on_changes)
        await super().aclose()

    async def import_files(self, paths: Sequence[Path]) -> None:
        """Each file on its own: one that is refused is told by name and the others go on."""
        if not await self.may_leave():
            return
        imported: list[Assistant] = []
        for path in paths:
            try:
                imported.append(await self.call(self._library.import_text(await read_text(path))))
            except IAPosteError as error:
                self.failed.emit(f"{path.name}: {sentence_of(error)}")
        if imported:
            await self._refresh()
            self._show(imported[-1])
            if len(imported) == 1:
                self._tell(self.tr("“{0}” was imported.").format(imported[0].name))
            else:
                self._tell(self.tr("%n assistant(s) were imported.", "", len(imported)))

    async def export_to(self, assistant_id: str, path: Path) -> None:
        text = await self.call(self._library.export(assistant_id))
        try:
            await write_text(path, text)
        except OSError as error:
            self.failed.emit(
                self.tr("{0} could not be written: {1}. Choose another folder.").format(path.name, error.strerror)
            )
        else:
            self._tell(self.tr("Exported to {0}.").format(path.name))

    def _connect(self) -> None:
        view, panel, editor = self.view, self.view.list, self.view.editor
        self.runtime.changed.connect(self._on_changes)
        view.save_requested.connect(self.save)
        editor.discard_requested.connect(self._discard)
        editor.notice_accepted.connect(self._on_notice_accepted)
        panel.chosen.connect(lambda chosen: self.scope.start_latest(self._choose(chosen), "choose"))
        panel.default_requested.connect(self._make_default)
        one_at_a_time: tuple[tuple[Any, Callable[..., Coroutine[Any, Any, None]]], ...] = (
            (panel.empty_requested, self._create_empty),
            (panel.template_requested, self._create_from),
            (panel.import_requested, self._import),
            (view.files_dropped, self.import_files),
            (panel.duplicate_requested, self._duplicate),
            (panel.export_requested, self._export),
            (panel.delete_requested, self._delete),
            (panel.bin_requested, self._show_bin),
            (editor.history_requested, self._show_history),
        )
        for signal, action in one_at_a_time:
            signal.connect(lambda *given, run=action: self.scope.start_only(run(*given), "act on assistants"))

    async def _load(self) -> None:
        await self._refresh_stores()
        await self._refresh()
        if not self._open.id:
            self._show(self._assistants.get(self.view.remembered_id) or self._first())
        self._minute.start()
        # Last: a server may be slow to say what it offers.
        await self._refresh_models()

    def _on_changes(self, batch: tuple[object, ...]) -> None:
        topics = {change.topic for change in batch if isinstance(change, Changed)}
        if Topic.ASSISTANTS in topics:
            self.scope.start_latest(self._refresh(), "refresh assistants")
        if topics & {Topic.CONNECTIONS, Topic.PRICES}:
            self.scope.start_latest(self._refresh_models(), "refresh models")
        if topics & {Topic.STORES, Topic.CONNECTIONS}:
            self.scope.start_latest(self._refresh_stores(), "refresh stores")

    async def _refresh_stores(self) -> None:
        async with self._reading:
            self._stores, servers = await self.call(self._found_stores())
            self.view.editor.form.stores.set_stores(self._stores, servers)

    async def _found_stores(self) -> tuple[tuple[VectorStore, ...], Mapping[str, str]]:
        """With the names of the servers that may keep stores. On the program's loop."""
        names = {provider: self._connections.name_of(provider) for provider in self._knowledge.places()}
        return await self._knowledge.stores(), {provider: name for provider, name in names.items() if name}

    async def _refresh_models(self) -> None:
        listed = await self.call(self._models.list())
        self.view.editor.form.set_models(listed, missing_models_text(listed, self._connections.name_of))
        await self._refresh()

    async def _refresh(self) -> None:
        async with self._reading:
            found = await self.call(self._library.list())
            self._assistants = {assistant.id: assistant for assistant in found}
            self._ends = await self.call(self._models.ending(a.version.settings.model for a in found))
            await self._read_bin()
            if not self._open.follow(self._assistants.get(self._open.id)):
                self._show(self._assistants.get(self._open.id) or self._first())
            self._show_list()

    async def _read_bin(self) -> None:
        """Where it is open, and still is when the answer comes."""
        dialog = self._bin
        if dialog is not None:
            deleted = await self.call(self._library.list(deleted=True))
            if dialog is self._bin:
                dialog.set_assistants(deleted, _now())

    def _first(self) -> Assistant | None:
        return next(iter(self._assistants.values()), None)

    def _show(self, assistant: Assistant | None) -> None:
        """Replaces what is typed."""
        if self._open.id != (assistant.id if assistant else ""):
            self.view.editor.show_used(None)
        self._open.show(assistant)
        self.view.show_editor(assistant is not None)
        self.view.remembered_id = self._open.id
        self.view.list.select(self._open.id)
        self._show_facts()

    def _show_list(self) -> None:
        default_id = self._settings.get(DEFAULT_ASSISTANT_ID)
        self.view.list.set_assistants(tuple(self._assistants.values()), default_id, _now())
        self._show_facts()

    def _show_facts(self) -> None:
        opened = self._open.current
        self.view.editor.show_model_end(self._ends.get(opened.version.settings.model) if opened else None)
        self._open.show_facts(_now(), is_default=self._open.id == self._settings.get(DEFAULT_ASSISTANT_ID))
        if opened is not None:
            self.scope.start_latest(self._read_used(opened.id), "read used")

    async def _read_used(self, assistant_id: str) -> None:
        used = await self.call(self._drafting.used_by_assistant(assistant_id))
        if assistant_id == self._open.id:
            self.view.editor.show_used(used)

    async def _save(self) -> bool:
        """False, with what was typed still in the form, where it could not be saved."""
        settings, note, saved = self._open.typed(), self._open.note(), None
        if settings is None:
            return False
        self._open.begin_saving()
        try:
            saved = await self.call(self._library.save_version(self._open.id, settings, note.strip()))
        except IAPosteError as error:
            self.failed.emit(sentence_of(error))
            return False
        finally:
            self._open.end_saving(saved, settings, note)
        await self._refresh()
        self._tell(self.tr("Saved as version {0}.").format(saved.version.number))
        return True

    def _discard(self) -> None:
        self._replace_edits(self._open.newer or self._open.current, self.tr("Your edits were discarded."))

    def _on_notice_accepted(self) -> None:
        newer = self._open.newer
        if newer is not None:
            self._replace_edits(newer, self.tr("Version {0} is loaded.").format(newer.version.number))
        else:
            self.view.editor.set_notice("")
            self._undelete(self._open.id)

    def _replace_edits(self, assistant: Assistant | None, text: str) -> None:
        """With an Undo, for as long as this assistant stays open; edits that are not valid cannot be brought back."""
        opened_id, typed = self._open.id, self._open.typed()
        self._show(assistant)

        def bring_back() -> None:
            if typed is not None and self._open.id == opened_id:
                self._open.retype(typed)

        if typed is None:
            self._tell(text)
        else:
            self._notify(text, self.tr("Undo"), bring_back)

    async def _choose(self, assistant_id: str) -> None:
        if assistant_id == self._open.id:
            return
        if not await self.may_leave():
            self.view.list.select(self._open.id)
        elif assistant_id in self._assistants:
            self._show(self._assistants[assistant_id])

    async def _create_empty(self) -> None:
        settings = AssistantSettings(name=self.tr("New assistant"), model=DEFAULT_MODEL)
        await self._create(lambda: self._library.create(settings))

    async def _create_from(self, template: Template) -> None:
        await self._create(lambda: self._library.create_from_template(template, current_language()))

    async def _duplicate(self, assistant_id: str) -> None:
        name = self.tr("{0} (copy)").format(self._assistants[assistant_id].name[:240])
        await self._create(lambda: self._library.duplicate(assistant_id, name))

    async def _create(self, create: Callable[[], Coroutine[Any, Any, Assistant]]) -> None:
        """Show what was made, with its name ready to be replaced."""
        if not await self.may_leave():
            return
        made = await self.call(create())
        await self._refresh()
        self._show(made)
        self.view.editor.form.identity.name.setFocus()
        self.view.editor.form.identity.name.selectAll()

    async def _import(self) -> None:
        if paths := await ask_files(self.view, file_filters(), self.tr("Import assistants")):
            await self.import_files(paths)

    async def _export(self, assistant_id: str) -> None:
        """The version that is saved: edits under way are not in it."""
        suggested = file_name_for(self._assistants[assistant_id].name)
        path = await ask_new_file(self.view, file_filters()[:1], self.tr("Export the assistant"), suggested)
        if path is not None:
            await self.export_to(assistant_id, path)

    def _make_default(self, assistant_id: str) -> None:
        self._settings.set(DEFAULT_ASSISTANT_ID, assistant_id)
        self._show_list()

    async def _delete(self, assistant_id: str) -> None:
        was_open = assistant_id == self._open.id
        if was_open and not await self.may_leave():
            return
        name, neighbour = self._assistants[assistant_id].name, self._neighbour(assistant_id)
        await self.call(self._library.delete(assistant_id))
        await self._refresh()
        if was_open:
            self._show(self._assistants.get(neighbour))
        self._notify(
            self.tr("“{0}” is in the bin.").format(name), self.tr("Undo"), lambda: self._undelete(assistant_id)
        )

    def _neighbour(self, assistant_id: str) -> str:
        """The assistant to show once this one is gone: the next, or else the one before; nothing where none is left."""
        ids = list(self._assistants)
        at = ids.index(assistant_id)
        return next(iter((*ids[at + 1 : at + 2], *ids[max(at - 1, 0) : at])), "")

    def _undelete(self, assistant_id: str) -> None:
        self.scope.start(self._restore_deleted(assistant_id), "restore assistant")

    async def _restore_deleted(self, assistant_id: str) -> None:
        restored = await self.call(self._library.undelete(assistant_id))
        await self._refresh()
        if not self._open.has_edits():
            self._show(restored)

    async def _show_bin(self) -> None:
        self._bin = AssistantBin(self.view)
        self._bin.restore_requested.connect(self._undelete)
        try:
            async with self._reading:
                await self._read_bin()
            await closed(self._bin)
        finally:
            self._bin = None

    async def _show_history(self) -> None:
        opened = self._open.current
        if opened is None:
            return
        versions = await self.call(self._library.versions(opened.id))
        names = {store.id: store.name for store in self._stores}
        dialog = HistoryDialog(opened.name, versions, names, _now(), self.view)
        chosen: list[int] = []
        dialog.restore_requested.connect(chosen.append)
        dialog.restore_requested.connect(dialog.accept)
        await closed(dialog)
        if chosen and await self.may_leave():
            restored = await self.call(self._library.restore_version(opened.id, chosen[0]))
            await self._refresh()
            self._show(restored)
            self._tell(self.tr("Version {0} is back, as version {1}.").format(chosen[0], restored.version.number))

    def _tell(self, text: str) -> None:
        self._notify(text, "", None)


def _now() -> datetime:
    return datetime.now(UTC)
