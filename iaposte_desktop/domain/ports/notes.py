"""Where knowledge notes are written: those that were approved as files, and the one being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.notes import Note


class NoteShelf(Protocol):
    """Blocks for as long as the disk takes: to be called on a thread. Raises DiskFull, ProfileReadOnly."""

    def write(self, title: str, text: str) -> Path:
        """A new file of this text, named after the title."""
        ...

    def keep(self, note: Note | None) -> None:
        """The note being written, durable when it returns; None forgets it."""
        ...

    def kept(self) -> Note | None:
        """What was being written when the program last ended, if anything was."""
        ...
