"""The text of a file, read in a worker as it would be for the index."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from iaposte_desktop.engine.extracting import MAX_FILE_BYTES, Extracting
from iaposte_desktop.engine.originals import preflight

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iaposte_desktop.domain.ports.isolation import IsolatedJobs


class EngineTextReader:
    """See `TextReader`. `extra_extractors` as for `EmbeddedVectorStores`."""

    def __init__(self, jobs: IsolatedJobs, extra_extractors: Mapping[str, str]) -> None:
        self._extracting = Extracting(jobs, extra_extractors)

    @property
    def suffixes(self) -> frozenset[str]:
        return self._extracting.suffixes

    async def read(self, path: Path) -> str:
        size = await asyncio.to_thread(preflight, path, self.suffixes, MAX_FILE_BYTES)
        parts: list[str] = []
        async with aclosing(self._extracting.items(path, path.name, size)) as items:
            async for item in items:
                parts += (part[1] for part in item.get("parts", ()))
        return "".join(parts)
