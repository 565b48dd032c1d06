"""What Qt has to say goes to the log, not to the terminal of whoever started the program."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext

log = logging.getLogger(__name__)

# Qt warns of much that concerns nobody (a platform that cannot place windows); what fails it calls critical.
_LEVELS: Final = {QtMsgType.QtCriticalMsg: logging.ERROR, QtMsgType.QtFatalMsg: logging.CRITICAL}


def log_qt_messages() -> None:
    qInstallMessageHandler(_log)


def _log(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.INFO), "%s: %s", context.category or "qt", message)
