"""The events of files that a store takes in."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from iaposte_desktop.application.batches import close
from iaposte_desktop.domain.knowledge import UploadStage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Sequence

    from iaposte_desktop.domain.knowledge import FileToAdd, UploadEvent
    from iaposte_desktop.domain.ports.vector_stores import VectorStores


async def added(
    home: VectorStores, store_id: str, batches: AsyncGenerator[Sequence[FileToAdd], None]
) -> AsyncGenerator[UploadEvent, None]:
    """Of batch after batch, each asked for once the one before has ended."""
    async with aclosing(batches):
        async for files in batches:
            events = home.add_files(store_id, files)
            try:
                async for event in events:
                    yield event
            finally:
                await close(events)


async def followed(events: AsyncIterator[UploadEvent], under_way: set[str]) -> AsyncGenerator[UploadEvent, None]:
    """The same events; `under_way` holds the files that have not ended, whether or not anyone read so far."""
    try:
        async for event in events:
            if event.stage is UploadStage.DONE:
                under_way.discard(event.file.id)
            else:
                under_way.add(event.file.id)
            yield event
    finally:
        await close(events)
