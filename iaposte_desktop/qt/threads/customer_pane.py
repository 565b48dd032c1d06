"""The customer: name, address, facts, notes, and the other threads. What is edited is saved by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.foreign_text import PlainLabel, PlainTextEdit, visible
from iaposte_desktop.qt.lib.metadata_editor import MetadataEditor
from iaposte_desktop.qt.lib.times import relative_time
from iaposte_desktop.qt.threads.draft_editor import typed_text
from iaposte_desktop.qt.threads.scrolling import scrolled
from iaposte_desktop.qt.threads.texts import status_text, subject_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.threads import Customer, ThreadSummary

_THROTTLE_MS: Final = 500


class CustomerPane(QWidget):
    """`edited` carries the customer as it is to be saved."""

    edited = Signal(object)
    thread_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._customer: Customer | None = None
        self._is_setting = False
        self._threads: tuple[ThreadSummary, ...] = ()
        self.empty = EmptyState(self)
        self._page = QWidget(self)
        self.name_label, self.notes_label, self.facts_label, self.past_label = (QLabel(self._page) for _ in range(4))
        self.name = QLineEdit(self._page)
        self.address = PlainLabel(parent=self._page)
        self.address.setProperty("role", "quiet")
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes = PlainTextEdit(self._page)
        self.notes.setProperty("role", "field")
        self.notes.setFixedHeight(self.fontMetrics().lineSpacing() * 6)
        self.metadata = MetadataEditor(self._page)
        self.saving = PlainLabel(parent=self._page)
        self.saving.setProperty("role", "caption")
        self.past = QListView(self._page)
        self.past.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.past.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)
        self._past_model = QStringListModel(self)
        self.past.setModel(self._past_model)
        self._throttle = QTimer(self)
        self._throttle.setSingleShot(True)
        self._throttle.setInterval(_THROTTLE_MS)
        self._lay_out()
        self._throttle.timeout.connect(self.save_now)
        for signal in (self.name.textEdited, self.notes.textChanged, self.metadata.changed):
            signal.connect(self._on_edited)
        self.past.activated.connect(self._on_past)
        self.past.doubleClicked.connect(self._on_past)
        self.retranslate()

    def show_customer(self, customer: Customer | None) -> None:
        """What is being edited of the same customer is left alone."""
        is_same = customer is not None and self._customer is not None and customer.id == self._customer.id
        if is_same and (self._throttle.isActive() or self._edited() == customer):
            return
        self.save_now()
        self._customer = customer
        self._stack.setCurrentIndex(0 if customer is None else 1)
        if customer is None:
            return
        self._is_setting = True
        self.name.setText(visible(customer.name))
        self.address.setText(customer.email)
        self.notes.setPlainText(customer.notes)
        self.metadata.set_metadata(customer.metadata)
        self.saving.setText("")
        self._is_setting = False

    def show_threads(self, threads: Sequence[ThreadSummary]) -> None:
        """The customer's other threads."""
        self._threads = tuple(threads)
        now = datetime.now(UTC)
        self._past_model.setStringList(
            [
                " · ".join(
                    (
                        visible(subject_text(summary.thread.subject)).replace("\n", " "),
                        status_text(summary.thread.status),
                        relative_time(summary.thread.updated_at, now),
                    )
                )
                for summary in self._threads
            ]
        )
        self.past.setVisible(bool(self._threads))
        self.past_label.setVisible(bool(self._threads))

    def show_saved(self) -> None:
        self.saving.setText(self.tr("saved"))

    def save_now(self) -> None:
        self._throttle.stop()
        edited = self._edited()
        if edited is not None and edited != self._customer and self.metadata.is_valid():
            self._customer = edited
            self.edited.emit(edited)

    def stop(self) -> None:
        """Nothing is saved from here on."""
        self._throttle.stop()
        self._customer = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.empty.set_texts(self.tr("No customer"), self.tr("Who wrote, what you noted, and their other threads."))
        self.name_label.setText(self.tr("&Name"))
        self.name.setAccessibleName(self.tr("Name of the customer"))
        self.address.setAccessibleName(self.tr("Address of the customer"))
        self.notes_label.setText(self.tr("N&otes"))
        self.notes.setAccessibleName(self.tr("Notes on the customer"))
        self.notes.setPlaceholderText(self.tr("For you and your team; never sent."))
        self.facts_label.setText(self.tr("Facts"))
        self.past_label.setText(self.tr("Other threads"))
        self.past.setAccessibleName(self.tr("Other threads of this customer"))
        self.show_threads(self._threads)

    def _lay_out(self) -> None:
        self.name_label.setBuddy(self.name)
        self.notes_label.setBuddy(self.notes)
        self.past_label.setBuddy(self.past)
        for label in (self.name_label, self.notes_label, self.facts_label, self.past_label):
            label.setProperty("role", "heading")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self.name_label, self.name, self.address),
            (self.notes_label, self.notes, self.saving),
            (self.facts_label, self.metadata),
            (self.past_label, self.past),
        )
        for group in groups:
            for widget in group:
                column.addWidget(widget)
            column.addSpacing(12)
        column.addStretch()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scrolled(self._page, self))

    def _edited(self) -> Customer | None:
        if self._customer is None:
            return None
        name = self.name.text()
        return replace(
            self._customer,
            name=self._customer.name if name == visible(self._customer.name) else name.strip(),
            notes=typed_text(self.notes),
            metadata=self.metadata.metadata() if self.metadata.is_valid() else self._customer.metadata,
        )

    def _on_edited(self) -> None:
        if not self._is_setting:
            self.saving.setText("")
            if not self._throttle.isActive():
                self._throttle.start()

    def _on_past(self, index: QModelIndex) -> None:
        self.thread_requested.emit(self._threads[index.row()].thread.id)
