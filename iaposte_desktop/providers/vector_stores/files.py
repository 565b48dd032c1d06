"""The files of hosted stores: the server's list, with the names that only its file objects have, and the ledger's rows
for what was added from here or never got there."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import FileRefused, NotFound
from iaposte_desktop.domain.knowledge import FileContent, FileStatus
from iaposte_desktop.providers.vector_stores.earlier import found_again, may_be_uploaded
from iaposte_desktop.providers.vector_stores.names import FileNames
from iaposte_desktop.providers.vector_stores.source import look_at
from iaposte_desktop.providers.vector_stores.texts import parts_of
from iaposte_desktop.providers.vector_stores.together import together
from iaposte_desktop.providers.vector_stores.values import file_of_row, file_of_server

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import VectorStoreFile
    from iaposte_desktop.providers.vector_stores.rows import UploadRows
    from iaposte_desktop.providers.vector_stores.server import StoreServer
    from iaposte_desktop.providers.vector_stores.texts import Texts

_DELETED_AT_ONCE: Final = 8


class HostedFiles:
    """A file added from here bears the id of its row; each method takes that or the server's."""

    def __init__(self, server: StoreServer, rows: UploadRows, texts: Texts) -> None:
        self._server = server
        self._rows = rows
        self._texts = texts
        self._names = FileNames(server)

    async def list(self, store_id: str) -> tuple[VectorStoreFile, ...]:
        """A completed file that the server does not list was taken out by another program."""
        rows = await self._rows.of(store_id)
        completed = {row.id for row in rows.by_id.values() if row.status is FileStatus.COMPLETED}
        listed = {found.id: found for found in await self._server.files_of(store_id)}
        foreign = [found for found in listed.values() if rows.find(found.id) is None]
        await self._names.learn([found.id for found in foreign])
        files = [
            file_of_row(row, listed.get(row.file_id or ""))
            for row in rows.by_id.values()
            if row.file_id in listed or row.id not in completed
        ]
        files += [file_of_server(found, store_id, *self._names.of(found.id)) for found in foreign]
        return tuple(sorted(files, key=lambda file: (file.name.casefold(), file.id)))

    async def retrieve(self, store_id: str, file_id: str) -> VectorStoreFile:
        """Raises NotFound."""
        row = (await self._rows.of(store_id)).find(file_id)
        if row is None:
            found = await self._server.file_of(store_id, file_id)
            await self._names.learn([file_id])
            return file_of_server(found, store_id, *self._names.of(file_id))
        if not row.is_attached:
            return file_of_row(row)
        try:
            return file_of_row(row, await self._server.file_of(store_id, row.file_id or ""))
        except NotFound:
            if row.status is FileStatus.COMPLETED:
                raise NotFound(file_id) from None
            return file_of_row(row)

    async def content(self, store_id: str, file_id: str) -> FileContent:
        file = await self.retrieve(store_id, file_id)
        if file.status is not FileStatus.COMPLETED:
            raise NotFound(file_id)
        row = (await self._rows.of(store_id)).find(file_id)
        server_id = (row and row.file_id) or file_id
        content = FileContent(file, parts_of(await self._server.texts(store_id, server_id)))
        if not content.text.strip():
            raise NotFound(file_id)
        self._texts.keep(server_id, content.text)
        return content

    async def original(self, store_id: str, file_id: str) -> Path | None:
        """Where it was added from, if it lies there unchanged."""
        file = await self.retrieve(store_id, file_id)
        path = Path(file.source_path)
        try:
            source = await asyncio.to_thread(look_at, path, {path.suffix.lower()}, threading.Event())
        except FileRefused:
            return None
        return path if source.sha256 == file.sha256 else None

    async def remove(self, store_id: str, file_id: str) -> None:
        row = (await self._rows.of(store_id)).find(file_id)
        server_id = row.file_id if row is not None else file_id
        if row is not None and may_be_uploaded(row, row.status):
            server_id = found_again(await self._server.newest_uploads(), self._rows, row)
        if server_id is not None:
            was_there = await self._server.detach(store_id, server_id)
            if was_there or row is not None:  # Else it may be a file of another store.
                await self._server.delete_upload(server_id)
            self._texts.drop(server_id)
        if row is not None:
            await self._rows.delete(row)

    async def remove_all(self, store_id: str) -> None:
        """Before the store itself: what was not removed by the time the program ends is still seen in it."""
        rows = await self._rows.of(store_id)
        file_ids = {row.file_id for row in rows.by_id.values() if row.file_id is not None}
        with suppress(NotFound):
            file_ids |= {found.id for found in await self._server.files_of(store_id)}
        slots = asyncio.Semaphore(_DELETED_AT_ONCE)

        async def delete(file_id: str) -> None:
            async with slots:
                await self._server.delete_upload(file_id)
            self._texts.drop(file_id)

        await together(map(delete, file_ids))
