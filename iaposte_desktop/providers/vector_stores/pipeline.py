"""One file on its way into a hosted store: looked at, converted where the server does not take its type, uploaded,
attached, waited for.

The ledger has each step before the next begins, so that whatever ends the program, what is at the server is known here:
a retry goes on from there, and doubles nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from iaposte_desktop.domain.errors import (
    FileProblem,
    FileRefused,
    KeyMissing,
    KeyRefused,
    NotFound,
    ProviderError,
    QuotaExhausted,
    RequestRefused,
)
from iaposte_desktop.domain.knowledge import FileError, FileStatus, UploadEvent, UploadStage
from iaposte_desktop.providers.vector_stores.earlier import found_again, may_be_uploaded
from iaposte_desktop.providers.vector_stores.patience import Patience, is_passing, patiently
from iaposte_desktop.providers.vector_stores.sending import Sending
from iaposte_desktop.providers.vector_stores.source import ACCEPTED, MAX_BYTES, CountedFile
from iaposte_desktop.providers.vector_stores.together import to_its_end
from iaposte_desktop.providers.vector_stores.values import error_of, file_of_row

if TYPE_CHECKING:
    from typing import IO

    from openai.types.vector_stores import VectorStoreFile as ServerFile

    from iaposte_desktop.domain.uploads import Upload
    from iaposte_desktop.providers.vector_stores.desk import Desk
    from iaposte_desktop.providers.vector_stores.earlier import Earlier
    from iaposte_desktop.providers.vector_stores.looking import Looking
    from iaposte_desktop.providers.vector_stores.source import Source

Emit: TypeAlias = Callable[[UploadEvent], None]

_TOLD_EVERY: Final = 0.1
_HOPELESS: Final = (KeyMissing, KeyRefused, QuotaExhausted)
"""What one file met, every file would."""
_GONE: Final = frozenset({FileProblem.VANISHED, FileProblem.UNREADABLE})


class Intake:
    """`earlier` is None for a new file."""

    def __init__(self, desk: Desk, row: Upload, looking: Looking, earlier: Earlier | None, emit: Emit) -> None:
        self.row = row
        self.is_done = False
        self._desk = desk
        self._server = desk.server
        self._looking = looking
        self._earlier = earlier
        self._may_be_attached = row.is_attached
        self._emit = emit
        self._told_at = 0.0

    async def run(self) -> None:
        """Ends with a DONE event, completed or failed, unless it is cancelled: then `undo` is called for.

        Raises StorageError, and ProviderError where no other file would fare better."""
        try:
            async with AsyncExitStack() as places:
                # Looked at ahead, a file keeps no other one from the network.
                await places.enter_async_context(self._desk.looking)
                self._tell(UploadStage.PREFLIGHT)
                source = await self._looking.at(Path(self.row.source_path))
                async with self._desk.begun:
                    await places.aclose()
                    state = await self._ready(source)
            await self._settle(state)
        except FileRefused as refused:
            await self._fail(FileError(refused.problem, refused.detail))
        except _HOPELESS:
            raise
        except ProviderError as error:
            await self._fail(FileError(FileProblem.SERVER, _sentence(error)), is_final=not is_passing(error))
        finally:
            self._desk.release(self.row)

    async def undo(self) -> None:
        """Nothing is left at the server; what could not be deleted in time stays in the row."""
        try:
            async with asyncio.timeout(self._desk.limits.undo_within):
                await self._take_back()
        except (TimeoutError, ProviderError):
            pass
        self._end(FileStatus.CANCELLED)

    async def _ready(self, source: Source | FileRefused) -> ServerFile:
        async with self._desk.slots:
            state = await self._uploaded(source)
        # While the ledger is written, others have the network.
        await self._desk.rows.save([self.row])
        async with self._desk.slots:
            try:
                return await self._desk.polling.ready(self.row.store_id, state or await self._attached())
            except NotFound as error:
                self._keep(is_attached=False)
                raise FileRefused(FileProblem.SERVER, "it is no longer in the store") from error

    async def _uploaded(self, source: Source | FileRefused) -> ServerFile | None:
        """What the server has in the store already, where it has."""
        state = None
        if self._earlier is not None:
            state = await self._resumed(self._earlier, None if isinstance(source, FileRefused) else source)
        if isinstance(source, FileRefused):
            if self.row.file_id is None or source.problem not in _GONE:
                raise source
        elif self.row.file_id is None:
            await self._refuse_duplicate(source)
            await self._upload(source)
        else:
            self._keep(bytes=source.bytes, sha256=source.sha256)
        return state

    async def _refuse_duplicate(self, source: Source) -> None:
        row = self.row
        rows = await self._desk.rows.of(row.store_id)
        claimed = rows.by_id.get(self._desk.claim(row, source.sha256))
        if claimed is not None and claimed.id != row.id:
            raise FileRefused(FileProblem.DUPLICATE, claimed.name)
        held = rows.completed(source.sha256)
        if held is None or held.id == row.id or row.replaces in {held.id, held.file_id}:
            return
        if await patiently(self._desk.limits, lambda: self._state(held.file_id)) is not None:
            raise FileRefused(FileProblem.DUPLICATE, held.name)
        await self._desk.rows.delete(held)  # Another program has taken it out of the store.

    async def _resumed(self, earlier: Earlier, source: Source | None) -> ServerFile | None:
        """What the server has of an earlier attempt, where that goes on. What is of no use is deleted there."""
        row, was = self.row, earlier.statuses[self.row.id]
        if may_be_uploaded(row, was):
            self._keep(file_id=found_again(await earlier.uploads(), self._desk.rows, row))
            self._desk.rows.note(self.row)
        if (file_id := self.row.file_id) is None:
            return None
        state = await patiently(self._desk.limits, lambda: self._state(file_id))
        self._may_be_attached = state is not None
        is_changed = source is not None and row.sha256 not in {"", source.sha256}
        has_failed = state is not None and state.status in {"failed", "cancelled"}
        if is_changed or (has_failed and source is not None):
            await self._take_back()
        elif state is None:
            if not await self._is_uploaded(file_id):
                self._keep(file_id=None, is_attached=False)
        elif state.status == "completed" or (was is FileStatus.IN_PROGRESS and not has_failed):
            self._keep(is_attached=True)
            return state
        else:  # It hangs there, or failed and is here no longer: attached anew, it is read anew.
            await patiently(self._desk.limits, lambda: self._server.detach(row.store_id, file_id))
            self._keep(is_attached=False)
            self._may_be_attached = False
        return None

    async def _upload(self, source: Source) -> None:
        path = Path(self.row.source_path)
        self._keep(bytes=source.bytes, is_converted=path.suffix.lower() not in ACCEPTED)
        if self.row.is_converted:
            text = await self._text(path)
            await self._send(text, len(text), source)
        else:
            with CountedFile(path, lambda read: self._on_read(read / source.bytes)) as file:
                await self._send(file, source.bytes, source)

    async def _text(self, path: Path) -> bytes:
        self._tell(UploadStage.READING)
        text = (await self._desk.reader.read(path)).encode("utf-8", "replace")
        if len(text) > MAX_BYTES:
            raise FileRefused(FileProblem.TOO_LARGE, f"{len(text)} bytes of text, {MAX_BYTES} at most")
        return text

    async def _send(self, content: IO[bytes] | bytes, size: int, source: Source) -> None:
        self._told_at = asyncio.get_running_loop().time()
        self._tell(UploadStage.UPLOADING, 0.0)
        sending = Sending(self._desk, self.row, content, size)
        try:
            await sending.send()
        finally:
            is_known = sending.file_id is not None or sending.is_unsure
            self._keep(file_id=sending.file_id, sha256=source.sha256 if is_known else "")

    async def _attached(self) -> ServerFile:
        row, limits = self.row, self._desk.limits
        patience = Patience(limits)
        state = None
        self._tell(UploadStage.INDEXING)
        while state is None:
            await self._desk.turn_to_attach(row.store_id)
            try:
                if self._may_be_attached:
                    state = await self._state(row.file_id)
                if state is None:
                    self._may_be_attached = True
                    state = await self._server.attach(
                        row.store_id, row.file_id or "", row.attributes, limits.ready_within
                    )
            except ProviderError as error:
                await patience.after(error)
        self._keep(is_attached=True)
        self._desk.rows.show(self.row)
        return state

    async def _settle(self, state: ServerFile) -> None:
        if state.status != "completed":
            self._end(FileStatus.FAILED, error_of(state))
        elif self.row.replaces is None:
            self._end(FileStatus.COMPLETED)
        else:  # The old one may be gone from here on: the new one stays, whatever is cancelled.
            await to_its_end(self._take_place(self.row.replaces))

    async def _take_place(self, replaced: str) -> None:
        try:
            await patiently(self._desk.limits, lambda: self._desk.remove(self.row.store_id, replaced))
        except ProviderError as error:
            self._end(FileStatus.FAILED, FileError(FileProblem.SERVER, _sentence(error)))
        else:
            self._keep(replaces=None)
            self._end(FileStatus.COMPLETED)

    async def _fail(self, error: FileError, *, is_final: bool = True) -> None:
        """`is_final`: what was uploaded is of no use for another attempt."""
        if is_final and not self.row.is_attached:
            with suppress(ProviderError):
                await self._take_back()
        self._end(FileStatus.FAILED, error)

    async def _take_back(self) -> None:
        """Raises ProviderError; the row says what is left then."""
        row, limits = self.row, self._desk.limits
        if (file_id := row.file_id) is None:
            return
        if row.is_attached or self._may_be_attached:
            await patiently(limits, lambda: self._server.detach(row.store_id, file_id))
            self._keep(is_attached=False)
        await patiently(limits, lambda: self._server.delete_upload(file_id))
        self._keep(file_id=None, sha256="")

    def _end(self, status: FileStatus, error: FileError | None = None) -> None:
        """Should it not become durable, the file is found as it is by a retry."""
        self._keep(status=status, error=error)
        self._desk.rows.note(self.row)
        self.is_done = True
        self._tell(UploadStage.DONE)

    async def _state(self, file_id: str | None) -> ServerFile | None:
        """None where the file is not in the store."""
        try:
            return await self._server.file_of(self.row.store_id, file_id or "")
        except NotFound:
            return None

    async def _is_uploaded(self, file_id: str) -> bool:
        try:
            await self._server.upload_by_id(file_id)
        except NotFound:
            return False
        return True

    def _keep(self, **changes: Any) -> None:
        self.row = replace(self.row, **changes)

    def _on_read(self, fraction: float) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._told_at >= _TOLD_EVERY:
            self._told_at = now
            self._tell(UploadStage.UPLOADING, min(1.0, fraction))

    def _tell(self, stage: UploadStage, fraction: float | None = None) -> None:
        self._emit(UploadEvent(file_of_row(self.row), stage, fraction))


def _sentence(error: ProviderError) -> str:
    """What the server says, or else what happened."""
    return error.detail if isinstance(error, RequestRefused) else f"{error.info.code} {error.detail}".strip()
