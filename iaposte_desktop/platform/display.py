"""Whether a window could be shown. Qt ends the process where it cannot, so it is asked before."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def has_display(environment: Mapping[str, str]) -> bool:
    """True where Windows, macOS, Wayland or a reachable X server is there, or a Qt platform is chosen by hand."""
    if sys.platform in ("win32", "darwin") or environment.get("QT_QPA_PLATFORM"):
        return True
    if environment.get("WAYLAND_DISPLAY"):
        return True
    return _x_server_answers(environment.get("DISPLAY", ""))


def _x_server_answers(display: str) -> bool:
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local is None:
        return bool(display)
    # Abstract sockets first: some servers offer nothing else.
    import socket

    for address in (f"\0/tmp/.X11-unix/X{local[1]}", f"/tmp/.X11-unix/X{local[1]}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(address)
            except OSError:
                continue
            return True
    return False
