"""Connections in one JSON file of this machine, replaced whole. No secret is ever in it."""

from __future__ import annotations

import asyncio
import re
import threading
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.platform.json_file import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TYPES: Final = {field.name: bool if field.type == "bool" else str for field in fields(Connection)}


class ConnectionsFile:
    """Implements `ConnectionRepository`. What a newer version wrote is kept: its fields, and the connections whose kind
    or protocol is not known here, which are not listed. An unreadable file is renamed beside itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._using = threading.Lock()

    async def list(self) -> tuple[Connection, ...]:
        """Raises ProfileReadOnly where an unreadable file cannot be renamed."""
        return await asyncio.to_thread(self._list)

    async def save(self, connections: Sequence[Connection]) -> None:
        """Raises StorageError, and InvalidValue for a password in `proxy` or any user in `base_url`: the file would
        hold them in the clear."""
        for connection in connections:
            _refuse_secrets(connection)
        await asyncio.to_thread(self._save, tuple(connections))

    def _list(self) -> tuple[Connection, ...]:
        with self._using:
            return tuple(found for entry in self._entries() if (found := _connection(entry)))

    def _save(self, connections: tuple[Connection, ...]) -> None:
        with self._using:
            entries = self._entries()
            before = {found.id: entry for entry in entries if (found := _connection(entry))}
            unknown = [entry for entry in entries if _connection(entry) is None]
            saved = [before.get(connection.id, {}) | asdict(connection) for connection in connections]
            write_json(self._path, saved + unknown)

    def _entries(self) -> Sequence[Any]:
        entries, _ = read_json(self._path, list)
        return entries or ()


def _connection(entry: Any) -> Connection | None:
    if not isinstance(entry, dict):
        return None
    values = {name: entry[name] for name in _TYPES if name in entry}
    if any(type(value) is not _TYPES[name] for name, value in values.items()):
        return None
    try:
        values["kind"] = ConnectionKind(values["kind"])
        values["protocol"] = ApiProtocol(values.get("protocol", ApiProtocol.RESPONSES))
        return Connection(**values)
    except (KeyError, TypeError, ValueError):
        return None


def _refuse_secrets(connection: Connection) -> None:
    if ":" in _user(connection.proxy):
        raise InvalidValue("proxy")
    if _user(connection.base_url):
        raise InvalidValue("base_url")


def _user(url: str) -> str:
    """What stands between the scheme, if any, and the last @: a password may hold the signs that end it in a URL."""
    return re.sub(r"^[\w+.-]*://", "", url.rpartition("@")[0])
