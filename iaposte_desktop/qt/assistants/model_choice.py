"""A list of models to choose from. What is chosen stays chosen when its provider does not offer it now, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from iaposte_desktop.domain.assistants import DEFAULT_MODEL
from iaposte_desktop.qt.assistants.texts import default_text, model_text
from iaposte_desktop.qt.lib.fields import Choice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.models import ModelChoice, ModelList
    from iaposte_desktop.domain.assistants import ModelRef


class ModelChooser(Choice):
    """`none_text` makes the first entry one for no model; without it the first follows the settings. `chosen_changed`
    follows the user alone."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, allows_none: bool = False) -> None:
        super().__init__(parent)
        self._allows_none = allows_none
        self._none_text = ""
        self._listed: ModelList | None = None
        self._refs: list[ModelRef | None] = []
        self.currentIndexChanged.connect(self.chosen_changed)

    @property
    def chosen(self) -> ModelRef | None:
        index = self.currentIndex()
        return self._refs[index] if index >= 0 else None

    def choice_of(self, ref: ModelRef | None) -> ModelChoice | None:
        """What is known of a model, or of the one that the default means."""
        if self._listed is None or ref is None:
            return None
        wanted = self._listed.default if ref == DEFAULT_MODEL else ref
        return next((choice for choice in self._listed.choices if choice.ref == wanted), None)

    def set_models(self, listed: ModelList) -> None:
        self._listed = listed
        self.choose_model(self.chosen)

    def set_none_text(self, text: str) -> None:
        self._none_text = text
        self.choose_model(self.chosen)

    def choose_model(self, ref: ModelRef | None) -> None:
        offered = [choice.ref for choice in self._listed.choices] if self._listed else []
        first = None if self._allows_none else DEFAULT_MODEL
        self._refs = [first, *offered]
        if ref is not None and ref not in self._refs:
            self._refs.append(ref)
        was_blocked = self.blockSignals(True)
        self.clear()
        self.addItems([self._text(each) for each in self._refs])
        self.setCurrentIndex(self._refs.index(ref) if ref in self._refs else -1)
        self.blockSignals(was_blocked)

    def _text(self, ref: ModelRef | None) -> str:
        if ref is None:
            return self._none_text
        if ref == DEFAULT_MODEL:
            return default_text(self._listed) if self._listed else ""
        return model_text(ref, self.choice_of(ref))
