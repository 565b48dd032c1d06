"""Every key of the program in one table, as product of name and default. No Ctrl+Alt (AZERTY's AltGr)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction, QKeySequence

# Qt says “Retour” in French; a French keyboard says “Entrée”. Our translation is found before Qt's.
QT_TRANSLATE_NOOP("QShortcut", "Return")

KEYS: Final = {
    "draft": "Ctrl+Return",
    "draft_options": "Ctrl+Shift+Return",
    "accept": "Alt+Return",
    "dismiss": "Esc",
    "stop": "Shift+Esc",
    "try_now": "F5",
    "copy_reply": "Ctrl+Shift+C",
    "mark_sent": "Ctrl+Shift+S",
    "open_mail": "Ctrl+O",
    "paste_mail": "Ctrl+Shift+V",
    "new_thread": "Ctrl+N",
    "next_thread": "Alt+Down",
    "previous_thread": "Alt+Up",
    "find": "Ctrl+F",
    "refresh": "F5",
    "next_pane": "F6",
    "previous_part": "Ctrl+PgUp",
    "next_part": "Ctrl+PgDown",
    "page_or_text": "Ctrl+T",
    "zoom_in": "Ctrl++",
    "zoom_out": "Ctrl+-",
    "zoom_fit": "Ctrl+0",
    "rename": "F2",
    "delete": "Del",
    "sources": "F7",
    "run": "F8",
    "customer": "F9",
    "checklist": "Shift+F9",
    "tasks": "Ctrl+Shift+T",
    "settings": "Ctrl+,",
    "help": "F1",
    "save": "Ctrl+S",
    "quit": "Ctrl+Q",
}


def sequence(name: str) -> QKeySequence:
    return QKeySequence(KEYS[name])


def shown(name: str) -> str:
    """The key as this system writes it, in the interface's language."""
    return sequence(name).toString(QKeySequence.SequenceFormat.NativeText)


def with_key(text: str, name: str) -> str:
    """A tooltip: what it does and its key."""
    return f"{text} ({shown(name)})"


def bind(action: QAction, name: str) -> QAction:
    action.setShortcut(sequence(name))
    return action
