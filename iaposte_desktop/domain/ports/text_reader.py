"""The port that reads the text of a file, whatever its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


class TextReader(Protocol):
    @property
    def suffixes(self) -> frozenset[str]:
        """Lower case, with their dot."""
        ...

    async def read(self, path: Path) -> str:
        """The text as the index would have it, in reading order. Raises FileRefused."""
        ...
