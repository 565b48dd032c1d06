"""gnome-keyring over D-Bus: what its user's hands do."""

from __future__ import annotations

from contextlib import closing
from typing import Any, Final

import secretstorage
from jeepney import DBusAddress, MessageType, new_method_call  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]
from secretstorage.util import BUS_NAME

PASSWORD: Final = b"pw"
"""What `make test-secrets` makes the keyring with."""

_SERVICE: Final = "/org/freedesktop/secrets"
_LOGIN: Final = f"{_SERVICE}/collection/login"


def lock() -> None:
    with closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
        assert collection.is_locked()


def unlock() -> None:
    with closing(secretstorage.dbus_init()) as bus:
        _, session = _call(bus, "org.freedesktop.Secret.Service", "OpenSession", "sv", "plain", ("s", ""))
        interface = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
        secret = (session, b"", PASSWORD, "text/plain")
        _call(bus, interface, "UnlockWithMasterPassword", "o(oayays)", _LOGIN, secret)
        assert not secretstorage.get_default_collection(bus).is_locked()


def _call(bus: Any, interface: str, method: str, signature: str, *body: object) -> Any:
    address = DBusAddress(_SERVICE, BUS_NAME, interface)
    answer = bus.send_and_get_reply(new_method_call(address, method, signature, body))
    assert answer.header.message_type is MessageType.method_return, answer.body
    return answer.body


class Prompter:
    """Takes the place of the dialog that asks for the keyring's password."""

    def __init__(self) -> None:
        self._bus = open_dbus_connection()
        self._bus.send_and_get_reply(message_bus.RequestName("org.gnome.keyring.SystemPrompter"))

    def asked(self) -> None:
        """Returns once somebody has asked."""
        while self._bus.receive(timeout=30).header.message_type is not MessageType.method_call:
            pass

    def close(self) -> None:
        self._bus.close()
