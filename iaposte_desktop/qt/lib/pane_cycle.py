"""F6: from one pane of a tab to the next, and round again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


def focus_next_pane(panes: Sequence[tuple[QWidget, QWidget]]) -> None:
    """`panes`: each with the widget in it that takes the focus. Those that are not shown are passed over."""
    focused = QApplication.focusWidget()
    shown = [(pane, target) for pane, target in panes if pane.isVisible()]
    at = next((n for n, (pane, _) in enumerate(shown) if focused is not None and pane.isAncestorOf(focused)), -1)
    shown[(at + 1) % len(shown)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)
