"""`{{variables}}` as they are typed: known ones calm, unknown ones underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat

from iaposte_desktop.application.variables import KNOWN_VARIABLES, VARIABLE, variables_in
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument


def is_known(name: str) -> bool:
    """Keys of a thread's or customer's metadata differ from thread to thread: any may exist."""
    return name in KNOWN_VARIABLES or name.startswith(("thread.", "customer."))


def unknown_variables(text: str) -> tuple[str, ...]:
    return tuple(name for name in variables_in(text) if not is_known(name))


class VariableHighlighter(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._make_formats()

    def use_palette(self) -> None:
        """After a PaletteChange."""
        self._make_formats()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for match in VARIABLE.finditer(text):
            start = _units(text[: match.start()])
            self.setFormat(start, _units(match[0]), self._known if is_known(match[1]) else self._unknown)

    def _make_formats(self) -> None:
        now = colours()
        self._known = QTextCharFormat()
        self._known.setForeground(QColor(now.accent))
        self._known.setBackground(QColor(now.accent_soft))
        self._unknown = QTextCharFormat()
        self._unknown.setForeground(QColor(now.attention))
        self._unknown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._unknown.setUnderlineColor(QColor(now.attention))


def _units(text: str) -> int:
    """Qt counts UTF-16 units, Python characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
