"""The assistant that is open in the form: what was saved of it, what is typed, and what happened to it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from datetime import datetime

    from iaposte_desktop.domain.assistants import Assistant, AssistantSettings
    from iaposte_desktop.qt.assistants.editor import AssistantEditor


class OpenAssistant(QObject):
    """`current` is the version that edits began from, `newer` one saved elsewhere meanwhile."""

    def __init__(self, editor: AssistantEditor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: Assistant | None = None
        self.newer: Assistant | None = None
        self._editor = editor
        self._saved: AssistantSettings | None = None
        self._is_saving = False
        editor.form.changed.connect(self.judge)

    @property
    def id(self) -> str:
        """Nothing where none is open."""
        return "" if self.current is None else self.current.id

    def show(self, assistant: Assistant | None) -> None:
        """Replaces what is typed."""
        self.current, self.newer, self._saved = assistant, None, None
        self._editor.set_notice("")
        if assistant is None:
            return
        self._editor.form.show_settings(assistant.version.settings)
        # What the fields make of it, not what was stored: a line break of another system is no edit.
        self._saved = self.typed()
        self._editor.form.to_top()
        self._editor.bar.note.clear()

    def show_facts(self, now: datetime, *, is_default: bool) -> None:
        if self.current is not None:
            self._editor.show_facts(self.current, now, is_default=is_default)
            self.judge()

    def typed(self) -> AssistantSettings | None:
        """What the form holds, None while something in it is not valid."""
        return self._editor.form.read().settings

    def has_edits(self) -> bool:
        return self.current is not None and self.typed() != self._saved

    def problem(self) -> str:
        return next(iter(self._editor.form.read().problems.values()), "")

    def can_save(self) -> bool:
        self.judge()
        return self._editor.bar.can_save()

    def retype(self, settings: AssistantSettings) -> None:
        """As if the user had typed it."""
        self._editor.form.show_settings(settings)
        self.judge()

    def note(self) -> str:
        return self._editor.bar.note.text()

    def begin_saving(self) -> None:
        self._is_saving = True
        self.judge()

    def end_saving(self, saved: Assistant | None, settings: AssistantSettings | None, note: str) -> None:
        """`saved` None: it failed. What was typed while it was saved stays, as new edits."""
        self._is_saving = False
        if saved is not None:
            self.current, self.newer, self._saved = saved, None, settings
            self._editor.set_notice("")
            if self.note() == note:
                self._editor.bar.note.clear()
        self.judge()

    def follow(self, found: Assistant | None) -> bool:
        """Take up what is stored now. False where the form must be shown anew for it: nothing typed stands in the
        way then."""
        if self.current is None or self._is_saving:
            return True
        if found is None:
            return self._follow_deletion()
        if found.version.number < self.current.version.number:
            return True  # It was read before the last save.
        if found.version.number == self.current.version.number:
            self.current, self.newer = found, None
            return True
        if not self.has_edits() or found.version.settings == self.typed():
            return False
        self.newer = found
        number = found.version.number
        self._editor.set_notice(
            self.tr("It was changed elsewhere: there is a version {0} now. Your edits are kept.").format(number),
            self.tr("Load version {0}").format(number),
        )
        return True

    def judge(self) -> None:
        """Say beside each field what is wrong, and in the save bar what saving makes, or why it cannot."""
        if self.current is None:
            return
        reading = self._editor.form.mark_problems()
        has_edits = reading.settings != self._saved
        self._editor.discard.setEnabled(has_edits)
        self._editor.bar.show_state(
            (self.newer or self.current).version.number + 1,
            has_edits=has_edits,
            problem=next(iter(reading.problems.values()), ""),
            is_saving=self._is_saving,
        )

    def _follow_deletion(self) -> bool:
        if not self.has_edits():
            return False
        self._editor.set_notice(
            self.tr("It was deleted elsewhere. Your edits are kept: restore it to save them."), self.tr("Restore")
        )
        return True
