"""`FileInspector` over small text files, without workers: what is found in a file is written in it or scripted."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.knowledge import FileError
from iaposte_desktop.domain.ports.file_inspector import FileReport

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path


@dataclass(slots=True)
class ScriptedInspector:
    """`reports` by file name say what else is found. Files wait while `gate` is not set; `most_at_once` is the most
    that waited."""

    reports: dict[str, FileReport] = field(default_factory=dict)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    two_begun: asyncio.Event = field(default_factory=asyncio.Event)
    begun: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    async def inspect(self, path: Path, suffixes: Container[str], max_bytes: int) -> FileReport:
        self.begun.append(path.name)
        if len(self.begun) == 2:
            self.two_begun.set()
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(0)
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled.append(path.name)
            raise
        finally:
            self._at_once -= 1
        if path.suffix not in suffixes:
            return FileReport(path, error=FileError(FileProblem.UNSUPPORTED, path.suffix))
        content = path.read_bytes()
        scripted = self.reports.get(path.name, FileReport(path, tokens=len(content.split())))
        return replace(scripted, path=path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
