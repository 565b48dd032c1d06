"""The draft editor bound to one thread at a time: what is typed belongs to the thread it was typed in.

Invariant: the editor's text is changed by the program only when a thread is opened, when the agent asks for it
(accept, earlier text, sent), or when nothing was typed since the stored text was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.threads.draft_writer import SaveState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from iaposte_desktop.qt.threads.draft_editor import DraftEditor
    from iaposte_desktop.qt.threads.draft_writer import DraftWriter

THROTTLE_MS: Final = 250
"""From the first keystroke; it fires while typing goes on, so that no more than this is ever unsaved."""


class DraftSession(QObject):
    """`saving_changed` carries a SaveState of the bound thread and, where it failed, the reason in words."""

    saving_changed = Signal(object, str)

    def __init__(self, editor: DraftEditor, writer: DraftWriter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._writer = writer
        self._is_loaded = False
        self._is_dirty = False
        self._edits = 0
        self.thread_id: str | None = None
        self._throttle = QTimer(self)
        self._throttle.setSingleShot(True)
        self._throttle.setInterval(THROTTLE_MS)
        self._throttle.timeout.connect(self.save_now)
        editor.edited.connect(self._on_edited)
        editor.left.connect(self.save_now)
        writer.state_changed.connect(self._on_state)

    @property
    def edits(self) -> int:
        """Grows with every change of the text; to be given back to `show_stored`."""
        return self._edits

    def text(self) -> str:
        return self._editor.text()

    def bind(self, thread_id: str | None) -> None:
        """The editor, empty, belongs to this thread; what was typed before goes to the thread it was typed in."""
        self._leave()
        self.thread_id = thread_id
        self._is_loaded = self._is_dirty = False
        self._edits += 1
        self._editor.set_text("")
        self._editor.setEnabled(thread_id is not None)
        self.saving_changed.emit(SaveState.IDLE, "")

    def show_stored(self, thread_id: str, stored: str, edits: int) -> None:
        """What the workspace holds, asked for when `edits` was the count."""
        if thread_id != self.thread_id:
            return
        if not self._is_loaded:
            self._show_first(self._writer.latest(thread_id, stored))
            return
        is_settled = edits == self._edits and not self._is_dirty and not self._writer.is_busy(thread_id)
        if is_settled and stored != self._editor.text():
            self._editor.replace_text(stored)

    async def replace(self, text: str, do: Callable[[], Awaitable[Any]]) -> Any:
        """Put `text` in place of the draft at once, and `do` what makes it so in the workspace, after what was typed
        before is saved. Raises what it raises; the text is then saved as if it had been typed."""
        thread_id = self.thread_id
        assert thread_id is not None, "a draft is replaced in an open thread"
        self.save_now()
        self._edits += 1
        self._editor.replace_text(text)
        try:
            return await self._writer.act(thread_id, do)
        except Exception:
            if thread_id != self.thread_id:
                self._writer.put(thread_id, text)
            else:
                self._on_edited()
            raise

    def put_back(self, thread_id: str, text: str) -> None:
        """A text that was taken out of the draft too early stands in it again, above what was typed since."""
        if thread_id != self.thread_id:
            self._writer.put_below(thread_id, text)
            return
        typed = self._editor.text()
        self._editor.replace_text(f"{text}\n\n{typed}" if typed.strip() else text)
        self._on_edited()

    def save_now(self) -> None:
        self._throttle.stop()
        if not self._is_dirty or self.thread_id is None:
            return
        if self._is_loaded:
            self._is_dirty = False
            self._writer.put(self.thread_id, self._editor.text())

    async def flush(self) -> bool:
        """Everything typed, in every thread, is durable when it returns True."""
        self._leave()
        return await self._writer.flush()

    def stop(self) -> None:
        """Nothing is saved from here on: the program closes, and has flushed."""
        self._throttle.stop()
        self._writer.stop()
        self.thread_id = None

    def _leave(self) -> None:
        self.save_now()
        if self._is_dirty and self.thread_id is not None:
            self._is_dirty = False
            self._writer.put_below(self.thread_id, self._editor.text())

    def _show_first(self, text: str) -> None:
        self._is_loaded = True
        typed = self._editor.text()
        if not self._is_dirty:
            self._editor.set_text(text)
        elif text.strip():
            self._editor.put_before(text if not typed else f"{text}\n\n")
        if self._is_dirty:
            self._throttle.start()

    def _on_edited(self) -> None:
        self._edits += 1
        if not self._is_dirty:
            self._is_dirty = True
            self.saving_changed.emit(SaveState.SAVING, "")
        if not self._throttle.isActive():
            self._throttle.start()

    def _on_state(self, thread_id: str, state: SaveState, error: BaseException | None) -> None:
        if thread_id == self.thread_id:
            # "Saved" is said of what the editor shows, not of what it showed a moment ago.
            state = SaveState.SAVING if state is SaveState.SAVED and self._is_dirty else state
            self.saving_changed.emit(state, sentence_of(error) if error is not None else "")
