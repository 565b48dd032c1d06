"""The small dialogs of the tab. Each is shown with open(), tells by a signal, and is gone when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.domain.drafts import RevisionReason
from iaposte_desktop.qt.lib.foreign_text import ForeignText, PlainTextEdit, visible
from iaposte_desktop.qt.lib.metadata_editor import MetadataEditor
from iaposte_desktop.qt.lib.times import full_time
from iaposte_desktop.qt.threads.draft_editor import typed_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from iaposte_desktop.domain.drafts import DraftRevision
    from iaposte_desktop.domain.json import Metadata


class _Dialog(QDialog):
    """OK and Cancel under one column; the words are set by `retranslate`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 16)
        self.column.setSpacing(8)

    def fill(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self.column.addWidget(widget)
        self.column.addWidget(self.buttons)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        raise NotImplementedError


class PasteDialog(_Dialog):
    """`pasted` carries text, sender's name and sender's address."""

    pasted = Signal(str, str, str)

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.text = PlainTextEdit(self)
        self.text.setProperty("role", "field")
        self.text.setPlainText(visible(text))
        self.name, self.address = QLineEdit(self), QLineEdit(self)
        self.text_label, self.name_label, self.address_label, self.hint = (QLabel(self) for _ in range(4))
        self.hint.setProperty("role", "caption")
        self.hint.setWordWrap(True)
        for label, field in (
            (self.text_label, self.text),
            (self.name_label, self.name),
            (self.address_label, self.address),
        ):
            label.setBuddy(field)
            label.setProperty("role", "heading")
        self.fill(self.text_label, self.text, self.name_label, self.name, self.address_label, self.address, self.hint)
        self.text.textChanged.connect(self._on_text)
        self.accepted.connect(self._on_accepted)
        self._on_text()
        em = self.fontMetrics().averageCharWidth()
        self.resize(em * 80, em * 70)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Paste a mail"))
        self.text_label.setText(self.tr("&Text of the mail"))
        self.text.setPlaceholderText(self.tr("Paste the customer’s mail here, with its heading if you have it."))
        self.name_label.setText(self.tr("&Customer’s name"))
        self.address_label.setText(self.tr("Customer’s &address"))
        self.hint.setText(self.tr("Name and address are needed only where the text does not say them."))
        self.ok.setText(self.tr("Add the mail"))

    def _on_text(self) -> None:
        self.ok.setEnabled(bool(typed_text(self.text).strip()))

    def _on_accepted(self) -> None:
        self.pasted.emit(typed_text(self.text), self.name.text().strip(), self.address.text().strip())


class RenameDialog(_Dialog):
    renamed = Signal(str)

    def __init__(self, parent: QWidget, subject: str) -> None:
        super().__init__(parent)
        self.label = QLabel(self)
        self.label.setProperty("role", "heading")
        self.subject = QLineEdit(visible(subject), self)
        self.subject.selectAll()
        self.label.setBuddy(self.subject)
        self.fill(self.label, self.subject)
        self.subject.textChanged.connect(lambda text: self.ok.setEnabled(bool(text.strip())))
        self.accepted.connect(lambda: self.renamed.emit(self.subject.text()))
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Rename the thread"))
        self.label.setText(self.tr("&Subject"))
        self.ok.setText(self.tr("Rename"))


class DetailsDialog(_Dialog):
    """The thread's metadata; `saved` carries the new pairs."""

    saved = Signal(object)

    def __init__(self, parent: QWidget, metadata: Metadata) -> None:
        super().__init__(parent)
        self.label = QLabel(self)
        self.label.setProperty("role", "heading")
        self.hint = QLabel(self)
        self.hint.setProperty("role", "caption")
        self.hint.setWordWrap(True)
        self.editor = MetadataEditor(self)
        self.editor.set_metadata(metadata)
        self.fill(self.label, self.hint, self.editor)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Details of the thread"))
        self.label.setText(self.tr("Metadata"))
        self.hint.setText(self.tr("Order number, channel, anything that helps to find the thread again."))
        self.ok.setText(self.tr("Save"))

    def accept(self) -> None:
        if not self.editor.is_valid():
            self.editor.focus_problem()
            return
        self.saved.emit(self.editor.metadata())
        super().accept()


class RevisionsDialog(_Dialog):
    """Earlier texts of a draft, newest first; `chosen` carries the one to bring back."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, revisions: Sequence[DraftRevision]) -> None:
        super().__init__(parent)
        self._revisions = tuple(revisions)
        self.list = QListView(self)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._titles = QStringListModel(self)
        self.list.setModel(self._titles)
        self.text = ForeignText(self)
        self.nothing = QLabel(self)
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        self.nothing.setVisible(not self._revisions)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setStretchFactor(1, 2)
        split.setVisible(bool(self._revisions))
        self.column.addWidget(self.nothing)
        self.column.addWidget(split, 1)
        self.fill()
        self.ok.setEnabled(bool(self._revisions))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.setCurrentIndex(self._titles.index(0))
        self.accepted.connect(self._on_accepted)
        em = self.fontMetrics().averageCharWidth()
        self.resize(em * 110, em * 60)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Earlier texts of this draft"))
        self.list.setAccessibleName(self.tr("Earlier texts"))
        self.text.setAccessibleName(self.tr("The earlier text"))
        self.nothing.setText(self.tr("Texts that were replaced, emptied or sent are kept here. There are none yet."))
        self.ok.setText(self.tr("Bring back"))
        row = self.list.currentIndex().row()
        self._titles.setStringList([f"{full_time(r.created_at)}\n{self._reason(r.reason)}" for r in self._revisions])
        self.list.setCurrentIndex(self._titles.index(max(0, row)))

    def _reason(self, reason: RevisionReason) -> str:
        return {
            RevisionReason.ACCEPTED: self.tr("accepted suggestion"),
            RevisionReason.REPLACED: self.tr("before a suggestion was accepted"),
            RevisionReason.EMPTIED: self.tr("before it was emptied"),
            RevisionReason.RESTORED: self.tr("before an earlier text was brought back"),
            RevisionReason.SENT: self.tr("as it was sent"),
        }[reason]

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.text.show_text(self._revisions[index.row()].text)

    def _on_accepted(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.chosen.emit(self._revisions[index.row()])
