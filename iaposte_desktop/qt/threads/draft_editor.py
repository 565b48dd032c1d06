"""The draft editor: the agent's own text, with markers that tell what they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from iaposte_desktop.qt.lib.foreign_text import PlainTextEdit, plain_tooltip
from iaposte_desktop.qt.threads.markers import MarkerHighlighter, marker_at
from iaposte_desktop.qt.threads.quotes import quote_of

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run


def typed_text(edit: QTextEdit) -> str:
    """As it was typed: `toPlainText` would turn no-break spaces into plain ones."""
    return edit.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


class DraftEditor(PlainTextEdit):
    """`edited` follows the agent's changes alone; setting a text is silent. `left` tells that the focus went."""

    edited = Signal()
    left = Signal()
    marker_clicked = Signal(int)
    marker_opened = Signal(int)
    """With Ctrl: after `marker_clicked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._run: Run | None = None
        self._is_setting = False
        self._highlighter = MarkerHighlighter(self.document())
        self.document().setDocumentMargin(12)
        self.textChanged.connect(self._on_text_changed)

    def text(self) -> str:
        return typed_text(self)

    def set_text(self, text: str) -> None:
        """Another text, with a history of its own."""
        self._is_setting = True
        self.setPlainText(text)
        self._is_setting = False

    def replace_text(self, text: str) -> None:
        """One step that undo takes back; the cursor goes to the start."""
        self._is_setting = True
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self._is_setting = False
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def put_before(self, text: str) -> None:
        """What stands in the editor, and its cursor, stay; `text` comes above."""
        self._is_setting = True
        cursor = QTextCursor(self.document())
        cursor.insertText(text)
        self._is_setting = False

    def show_run(self, run: Run | None) -> None:
        """The run that the markers refer to."""
        self._run = run
        self._highlighter.show_run(run)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files are mails for the tab, not text for the draft."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = marker_at(self, self.viewport().mapFrom(self, event.pos()))
            quote = quote_of(self._run, number) if number is not None else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(quote), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            number = marker_at(self, event.position().toPoint())
            if number is not None:
                self.marker_clicked.emit(number)
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.marker_opened.emit(number)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._highlighter.rehighlight()
        super().changeEvent(event)

    def _on_text_changed(self) -> None:
        if not self._is_setting:
            self.edited.emit()
