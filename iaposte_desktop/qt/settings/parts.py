"""Controls of the forms here that are made of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLabel, QLineEdit, QStyle, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.fields import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable


class HelpedCheck(QWidget):
    """A check with a quiet line below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = QCheckBox(self)
        self._help = QLabel(self)
        self._help.setProperty("role", "caption")
        self._help.setWordWrap(True)
        self._help.setIndent(self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.check)
        layout.addWidget(self._help)

    def set_texts(self, text: str, help_text: str) -> None:
        self.check.setText(text)
        self.check.setAccessibleDescription(help_text)
        self._help.setText(help_text)


class Proposals(Choice):
    """A list to choose from, where anything else can be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = QLineEdit(self)
        self.setEditable(True)
        self.setLineEdit(self._edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer()
        assert completer is not None, "an editable combo box has one"
        # Completing in place would put a model's name where another one was meant.
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def text(self) -> str:
        return self.currentText().strip()

    def set_hint(self, text: str) -> None:
        self._edit.setPlaceholderText(text)

    def propose(self, texts: Iterable[str]) -> None:
        """What is typed stays."""
        typed = self.currentText()
        was_blocked = self.blockSignals(True)
        self.clear()
        self.addItems(list(texts))
        self.setEditText(typed)
        self.blockSignals(was_blocked)
