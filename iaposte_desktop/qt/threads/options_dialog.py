"""One draft otherwise than its assistant says: another model, further instructions, other limits. What it would send
can be counted by the provider first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.domain.runs import RunOverrides
from iaposte_desktop.qt.lib.amounts import cost_text, tokens_text
from iaposte_desktop.qt.lib.announcing import announce
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.lib.fields import Choice, Field, StatusLine, TextArea, short_line
from iaposte_desktop.qt.lib.keys import sequence, with_key
from iaposte_desktop.qt.lib.numbers import typed_decimal, typed_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLineEdit

    from iaposte_desktop.application.drafting import DraftEstimate
    from iaposte_desktop.application.models import ModelChoice


class OptionsDialog(QDialog):
    """`drafted` and `counted` carry a RunOverrides; after `drafted` the dialog closes. Models and what the assistant
    would ask may be told later than it opens."""

    drafted = Signal(object)
    counted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._estimate: DraftEstimate | None = None
        self._own_model = ""
        self.model = Choice(self)
        self.model.addItem("", None)
        self.instructions = TextArea(3, 8, self)
        self.replaces = QCheckBox(self)
        self.replaces.setEnabled(False)
        self.tokens, self.passages, self.budget = (short_line(self) for _ in range(3))
        names = ("model", "instructions", "max_output_tokens", "max_passages", "budget")
        controls = (self.model, self.instructions, self.tokens, self.passages, self.budget)
        self.fields = {name: Field(control, self) for name, control in zip(names, controls, strict=True)}
        self.fields["instructions"].column.addWidget(self.replaces)
        self.count = QPushButton(self)
        self.count.setAutoDefault(False)
        self.estimate = StatusLine(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.draft = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.draft.setProperty("role", "primary")
        self.draft.style().polish(self.draft)
        self.draft.setDefault(True)
        self._lay_out()
        # Return in the instructions is a new line.
        QShortcut(sequence("draft"), self).activated.connect(self._on_draft)
        self.instructions.textChanged.connect(lambda: self.replaces.setEnabled(bool(self.instructions.text().strip())))
        self.buttons.accepted.connect(self._on_draft)
        self.buttons.rejected.connect(self.reject)
        self.count.clicked.connect(self._on_count)
        self.retranslate()

    def show_own_model(self, model: str) -> None:
        """The one that the assistant would ask."""
        self._own_model = model
        self.model.setItemText(0, self._own_model_text())

    def show_models(self, choices: Sequence[ModelChoice], missing: str = "") -> None:
        """`missing`: why some are not there."""
        chosen = self.model.currentData()
        while self.model.count() > 1:
            self.model.removeItem(1)
        for choice in choices:
            place = choice.connection or self.tr("this machine")
            self.model.addItem(f"{choice.info.id} · {place}", choice.ref)
        self.model.setCurrentIndex(max(0, self.model.findData(chosen)))
        self.fields["model"].set_problem(missing, "attention")
        self._grow()

    def show_estimate(self, estimate: DraftEstimate | None, problem: str = "") -> None:
        """What a draft with these options would send; `problem` says why there is none."""
        self.count.setEnabled(True)
        self._estimate = estimate
        if estimate is None:
            self.estimate.say(problem, "failed")
        else:
            self._show_estimate(estimate)
        announce(self, self.estimate.text.text())
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Draft with options"))
        self.model.setItemText(0, self._own_model_text())
        for edit in (self.tokens, self.passages, self.budget):
            edit.setPlaceholderText(self.tr("Assistant’s own"))
        self.fields["model"].set_texts(self.tr("&Model"))
        self.fields["instructions"].set_texts(
            self.tr("&Instructions for this draft"), self.tr("They follow the assistant’s own.")
        )
        self.replaces.setText(self.tr("&Replace the assistant’s own instructions"))
        self.fields["max_output_tokens"].set_texts(self.tr("&Output tokens"))
        self.fields["max_passages"].set_texts(self.tr("&Passages"))
        self.fields["budget"].set_texts(self.tr("&Budget (US dollars)"))
        self.count.setText(self.tr("&Count what would be sent"))
        self.count.setToolTip(self.tr("The mail goes to the provider to be counted; nothing is written or billed"))
        self.draft.setText(self.tr("&Draft"))
        self.draft.setToolTip(with_key(self.tr("Draft a reply with these options"), "draft"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        if self._estimate is not None:
            self._show_estimate(self._estimate)

    def _own_model_text(self) -> str:
        own = self.tr("As the assistant says")
        return f"{own} ({self._own_model})" if self._own_model else own

    def _show_estimate(self, estimate: DraftEstimate) -> None:
        tokens = tokens_text(estimate.input_tokens, estimated=not estimate.is_counted)
        remark = "" if estimate.is_counted else self.tr("the provider did not count; this is our estimate")
        self.estimate.say(" · ".join(filter(None, (tokens, cost_text(estimate.cost, estimated=True), remark))))

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.setSpacing(12)
        for name in ("max_output_tokens", "max_passages", "budget"):
            numbers.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        counting = QHBoxLayout()
        counting.setSpacing(12)
        counting.addWidget(self.count)
        counting.addWidget(self.estimate, 1, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.fields["model"])
        layout.addWidget(self.fields["instructions"])
        layout.addLayout(numbers)
        layout.addLayout(counting)
        layout.addStretch()
        layout.addWidget(self.buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 84)

    def _grow(self) -> None:
        """A sentence that came is not to squeeze the fields."""
        layout = self.layout()
        assert layout is not None, "see `_lay_out`"
        layout.activate()
        self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _on_draft(self) -> None:
        if (overrides := self._overrides()) is not None:
            self.drafted.emit(overrides)
            self.accept()

    def _on_count(self) -> None:
        if (overrides := self._overrides()) is not None:
            self.count.setEnabled(False)
            self.counted.emit(overrides)

    def _overrides(self) -> RunOverrides | None:
        """None where a field is wrong, which it then says."""
        for name, field in self.fields.items():
            if name != "model":
                field.set_problem("")
        text = self.instructions.text().strip()
        replaces = self.replaces.isEnabled() and self.replaces.isChecked()
        try:
            return RunOverrides(
                instructions=text if replaces else None,
                additional_instructions="" if replaces else text,
                model=self.model.currentData(),
                max_output_tokens=self._whole("max_output_tokens", self.tokens, 1, None),
                max_passages=self._whole("max_passages", self.passages, 1, 50),
                budget_usd=typed_decimal("budget", self.budget.text()) if self.budget.text().strip() else None,
            )
        except InvalidValue as error:
            field = self.fields[error.field]
            field.set_problem(sentence_of(error))
            self._grow()
            field.control.setFocus()
            return None

    def _whole(self, field: str, edit: QLineEdit, least: int, most: int | None) -> int | None:
        if not edit.text().strip():
            return None
        number = typed_whole(field, edit.text())
        if number < least or (most is not None and number > most):
            raise InvalidValue(field)
        return number
