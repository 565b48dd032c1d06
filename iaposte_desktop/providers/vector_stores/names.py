"""What files are called, which the files of a store do not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.providers.vector_stores.together import together

if TYPE_CHECKING:
    from collections.abc import Collection

    from openai.types import FileObject

    from iaposte_desktop.providers.vector_stores.server import StoreServer

_ONE_BY_ONE: Final = 8


class FileNames:
    """Name and size of files by their ids, which the files of a store do not tell. They never change: once known, they
    are not asked for again."""

    def __init__(self, server: StoreServer) -> None:
        self._server = server
        self._known: dict[str, tuple[str, int]] = {}

    async def learn(self, file_ids: Collection[str]) -> None:
        """Raises ProviderError."""
        unknown = [file_id for file_id in file_ids if file_id not in self._known]
        if len(unknown) > _ONE_BY_ONE:
            found = await self._server.uploads()
        else:
            found = [each for each in await together(map(self._one, unknown)) if each is not None]
        self._known |= {each.id: (each.filename, each.bytes or 0) for each in found}

    def of(self, file_id: str) -> tuple[str, int]:
        """The id itself where the server has no such file any more."""
        return self._known.get(file_id, (file_id, 0))

    async def _one(self, file_id: str) -> FileObject | None:
        try:
            return await self._server.upload_by_id(file_id)
        except NotFound:
            return None
