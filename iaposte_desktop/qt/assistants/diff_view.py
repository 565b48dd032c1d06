"""The difference between two versions, to be read: field by field, with signs as well as colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor

from iaposte_desktop.application.version_diff import Mark, TextDiff, ValueDiff
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.qt.assistants.texts import (
    effort_text,
    language_text,
    length_text,
    output_text,
    ref_text,
    register_text,
)
from iaposte_desktop.qt.lib.counts import COUNTS
from iaposte_desktop.qt.lib.foreign_text import ForeignText, visible
from iaposte_desktop.qt.lib.theme import colours, is_dark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.application.version_diff import DiffLine, FieldDiff

_SIGNS: Final = {Mark.ADDED: "+ ", Mark.REMOVED: "− ", Mark.SAME: "\u2007 "}


class DiffView(ForeignText):
    """`store_names` by id: a difference names the stores, and falls back to their ids."""

    def __init__(self, store_names: Mapping[str, str]) -> None:
        super().__init__()
        self._store_names = store_names

    def show_differences(self, differences: Sequence[FieldDiff]) -> None:
        self.clear()
        cursor = self.textCursor()
        for difference in differences:
            self._title(cursor, field_text(difference.field))
            if isinstance(difference, TextDiff):
                for line in difference.lines:
                    self._line(cursor, difference.field, line)
            else:
                self._write(cursor, Mark.REMOVED, value_text(difference, difference.before))
                self._write(cursor, Mark.ADDED, value_text(difference, difference.after))
        if not differences:
            self._write(cursor, Mark.SKIPPED, QCoreApplication.translate("Assistants", "These versions do not differ."))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _title(self, cursor: QTextCursor, text: str) -> None:
        heading = QTextCharFormat()
        heading.setFontWeight(QFont.Weight.DemiBold)
        space = QTextBlockFormat()
        space.setTopMargin(0 if cursor.atStart() else self.fontMetrics().lineSpacing())
        space.setBottomMargin(4)
        _insert(cursor, text, heading, space)

    def _line(self, cursor: QTextCursor, field: str, line: DiffLine) -> None:
        if line.mark is Mark.SKIPPED:
            text = COUNTS.unchanged_lines(line.count)
            self._write(cursor, line.mark, f"… {text}")
        else:
            is_store = field == "vector_store_ids"
            self._write(cursor, line.mark, self._store_names.get(line.text, line.text) if is_store else line.text)

    def _write(self, cursor: QTextCursor, mark: Mark, text: str) -> None:
        """A value of several lines carries the sign on each."""
        ink, paper = QTextCharFormat(), QTextBlockFormat()
        ink.setForeground(QColor(colours().quiet if mark in (Mark.SAME, Mark.SKIPPED) else colours().text))
        if background := _backgrounds().get(mark):
            paper.setBackground(QColor(background))
        for line in visible(text).split("\n"):
            _insert(cursor, _SIGNS.get(mark, "") + line, ink, paper)


def _insert(cursor: QTextCursor, text: str, ink: QTextCharFormat, block: QTextBlockFormat) -> None:
    if cursor.atStart():
        cursor.setBlockFormat(block)
        cursor.setBlockCharFormat(ink)
    else:
        cursor.insertBlock(block, ink)
    cursor.insertText(text, ink)


def _backgrounds() -> dict[Mark, str]:
    if is_dark():
        return {Mark.ADDED: "#1d3527", Mark.REMOVED: "#40252a"}
    return {Mark.ADDED: "#def3e4", Mark.REMOVED: "#fbe3e1"}


def field_text(field: str) -> str:
    texts = {
        "name": QCoreApplication.translate("Assistants", "Name"),
        "description": QCoreApplication.translate("Assistants", "Description"),
        "instructions": QCoreApplication.translate("Assistants", "Instructions"),
        "guardrails": QCoreApplication.translate("Assistants", "Guardrails"),
        "reply_style.language": QCoreApplication.translate("Assistants", "Language"),
        "reply_style.register": QCoreApplication.translate("Assistants", "Form of address"),
        "reply_style.length": QCoreApplication.translate("Assistants", "Length"),
        "reply_style.tone": QCoreApplication.translate("Assistants", "Tone"),
        "reply_style.signature": QCoreApplication.translate("Assistants", "Signature"),
        "model": QCoreApplication.translate("Assistants", "Model"),
        "generation.fallback": QCoreApplication.translate("Assistants", "Fallback model"),
        "generation.reasoning_effort": QCoreApplication.translate("Assistants", "Reasoning effort"),
        "generation.temperature": QCoreApplication.translate("Assistants", "Temperature"),
        "generation.background": QCoreApplication.translate("Assistants", "Run in the background"),
        "generation.prompt": QCoreApplication.translate("Assistants", "Prompt kept by the server"),
        "generation.prompt.version": QCoreApplication.translate("Assistants", "Version of the prompt"),
        "generation.prompt.variables": QCoreApplication.translate("Assistants", "Variables of the prompt"),
        "vector_store_ids": QCoreApplication.translate("Assistants", "Vector stores"),
        "knowledge_search": QCoreApplication.translate("Assistants", "Knowledge search"),
        "output_format": QCoreApplication.translate("Assistants", "Output"),
        "json_schema": QCoreApplication.translate("Assistants", "JSON schema"),
        "limits.max_output_tokens": QCoreApplication.translate("Assistants", "Output tokens"),
        "limits.max_passages": QCoreApplication.translate("Assistants", "Passages"),
        "limits.score_threshold": QCoreApplication.translate("Assistants", "Score threshold"),
        "limits.budget_usd": QCoreApplication.translate("Assistants", "Budget (US dollars)"),
        "metadata": QCoreApplication.translate("Assistants", "Metadata"),
    }
    return texts[field]


def value_text(difference: ValueDiff, value: object) -> str:
    if isinstance(value, ModelRef):
        return ref_text(value)
    if isinstance(value, bool):
        on, off = QCoreApplication.translate("Assistants", "on"), QCoreApplication.translate("Assistants", "off")
        return on if value else off
    words = {
        "reply_style.language": language_text,
        "reply_style.register": register_text,
        "reply_style.length": length_text,
        "output_format": output_text,
        "generation.reasoning_effort": effort_text,
    }.get(difference.field)
    if words is not None:
        return words("" if value is None else str(value))
    if value is None and difference.field.startswith("limits."):
        return QCoreApplication.translate("Assistants", "no limit")
    if value is None:
        return QCoreApplication.translate("Assistants", "(empty)")
    return str(value) or QCoreApplication.translate("Assistants", "(empty)")
