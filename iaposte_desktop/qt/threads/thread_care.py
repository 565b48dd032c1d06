"""What is done to a thread besides answering it: state, name, details, language, assistant, customer, the bin."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.threads.dialogs import DetailsDialog, RenameDialog
from iaposte_desktop.qt.threads.texts import subject_text

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from iaposte_desktop.application.threads import OpenThread, Threads
    from iaposte_desktop.domain.json import Metadata
    from iaposte_desktop.domain.threads import Customer, Thread, ThreadStatus
    from iaposte_desktop.qt.lib.controller import Controller
    from iaposte_desktop.qt.threads.view import ThreadsView


class ThreadCare(QObject):
    """`opened` is the thread it works on; `deleting` tells of one about to go, so that another can take its place;
    `note_requested` of one that a knowledge note is to be drafted from."""

    deleting = Signal(str)
    note_requested = Signal(str)

    def __init__(
        self,
        host: Controller,
        view: ThreadsView,
        threads: Threads,
        notify: Callable[[str, str, Callable[[], None] | None], None],
    ) -> None:
        super().__init__(host)
        self._host = host
        self._view = view
        self._threads = threads
        self._notify = notify
        self.opened: OpenThread | None = None
        # A use case reads, changes and writes: two at once would lose one change.
        self._turn = asyncio.Lock()
        head = view.conversation
        head.status_chosen.connect(self._on_status)
        head.rename_requested.connect(self._on_rename)
        head.metadata_requested.connect(self._on_details)
        head.delete_requested.connect(self._on_delete)
        head.note_requested.connect(self._on_note)
        view.draft.strip.language_chosen.connect(self._on_language)
        view.draft.strip.assistant_chosen.connect(self._on_assistant)
        view.side.customer.edited.connect(self._on_customer)

    async def flush(self) -> None:
        self._view.side.customer.save_now()
        await asyncio.sleep(0)  # Lets the save that this began take its turn.
        async with self._turn:
            pass

    def delete(self, thread: Thread) -> None:
        self._host.scope.start(self._delete(thread), "delete thread")

    async def _delete(self, thread: Thread) -> None:
        self.deleting.emit(thread.id)
        await self._host.call(self._threads.delete(thread.id))
        text = self.tr("“{0}” is in the bin.").format(visible(subject_text(thread.subject)))
        self._notify(
            text, self.tr("Undo"), lambda: self._start(partial(self._threads.restore, thread.id), "restore thread")
        )

    async def _save_customer(self, customer: Customer) -> None:
        async with self._turn:
            await self._host.call(self._threads.save_customer(customer))
        self._view.side.customer.show_saved()

    def _start(self, do: Callable[[], Coroutine[Any, Any, object]], name: str) -> None:
        self._host.scope.start(self._in_turn(do), name)

    async def _in_turn(self, do: Callable[[], Coroutine[Any, Any, object]]) -> None:
        async with self._turn:
            await self._host.call(do())

    def _thread(self) -> Thread | None:
        return self.opened.thread if self.opened is not None else None

    def _on_status(self, status: ThreadStatus) -> None:
        if (thread := self._thread()) is not None and thread.status is not status:
            self._start(partial(self._threads.set_status, thread.id, status), "set status")

    def _on_language(self, language: str | None) -> None:
        if (thread := self._thread()) is not None:
            self._start(partial(self._threads.set_reply_language, thread.id, language), "set language")

    def _on_assistant(self, assistant_id: str | None) -> None:
        if (thread := self._thread()) is not None:
            self._start(partial(self._threads.set_assistant, thread.id, assistant_id), "set assistant")

    def _on_delete(self) -> None:
        if (thread := self._thread()) is not None:
            self.delete(thread)

    def _on_note(self) -> None:
        if (thread := self._thread()) is not None:
            self.note_requested.emit(thread.id)

    def _on_rename(self) -> None:
        if (thread := self._thread()) is not None:
            dialog = RenameDialog(self._view, thread.subject)
            dialog.renamed.connect(
                lambda name: self._start(partial(self._threads.rename, thread.id, name), "rename thread")
            )
            dialog.open()

    def _on_details(self) -> None:
        if (thread := self._thread()) is not None:

            def save(metadata: Metadata) -> None:
                self._start(partial(self._threads.set_metadata, thread.id, metadata), "save details")

            dialog = DetailsDialog(self._view, thread.metadata)
            dialog.saved.connect(save)
            dialog.open()

    def _on_customer(self, customer: Customer) -> None:
        self._host.scope.start(self._save_customer(customer), "save customer")
