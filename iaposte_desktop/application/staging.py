"""Files on their way into a store: folders that are private, and gone once nothing needs them."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.file_names import safe_name
from iaposte_desktop.domain.knowledge import FileStatus

if TYPE_CHECKING:
    from iaposte_desktop.application.knowledge import Knowledge

_RESUMABLE = frozenset({FileStatus.IN_PROGRESS, FileStatus.CANCELLED})


class Staging:
    """`folder` is on the profile's disk."""

    def __init__(self, folder: Path, knowledge: Knowledge) -> None:
        self._folder = folder
        self._knowledge = knowledge
        self._in_use: set[Path] = set()

    async def new_folder(self) -> Path:
        """Empty, for its owner's eyes alone; kept until `remove`, or until a later start finds that it is of no use."""
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=self._folder))
        self._in_use.add(folder)
        return folder

    async def write(self, folder: Path, number: int, name: str, text: str) -> Path:
        """A file of this name in `folder`; `number` keeps files of one name apart."""
        path = folder / f"{number:05}" / safe_name(name)

        def write() -> None:
            path.parent.mkdir(mode=0o700)
            path.write_text(text, "utf-8", errors="replace", newline="")

        await asyncio.to_thread(write)
        return path

    async def remove(self, folder: Path) -> None:
        self._in_use.discard(folder)
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def tidy(self) -> None:
        """After a start, once unfinished files have gone on: what a former process left goes, but for files of this
        machine's stores that were stopped and can still be retried."""
        left = set(await asyncio.to_thread(lambda: list(self._folder.iterdir()))) - self._in_use
        if left:
            needed = await self._needed()
            for folder in left:
                if not any(folder in path.parents for path in needed):
                    await self.remove(folder)

    async def _needed(self) -> set[Path]:
        here = self._knowledge.places()[0]
        stores = [store for store in await self._knowledge.stores() if store.provider == here]
        files = [file for store in stores for file in await self._knowledge.files(store.id)]
        return {Path(file.source_path) for file in files if file.status in _RESUMABLE}
