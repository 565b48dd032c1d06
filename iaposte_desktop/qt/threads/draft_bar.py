"""The strips above and below the draft editor: what the reply is written in and by, what it would cost, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.qt.lib.amounts import cost_text, tokens_text
from iaposte_desktop.qt.lib.foreign_text import PlainLabel, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import with_key
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.threads.draft_writer import SaveState
from iaposte_desktop.qt.threads.texts import language_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.drafting import DraftEstimate
    from iaposte_desktop.domain.assistants import Assistant
    from iaposte_desktop.domain.runs import Run

REPLY_LANGUAGES = (None, "fr", "en")


class DraftStrip(QWidget):
    """Above the editor. `language_chosen` carries a code or None (the customer's); `assistant_chosen` an id or None
    (the default one)."""

    language_chosen = Signal(object)
    assistant_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.language = QComboBox(self)
        self.language.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.assistant = QComboBox(self)
        self.assistant.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.assistant.setMinimumContentsLength(14)
        self.assistant.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.summary = PlainLabel(parent=self)
        self.summary.setProperty("role", "quiet")
        self._customer_language: str | None = None
        self._default_name = ""
        self._run: Run | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.language)
        layout.addWidget(self.assistant, 1)
        layout.addStretch()
        layout.addWidget(self.summary)
        for _ in REPLY_LANGUAGES:
            self.language.addItem("")
        self.assistant.addItem("", None)
        self.language.activated.connect(lambda at: self.language_chosen.emit(REPLY_LANGUAGES[at]))
        self.assistant.activated.connect(lambda at: self.assistant_chosen.emit(self.assistant.itemData(at)))
        self.retranslate()

    def show_assistants(self, assistants: Sequence[Assistant], chosen: str | None, default_name: str) -> None:
        """`default_name`: of the assistant that drafts where none is chosen."""
        wanted = [(visible(assistant.name), assistant.id) for assistant in assistants]
        present = [
            (self.assistant.itemText(at), self.assistant.itemData(at)) for at in range(1, self.assistant.count())
        ]
        if wanted != present:
            self.assistant.clear()
            self.assistant.addItem("", None)
            for name, assistant_id in wanted:
                self.assistant.addItem(name, assistant_id)
        self._default_name = visible(default_name)
        self._name_default()
        self.assistant.setCurrentIndex(max(0, self.assistant.findData(chosen)) if chosen else 0)

    def show_language(self, chosen: str | None, customer_language: str | None) -> None:
        self._customer_language = customer_language
        self._name_languages()
        self.language.setCurrentIndex(REPLY_LANGUAGES.index(chosen) if chosen in REPLY_LANGUAGES else 0)

    def show_run(self, run: Run | None) -> None:
        """How much of the mail's questions the run found a source for."""
        if self._run is None or run is None or _counts(self._run) != _counts(run):
            self._run = run
            self._show_summary()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Draft"))
        self.language.setAccessibleName(self.tr("Language of the reply"))
        self.language.setToolTip(self.tr("Language of the reply"))
        self.assistant.setAccessibleName(self.tr("Assistant"))
        self.assistant.setToolTip(self.tr("The assistant that drafts"))
        self._name_default()
        self.summary.setAccessibleName(self.tr("Questions with a source"))
        self._name_languages()
        self._show_summary()

    def _name_default(self) -> None:
        name = self._default_name
        self.assistant.setItemText(0, self.tr("Default: {0}").format(name) if name else self.tr("Default assistant"))

    def _name_languages(self) -> None:
        known = language_text(self._customer_language)
        texts = (
            self.tr("Customer’s ({0})").format(known) if known else self.tr("Customer’s language"),
            language_text("fr"),
            language_text("en"),
        )
        for at, text in enumerate(texts):
            self.language.setItemText(at, text)

    def _show_summary(self) -> None:
        run = self._run
        if run is None or not run.questions or not run.status.is_terminal:
            self.summary.setText("")
            return
        total, left = _counts(run)[1:3]
        parts = [self.tr("{0}/{1} sourced").format(total - left, total)]
        if left:
            parts.append(self.tr("%n open", "", left))
        self.summary.setText(" · ".join(parts))


class DraftFoot(QWidget):
    """Below the editor: saved or not, the estimate, and the actions."""

    draft_clicked = Signal()
    options_clicked = Signal()
    stop_clicked = Signal()
    copy_clicked = Signal()
    sent_clicked = Signal()
    earlier_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.saving = PlainLabel(parent=self)
        self.saving.setProperty("role", "caption")
        self.saving.setWordWrap(True)
        self.estimate = PlainLabel(parent=self)
        self.estimate.setProperty("role", "caption")
        self.estimate.setWordWrap(True)
        self.earlier, self.copy, self.sent = QToolButton(self), QPushButton(self), QPushButton(self)
        self.options = QToolButton(self)
        self.primary = QPushButton(self)
        self.primary.setProperty("role", "primary")
        self._is_running = False
        self._estimate: DraftEstimate | None = None
        self._problem = ""
        self._save_state, self._save_reason = SaveState.IDLE, ""
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(self.saving, 1)
        facts.addWidget(self.estimate, 2)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self.earlier)
        actions.addStretch()
        for button in (self.copy, self.sent, self.options, self.primary):
            actions.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(facts)
        layout.addLayout(actions)
        self.estimate.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.primary.clicked.connect(self._on_primary)
        for button, signal in (
            (self.copy, self.copy_clicked),
            (self.sent, self.sent_clicked),
            (self.earlier, self.earlier_clicked),
            (self.options, self.options_clicked),
        ):
            button.clicked.connect(signal)
        self.retranslate()

    def show_running(self, is_running: bool) -> None:
        if is_running != self._is_running:
            self._is_running = is_running
            self._show_primary()

    def show_waiting(self, is_waiting: bool) -> None:
        """A suggestion waits: accepting it is the next step, not another draft."""
        role = "" if is_waiting else "primary"
        if self.primary.property("role") != role:
            self.primary.setProperty("role", role)
            self.primary.style().polish(self.primary)
            self._make_icons()

    def show_estimate(self, estimate: DraftEstimate | None, problem: str = "") -> None:
        """`problem` says why there is none."""
        self._estimate, self._problem = estimate, problem
        self._show_estimate()

    def show_saving(self, state: SaveState, reason: str = "") -> None:
        self._save_state, self._save_reason = state, reason
        self._show_saving()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(with_key(self.tr("Copy the reply without its markers"), "copy_reply"))
        self.copy.setAccessibleName(self.tr("Copy the reply"))
        self.sent.setText(self.tr("Mark as sent"))
        self.sent.setToolTip(with_key(self.tr("The text joins the conversation"), "mark_sent"))
        self.earlier.setAccessibleName(self.tr("Earlier texts"))
        self.earlier.setToolTip(self.tr("Earlier texts of this draft…"))
        self.options.setAccessibleName(self.tr("Draft with options"))
        self.options.setToolTip(
            with_key(self.tr("Another model, instructions or limits for one draft…"), "draft_options")
        )
        self.saving.setAccessibleName(self.tr("State of the draft"))
        self.estimate.setAccessibleName(self.tr("Size and cost of a draft"))
        self._show_primary()
        self._show_estimate()
        self._show_saving()

    def _on_primary(self) -> None:
        (self.stop_clicked if self._is_running else self.draft_clicked).emit()

    def _show_primary(self) -> None:
        self.options.setEnabled(not self._is_running)
        if self._is_running:
            self.primary.setText(self.tr("Stop"))
            self.primary.setToolTip(with_key(self.tr("Stop writing; the text so far is kept"), "stop"))
        else:
            self.primary.setText(self.tr("Draft"))
            self.primary.setToolTip(with_key(self.tr("Draft a reply from your files"), "draft"))
        self._make_icons()

    def _show_estimate(self) -> None:
        estimate = self._estimate
        if estimate is None:
            self.estimate.setText(self._problem)
            return
        place = self.tr("sent to {0}") if estimate.is_remote else self.tr("stays on this machine")
        tokens = tokens_text(estimate.input_tokens, estimated=not estimate.is_counted)
        cost = cost_text(estimate.cost, estimated=True)
        self.estimate.setText(f"{tokens} · {cost} · {place.format(estimate.connection)}")

    def _show_saving(self) -> None:
        words = {
            SaveState.IDLE: "",
            SaveState.SAVING: self.tr("saving…"),
            SaveState.SAVED: self.tr("saved"),
            SaveState.FAILED: self.tr("not saved, trying again: {0}").format(self._save_reason),
        }
        self.saving.setText(words[self._save_state])
        self.saving.setProperty("state", "failed" if self._save_state is SaveState.FAILED else "")
        self.saving.style().polish(self.saving)

    def _make_icons(self) -> None:
        ink = colours().on_accent if self.primary.property("role") else colours().text
        self.earlier.setIcon(icon("history"))
        self.options.setIcon(icon("settings"))
        self.copy.setIcon(icon("copy"))
        self.sent.setIcon(icon("send"))
        self.primary.setIcon(icon("square" if self._is_running else "sparkles", ink))


def _counts(run: Run) -> tuple[str, int, int, bool]:
    return run.id, len(run.questions), len(run.open_questions), run.status.is_terminal
