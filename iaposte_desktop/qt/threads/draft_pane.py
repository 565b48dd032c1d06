"""Where the reply is made, always in the same place: strip, suggestion, editor, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.keys import shown
from iaposte_desktop.qt.threads.draft_bar import DraftFoot, DraftStrip
from iaposte_desktop.qt.threads.draft_editor import DraftEditor
from iaposte_desktop.qt.threads.source_notice import SourceNotice
from iaposte_desktop.qt.threads.suggestion_pane import SuggestionPane

if TYPE_CHECKING:
    from iaposte_desktop.domain.runs import Run


class DraftPane(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.strip = DraftStrip(self)
        self.source_notice = SourceNotice(self)
        self.suggestion = SuggestionPane(self)
        self.editor = DraftEditor(self)
        self.foot = DraftFoot(self)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.suggestion)
        self.split.addWidget(self.editor)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 1)
        self.editor.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        self.suggestion.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.source_notice)
        layout.addWidget(self.split, 1)
        layout.addWidget(self.foot)
        self.retranslate()

    def show_suggestion(self, run: Run, *, is_language_model: bool, can_decide: bool) -> None:
        self.suggestion.show_run(run, is_language_model=is_language_model, can_decide=can_decide)
        if self.suggestion.isHidden():
            self.suggestion.show()
            # The larger part goes to where there is something to read.
            is_empty = not self.editor.text().strip()
            self.split.setSizes([3, 1] if is_empty else [1, 1])

    def hide_suggestion(self) -> None:
        self.suggestion.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.editor.setAccessibleName(self.tr("Draft of the reply"))
        self.editor.setPlaceholderText(
            self.tr("Write the reply here, or press Draft ({0}) for a suggestion.").format(shown("draft"))
        )
