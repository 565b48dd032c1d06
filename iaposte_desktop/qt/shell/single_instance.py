"""A second start brings the first window to the front. Who comes first is decided by the profile's lock, not here."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QObject

_WAIT_MS: Final = 1000


def listen(lock_file: Path, on_raised: Callable[[], None], parent: QObject) -> QLocalServer:
    """`on_raised` is called each time somebody starts the program again with this profile."""
    server = QLocalServer(parent)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    QLocalServer.removeServer(_name(lock_file))
    server.listen(_name(lock_file))

    def on_connection() -> None:
        server.nextPendingConnection().deleteLater()
        on_raised()

    server.newConnection.connect(on_connection)
    return server


def raise_other(lock_file: Path) -> bool:
    """False where nobody listens: the profile is in use without a window. Blocks for a second at most."""
    socket = QLocalSocket()
    socket.connectToServer(_name(lock_file))
    return socket.waitForConnected(_WAIT_MS)


def _name(lock_file: Path) -> str:
    return "iaposte-" + hashlib.sha256(str(lock_file.resolve()).encode()).hexdigest()[:24]
