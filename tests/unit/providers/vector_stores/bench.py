"""Hosted stores over the toy server, with files to add and a ledger that outlives them."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import FileProblem, FileRefused
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, UploadEvent, UploadStage, VectorStoreFile
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.uploads import Upload
from iaposte_desktop.providers.vector_stores.limits import UploadLimits
from iaposte_desktop.providers.vector_stores.stores import HostedVectorStores
from iaposte_desktop.providers.wire import Wire
from tests.contract.closing import closing
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.faults import Fault, Severed
from tests.fakes.toy_openai.messages import Reply
from tests.fakes.toy_openai.server import ToyOpenAI

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.domain.knowledge import Attribute
    from iaposte_desktop.domain.ports.uploads import UploadLedger

UPLOAD = "POST /files"
ATTACH = "POST /vector_stores/{store_id}/files"
POLL = "GET /vector_stores/{store_id}/files/{file_id}"
DETACH = "DELETE /vector_stores/{store_id}/files/{file_id}"
DELETE = "DELETE /files/{file_id}"
CONTENT = "GET /vector_stores/{store_id}/files/{file_id}/content"
SEARCH = "POST /vector_stores/{store_id}/search"

FAST = UploadLimits(ready_within=20, first_pause=0.01, undo_within=5)


@dataclass(frozen=True, slots=True)
class LostAnswer(Fault):
    """The request is carried out; of the answer no byte comes."""

    def reply(self, reply: Reply) -> Reply:
        raise Severed


@dataclass(frozen=True, slots=True)
class Held(Fault):
    """The answer waits until it is let go."""

    gate: Event = field(default_factory=Event)

    async def instead(self) -> Reply | None:
        await asyncio.to_thread(self.gate.wait)
        return None


class TableReader:
    """Reads tables as their lines, and refuses one that is called bad.csv."""

    suffixes = frozenset({".csv"})

    def __init__(self) -> None:
        self.read_paths: list[Path] = []

    async def read(self, path: Path) -> str:
        self.read_paths.append(path)
        if path.name == "bad.csv":
            raise FileRefused(FileProblem.DAMAGED, "no table")
        return "\n\n".join(path.read_text("utf-8").splitlines())


@dataclass(slots=True)
class Bench:
    """`clock` is the time of day: the server's is too."""

    toy: ToyOpenAI
    ledger: UploadLedger
    folder: Path
    reader: TableReader = field(default_factory=TableReader)
    opened: list[HostedVectorStores] = field(default_factory=list)

    def open(
        self,
        limits: UploadLimits = FAST,
        *,
        ledger: UploadLedger | None = None,
        kind: ConnectionKind = ConnectionKind.COMPATIBLE,
    ) -> HostedVectorStores:
        """As after a restart."""
        connection = Connection("conn_1", "Toy", kind, base_url=self.toy.base_url)
        wire = Wire(connection, MemorySecrets({connection.key_name: self.toy.key or ""}))
        stores = HostedVectorStores(wire, ledger or self.ledger, self.reader, now, limits)
        self.opened.append(stores)
        return stores

    def path(self, name: str, text: str = "") -> Path:
        path = self.folder / name
        path.write_text(text or f"Text of {name}.", "utf-8")
        return path

    def file(self, name: str, text: str = "", **attributes: Attribute) -> FileToAdd:
        return FileToAdd(self.path(name, text), attributes)

    def paths(self, count: int) -> list[FileToAdd]:
        return [self.file(f"{number:03}.txt") for number in range(count)]

    async def aclose(self) -> None:
        for stores in self.opened:
            await stores.aclose()

    @property
    def names_at_server(self) -> list[str]:
        return sorted(self.toy.files.names.values())

    def attached(self, store_id: str) -> list[str]:
        """The names of the files in a store, as the server has it."""
        return sorted(file.name for file in self.toy.vector_stores.store(store_id).files.values())

    def row(self, store_id: str, path: Path, **others: object) -> Upload:
        """As a program that was killed left it."""
        row = Upload(
            id=new_id("file"),
            provider="conn_1",
            store_id=store_id,
            name=path.name,
            source_path=str(path),
            sha256="",
            bytes=path.stat().st_size,
            status=FileStatus.IN_PROGRESS,
            created_at=now(),
        )
        return replace(row, **others)  # type: ignore[arg-type]  # Fields of the row.


def now() -> datetime:
    return datetime.now(UTC)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def until(condition: Callable[[], bool]) -> None:
    """Looks again and again; the test's time limit ends it."""
    while not condition():  # noqa: ASYNC110  # What happens at the server sets no event of ours.
        await asyncio.sleep(0.005)


async def store_of(stores: HostedVectorStores, name: str = "Shop") -> str:
    return (await stores.create(StoreDetails(name))).id


async def added(stores: HostedVectorStores, store_id: str, *files: FileToAdd) -> list[UploadEvent]:
    return [event async for event in stores.add_files(store_id, files)]


async def ended(stores: HostedVectorStores, store_id: str, *files: FileToAdd) -> dict[str, VectorStoreFile]:
    """By name, as they ended."""
    events = await added(stores, store_id, *files)
    return {event.file.name: event.file for event in events if event.stage is UploadStage.DONE}


async def one(stores: HostedVectorStores, store_id: str, file: FileToAdd) -> VectorStoreFile:
    return (await added(stores, store_id, file))[-1].file


async def retried(stores: HostedVectorStores, store_id: str, *file_ids: str) -> list[VectorStoreFile]:
    """As they ended."""
    events = [event async for event in stores.retry_files(store_id, file_ids)]
    return [event.file for event in events if event.stage is UploadStage.DONE]


async def added_until(stores: HostedVectorStores, store_id: str, stage: UploadStage, *files: FileToAdd) -> None:
    """Closed at the first event of this stage."""
    async with closing(stores.add_files(store_id, files)) as events:
        async for event in events:
            if event.stage is stage:
                break
