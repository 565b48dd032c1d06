"""An editor for metadata: up to 16 pairs of a key and a value, each checked beside its field, in words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.domain.json import METADATA_KEY_CHARACTERS, METADATA_PAIRS, METADATA_VALUE_CHARACTERS
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.icons import icon

if TYPE_CHECKING:
    from iaposte_desktop.domain.json import Metadata


class _Pair(QWidget):
    """One row; `set_error` shows a sentence under it, or none."""

    edited = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget, key: str, value: str) -> None:
        super().__init__(parent)
        self.key = QLineEdit(visible(key), self)
        self.value = QLineEdit(visible(value), self)
        self.remove = QToolButton(self)
        self.error = QLabel(self)
        self.error.setProperty("state", "failed")
        self.error.setWordWrap(True)
        self.error.hide()
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.key, 2)
        fields.addWidget(self.value, 3)
        fields.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(fields)
        layout.addWidget(self.error)
        self.key.textEdited.connect(self.edited)
        self.value.textEdited.connect(self.edited)
        self.remove.clicked.connect(self.removed)

    @property
    def is_blank(self) -> bool:
        return not self.key.text().strip() and not self.value.text().strip()

    def set_error(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


class MetadataEditor(QWidget):
    """`changed` follows each edit of the user. A row left blank counts for nothing."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[_Pair] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.add = QPushButton(self)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)
        self.limit = QLabel(self)
        self.limit.setProperty("role", "caption")
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self.limit)
        foot.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._rows)
        layout.addLayout(foot)
        self.retranslate()

    def set_metadata(self, metadata: Metadata) -> None:
        for pair in tuple(self._pairs):
            self._drop(pair)
        for key, value in metadata.items():
            self._insert(key, value)
        self._check()

    def metadata(self) -> dict[str, str]:
        """What the fields hold; to be used when `is_valid`."""
        return {pair.key.text().strip(): pair.value.text() for pair in self._pairs if not pair.is_blank}

    def controls(self) -> list[QWidget]:
        """In tab order."""
        rows: list[QWidget] = [each for pair in self._pairs for each in (pair.key, pair.value, pair.remove)]
        return [*rows, self.add]

    def is_valid(self) -> bool:
        return not any(self._problem(pair) for pair in self._pairs)

    def focus_problem(self) -> None:
        """Move to the first field at fault."""
        for pair in self._pairs:
            if self._problem(pair):
                (pair.value if len(pair.value.text()) > METADATA_VALUE_CHARACTERS else pair.key).setFocus()
                return

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.add.setText(self.tr("Add a pair"))
        for number, pair in enumerate(self._pairs, start=1):
            pair.key.setPlaceholderText(self.tr("Key"))
            pair.key.setAccessibleName(self.tr("Key of pair {0}").format(number))
            pair.value.setPlaceholderText(self.tr("Value"))
            pair.value.setAccessibleName(self.tr("Value of pair {0}").format(number))
            pair.remove.setAccessibleName(self.tr("Remove pair {0}").format(number))
            pair.remove.setToolTip(self.tr("Remove this pair"))
        self._make_icons()
        self._check()

    def _make_icons(self) -> None:
        self.add.setIcon(icon("plus"))
        for pair in self._pairs:
            pair.remove.setIcon(icon("x"))

    def _on_add(self) -> None:
        self._insert("", "").key.setFocus()
        self._check()

    def _insert(self, key: str, value: str) -> _Pair:
        pair = _Pair(self, key, value)
        pair.edited.connect(self._on_edited)
        pair.removed.connect(lambda: self._on_removed(pair))
        before = self._pairs[-1].remove if self._pairs else self.add.previousInFocusChain()
        self._pairs.append(pair)
        self._rows.addWidget(pair)
        row: tuple[QWidget, ...] = (pair.key, pair.value, pair.remove, self.add)
        for first, second in pairwise(row if before is None else (before, *row)):
            QWidget.setTabOrder(first, second)
        self.retranslate()
        return pair

    def _on_edited(self) -> None:
        self._check()
        self.changed.emit()

    def _on_removed(self, pair: _Pair) -> None:
        self._drop(pair)
        self.add.setFocus()
        self.retranslate()
        self.changed.emit()

    def _drop(self, pair: _Pair) -> None:
        self._pairs.remove(pair)
        self._rows.removeWidget(pair)
        pair.hide()
        pair.deleteLater()

    def _check(self) -> None:
        for pair in self._pairs:
            pair.set_error(self._problem(pair))
        self.add.setEnabled(len(self._pairs) < METADATA_PAIRS)
        self.limit.setText(self.tr("{0} of {1}").format(len(self._pairs), METADATA_PAIRS) if self._pairs else "")

    def _problem(self, pair: _Pair) -> str:
        if pair.is_blank:
            return ""
        key = pair.key.text().strip()
        if not key:
            return self.tr("Give this value a key.")
        if len(key) > METADATA_KEY_CHARACTERS:
            return self.tr("A key has at most {0} characters.").format(METADATA_KEY_CHARACTERS)
        if len(pair.value.text()) > METADATA_VALUE_CHARACTERS:
            return self.tr("A value has at most {0} characters.").format(METADATA_VALUE_CHARACTERS)
        if any(other is not pair and other.key.text().strip() == key for other in self._pairs):
            return self.tr("Another pair has this key.")
        return ""
