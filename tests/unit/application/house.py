"""The whole program on a profile of its own, opened, ended and opened again."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.compose import open_program
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.knowledge import VectorStore, VectorStoreFile
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.platform.settings import SettingsFile
    from tests.fakes.toy_openai.server import ToyOpenAI


@dataclass(slots=True)
class House:
    profile: Profile
    settings: SettingsFile
    desk: Path

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Program]:
        """As at a start, mended."""
        program = await open_program(self.profile, self.settings)
        try:
            await program.recover()
            yield program
        finally:
            await program.aclose()

    def file(self, name: str, text: str | bytes) -> Path:
        self.desk.mkdir(exist_ok=True)
        path = self.desk / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def staged(self) -> list[str]:
        return [path.name for path in self.profile.staging.iterdir()]


async def filled(program: Program, *paths: Path, name: str = "Shop", **details: object) -> VectorStore:
    """A store on this machine with these files, ready."""
    store = await program.knowledge.create(StoreDetails(name, **details))  # type: ignore[arg-type]  # Fields by name.
    await program.knowledge.upload(store.id, paths)
    return await program.knowledge.retrieve(store.id)


async def connected(program: Program, toy: ToyOpenAI, name: str = "Team") -> Connection:
    connection = Connection(
        f"conn_{name.lower()}",
        name,
        ConnectionKind.COMPATIBLE,
        base_url=toy.base_url,
        default_model="toy-1",
        has_vector_stores=True,
    )
    await program.connections.save(connection)
    await program.knowledge.refresh()
    return connection


async def completed(program: Program, store_id: str) -> dict[str, VectorStoreFile]:
    """Its files by name, once none is on its way."""

    async def has_settled() -> bool:
        return all(file.status is not FileStatus.IN_PROGRESS for file in await program.knowledge.files(store_id))

    files = await program.knowledge.files(store_id)
    while not await has_settled():
        await until(lambda: True)
        files = await program.knowledge.files(store_id)
    files = await program.knowledge.files(store_id)
    assert [file.error for file in files if file.status is not FileStatus.COMPLETED] == []
    return {file.name: file for file in files}
