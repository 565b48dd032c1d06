"""The ports of synonyms: the file that keeps them, and the search that uses them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from iaposte_desktop.domain.synonyms import SynonymGroup

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class KeptSynonyms:
    """`groups` is None where the user never changed them. `kept_aside`: the user's list could not be read, and is
    there."""

    groups: tuple[SynonymGroup, ...] | None
    kept_aside: Path | None = None


class SynonymRepository(Protocol):
    async def shipped(self) -> tuple[SynonymGroup, ...]: ...

    async def edited(self) -> KeptSynonyms:
        """Raises ProfileReadOnly where a damaged list cannot be kept aside."""
        ...

    async def save(self, groups: Sequence[SynonymGroup]) -> None:
        """Replaces the user's list. Raises StorageError."""
        ...


class SynonymUser(Protocol):
    def use(self, groups: Sequence[SynonymGroup]) -> None:
        """From the next search on. May be called on any thread."""
        ...
