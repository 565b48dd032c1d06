"""Knowledge notes: opened from a solved thread or from a question without an answer, autosaved, and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.questions import ask
from iaposte_desktop.qt.notes.dialog import NoteDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.notes import Notes
    from iaposte_desktop.application.questions import Unanswered
    from iaposte_desktop.domain.notes import Note
    from iaposte_desktop.qt.runtime import Runtime


class NotesController(Controller):
    """One note is written at a time."""

    def __init__(
        self,
        window: QWidget,
        runtime: Runtime,
        notes: Notes,
        knowledge: Knowledge,
        notify: Callable[[str, str, Callable[[], None] | None], None],
    ) -> None:
        super().__init__(runtime, window)
        self._window = window
        self._notes = notes
        self._knowledge = knowledge
        self._notify = notify
        self._dialog: NoteDialog | None = None
        self._unsaved: Note | None = None
        self._is_unsaved_written = True
        self.scope.start(self._offer_kept(), "note left unsaved")

    def write_for_thread(self, thread_id: str) -> None:
        """What was learnt from a thread."""
        self._write(self._notes.from_thread(thread_id))

    def write_for_question(self, store_id: str, question: Unanswered) -> None:
        """For a question that the store's files do not answer."""
        self._write(self._notes.from_question(question.query, question.thread_id, store_id))

    async def opened_for_thread(self, thread_id: str) -> NoteDialog:
        """As `write_for_thread`; the dialog, once it is shown."""
        return await self._opened(self._notes.from_thread(thread_id))

    def _write(self, proposal: Coroutine[Any, Any, Note]) -> None:
        if self._dialog is not None:
            proposal.close()
            self._dialog.raise_()
            return
        self.scope.start_only(self._opened(proposal), "open note")

    async def _opened(self, proposal: Coroutine[Any, Any, Note]) -> NoteDialog:
        kept = await self.call(self._notes.kept())
        if kept is not None and not await self._may_discard(kept):
            proposal.close()
            return await self._show(kept)
        return await self._show(await self.call(proposal))

    async def _may_discard(self, kept: Note) -> bool:
        question = self.tr("Discard the note “{0}”, which was not saved?").format(visible(kept.title))
        advice = self.tr("Else it is opened, and you can go on with it.")
        return await ask(self._window, question, advice, self.tr("Discard it"))

    async def _show(self, note: Note) -> NoteDialog:
        stores = await self.call(self._knowledge.stores())
        dialog = self._dialog = NoteDialog(note, stores, self._window)
        dialog.edited.connect(self._on_edited)
        dialog.submitted.connect(lambda approved: self.scope.start(self._save(dialog, approved), "save note"))
        dialog.left.connect(lambda: self.scope.start_only(self._leave(dialog), "leave note"))
        dialog.finished.connect(self._on_finished)
        dialog.open()
        return dialog

    async def _offer_kept(self) -> None:
        kept = await self.call(self._notes.kept())
        if kept is not None:
            text = self.tr("The note “{0}” was not saved yet.").format(visible(kept.title))
            self._notify(text, self.tr("Go on"), lambda: self._go_on(kept))

    def _go_on(self, kept: Note) -> None:
        if self._dialog is None:
            self.scope.start_only(self._show(kept), "open note")

    def _on_edited(self, note: Note) -> None:
        self._unsaved, self._is_unsaved_written = note, False
        self.scope.start_only(self._keep(), "keep note")

    async def _keep(self) -> None:
        while not self._is_unsaved_written:
            self._is_unsaved_written = True
            await self.call(self._notes.keep(self._unsaved))

    async def _save(self, dialog: NoteDialog, note: Note) -> None:
        self._is_unsaved_written = True
        try:
            task = await self.call(self._notes.save(note))
        except IAPosteError as error:
            dialog.show_failure(sentence_of(error))
            self._on_edited(note)
            return
        dialog.accept()
        if task.failed:
            self._notify(self.tr("The note could not be read: its row in the store says why."), "", None)
        else:
            self._notify(self.tr("The note “{0}” is in the store.").format(visible(note.title)), "", None)

    async def _leave(self, dialog: NoteDialog) -> None:
        question = self.tr("Discard this note?")
        advice = self.tr("What you typed is not kept.")
        if dialog.is_edited and not await ask(dialog, question, advice, self.tr("Discard it")):
            return
        self._is_unsaved_written = True
        await self.call(self._notes.keep(None))
        dialog.done(NoteDialog.DialogCode.Rejected)

    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    async def aclose(self) -> None:
        """What is being typed is kept, and offered at the next start."""
        if self._dialog is not None:
            if self._dialog.is_edited:
                await self.call(self._notes.keep(self._dialog.note()))
            self._dialog.done(NoteDialog.DialogCode.Rejected)
        await super().aclose()
