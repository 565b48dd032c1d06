"""What is written to a thread's draft, in the order it was decided, one thing at a time for each thread.

Invariant: a text is saved into the thread it was typed in, or it stays here: a failed save keeps the text and is tried
again, and a newer text takes the place of one that has not begun.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from iaposte_desktop.domain.errors import NotFound

if TYPE_CHECKING:
    from iaposte_desktop.application.task_scope import TaskScope

_RETRY_MS: Final = 2000


class SaveState(Enum):
    IDLE = "idle"
    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class _Text:
    """`is_addition`: typed before the stored text was known, and to be put below it."""

    text: str
    is_addition: bool = False

    def over(self, stored: str) -> str:
        return f"{stored}\n\n{self.text}" if self.is_addition and stored.strip() else self.text


@dataclass(slots=True)
class _Act:
    """Something else done to the draft (accepted, sent), told to `done`."""

    do: Callable[[], Awaitable[Any]]
    done: asyncio.Future[Any] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class DraftWriter(QObject):
    """`state_changed` carries the thread, its SaveState, and the exception of a failed save."""

    state_changed = Signal(str, object, object)

    def __init__(
        self,
        load: Callable[[str], Awaitable[str]],
        save: Callable[[str, str], Awaitable[None]],
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._save = save
        self._scope = scope
        self._queues: dict[str, deque[_Text | _Act]] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._start_all)

    def put(self, thread_id: str, text: str) -> None:
        """The draft's whole text."""
        queue = self._queues.setdefault(thread_id, deque())
        # The first one may be under way: it is left alone.
        is_free = len(queue) > (1 if thread_id in self._under_way else 0)
        if is_free and isinstance(queue[-1], _Text):
            queue.pop()
        queue.append(_Text(text))
        self._start(thread_id)

    def put_below(self, thread_id: str, text: str) -> None:
        """What was typed before the stored text was known."""
        self._queues.setdefault(thread_id, deque()).append(_Text(text, is_addition=True))
        self._start(thread_id)

    async def act(self, thread_id: str, do: Callable[[], Awaitable[Any]]) -> Any:
        """Do it once what was put before is saved; raises what it raises, and is not tried again."""
        act = _Act(do)
        self._queues.setdefault(thread_id, deque()).append(act)
        self._start(thread_id)
        return await act.done

    def latest(self, thread_id: str, stored: str) -> str:
        """The draft's text once everything that waits is written over what is `stored`."""
        for item in self._queues.get(thread_id, ()):
            if isinstance(item, _Text):
                stored = item.over(stored)
        return stored

    def is_busy(self, thread_id: str) -> bool:
        return bool(self._queues.get(thread_id))

    async def flush(self, thread_id: str | None = None) -> bool:
        """Try to write everything (of one thread) now; False where something could not be."""
        for each in [thread_id] if thread_id else list(self._queues):
            if self.is_busy(each):
                self._start(each)
                await asyncio.shield(self._under_way[each])
        return not (self.is_busy(thread_id) if thread_id else any(self._queues.values()))

    def stop(self) -> None:
        self._retry.stop()

    def _start_all(self) -> None:
        for thread_id in list(self._queues):
            if self.is_busy(thread_id):
                self._start(thread_id)

    def _start(self, thread_id: str) -> None:
        if thread_id not in self._under_way:
            self._under_way[thread_id] = self._scope.start(self._drain(thread_id), f"write draft {thread_id}")

    async def _drain(self, thread_id: str) -> None:
        queue = self._queues[thread_id]
        try:
            while queue:
                item = queue[0]
                if isinstance(item, _Act):
                    await _done(item)
                elif not await self._saved(thread_id, item):
                    return
                queue.popleft()
            del self._queues[thread_id]
        finally:
            del self._under_way[thread_id]

    async def _saved(self, thread_id: str, item: _Text) -> bool:
        self.state_changed.emit(thread_id, SaveState.SAVING, None)
        try:
            text = item.over(await self._load(thread_id)) if item.is_addition else item.text
            await self._save(thread_id, text)
        except NotFound:
            # The thread is gone for good, and its draft with it.
            return True
        except Exception as error:
            self._fail(thread_id, error)
            return False
        self.state_changed.emit(thread_id, SaveState.SAVED, None)
        return True

    def _fail(self, thread_id: str, error: Exception) -> None:
        self.state_changed.emit(thread_id, SaveState.FAILED, error)
        if not self._retry.isActive():
            self._retry.start()


async def _done(act: _Act) -> None:
    try:
        result = await act.do()
    except Exception as error:
        if not act.done.cancelled():
            act.done.set_exception(error)
    else:
        if not act.done.cancelled():
            act.done.set_result(result)
