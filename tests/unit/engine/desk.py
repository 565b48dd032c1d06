"""The embedded stores with a folder of files to add."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, UploadEvent, UploadStage, VectorStoreFile
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.engine.text.synonyms import SynonymTable

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import Attribute, FileProblem, Passage
    from iaposte_desktop.domain.ports.repositories import StoreCatalog
    from iaposte_desktop.engine.stores import EmbeddedVectorStores


@dataclass(slots=True)
class Desk:
    stores: EmbeddedVectorStores
    catalog: StoreCatalog
    engine_dir: Path
    folder: Path
    synonyms: SynonymTable = field(default_factory=SynonymTable)

    def file(self, name: str, content: bytes | str) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    async def store(self) -> str:
        return (await self.stores.create(StoreDetails("Shop"))).id

    async def add(self, store_id: str, *paths: Path, **attributes: Attribute) -> list[VectorStoreFile]:
        """As they ended, in the order they were given."""
        files = [FileToAdd(path, attributes) for path in paths]
        ended = {e.file.source_path: e.file for e in await self.events(store_id, *files) if e.stage is UploadStage.DONE}
        return [ended[str(path)] for path in paths]

    async def events(self, store_id: str, *files: FileToAdd) -> list[UploadEvent]:
        return [event async for event in self.stores.add_files(store_id, files)]

    async def completed(self, store_id: str, path: Path) -> VectorStoreFile:
        (file,) = await self.add(store_id, path)
        assert file.status is FileStatus.COMPLETED, file.error
        return file

    async def problem(self, store_id: str, path: Path) -> FileProblem:
        (file,) = await self.add(store_id, path)
        assert file.status is FileStatus.FAILED
        assert file.error is not None
        assert await self.stores.retrieve_file(store_id, file.id) == file
        return file.error.problem

    async def search(self, store_id: str, query: str) -> tuple[Passage, ...]:
        return await self.stores.search([store_id], query)

    def bytes_kept(self, store_id: str) -> bytes:
        """Of all files of the store's folder, log included."""
        return b"".join(path.read_bytes() for path in (self.engine_dir / store_id).rglob("*") if path.is_file())
