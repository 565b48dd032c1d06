"""The dialog of synonyms at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.vector_stores.synonyms_dialog import SynonymsDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.application.synonyms import Synonyms
    from iaposte_desktop.domain.synonyms import SynonymGroup
    from iaposte_desktop.qt.runtime import Runtime


class SynonymsController(Controller):
    def __init__(self, window: QWidget, runtime: Runtime, synonyms: Synonyms) -> None:
        super().__init__(runtime)
        self._window = window
        self._synonyms = synonyms

    def open(self) -> SynonymsDialog:
        known = self._synonyms
        dialog = SynonymsDialog(known.groups(), known.shipped(), known.kept_aside, self._window)
        dialog.submitted.connect(lambda groups: self.scope.start(self._save(dialog, groups), "save synonyms"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    async def _save(self, dialog: SynonymsDialog, groups: Sequence[SynonymGroup]) -> None:
        try:
            await self.call(self._synonyms.save(groups))
        except IAPosteError as error:
            dialog.show_failure(sentence_of(error))
            return
        dialog.accept()
