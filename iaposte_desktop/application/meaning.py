"""Search by meaning: the texts of a store are turned into vectors in the background, by a model of a connection.

What has its vector is not asked for again, after a restart as well. Until every text has one, and whenever its server
does not answer, a store is searched by words alone.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.gathering import Gathered
from iaposte_desktop.application.retries import seconds_before_retry
from iaposte_desktop.domain.errors import AnswerUnusable, ErrorInfo, IAPosteError, ModelGone, NotFound, ProviderError
from iaposte_desktop.domain.ports.embedder import BATCH_TEXTS, BATCH_TOKENS
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.domain.usage import Cost, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.application.changes import Change, ChangeFeed
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.pricing import Prices
    from iaposte_desktop.application.tasks import TaskBoard, Work
    from iaposte_desktop.domain.assistants import ModelRef
    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.domain.ports.embedder import Embedder, Vector
    from iaposte_desktop.domain.ports.meaning import MeaningIndex

_SETTLED: Final = 0.3
"""Seconds without a change after which a store's files are taken to be all there."""
_LONGEST_TEXT_TOKENS: Final = 6_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MeaningState:
    """`done` of `total` passages have a vector; the store is searched by meaning when all have. `error`: why the last
    attempt ended before."""

    done: int
    total: int
    error: ErrorInfo | None = None


@dataclass(frozen=True, slots=True)
class MeaningEstimate:
    """What making all vectors of a store would take; `tokens` is estimated."""

    tokens: int
    cost: Cost


class Meaning:
    """`embedders` by connection, a live table. Lives on the program's loop."""

    def __init__(
        self,
        knowledge: Knowledge,
        index: MeaningIndex,
        embedders: Mapping[str, Embedder],
        prices: Prices,
        board: TaskBoard,
        changes: ChangeFeed,
    ) -> None:
        self._knowledge = knowledge
        self._index = index
        self._embedders = embedders
        self._prices = prices
        self._board = board
        self._changes = changes
        self._states: dict[str, MeaningState] = {}
        self._all_are_pending = True
        self._news = Gathered(_SETTLED)
        self._news.tell()
        changes.subscribe(self._on_change)

    def state(self, store_id: str) -> MeaningState | None:
        """None for a store that was not looked at, or is searched by words alone."""
        return self._states.get(store_id)

    async def models(self) -> Mapping[str, Sequence[str]]:
        """Connection id → ids that look like embedding models; none for a connection that does not answer."""
        names = tuple(self._embedders)
        listed = await asyncio.gather(*(self._models_of(name) for name in names))
        return dict(zip(names, listed, strict=True))

    async def estimate(self, store_id: str, model: ModelRef) -> MeaningEstimate:
        """Of all its files as they are now. Raises NotFound."""
        files = await self._knowledge.files(store_id)
        tokens = sum(file.tokens or 0 for file in files)
        return MeaningEstimate(tokens, self._prices.cost_of(model)(Usage(input_tokens=tokens)))

    async def retry(self, store_id: str) -> None:
        """Go on with a store whose task failed or was cancelled; `follow` does it."""
        self._news.tell(store_id)

    async def follow(self) -> None:
        """Until it is cancelled: bring every store whose files or settings have changed up to date, all at first."""
        while True:
            pending = await self._news.taken()
            if self._all_are_pending:
                self._all_are_pending = False
                pending |= {store.id for store in await self._knowledge.stores()}
            for store_id in pending:
                await self._look_after(store_id)

    async def _models_of(self, name: str) -> Sequence[str]:
        try:
            return await self._embedders[name].embedding_models()
        except (ProviderError, KeyError):
            return ()

    async def _look_after(self, store_id: str) -> None:
        try:
            store = await self._knowledge.retrieve(store_id)
            if (await self._knowledge.capabilities(store_id)).is_tunable:
                await self._bring_up(store)
        except NotFound:
            self._states.pop(store_id, None)
        except IAPosteError as error:
            log.info("the meaning of %s is not complete: %s", store_id, error.code)
            known = self._states.get(store_id, MeaningState(0, 0))
            self._tell(store_id, MeaningState(known.done, known.total, error.info))

    async def _bring_up(self, store: VectorStore) -> None:
        model = store.embedding_model
        if model is None:
            if self._states.pop(store.id, None) is not None:
                self._changes.publish(Changed(Topic.MEANING, store.id))
            await self._index.forget(store.id)
            return
        done, total = await self._index.sync(store.id, model)
        self._tell(store.id, MeaningState(done, total))
        if done == total:
            return
        dimension = 0
        async with self._board.work(TaskKind.EMBED, store.name, store.id) as work:
            while texts := await self._index.missing(store.id, model, BATCH_TEXTS):
                work.progress(done, total)
                batch = _batch(texts)
                vectors = await self._vectors(model, [_cut(text) for text in batch], work)
                if dimension not in (0, len(vectors[0])):
                    raise AnswerUnusable("vectors of two dimensions")
                dimension = len(vectors[0])
                await self._index.put(store.id, model, batch, vectors)
                done, total = await self._index.counts(store.id, model)
                self._tell(store.id, MeaningState(done, total))
            work.progress(done, total)
        if work.task.status is TaskStatus.CANCELLED:
            log.info("the meaning of %s was stopped at %s of %s", store.id, done, total)

    async def _vectors(self, model: ModelRef, texts: Sequence[str], work: Work) -> Sequence[Vector]:
        """Tried again and waited for as `retries` says. Raises ProviderError, WorkStopped."""
        attempts = 0
        while True:
            embedder = self._embedders.get(model.provider)
            if embedder is None:
                raise ModelGone(model.model)
            try:
                return await embedder.embed(model.model, texts)
            except ProviderError as error:
                attempts += 1
                pause = seconds_before_retry(error.info, attempts)
                if pause is None:
                    raise
                await _wait(pause, work)

    def _tell(self, store_id: str, state: MeaningState) -> None:
        if self._states.get(store_id) != state:
            self._states[store_id] = state
            self._changes.publish(Changed(Topic.MEANING, store_id))

    def _on_change(self, change: Change) -> None:
        if not isinstance(change, Changed):
            return
        if change.topic is Topic.CONNECTIONS:
            self._all_are_pending = True
            self._news.tell()
        elif change.topic in {Topic.FILES, Topic.STORES} and change.id:
            self._news.tell(change.id)


async def _wait(seconds: float, work: Work) -> None:
    """Raises WorkStopped, within a second of being told to."""
    until = asyncio.get_running_loop().time() + seconds
    while (left := until - asyncio.get_running_loop().time()) > 0:
        work.progress(work.task.done, work.task.total)
        await asyncio.sleep(min(1.0, left))


def _batch(texts: Sequence[str]) -> Sequence[str]:
    """As many of the first as one request may carry, at least one."""
    tokens = 0
    for count, text in enumerate(texts):
        tokens += min(estimate_tokens(text), _LONGEST_TEXT_TOKENS)
        if count and tokens > BATCH_TOKENS:
            return texts[:count]
    return texts


def _cut(text: str) -> str:
    """What is longer than models read is judged by how it begins."""
    tokens = estimate_tokens(text)
    return text if tokens <= _LONGEST_TEXT_TOKENS else text[: len(text) * _LONGEST_TEXT_TOKENS // tokens]
