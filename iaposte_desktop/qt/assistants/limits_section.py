from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.domain.assistants import Limits
from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.lib.fields import Field, short_line
from iaposte_desktop.qt.lib.numbers import shown_number, typed_decimal, typed_whole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QWidget

    from iaposte_desktop.domain.assistants import AssistantSettings


class LimitsSection(Section):
    """Numbers are typed freely and judged as a whole: a field never refuses a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.passages, self.threshold, self.tokens, self.budget = (short_line(self) for _ in range(4))
        names = ("max_passages", "score_threshold", "max_output_tokens", "budget")
        edits = (self.passages, self.threshold, self.tokens, self.budget)
        self.fields = {name: Field(edit, self) for name, edit in zip(names, edits, strict=True)}
        for field, edit in zip(self.fields.values(), edits, strict=True):
            self.column.addWidget(field)
            edit.textChanged.connect(self.changed)
        self.retranslate()

    def show_settings(self, settings: AssistantSettings) -> None:
        limits = settings.limits
        self.passages.setText(str(limits.max_passages))
        self.threshold.setText(shown_number(limits.score_threshold))
        self.tokens.setText("" if limits.max_output_tokens is None else str(limits.max_output_tokens))
        self.budget.setText("" if limits.budget_usd is None else shown_number(limits.budget_usd))

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        limits = Limits(
            max_passages=typed_whole("max_passages", self.passages.text()),
            score_threshold=float(typed_decimal("score_threshold", self.threshold.text())),
            max_output_tokens=typed_whole("max_output_tokens", self.tokens.text()) if _is_filled(self.tokens) else None,
            budget_usd=typed_decimal("budget", self.budget.text()) if _is_filled(self.budget) else None,
        )
        return replace(settings, limits=limits)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Limits"))
        self.fields["max_passages"].set_texts(self.tr("Passages"), self.tr("The most a search may bring: 1 to 50."))
        self.fields["score_threshold"].set_texts(
            self.tr("Score threshold"), self.tr("Passages below it are left out: from 0 (none) to 1 (all).")
        )
        self.fields["max_output_tokens"].set_texts(
            self.tr("Output tokens"), self.tr("The most a reply may be long. Left empty, there is no limit.")
        )
        self.fields["budget"].set_texts(
            self.tr("Budget (US dollars)"), self.tr("The most one draft may cost. Left empty, there is no limit.")
        )
        for edit in (self.tokens, self.budget):
            edit.setPlaceholderText(self.tr("No limit"))


def _is_filled(edit: QLineEdit) -> bool:
    return bool(edit.text().strip())
