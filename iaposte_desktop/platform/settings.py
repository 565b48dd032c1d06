"""Settings in one JSON file, replaced whole. What a newer version wrote into it is kept."""

from __future__ import annotations

import json
import logging
import os
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from iaposte_desktop.domain.errors import InvalidValue, StorageError
from iaposte_desktop.platform.clock import utc_now
from iaposte_desktop.platform.paths import PRIVATE_FILE, storage_error

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
        self.kept_aside: Path | None = None
        """Where an unreadable file was put, for the user to be told."""
        self._values = self._read()

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
                text = json.dumps(self._values, ensure_ascii=False, indent=2, sort_keys=True)
                self._is_unsaved = False
            try:
                _replace(self._path, text.encode("utf-8", "surrogatepass"))
            except OSError as error:
                with self._changing:
                    self._is_unsaved = True
                raise storage_error(error) from error

    def _write_soon(self) -> None:
        try:
            self.flush()
        except StorageError as error:
            log.warning("settings were not written: %s", error.code)

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_bytes())
            if isinstance(values, dict):
                return values
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            log.debug("no settings: %s", type(error).__name__)
        log.warning("the settings file cannot be read; it is kept aside")
        self.kept_aside = self._keep_aside()
        return {}

    def _keep_aside(self) -> Path:
        aside = self._path.with_name(f"settings.damaged-{utc_now():%Y%m%dT%H%M%S%f}.json")
        try:
            return self._path.rename(aside)
        except OSError as error:
            raise storage_error(error) from error


def _replace(path: Path, content: bytes) -> None:
    """The old file or the new one, at any moment; never a part."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
