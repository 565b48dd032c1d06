"""Synonyms in JSON files, a list of words a group: those the program came with, and the user's."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.domain.ports.synonyms import KeptSynonyms
from iaposte_desktop.domain.synonyms import SynonymGroup, synonym_group
from iaposte_desktop.platform.json_file import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

log = logging.getLogger(__name__)


class SynonymFiles:
    """Implements `SynonymRepository`. A group that cannot be read is passed over; a file that cannot is kept aside."""

    def __init__(self, shipped: Path, edited: Path) -> None:
        self._shipped = shipped
        self._edited = edited

    async def shipped(self) -> tuple[SynonymGroup, ...]:
        return await asyncio.to_thread(lambda: _groups(json.loads(self._shipped.read_bytes())))

    async def edited(self) -> KeptSynonyms:
        return await asyncio.to_thread(self._read)

    async def save(self, groups: Sequence[SynonymGroup]) -> None:
        await asyncio.to_thread(write_json, self._edited, [list(group) for group in groups])

    def _read(self) -> KeptSynonyms:
        rows, kept_aside = read_json(self._edited, list)
        return KeptSynonyms(None if rows is None else _groups(rows), kept_aside)


def _groups(rows: list[Any]) -> tuple[SynonymGroup, ...]:
    return tuple(group for row in rows if (group := _group(row)) is not None)


def _group(row: Any) -> SynonymGroup | None:
    if isinstance(row, list) and all(isinstance(word, str) for word in row):
        try:
            return synonym_group(row)
        except InvalidValue:
            pass
    log.warning("a group of synonyms cannot be read; it is passed over")
    return None
