from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.knowledge import FileToAdd, UploadStage, VectorStoreFile
from iaposte_desktop.domain.ports.vector_stores import StoreDetails, VectorStores
from tests.contract.closing import closing
from tests.fakes.clock import ManualClock

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import Attribute, Filter, UploadEvent

DELIVERY = "Delivery takes three working days.\n\nParcels above thirty kilograms are delivered by lorry."
REFUND = "A refund reaches your bank account within ten days.\n\nGift cards are never refunded."
WARRANTY = "The warranty covers lamps for two years.\n\nBulbs are not covered by the warranty."


@dataclass(slots=True)
class Shelf:
    """An implementation with a folder of files to add."""

    stores: VectorStores
    clock: ManualClock
    folder: Path

    def file(self, name: str, text: str, **attributes: Attribute) -> FileToAdd:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return FileToAdd(path, attributes)

    async def store(self, name: str = "Shop", *files: FileToAdd) -> str:
        store = await self.stores.create(StoreDetails(name))
        if files:
            await self.add(store.id, *files)
        return store.id

    async def add(self, store_id: str, *files: FileToAdd) -> list[UploadEvent]:
        return [event async for event in self.stores.add_files(store_id, files)]

    async def add_until(self, stage: UploadStage, store_id: str, *files: FileToAdd) -> list[UploadEvent]:
        """The events up to the first of this stage; the iterator is closed there."""
        seen = []
        async with closing(self.stores.add_files(store_id, files)) as events:
            async for event in events:
                seen.append(event)
                if event.stage is stage:
                    break
        return seen

    async def one(self, store_id: str, file: FileToAdd) -> VectorStoreFile:
        """The file as it ended."""
        return (await self.add(store_id, file))[-1].file

    async def names(self, query: str, *store_ids: str, filters: Filter | None = None) -> list[str]:
        """Of the files that a search finds, best first."""
        found = await self.stores.search(store_ids, query, filters=filters, limit=50)
        return list(dict.fromkeys(passage.file_name for passage in found))
