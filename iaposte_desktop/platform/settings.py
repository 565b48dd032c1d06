"""Settings in one JSON file, replaced whole. What a newer version wrote into it is kept."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from iaposte_desktop.domain.errors import InvalidValue, StorageError
from iaposte_desktop.platform.json_file import read_json, write_json

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.ports.settings import Setting

T = TypeVar("T")

log = logging.getLogger(__name__)


class SettingsFile:
    """Implements `Settings`. Writes happen on a thread of their own, several changes at once where they come fast.

    A plain thread rather than an executor: importing those would delay the window's first paint by a tenth.
    """

    def __init__(self, path: Path) -> None:
        """Reads the file. An unreadable one is renamed beside itself and defaults are used; raises ProfileReadOnly
        where that fails."""
        self._path = path
        self._changing = threading.Lock()
        self._writing = threading.Lock()
        self._is_unsaved = False
        values, self.kept_aside = read_json(path, dict)
        """Where an unreadable file was put, for the user to be told."""
        self._values: dict[str, Any] = values or {}

    def get(self, setting: Setting[T]) -> T:
        """The default where the file holds nothing, or nothing of that type."""
        with self._changing:
            value = self._values.get(setting.key, setting.default)
        return value if setting.accepts(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        if not setting.accepts(value):
            raise InvalidValue(setting.key, repr(value))
        with self._changing:
            if self._values.get(setting.key) == value:
                return
            self._values[setting.key] = dict(value) if isinstance(value, dict) else value
            was_saved, self._is_unsaved = not self._is_unsaved, True
        if was_saved:
            threading.Thread(target=self._write_soon, name="settings").start()

    def flush(self) -> None:
        """Write what is not written yet, on the calling thread. Raises ProfileReadOnly, DiskFull."""
        with self._writing:
            with self._changing:
                if not self._is_unsaved:
                    return
                values = dict(self._values)
                self._is_unsaved = False
            try:
                write_json(self._path, values)
            except StorageError:
                with self._changing:
                    self._is_unsaved = True
                raise

    def _write_soon(self) -> None:
        try:
            self.flush()
        except StorageError as error:
            log.warning("settings were not written: %s", error.code)
