"""Where a store keeps its things: `<engine folder>/<store id>/index.db` and `originals/<file id>/<name>`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

STORE_PREFIX = "vs_"
_LONGEST_NAME = 120
_LONGEST_SUFFIX = 16
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_ID = re.compile(r"[a-z]+_[0-9a-zA-Z_-]+")


@dataclass(frozen=True, slots=True)
class StoreFolder:
    path: Path

    @property
    def index(self) -> Path:
        return self.path / "index.db"

    @property
    def index_being_made(self) -> Path:
        """To take the place of `index`."""
        return self.path / "index.new.db"

    @property
    def originals(self) -> Path:
        return self.path / "originals"

    def original_folder(self, file_id: str) -> Path:
        return self.originals / checked_id(file_id)

    def original(self, file_id: str, name: str) -> Path:
        return self.original_folder(file_id) / safe_name(name)

    def kept_original(self, file_id: str) -> Path | None:
        """The whole copy of a file, if there is one."""
        folder = self.original_folder(file_id)
        kept = sorted(folder.iterdir()) if folder.is_dir() else []
        return next((path for path in kept if path.suffix != PARTIAL), None)


PARTIAL = ".partial"


def make_private_folder(folder: Path) -> None:
    """With the folders above it that are not there: `parents=True` would give those the default mode."""
    if not folder.parent.is_dir():
        make_private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def checked_id(value: str) -> str:
    """An id that is about to be a folder's name. Raises ValueError for what could lead elsewhere."""
    if not _ID.fullmatch(value):
        raise ValueError(f"not an id: {value!r}")
    return value


def safe_name(name: str) -> str:
    """A name that every system takes, with the suffix it had."""
    cleaned = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).rstrip(" .")
    stem, dot, suffix = cleaned.rpartition(".")
    has_suffix = bool(dot) and len(suffix) <= _LONGEST_SUFFIX
    cleaned = f"{_cut(stem)}.{suffix}" if has_suffix else _cut(cleaned)
    return f"_{cleaned}" if _RESERVED.match(cleaned) else cleaned


def _cut(stem: str) -> str:
    return stem.encode()[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .") or "file"
