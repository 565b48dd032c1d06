"""The port that looks at a file before anything of it is stored or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from iaposte_desktop.domain.knowledge import FileError
from iaposte_desktop.domain.ports.personal_data import PersonalDataKind

if TYPE_CHECKING:
    from collections.abc import Container

MOST_PERSONAL_DATA = 5_000
"""Of one file; more are not counted."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """`error`: why the file cannot be read; what else could be learnt is there all the same. `scanned_pages` of
    `pages` have no text. `tokens` is an estimate. `personal_data` counts, by kind, and never holds what was found.
    `opening` is how the text begins. `is_read` is False where the store takes files of a type that nothing on this
    machine reads: then size and hash are all that is known."""

    path: Path
    bytes: int = 0
    sha256: str = ""
    error: FileError | None = None
    pages: int | None = None
    scanned_pages: int = 0
    language: str | None = None
    tokens: int = 0
    personal_data: Mapping[PersonalDataKind, int] = field(default_factory=dict)
    opening: str = ""
    is_read: bool = True


class FileInspector(Protocol):
    async def inspect(self, path: Path, suffixes: Container[str], max_bytes: int) -> FileReport:
        """Read one file as it would be for a store that takes `suffixes` (lower case, with their dot) of at most
        `max_bytes`. What is wrong with the file is in the report; nothing is kept."""
        ...
