"""Above the draft: files it cites were replaced, removed, or read otherwise by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from iaposte_desktop.qt.lib.keys import with_key
from iaposte_desktop.qt.threads.notice import Notice
from iaposte_desktop.qt.threads.source_texts import change_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.sources import SourceChange


class SourceNotice(Notice):
    """What was closed stays closed until something else has changed."""

    draft_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[SourceChange, ...] = ()
        self.draft_again = QPushButton(self)
        self.draft_again.clicked.connect(self.draft_clicked)
        self.head.insertWidget(self.head.count() - 1, self.draft_again)
        self.most_lines = 5
        self.retranslate()

    def show_changes(self, changes: tuple[SourceChange, ...]) -> None:
        if changes == self._changes:
            return
        self._changes = changes
        self._show()
        self.setVisible(bool(changes))

    def retranslate(self) -> None:
        super().retranslate()
        self.text.setAccessibleName(self.tr("Changed sources"))
        self.draft_again.setText(self.tr("Draft again"))
        self.draft_again.setToolTip(with_key(self.tr("Write a new suggestion from the files as they are now"), "draft"))
        self._show()

    def _show(self) -> None:
        if self._changes:
            was_closed = self.isHidden()
            title = self.tr("%n source(s) of this draft changed", "", len(self._changes))
            self.say(title, [f"[{each.source.number}] {change_text(each)}" for each in self._changes])
            self.setHidden(was_closed)
