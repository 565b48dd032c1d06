"""What an earlier attempt at a file, or one whose answer was lost, has left at the server."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.providers.texts import sendable
from iaposte_desktop.providers.vector_stores.patience import patiently
from iaposte_desktop.providers.vector_stores.values import time_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from openai.types import FileObject

    from iaposte_desktop.domain.uploads import Upload
    from iaposte_desktop.providers.vector_stores.desk import Desk
    from iaposte_desktop.providers.vector_stores.rows import UploadRows

_CLOCKS_APART: Final = timedelta(minutes=10)


class Earlier:
    """What a retry goes on from: the rows' statuses before it, by their ids, and what the server has. One for all files
    of a retry, so that the server is asked once."""

    def __init__(self, desk: Desk, statuses: Mapping[str, FileStatus]) -> None:
        self.statuses = statuses
        self._desk = desk
        self._asking = asyncio.Lock()
        self._uploads: list[FileObject] | None = None

    async def uploads(self) -> list[FileObject]:
        async with self._asking:
            if self._uploads is None:
                self._uploads = await patiently(self._desk.limits, self._desk.server.newest_uploads)
            return self._uploads


def may_be_uploaded(row: Upload, was: FileStatus | None) -> bool:
    """Whether a row without a file id may have a file at the server: its answer was lost, or the program ended."""
    return row.file_id is None and bool(row.sha256 or was is FileStatus.IN_PROGRESS)


def found_again(uploads: Iterable[FileObject], rows: UploadRows, row: Upload) -> str | None:
    """The file of an earlier attempt at a row, whose text's size is not known where it was converted."""
    return found_upload(uploads, rows, row, None if row.is_converted else row.bytes, row.created_at)


def found_upload(
    uploads: Iterable[FileObject], rows: UploadRows, row: Upload, size: int | None, since: datetime
) -> str | None:
    """A file at the server that is this one and no other's: by name, size and time."""
    name = _plain(sent_name(row))
    for found in uploads:
        is_new = time_of(found.created_at) >= since - _CLOCKS_APART
        is_alike = _plain(found.filename) == name and size in {None, found.bytes}
        if is_new and is_alike and not rows.knows(found.id):
            return found.id
    return None


def sent_name(row: Upload) -> str:
    return sendable(f"{row.name}.txt" if row.is_converted else row.name)


def _plain(name: str) -> str:
    """Some servers put an underscore for each character that is not ASCII."""
    return "".join(character if character.isascii() else "_" for character in name)
