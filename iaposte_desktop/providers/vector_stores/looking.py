"""Looking at files off the loop, small ones together: to change threads for each of a thousand files would take longer
than to read them."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import FileRefused
from iaposte_desktop.providers.vector_stores.source import look_at

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from pathlib import Path

    from iaposte_desktop.domain.uploads import Upload
    from iaposte_desktop.providers.vector_stores.source import Source

_SMALL_BYTES: Final = 256 * 1024
_TOGETHER: Final = 16


class Looking:
    """At some files, all of them once the first is asked for."""

    def __init__(self, paths: Sequence[Path], suffixes: Container[str]) -> None:
        self._paths = paths
        self._suffixes = suffixes
        self._stop = threading.Event()
        self._found: asyncio.Future[dict[Path, Source | FileRefused]] | None = None

    async def at(self, path: Path) -> Source | FileRefused:
        """The file as it is here, or why there is none."""
        if self._found is None:
            self._found = asyncio.get_running_loop().run_in_executor(None, self._look)
        try:
            return (await asyncio.shield(self._found))[path]
        except asyncio.CancelledError:
            if len(self._paths) == 1:
                self._stop.set()
            raise

    def _look(self) -> dict[Path, Source | FileRefused]:
        return {path: self._look_at(path) for path in self._paths}

    def _look_at(self, path: Path) -> Source | FileRefused:
        try:
            return look_at(path, self._suffixes, self._stop)
        except FileRefused as refused:
            return refused


def grouped(rows: Sequence[Upload]) -> Iterator[Sequence[Upload]]:
    """In their order: small ones that follow each other, and large ones alone."""
    group: list[Upload] = []
    for row in rows:
        is_small = row.bytes <= _SMALL_BYTES
        if group and (not is_small or len(group) == _TOGETHER):
            yield group
            group = []
        if is_small:
            group.append(row)
        else:
            yield [row]
    if group:
        yield group
