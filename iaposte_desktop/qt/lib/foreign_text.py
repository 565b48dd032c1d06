"""The only widgets that show text from outside (mails, files, models): always plain, and never a reader of files.

Qt's rich text opens local files and shares that an image or a style sheet names. PlainLabel takes no rich text;
ForeignText takes none either, and answers every resource with an empty picture in case a way in is found.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QTextBrowser, QTextEdit, QWidget

MAX_CHARACTERS: Final = 200_000

_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


def visible(text: str) -> str:
    """Without characters that reorder or hide text."""
    return _INVISIBLE.sub("", text)


def plain_tooltip(text: str) -> str:
    """`text` for a tooltip: Qt would guess that text with tags is rich text, so it is escaped rich text already."""
    lines = escape(visible(text)).replace("\n", "<br>")
    return f"<span>{lines}</span>" if text else ""


class PlainLabel(QLabel):
    """A label for any text: shown as it is."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(visible(text))


class ForeignText(QTextBrowser):
    """Read-only text with selection and keyboard; opens nothing by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setProperty("role", "plain")
        self.setTabChangesFocus(True)

    def show_text(self, text: str) -> None:
        shown = visible(text[:MAX_CHARACTERS])
        self.setPlainText(shown if len(text) <= MAX_CHARACTERS else f"{shown}\n…")

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002  # Qt's signature.
        return empty_resource()


class PlainTextEdit(QTextEdit):
    """An editor for plain text: pasting takes text alone, whatever else the clipboard holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002  # Qt's signature.
        return empty_resource()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(visible(source.text()))


def empty_resource() -> QImage:
    """One transparent pixel: None or empty bytes would let Qt look for the file itself."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image
