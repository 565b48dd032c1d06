"""Questions of this tab, each a dialog that is opened, never waited for: the answer is handed to a function."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from iaposte_desktop.qt.lib.foreign_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtWidgets import QWidget


def ask(parent: QWidget, question: str, advice: str, yes: str, on_yes: Callable[[], None]) -> QMessageBox:
    """`yes` is the verb on the button; the other one keeps everything as it is, and is the default."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(visible(question))
    box.setInformativeText(visible(advice))
    agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    agree.clicked.connect(on_yes)
    box.open()
    return box


def choose_files(
    parent: QWidget,
    suffixes: Collection[str],
    on_chosen: Callable[[list[Path]], None],
    mode: QFileDialog.FileMode = QFileDialog.FileMode.ExistingFiles,
) -> QFileDialog:
    """Files of a type that can be read are shown first; others may be chosen, and their row says why they fail."""
    dialog = _file_dialog(parent, mode, on_chosen)
    readable = QCoreApplication.translate("VectorStores", "Files that can be read")
    every = QCoreApplication.translate("VectorStores", "All files")
    patterns = " ".join(f"*{suffix}" for suffix in sorted(suffixes))
    dialog.setNameFilters([f"{readable} ({patterns})", f"{every} (*)"])
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, on_chosen: Callable[[list[Path]], None]) -> QFileDialog:
    dialog = _file_dialog(parent, QFileDialog.FileMode.Directory, on_chosen)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def _file_dialog(parent: QWidget, mode: QFileDialog.FileMode, on_chosen: Callable[[list[Path]], None]) -> QFileDialog:
    dialog = QFileDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda names: on_chosen([Path(name) for name in names]))
    return dialog
