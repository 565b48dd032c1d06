"""A run as it happens: its steps with their time and tokens, its totals, what went wrong, and earlier runs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.domain.runs import StepKind
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import ForeignText, PlainLabel
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.threads.run_texts import (
    fallback_text,
    found_text,
    raw_text,
    run_title,
    step_figures,
    step_text,
    totals_text,
    usage_detail,
)
from iaposte_desktop.qt.threads.scrolling import scrolled
from iaposte_desktop.qt.threads.texts import RUN_SIGNS, RUNNING_SIGN, STEP_SIGNS, ending_text, run_status_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.runs import Run, RunStep

_TICK_MS: Final = 200


class StepRow(QWidget):
    def __init__(self, step: RunStep, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = step
        self._sign = QLabel(self)
        self.text = PlainLabel(parent=self)
        self.text.setWordWrap(True)
        self.found = PlainLabel(parent=self)
        self.found.setProperty("role", "caption")
        self.found.setWordWrap(True)
        self.figures = PlainLabel(parent=self)
        self.figures.setProperty("role", "caption")
        column = QVBoxLayout()
        column.setSpacing(4)
        for label in (self.text, self.found, self.figures):
            column.addWidget(label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        self.redraw()

    def show_step(self, step: RunStep) -> None:
        if step is not self.step:
            self.step = step
            self.redraw()

    def tick(self) -> None:
        if self.step.ended_at is None:
            self.figures.setText(step_figures(self.step, datetime.now(UTC)))

    def redraw(self) -> None:
        is_waiting = self.step.kind is StepKind.WAITING and self.step.ended_at is None
        name, state = ("clock", "attention") if is_waiting else STEP_SIGNS[self.step.status]
        self._sign.setPixmap(icon(name, getattr(colours(), state) if state else None).pixmap(16, 16))
        self.text.setText(step_text(self.step))
        found = found_text(self.step)
        self.found.setText(found)
        self.found.setVisible(bool(found))
        self.figures.setText(step_figures(self.step, datetime.now(UTC)))
        self.setAccessibleName(", ".join(filter(None, (self.text.text(), found, self.figures.text()))))


class RunPane(QWidget):
    """`run_chosen` carries the id of an earlier run to be shown."""

    run_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._titles: list[tuple[str, str]] = []
        self.empty = EmptyState(self)
        self._page = QWidget(self)
        self.runs = QComboBox(self._page)
        self._sign = QLabel(self._page)
        self.status = PlainLabel(parent=self._page)
        self.totals = PlainLabel(parent=self._page)
        self.totals.setProperty("role", "quiet")
        self.model = PlainLabel(parent=self._page)
        self.model.setProperty("role", "caption")
        self.fallback = StatusLine(self._page)
        self.error = PlainLabel(parent=self._page)
        self.error.setWordWrap(True)
        self.raw_button = QToolButton(self._page)
        self.raw_button.setCheckable(True)
        self.raw_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.raw = ForeignText(self._page)
        self.raw.setMinimumHeight(self.fontMetrics().lineSpacing() * 12)
        self.raw.hide()
        self.steps: list[StepRow] = []
        self._lay_out()
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self.runs.activated.connect(lambda at: self.run_chosen.emit(self.runs.itemData(at)))
        self.raw_button.toggled.connect(self._on_raw)
        self.retranslate()

    def show_runs(self, runs: Sequence[Run], chosen: str | None) -> None:
        """Newest first."""
        titles = [(run.id, run_title(run)) for run in runs]
        if titles != self._titles:
            self._titles = titles
            self.runs.clear()
            for run_id, title in titles:
                self.runs.addItem(title, run_id)
        self.runs.setCurrentIndex(self.runs.findData(chosen))
        self.runs.setVisible(len(titles) > 1)

    def show_run(self, run: Run | None) -> None:
        before, self._run = self._run, run
        if run is None or before is None or before.id != run.id:
            self._clear()
        self._stack.setCurrentIndex(0 if run is None else 1)
        if run is None:
            self._ticking.stop()
            return
        self._show_steps(run)
        if before is None or (before.id, before.status, before.fallback) != (run.id, run.status, run.fallback):
            self._show_status(run)
            self._show_raw()
        self.totals.setText(totals_text(run, datetime.now(UTC)))
        self._explain_totals(run)
        if run.status.is_terminal:
            self._ticking.stop()
        elif not self._ticking.isActive():
            self._ticking.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.empty.set_texts(
            self.tr("No run yet"), self.tr("Each step of a draft is shown here while it happens, with time and tokens.")
        )
        self.runs.setAccessibleName(self.tr("Runs of this thread"))
        self.runs.setToolTip(self.tr("Earlier runs of this thread"))
        self.raw_button.setText(self.tr("Technical detail"))
        self.raw.setAccessibleName(self.tr("Technical detail"))
        self.status.setAccessibleName(self.tr("State of the run"))
        self.totals.setAccessibleName(self.tr("Time, tokens and cost of the run"))
        for at, (run_id, _) in enumerate(self._titles):
            if self._run is not None and self._run.id == run_id:
                self.runs.setItemText(at, run_title(self._run))
        self._redraw()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self.status)
        head.addStretch()
        head.addWidget(self.totals)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.runs)
        column.addLayout(head)
        column.addWidget(self.model)
        column.addWidget(self.fallback)
        column.addWidget(self.error)
        column.addSpacing(8)
        column.addLayout(self._rows)
        column.addSpacing(8)
        column.addWidget(self.raw_button)
        column.addWidget(self.raw, 1)
        column.addStretch()
        self.runs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.runs.setMinimumContentsLength(12)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scrolled(self._page, self))

    def _clear(self) -> None:
        for row in self.steps:
            self._rows.removeWidget(row)
            row.deleteLater()
        self.steps.clear()

    def _show_steps(self, run: Run) -> None:
        for row, step in zip(self.steps, run.steps, strict=False):
            row.show_step(step)
        for step in run.steps[len(self.steps) :]:
            row = StepRow(step, self._page)
            self.steps.append(row)
            self._rows.addWidget(row)

    def _show_status(self, run: Run) -> None:
        name, state = RUN_SIGNS.get(run.status, RUNNING_SIGN)
        self._sign.setPixmap(icon(name, getattr(colours(), state) if state else None).pixmap(16, 16))
        self.status.setText(run_status_text(run.status))
        self.model.setText(run.answering_model.model)
        self.fallback.say(fallback_text(run), "attention")
        sentence = ending_text(run)
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        for label in (self.status, self.error):
            label.setProperty("state", state)
            label.style().polish(label)

    def _redraw(self) -> None:
        self.raw_button.setIcon(icon("chevron-down" if self.raw_button.isChecked() else "chevron-right"))
        for row in self.steps:
            row.redraw()
        if self._run is not None:
            self._show_status(self._run)
            self.totals.setText(totals_text(self._run, datetime.now(UTC)))
            self._explain_totals(self._run)

    def _explain_totals(self, run: Run) -> None:
        self.totals.setToolTip(usage_detail(run.usage))
        self.totals.setAccessibleDescription(usage_detail(run.usage))

    def _tick(self) -> None:
        if self._run is not None and self.isVisible():
            self.totals.setText(totals_text(self._run, datetime.now(UTC)))
            for row in self.steps:
                row.tick()

    def _on_raw(self, is_open: bool) -> None:
        self.raw.setVisible(is_open)
        self._redraw()
        self._show_raw()

    def _show_raw(self) -> None:
        if self._run is not None and self.raw_button.isChecked():
            self.raw.show_text(raw_text(self._run))
