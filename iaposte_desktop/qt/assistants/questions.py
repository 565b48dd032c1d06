"""Questions of this tab, awaited: each is a dialog that is opened, never a nested loop."""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from iaposte_desktop.qt.lib.foreign_text import visible

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Leave(Enum):
    SAVE = auto()
    DISCARD = auto()
    STAY = auto()


async def closed(dialog: QDialog) -> int:
    """Open `dialog` and return its result once it is closed; it is closed, too, when the wait is cancelled."""
    result: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_finished(code: int) -> None:
        if not result.done():
            result.set_result(code)

    dialog.finished.connect(on_finished)
    dialog.open()
    try:
        return await result
    finally:
        dialog.close()
        dialog.deleteLater()


async def ask_leave(parent: QWidget, name: str, problem: str) -> Leave:
    """What to do with unsaved edits of the assistant `name`. With a `problem` they cannot be saved as they are."""
    box = QMessageBox(parent)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(
        visible(QCoreApplication.translate("Assistants", "“{0}” has edits that are not saved.").format(name[:80]))
    )
    if problem:
        advice = QCoreApplication.translate("Assistants", "They cannot be saved yet: {0}").format(problem)
    else:
        advice = QCoreApplication.translate("Assistants", "Saving makes a new version of it.")
    box.setInformativeText(advice)
    save = None if problem else box.addButton(QMessageBox.StandardButton.Save)
    discard = box.addButton(QMessageBox.StandardButton.Discard)
    stay = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(save or stay)
    box.setEscapeButton(stay)
    await closed(box)
    if save is not None and box.clickedButton() is save:
        return Leave.SAVE
    return Leave.DISCARD if box.clickedButton() is discard else Leave.STAY


async def ask_export_path(parent: QWidget, suggested: str) -> Path | None:
    dialog = QFileDialog(parent, QCoreApplication.translate("Assistants", "Export the assistant"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_json_filter())
    dialog.setDefaultSuffix("json")
    dialog.selectFile(suggested)
    return next(iter(await _chosen(dialog)), None)


async def ask_import_paths(parent: QWidget) -> list[Path]:
    dialog = QFileDialog(parent, QCoreApplication.translate("Assistants", "Import assistants"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([_json_filter(), QCoreApplication.translate("Assistants", "All files (*)")])
    return await _chosen(dialog)


def file_name_for(name: str) -> str:
    """A file name for the assistant that every system takes."""
    kept = "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in visible(name)).strip(" -")
    return f"{kept[:80] or 'assistant'}.json"


async def _chosen(dialog: QFileDialog) -> list[Path]:
    chosen: list[Path] = []
    dialog.filesSelected.connect(lambda names: chosen.extend(Path(name) for name in names))
    await closed(dialog)
    return chosen


def _json_filter() -> str:
    return QCoreApplication.translate("Assistants", "Assistants (*.json)")
