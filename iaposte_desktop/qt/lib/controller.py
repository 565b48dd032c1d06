"""The base of every tab's controller: tasks that live with it, errors that end in one place, calls to the program."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from iaposte_desktop.application.explain import explain
from iaposte_desktop.application.task_scope import TaskScope
from iaposte_desktop.domain.errors import ErrorInfo, IAPosteError
from iaposte_desktop.qt.lib.language import current_language

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from iaposte_desktop.qt.runtime import Runtime

T = TypeVar("T")

log = logging.getLogger(__name__)


class Controller(QObject):
    """`failed` carries a sentence in the reader's language: what happened and what to do next.

    Slots start tasks in `scope` and return; a slot never awaits. `aclose` is awaited before the window goes.
    """

    failed = Signal(str)

    def __init__(self, runtime: Runtime, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runtime = runtime
        self.scope = TaskScope(self._on_task_failed)

    async def call(self, work: Coroutine[Any, Any, T]) -> T:
        """Await a use case on the program's loop."""
        return await self.runtime.call(work)

    async def aclose(self) -> None:
        await self.scope.aclose()

    def _on_task_failed(self, name: str, error: BaseException) -> None:
        if not isinstance(error, IAPosteError):
            log.error("%s failed", name, exc_info=error)
        self.failed.emit(sentence_of(error))


def sentence_of(error: BaseException) -> str:
    """What to tell the reader of any exception."""
    known = error if isinstance(error, IAPosteError) else ErrorInfo("internal", repr(error))
    return str(explain(known, current_language()))
