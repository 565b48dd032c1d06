"""Knowledge: vector stores of every provider behind one door, and uploads that survive a restart."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.application.batches import batches
from iaposte_desktop.application.changes import Changed, FileProgressed, Topic
from iaposte_desktop.application.intake import added, followed
from iaposte_desktop.application.searching import found_in
from iaposte_desktop.application.walking import files_in
from iaposte_desktop.domain.errors import FileRefused, IAPosteError, InvalidValue, NotFound, ProviderError
from iaposte_desktop.domain.json import metadata_problem
from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, UploadStage
from iaposte_desktop.domain.search import DEFAULT_SEARCH
from iaposte_desktop.domain.tasks import Task, TaskKind, TaskStatus

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
    from pathlib import Path

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.tasks import TaskBoard
    from iaposte_desktop.domain.errors import ErrorInfo
    from iaposte_desktop.domain.knowledge import (
        Attribute,
        FileContent,
        Filter,
        Passage,
        UploadEvent,
        VectorStore,
        VectorStoreFile,
    )
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import StoreCatalog
    from iaposte_desktop.domain.ports.vector_stores import StoreCapabilities, StoreDetails, VectorStores
    from iaposte_desktop.domain.search import Explanation, SearchSettings


class Knowledge:
    """`providers` by name, a live table; `default` names the one on this machine. `catalog` holds this machine's stores
    and their bin. Stores at a server are listed as they were at the last `refresh`."""

    def __init__(
        self,
        providers: Mapping[str, VectorStores],
        default: str,
        catalog: StoreCatalog,
        board: TaskBoard,
        changes: ChangeFeed,
        clock: Clock,
    ) -> None:
        self._providers = providers
        self._default = default
        self._catalog = catalog
        self._board = board
        self._changes = changes
        self._clock = clock
        self._homes: dict[str, str] = {}
        self._remote: dict[str, tuple[VectorStore, ...]] = {}
        self._failures: dict[str, ErrorInfo] = {}
        self._questions: dict[str, object] = {}

    async def stores(self) -> tuple[VectorStore, ...]:
        """By name; nothing is sent."""
        listed = [store for server in self._servers() for store in self._remote.get(server.name, ())]
        listed += await self._providers[self._default].list()
        return tuple(sorted(listed, key=lambda store: store.name.casefold()))

    @property
    def failures(self) -> Mapping[str, ErrorInfo]:
        """Why the stores of a provider are missing or out of date, by its name; as of the last `refresh`."""
        return {name: error for name, error in self._failures.items() if name in self._providers}

    async def refresh(self) -> None:
        """Ask every server for its stores, at the same time; each is told of when it has answered. What fails is told
        by `failures`."""
        await asyncio.gather(*map(self._refresh, self._servers()))

    async def _refresh(self, server: VectorStores) -> None:
        question = self._questions[server.name] = object()
        stores, failure = None, None
        try:
            stores = await server.list()
        except ProviderError as error:
            failure = error.info
        if self._questions[server.name] is not question:
            return  # It was asked again meanwhile: that answer is newer.
        if stores is not None:
            self._remote[server.name] = stores
            self._homes.update(dict.fromkeys((store.id for store in stores), server.name))
        self._failures.pop(server.name, None)
        if failure is not None:
            self._failures[server.name] = failure
        self._changes.publish(Changed(Topic.STORES, ""))

    def _servers(self) -> list[VectorStores]:
        """Those of connections; one may be on this machine, too, and its stores are its own all the same."""
        return [provider for provider in self._providers.values() if not self._is_built_in(provider)]

    def _is_built_in(self, provider: VectorStores) -> bool:
        return provider.name == self._default

    def places(self) -> tuple[str, ...]:
        """The names of the providers that a store can be made at, this machine's first."""
        return tuple(sorted(self._providers, key=lambda name: name != self._default))

    async def homes(self, store_ids: Sequence[str]) -> Mapping[str, str]:
        """Store id → the name of the provider that holds it, empty where it cannot be known now; those that are gone
        are left out."""
        homes = {}
        for store_id in store_ids:
            try:
                homes[store_id] = (await self._home(store_id)).name
            except NotFound:
                continue
            except ProviderError:
                homes[store_id] = ""
        return homes

    async def retrieve(self, store_id: str) -> VectorStore:
        return await (await self._home(store_id)).retrieve(store_id)

    def accepted_suffixes(self, place: str = "") -> frozenset[str]:
        """Of a provider, by its name; empty: this machine. None of one that is gone."""
        provider = self._providers.get(place or self._default)
        return provider.capabilities.suffixes if provider is not None else frozenset()

    async def capabilities(self, store_id: str) -> StoreCapabilities:
        """Of the provider that holds the store. Raises NotFound, ProviderError."""
        return (await self._home(store_id)).capabilities

    def is_tunable(self, place: str) -> bool:
        """Whether searches at a provider, by its name, follow `SearchSettings`."""
        provider = self._providers.get(place)
        return provider is not None and provider.capabilities.is_tunable

    @property
    def built_in_capabilities(self) -> StoreCapabilities:
        return self._providers[self._default].capabilities

    async def create(self, details: StoreDetails, place: str = "") -> VectorStore:
        """At a provider of `places`; empty: on this machine. Raises InvalidValue, NotFound where that provider is gone,
        ProviderError."""
        _refuse_invalid(details)
        home = self._providers.get(place or self._default)
        if home is None:
            raise NotFound(place)
        store = await home.create(details)
        await self._know_again(home, store.id, store)
        self._changes.publish(Changed(Topic.STORES, store.id))
        return store

    async def _know_again(self, home: VectorStores, store_id: str, store: VectorStore | None) -> None:
        """After a change at a server: what became of the store (None: deleted), then its whole list."""
        if self._is_built_in(home):
            return
        if home.name in self._remote:
            others = tuple(each for each in self._remote[home.name] if each.id != store_id)
            self._remote[home.name] = others if store is None else (*others, store)
        await self._refresh(home)

    async def update(self, store_id: str, details: StoreDetails) -> VectorStore:
        _refuse_invalid(details)
        home = await self._home(store_id)
        store = await home.update(store_id, details)
        await self._know_again(home, store_id, store)
        self._changes.publish(Changed(Topic.STORES, store_id))
        return store

    async def delete(self, store_id: str) -> bool:
        """True: it went into the bin, from which `restore` brings it back. False: it was at a server and is gone."""
        home = await self._home(store_id)
        is_final = not self._is_built_in(home)
        if is_final:
            await home.delete(store_id)
            await self._know_again(home, store_id, None)
        else:
            store = await self._catalog.retrieve_store(store_id)
            await self._catalog.save_store(replace(store, deleted_at=self._clock()))
        self._homes.pop(store_id, None)
        self._changes.publish(Changed(Topic.STORES, store_id))
        return not is_final

    async def restore(self, store_id: str) -> VectorStore:
        """Out of the bin. Raises NotFound."""
        store = await self._catalog.retrieve_store(store_id)
        await self._catalog.save_store(replace(store, deleted_at=None))
        self._changes.publish(Changed(Topic.STORES, store_id))
        return await self.retrieve(store_id)

    async def binned(self) -> tuple[VectorStore, ...]:
        return await self._catalog.list_stores(self._default, deleted=True)

    async def purge(self, store_id: str) -> None:
        """For good, out of the bin; nothing brings it back."""
        store = await self._catalog.retrieve_store(store_id)
        await self._providers[store.provider].delete(store_id)
        self._changes.publish(Changed(Topic.STORES, store_id))

    async def files(self, store_id: str) -> tuple[VectorStoreFile, ...]:
        return await (await self._home(store_id)).files(store_id)

    async def file(self, store_id: str, file_id: str) -> VectorStoreFile:
        return await (await self._home(store_id)).retrieve_file(store_id, file_id)

    async def is_remote(self, store_id: str) -> bool:
        return (await self._home(store_id)).capabilities.is_remote

    async def remove_files(self, store_id: str, file_ids: Sequence[str]) -> None:
        home = await self._home(store_id)
        await home.remove_files(store_id, file_ids)
        await self._count_again(home)
        self._changes.publish(Changed(Topic.FILES, store_id))

    async def set_attributes(self, store_id: str, attributes: Mapping[str, Mapping[str, Attribute]]) -> None:
        """File id → all its attributes from now on. Raises InvalidValue, NotFound."""
        await (await self._home(store_id)).set_attributes(store_id, attributes)
        self._changes.publish(Changed(Topic.FILES, store_id))

    async def content(self, store_id: str, file_id: str) -> FileContent:
        return await (await self._home(store_id)).content(store_id, file_id)

    async def original(self, store_id: str, file_id: str) -> Path | None:
        """A copy of the file as it was added, to be opened for reading; None where the store keeps none."""
        return await (await self._home(store_id)).original(store_id, file_id)

    async def search(
        self,
        store_ids: Sequence[str],
        query: str,
        *,
        limit: int = 10,
        score_threshold: float = 0.0,
        filters: Filter | None = None,
        settings: SearchSettings = DEFAULT_SEARCH,
    ) -> tuple[Passage, ...]:
        """Best first over stores of any provider, scores being comparable; stores that are gone are passed over."""
        by_home: dict[str, list[str]] = {}
        for store_id in dict.fromkeys(store_ids):
            try:
                by_home.setdefault((await self._home(store_id)).name, []).append(store_id)
            except NotFound:
                continue
        found = await asyncio.gather(
            *(
                found_in(self._providers[name], ids, query, filters, limit, score_threshold, settings)
                for name, ids in by_home.items()
            )
        )
        return tuple(sorted((p for passages in found for p in passages), key=lambda p: -p.score)[:limit])

    async def explain(
        self, query: str, passages: Sequence[Passage], settings: SearchSettings = DEFAULT_SEARCH
    ) -> tuple[Explanation, ...]:
        """Why each passage was found, in their order. Raises NotFound for one of a store that is gone."""
        by_home: dict[str, list[int]] = {}
        for at, passage in enumerate(passages):
            by_home.setdefault((await self._home(passage.store_id)).name, []).append(at)
        explained: dict[int, Explanation] = {}
        for name, places in by_home.items():
            found = await self._providers[name].explain(query, [passages[at] for at in places], settings)
            explained |= dict(zip(places, found, strict=True))
        return tuple(explained[at] for at in range(len(passages)))

    async def upload(
        self,
        store_id: str,
        paths: Sequence[Path],
        *,
        replaces: str | None = None,
        attributes: Mapping[str, Attribute] | None = None,
        on_event: Callable[[UploadEvent], None] | None = None,
    ) -> Task:
        """Add files, and the files in folders, as one task; returns when all have ended, each in its own way.
        Cancelling the task on the board cancels what is not finished."""
        home = await self._home(store_id)
        files = await asyncio.to_thread(files_in, paths, home.capabilities.suffixes)
        return await self.add(store_id, [FileToAdd(path, attributes or {}, replaces) for path in files], on_event)

    async def add(
        self, store_id: str, files: Sequence[FileToAdd], on_event: Callable[[UploadEvent], None] | None = None
    ) -> Task:
        """As `upload`, each file with its own attributes and what it takes the place of."""
        home = await self._home(store_id)
        return await self._task(home, store_id, home.add_files(store_id, files), len(files), on_event)

    async def take_in(
        self,
        store_id: str,
        batches: AsyncGenerator[Sequence[FileToAdd], None],
        total: int,
        kind: TaskKind = TaskKind.UPLOAD,
        *,
        on_event: Callable[[UploadEvent], None] | None = None,
    ) -> Task:
        """Like `upload`, for files that come batch after batch, each asked for once the one before has ended. What
        `batches` raises ends the task as failed, and is raised."""
        home = await self._home(store_id)
        return await self._task(home, store_id, added(home, store_id, batches), total, on_event, kind)

    async def retry(
        self, store_id: str, file_ids: Sequence[str], *, on_event: Callable[[UploadEvent], None] | None = None
    ) -> Task:
        home = await self._home(store_id)
        return await self._task(home, store_id, home.retry_files(store_id, file_ids), len(file_ids), on_event)

    async def unfinished(self) -> Mapping[str, tuple[str, ...]]:
        """Store id → files that a former process left in progress, to be retried at start."""
        left: dict[str, tuple[str, ...]] = {}
        for provider in self._providers.values():
            of_provider = await provider.unfinished()
            self._homes.update(dict.fromkeys(of_provider, provider.name))
            left |= of_provider
        return left

    async def _task(
        self,
        home: VectorStores,
        store_id: str,
        events: AsyncIterator[UploadEvent],
        total: int,
        on_event: Callable[[UploadEvent], None] | None,
        kind: TaskKind = TaskKind.UPLOAD,
    ) -> Task:
        store = await self.retrieve(store_id)
        stop = asyncio.Event()
        task_id = await self._board.begin(kind, store.name, store_id, stop.set, total)
        under_way: set[str] = set()
        done = failed = 0
        try:
            async with aclosing(batches(followed(events, under_way), stop)) as gathered:
                async for batch in gathered:
                    for event in batch:
                        done += event.stage is UploadStage.DONE
                        failed += event.file.status is FileStatus.FAILED
                        self._publish(store_id, event)
                        if on_event is not None:
                            on_event(event)
                    self._board.progress(task_id, done=done, total=total, failed=failed)
        except asyncio.CancelledError:
            await asyncio.shield(home.keep_unfinished(store_id, under_way))
            await self._board.end(task_id, TaskStatus.INTERRUPTED)
            raise
        except Exception as error:
            reason = error.code if isinstance(error, IAPosteError) else IAPosteError.code
            await self._board.end(task_id, TaskStatus.FAILED, reason)
            raise
        await self._count_again(home)
        self._changes.publish(Changed(Topic.STORES, store_id))
        if stop.is_set():
            return await self._board.end(task_id, TaskStatus.CANCELLED)
        status = TaskStatus.FAILED if failed and failed == total else TaskStatus.COMPLETED
        return await self._board.end(task_id, status, FileRefused.code if failed else "")

    async def _count_again(self, home: VectorStores) -> None:
        """Files came or went: a server's list has other counts now."""
        if not self._is_built_in(home):
            await self._refresh(home)

    def _publish(self, store_id: str, event: UploadEvent) -> None:
        self._changes.publish(FileProgressed(event))
        if event.stage is UploadStage.DONE:
            self._changes.publish(Changed(Topic.FILES, store_id))

    async def _home(self, store_id: str) -> VectorStores:
        """The provider that holds the store, this machine's asked first. Raises NotFound, and ProviderError where a
        server that may hold it cannot be asked."""
        known = self._providers.get(self._homes.get(store_id, ""))
        if known is not None:
            return known
        unasked: ProviderError | None = None
        for provider in sorted(self._providers.values(), key=lambda each: not self._is_built_in(each)):
            try:
                await provider.retrieve(store_id)
            except NotFound:
                continue
            except ProviderError as error:
                if provider.name not in self._remote:  # Else it was not there when it was last listed.
                    unasked = unasked or error
                continue
            self._homes[store_id] = provider.name
            return provider
        raise unasked or NotFound(store_id)


def _refuse_invalid(details: StoreDetails) -> None:
    if not details.name.strip() or len(details.name) > 256:
        raise InvalidValue("name")
    if details.metadata and metadata_problem(details.metadata):
        raise InvalidValue("metadata")
    if details.expires_after is not None and not 1 <= details.expires_after.days <= 365:
        raise InvalidValue("expires_after")
