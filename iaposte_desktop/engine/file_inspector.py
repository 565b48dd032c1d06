"""Looks at files in worker processes, one job a file."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.errors import FileRefused
from iaposte_desktop.domain.knowledge import FileError
from iaposte_desktop.domain.ports.file_inspector import FileReport
from iaposte_desktop.domain.ports.personal_data import PersonalDataKind
from iaposte_desktop.engine.extracting import Extracting
from iaposte_desktop.engine.inspecting import INSPECTION_JOB
from iaposte_desktop.engine.originals import hashed, preflight

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from iaposte_desktop.domain.ports.isolation import IsolatedJobs


class WorkerFileInspector:
    """See `FileInspector`. `extra_extractors` as for `EmbeddedVectorStores`."""

    def __init__(self, jobs: IsolatedJobs, extra_extractors: Mapping[str, str]) -> None:
        self._extracting = Extracting(jobs, extra_extractors, INSPECTION_JOB)

    async def inspect(self, path: Path, suffixes: Container[str], max_bytes: int) -> FileReport:
        size = 0
        known: dict[str, Any] = {}
        error: FileError | None = None
        try:
            size = await asyncio.to_thread(preflight, path, suffixes, max_bytes)
            if path.suffix.lower() not in self._extracting.suffixes:
                copy = await asyncio.to_thread(hashed, path, max_bytes, threading.Event())
                return FileReport(path, copy.bytes, copy.sha256, is_read=False)
            async with aclosing(self._extracting.items(path, path.name, size)) as items:
                async for item in items:
                    known |= item
        except FileRefused as refused:
            error = FileError(refused.problem, refused.detail)
        counts = known.pop("personal_data", {})
        found = {PersonalDataKind(kind): count for kind, count in counts.items()}
        return FileReport(path, size, error=error, personal_data=found, **known)
