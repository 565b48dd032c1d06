"""Mails on their way in, one after the other: those that are refused are told one by one, the others go on."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from iaposte_desktop.domain.errors import InputError, WorkerError
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.lib.foreign_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from pathlib import Path

    from iaposte_desktop.application.threads import ImportedMail, Threads
    from iaposte_desktop.qt.runtime import Runtime


class MailIntake(QObject):
    """`refused` carries sentences that begin with what was refused; `imported` what came in, in order."""

    refused = Signal(object)
    imported = Signal(object)

    def __init__(self, runtime: Runtime, threads: Threads, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runtime = runtime
        self._threads = threads
        # Two mails of one matter must find each other: the second waits until the first is in its thread.
        self._turn = asyncio.Lock()

    async def import_files(self, paths: Sequence[Path]) -> None:
        await self._take([(path.name, partial(self._threads.import_mail, path)) for path in paths])

    async def import_text(self, text: str, name: str, address: str) -> None:
        take = partial(self._threads.import_text, text, sender_name=name, sender_address=address)
        await self._take([(self.tr("The pasted mail"), take)])

    async def _take(self, mails: Sequence[tuple[str, Callable[[], Coroutine[Any, Any, ImportedMail]]]]) -> None:
        came, refused = [], []
        async with self._turn:
            for name, take in mails:
                try:
                    came.append(await self._runtime.call(take()))
                except (InputError, WorkerError) as error:
                    refused.append(f"{visible(name)}: {sentence_of(error)}")
        if refused:
            self.refused.emit(refused)
        if came:
            self.imported.emit(came)
