"""Where a store keeps its things: in `<engine folder>/<store id>/`, `index.db`, `vectors.db` and
`originals/<file id>/<name>`; in `staging` what is on its way into the index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from iaposte_desktop.domain.file_names import safe_name

STORE_PREFIX = "vs_"
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
    def vectors(self) -> Path:
        return self.path / "vectors.db"

    @property
    def staging(self) -> Path:
        return self.path / "staging"

    def staged(self, file_id: str) -> Path:
        """Of a file that was read, until it is in the index."""
        return self.staging / f"{checked_id(file_id)}.db"

    def staged_again(self, file_id: str) -> Path:
        """Of a file that is in the index, until it is in the one being made."""
        return self.staging / f"{checked_id(file_id)}.new.db"

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
