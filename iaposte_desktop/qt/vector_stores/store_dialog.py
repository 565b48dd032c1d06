"""A store's settings: asked for when it is made, and changed later in the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.domain.knowledge import ExpiresAfter
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.qt.lib.fields import Choice, lay_out_form
from iaposte_desktop.qt.lib.foreign_text import PlainLabel, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.metadata_editor import MetadataEditor
from iaposte_desktop.qt.vector_stores.meaning_choice import MeaningChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.qt.vector_stores.places import Place

_NAME_CHARACTERS = 256
_MOST_DAYS = 365
_USUAL_DAYS = 30


class StoreDialog(QDialog):
    """Shown with `open`. `submitted` carries StoreDetails that are valid, and the provider chosen for a new store; the
    dialog stays until its owner accepts it, or shows why it could not be saved."""

    submitted = Signal(object, str)

    def __init__(
        self,
        store: VectorStore | None,
        parent: QWidget | None = None,
        places: Sequence[Place] = (),
        *,
        can_have_meaning: bool = True,
    ) -> None:
        """Without a store the form makes a new one, at one of `places` where there are several. `can_have_meaning`: the
        store is on this machine, or may be."""
        super().__init__(parent)
        self._is_new = store is None
        self._is_saving = False
        self.name_label = QLabel(self)
        self.name = QLineEdit(self)
        self.name_label.setBuddy(self.name)
        self.name_error = _error_label(self)
        self._places = places if self._is_new and len(places) > 1 else ()
        self.place_label = QLabel(self)
        self.place = Choice(self)
        self.place_label.setBuddy(self.place)
        self.place_hint = _hint_label(self)
        for each in self._places:
            self.place.addItem("", each.provider)
        for widget in (self.place_label, self.place, self.place_hint):
            widget.setVisible(bool(self._places))
        self.place.currentIndexChanged.connect(self._show_place_hint)
        self.internal = QCheckBox(self)
        self.internal_hint = _hint_label(self)
        self.copies = QCheckBox(self)
        self.copies.setChecked(True)
        self.copies_hint = _hint_label(self)
        self.past_answers = QCheckBox(self)
        self.past_answers_hint = _hint_label(self)
        self._is_here = store is None or all(place.provider != store.provider or not place.name for place in places)
        self.expires = QCheckBox(self)
        self.days = QSpinBox(self)
        self.days.setRange(1, _MOST_DAYS)
        self.days.setValue(_USUAL_DAYS)
        self.days.setEnabled(False)
        self.expires_hint = _hint_label(self)
        self.meaning = MeaningChoice(self)
        self.meaning.setVisible(can_have_meaning)
        self.metadata_heading = QLabel(self)
        self.metadata_hint = _hint_label(self)
        self.metadata = MetadataEditor(self)
        self.failure = _error_label(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setProperty("role", "primary")
        self.save.style().polish(self.save)
        self.expires.toggled.connect(self.days.setEnabled)
        self.name.textEdited.connect(lambda: self._set_error(self.name_error, ""))
        self.buttons.accepted.connect(self._on_save)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        if store is not None:
            self._fill(store)
        self.retranslate()
        self.name.setFocus()

    def show_failure(self, sentence: str) -> None:
        self._set_error(self.failure, sentence)
        self._set_saving(False)

    def reject(self) -> None:
        """Not while it is being saved: the owner is about to say how that went."""
        if not self._is_saving:
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("New store") if self._is_new else self.tr("Store settings"))
        self.name_label.setText(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("For example: terms and delivery"))
        self.place_label.setText(self.tr("Where it is kept"))
        self.place.setAccessibleName(self.tr("Where the store is kept"))
        for row, place in enumerate(self._places):
            self.place.setItemText(row, visible(place.name) or self.tr("On this machine"))
        self._make_icons()
        self.copies.setText(self.tr("Keep copies of the originals"))
        self.copies_hint.setText(
            self.tr("Without them a file takes no second place on the disk, and is opened where it was added from.")
        )
        self.past_answers.setText(self.tr("Add sent replies as past answers"))
        self.past_answers_hint.setText(
            self.tr("Names, addresses and numbers of customers are taken out before a reply is kept.")
        )
        self._show_place_hint()
        self.internal.setText(self.tr("Internal"))
        self.internal_hint.setText(self.tr("Its text may inform a reply, but is not meant for customers."))
        self.expires.setText(self.tr("Expires after"))
        self.days.setAccessibleName(self.tr("Days without use"))
        self.days.setSuffix(self.tr(" days without use"))
        self.expires_hint.setText(self.tr("An expired store is no longer listed or searched."))
        self.metadata_heading.setText(self.tr("Metadata"))
        self.metadata_hint.setText(self.tr("Notes for your own tools: a key and a value, up to 16 pairs."))
        self.save.setText(self.tr("Create store") if self._is_new else self.tr("Save"))

    def _fill(self, store: VectorStore) -> None:
        self.name.setText(store.name)
        self.internal.setChecked(store.is_internal)
        self.copies.setChecked(store.keeps_copies)
        self.past_answers.setChecked(store.takes_past_answers)
        if store.expires_after is not None:
            self.expires.setChecked(True)
            self.days.setValue(store.expires_after.days)
        self.meaning.choose(store.embedding_model)
        self.metadata.set_metadata(store.metadata)

    def _lay_out(self) -> None:
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        naming: tuple[QWidget, ...] = (self.name_label, self.name, self.name_error)
        placing: tuple[QWidget, ...] = (self.place_label, self.place, self.place_hint) if self._places else ()
        for group in filter(None, (naming, placing)):
            for widget in group:
                column.addWidget(widget)
            column.addSpacing(12)
        column.addWidget(self.internal)
        column.addWidget(self.internal_hint)
        column.addSpacing(12)
        for switch, hint in ((self.copies, self.copies_hint), (self.past_answers, self.past_answers_hint)):
            column.addWidget(switch)
            column.addWidget(hint)
            hint.setContentsMargins(0, 0, 0, 12)
        row = QHBoxLayout()
        row.addWidget(self.expires)
        row.addWidget(self.days)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(self.expires_hint)
        column.addSpacing(12)
        column.addWidget(self.meaning)
        column.addSpacing(12)
        column.addWidget(self.metadata_heading)
        column.addWidget(self.metadata_hint)
        column.addWidget(self.metadata)
        column.addStretch()
        lay_out_form(self, form, self.failure, self.buttons)
        character = self.fontMetrics().averageCharWidth()
        self.resize(character * 72, self.fontMetrics().lineSpacing() * 36)

    def _on_save(self) -> None:
        name = self.name.text().strip()
        if not name:
            self._set_error(self.name_error, self.tr("Give the store a name."))
        elif len(name) > _NAME_CHARACTERS:
            self._set_error(self.name_error, self.tr("A name has at most {0} characters.").format(_NAME_CHARACTERS))
        if not self.name_error.isHidden():
            self.name.setFocus()
        elif not (self.meaning.isHidden() or self.meaning.is_complete):
            self.meaning.show_incomplete()
        elif not self.metadata.is_valid():
            self.metadata.focus_problem()
        else:
            self._set_saving(True)
            expires = ExpiresAfter(self.days.value()) if self.expires.isChecked() else None
            details = StoreDetails(
                name,
                self.internal.isChecked(),
                expires,
                self.metadata.metadata(),
                keeps_copies=self.copies.isChecked(),
                takes_past_answers=self._is_here and self.past_answers.isChecked(),
                embedding_model=None if self.meaning.isHidden() else self.meaning.chosen,
            )
            self.submitted.emit(details, self.place.currentData() or "")

    def _make_icons(self) -> None:
        for row, place in enumerate(self._places):
            self.place.setItemIcon(row, icon(place.icon))

    def _show_place_hint(self) -> None:
        """And the settings of stores on this machine where it is one."""
        place = self._places[max(0, self.place.currentIndex())] if self._places else None
        if place is not None:
            self._is_here = not place.name
        for widget in (self.copies, self.copies_hint, self.past_answers, self.past_answers_hint):
            widget.setVisible(self._is_here)
        if place is None:
            return
        if place.name:
            hint = self.tr("Its files are sent to {0} and searched there.").format(visible(place.name))
        else:
            hint = self.tr("Its files do not leave this machine.")
        self.meaning.setVisible(not place.name)
        self.place_hint.setText(hint)
        self.place.setAccessibleDescription(hint)

    def _set_saving(self, is_saving: bool) -> None:
        self._is_saving = is_saving
        self.save.setEnabled(not is_saving)

    def _set_error(self, label: QLabel, sentence: str) -> None:
        label.setText(sentence)
        label.setVisible(bool(sentence))


def _error_label(parent: QWidget) -> PlainLabel:
    label = PlainLabel(parent=parent)
    label.setProperty("state", "failed")
    label.setWordWrap(True)
    label.hide()
    return label


def _hint_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", "caption")
    label.setWordWrap(True)
    return label
