"""One page of extracted text: sections set apart, a passage highlighted, and words found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from iaposte_desktop.qt.lib.foreign_text import ForeignText, visible
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.qt.lib.source_pages import SourcePage

_MARGIN = 16


class SourceText(ForeignText):
    """Offsets are those of the whole text that the page is a piece of; what lies outside the page is passed over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: SourcePage | None = None
        self._passage: tuple[int, int] | None = None
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(_MARGIN)

    def show_page(self, page: SourcePage, section_starts: Iterable[int]) -> None:
        self._page = page
        self.show_text(_shown(page.text))
        apart = QTextBlockFormat()
        apart.setTopMargin(_MARGIN)
        for start in section_starts:
            cursor = self._cursor(start, start)
            is_apart = page.text[: max(0, start - page.start)].endswith("\n\n")
            if page.start < start < page.end and cursor.atBlockStart() and not is_apart:
                cursor.mergeBlockFormat(apart)
        self._highlight()

    def set_passage(self, passage: tuple[int, int] | None) -> None:
        """`passage`: its start and its end, excluded; shown on every page that holds some of it."""
        self._passage = passage
        self._highlight()

    def scroll_to(self, offset: int) -> None:
        """With a part of what comes before it in sight."""
        self.setTextCursor(self._cursor(offset, offset))
        self.ensureCursorVisible()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 5)

    def find_text(self, wanted: str, *, backwards: bool) -> bool:
        """From the cursor on, to this page's end (or start)."""
        flags = QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0)
        return self.find(wanted, flags)

    def has_text(self, page: SourcePage, wanted: str) -> bool:
        """Whether `find_text` would find it on another page."""
        return wanted.lower() in _shown(page.text).lower()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._highlight()
        super().changeEvent(event)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        if self._page is not None:
            cursor.setPosition(_position(self._page, start))
            cursor.setPosition(_position(self._page, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _highlight(self) -> None:
        page, passage = self._page, self._passage
        if page is None or passage is None or max(passage[0], page.start) >= min(passage[1], page.end):
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(colours().accent_soft))
        selection.format = look
        selection.cursor = self._cursor(*passage)
        self.setExtraSelections([selection])


def _shown(text: str) -> str:
    """With the line ends a QTextDocument makes of the text anyhow, so that positions can be counted."""
    return visible(text).replace("\r\n", "\n")


def _position(page: SourcePage, offset: int) -> int:
    """Of character `offset` in the document: invisible characters are left out, and Qt counts UTF-16 units."""
    before = page.text[: max(0, offset - page.start)]
    return len(_shown(before).encode("utf-16-le", "surrogatepass")) // 2
