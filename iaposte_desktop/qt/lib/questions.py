"""Questions, awaited: each is a dialog that is opened, never a nested loop. It is gone once it is answered."""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from iaposte_desktop.qt.lib.foreign_text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

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


async def ask(parent: QWidget, question: str, advice: str, yes: str) -> bool:
    """`yes` is the verb on the button; the other one keeps everything as it is, and is the default."""
    box = _box(parent, QMessageBox.Icon.Warning, question, advice)
    agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    await closed(box)
    return box.clickedButton() is agree


async def ask_leave(parent: QWidget, question: str, advice: str, *, can_save: bool) -> Leave:
    """What to do with unsaved edits. Saving is the default where it is offered, staying where it is not."""
    box = _box(parent, QMessageBox.Icon.Question, question, advice)
    save = box.addButton(QMessageBox.StandardButton.Save) if can_save else None
    words = QCoreApplication.translate("Questions", "Discard my edits")
    discard = box.addButton(words, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(save or stay)
    box.setEscapeButton(stay)
    await closed(box)
    if save is not None and box.clickedButton() is save:
        return Leave.SAVE
    return Leave.DISCARD if box.clickedButton() is discard else Leave.STAY


async def ask_files(parent: QWidget, filters: Sequence[str], title: str = "") -> list[Path]:
    """Any number of files; none where the dialog was cancelled."""
    dialog = _file_dialog(parent, QFileDialog.FileMode.ExistingFiles, title)
    dialog.setNameFilters(filters)
    return await _chosen(dialog)


async def ask_file(parent: QWidget, filters: Sequence[str]) -> Path | None:
    dialog = _file_dialog(parent, QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    return next(iter(await _chosen(dialog)), None)


async def ask_folder(parent: QWidget) -> Path | None:
    dialog = _file_dialog(parent, QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return next(iter(await _chosen(dialog)), None)


async def ask_new_file(parent: QWidget, filters: Sequence[str], title: str, suggested: str) -> Path | None:
    """Where to write; the suffix of `suggested` is added to a name without one."""
    dialog = _file_dialog(parent, QFileDialog.FileMode.AnyFile, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(Path(suggested).suffix)
    dialog.selectFile(suggested)
    return next(iter(await _chosen(dialog)), None)


def _box(parent: QWidget, icon: QMessageBox.Icon, question: str, advice: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(visible(question))
    box.setInformativeText(visible(advice))
    return box


def _file_dialog(parent: QWidget, mode: QFileDialog.FileMode, title: str = "") -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(mode)
    return dialog


async def _chosen(dialog: QFileDialog) -> list[Path]:
    chosen: list[Path] = []
    dialog.filesSelected.connect(lambda names: chosen.extend(Path(name) for name in names))
    await closed(dialog)
    return chosen
