"""What a screen reader says though the focus is elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """At the reader's next pause; nothing where none listens."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
