"""The words that stand for one another in a search: the program's list, until the user has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.synonyms import synonym_group

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.domain.ports.synonyms import SynonymRepository, SynonymUser
    from iaposte_desktop.domain.synonyms import SynonymGroup


class Synonyms:
    """What is saved counts from the next search on."""

    def __init__(self, repository: SynonymRepository, search: SynonymUser, changes: ChangeFeed) -> None:
        self._repository = repository
        self._search = search
        self._changes = changes
        self._shipped: tuple[SynonymGroup, ...] = ()
        self._groups: tuple[SynonymGroup, ...] = ()
        self._kept_aside: Path | None = None

    async def load(self) -> None:
        """Raises ProfileReadOnly where a damaged list cannot be kept aside."""
        self._shipped = await self._repository.shipped()
        kept = await self._repository.edited()
        self._groups = self._shipped if kept.groups is None else kept.groups
        self._kept_aside = kept.kept_aside
        self._search.use(self._groups)

    def shipped(self) -> tuple[SynonymGroup, ...]:
        return self._shipped

    def groups(self) -> tuple[SynonymGroup, ...]:
        """Those that count."""
        return self._groups

    @property
    def kept_aside(self) -> Path | None:
        """Where the user's list is that could not be read at this start."""
        return self._kept_aside

    async def save(self, groups: Sequence[Sequence[str]]) -> None:
        """Replaces the list. Raises InvalidValue, as `synonym_group` does, and StorageError."""
        checked = tuple(map(synonym_group, groups))
        await self._repository.save(checked)
        self._groups = checked
        self._search.use(checked)
        self._changes.publish(Changed(Topic.SYNONYMS, ""))
