"""Knowledge notes as files of the profile."""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.notes import Note
from iaposte_desktop.platform.json_file import read_json, write_json
from iaposte_desktop.platform.paths import PRIVATE_FILE, PRIVATE_FOLDER, storage_error

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_NAME: Final = 60


class NoteFolder:
    """See `NoteShelf`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unsaved = folder / "unsaved.json"

    def write(self, title: str, text: str) -> Path:
        name = _file_name(title)
        content = text.encode("utf-8", "replace")
        number = 1
        while True:
            path = self._folder / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
            try:
                self._folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            except FileExistsError:
                number += 1
            except OSError as error:
                raise storage_error(error) from error
            else:
                return path

    def keep(self, note: Note | None) -> None:
        try:
            self._folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
            if note is None:
                self._unsaved.unlink(missing_ok=True)
                return
        except OSError as error:
            raise storage_error(error) from error
        valid_until = note.valid_until.isoformat() if note.valid_until else None
        write_json(
            self._unsaved,
            {
                "title": note.title,
                "text": note.text,
                "store_id": note.store_id,
                "thread_id": note.thread_id,
                "audience": note.audience,
                "valid_until": valid_until,
            },
        )

    def kept(self) -> Note | None:
        value, _ = read_json(self._unsaved, dict)
        return _note(value) if value else None


def _note(value: dict[str, Any]) -> Note:
    texts = {key: str(value.get(key) or "") for key in ("title", "text", "store_id", "thread_id", "audience")}
    try:
        valid_until = date.fromisoformat(str(value.get("valid_until")))
    except ValueError:
        valid_until = None
    return Note(**texts, valid_until=valid_until)


def _file_name(title: str) -> str:
    """The title's words, fit for the disks of every system."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", title.casefold()))
    return "-".join(words).encode()[:_LONGEST_NAME].decode("utf-8", "ignore").strip("-_") or "note"
