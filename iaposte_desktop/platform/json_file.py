"""JSON files of ours: read whole or kept aside, replaced whole."""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING, TypeVar

from iaposte_desktop.platform.clock import utc_now
from iaposte_desktop.platform.paths import PRIVATE_FILE, storage_error

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

log = logging.getLogger(__name__)


def read_json(path: Path, kind: type[T]) -> tuple[T | None, Path | None]:
    """The content, None where there is no file. One that is unreadable or holds no `kind` is renamed beside itself,
    and its new path is told; raises ProfileReadOnly where that fails."""
    try:
        value = json.loads(path.read_bytes())
        if isinstance(value, kind):
            return value, None
    except FileNotFoundError:
        return None, None
    except (OSError, ValueError, RecursionError) as error:
        log.debug("%s: %s", path.name, type(error).__name__)
    log.warning("%s cannot be read; it is kept aside", path.name)
    aside = path.with_name(f"{path.stem}.damaged-{utc_now():%Y%m%dT%H%M%S%f}{path.suffix}")
    try:
        return None, path.rename(aside)
    except OSError as error:
        raise storage_error(error) from error


def write_json(path: Path, value: object) -> None:
    """The old file or the new one, at any moment; never a part. Raises ProfileReadOnly, DiskFull."""
    content = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).encode("utf-8", "surrogatepass")
    fresh = path.with_suffix(".new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise storage_error(error) from error
