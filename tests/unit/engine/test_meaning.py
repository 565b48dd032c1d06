"""Search by meaning beside the words: what it finds, when it stays out, and what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.errors import RateLimited
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.search import DEFAULT_SEARCH
from iaposte_desktop.engine.meaning.vectors import packed
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from tests.fakes.toy_openai.embeddings import vector_of
from tests.unit.engine.desk import Desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock

pytestmark = pytest.mark.asyncio(loop_scope="session")

MODEL = ModelRef("conn", "toy-embed-1")
BROLLY = "Every brolly is sold with a cover."
REFUND = "A refund takes ten days."


@dataclass(slots=True)
class HashingEmbedder:
    """The toy server's vectors without the server."""

    dimensions: int = 64
    error: Exception | None = None
    asked: list[str] = field(default_factory=list)

    async def embed(self, model: str, texts: Sequence[str]) -> tuple[tuple[float, ...], ...]:
        self.asked += texts
        if self.error is not None:
            raise self.error
        return tuple(tuple(vector_of(text, self.dimensions)) for text in texts)

    async def embedding_models(self) -> tuple[str, ...]:
        return (MODEL.model,)


@dataclass(slots=True)
class MeaningDesk(Desk):
    embedder: HashingEmbedder = field(default_factory=HashingEmbedder)

    async def store_by_meaning(self, **texts: str) -> str:
        store = await self.stores.create(StoreDetails("Shop", embedding_model=MODEL))
        for name, text in texts.items():
            await self.completed(store.id, self.file(f"{name}.txt", text))
        return store.id

    async def embed(self, store_id: str, model: ModelRef = MODEL, *, most: int = 1000) -> int:
        """How many texts were sent for."""
        index = self.stores.meaning
        await index.sync(store_id, model)
        texts = await index.missing(store_id, model, most)
        if texts:
            await index.put(store_id, model, texts, await self.embedder.embed(model.model, texts))
        return len(texts)

    def vectors_file(self, store_id: str) -> bytes:
        folder = self.engine_dir / store_id
        return b"".join(path.read_bytes() for path in sorted(folder.glob("vectors.db*")))


@pytest_asyncio.fixture(loop_scope="session")
async def desk(
    profile: Profile, workspace: SqlWorkspace, workers: WorkerProcesses, clock: ManualClock, tmp_path: Path
) -> AsyncIterator[MeaningDesk]:
    embedder = HashingEmbedder()
    stores = EmbeddedVectorStores(
        profile.engine_dir, workspace.catalog, workers, clock, {}, embedders={MODEL.provider: embedder}
    )
    folder = tmp_path / "files"
    folder.mkdir()
    yield MeaningDesk(stores, workspace.catalog, profile.engine_dir, folder, embedder=embedder)
    await stores.aclose()


async def names(desk: MeaningDesk, store_id: str, query: str) -> list[str]:
    return [passage.file_name for passage in await desk.search(store_id, query)]


async def test_it_finds_what_no_word_does_and_says_so(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(brolly=BROLLY, refund=REFUND)
    assert await names(desk, store_id, "umbrella") == []
    await desk.embed(store_id)
    (found,) = await desk.search(store_id, "umbrella")
    assert (found.file_name, 0.25 <= found.score <= 1) == ("brolly.txt", True)
    (why,) = await desk.stores.explain("umbrella", [found])
    assert why.words == 0
    assert why.meaning == found.score
    without = replace(DEFAULT_SEARCH, meaning=0)
    assert await desk.stores.search([store_id], "umbrella", settings=without) == ()


async def test_words_and_meaning_together_put_first_what_both_find(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(cover="The cover of a book.", brolly=BROLLY, refund=REFUND)
    await desk.embed(store_id)
    found = await desk.search(store_id, "umbrella cover")
    assert [passage.file_name for passage in found][:2] == ["brolly.txt", "cover.txt"]
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


async def test_half_embedded_is_by_words_alone(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(brolly=BROLLY, refund=REFUND)
    assert await desk.embed(store_id, most=1) == 1
    assert await names(desk, store_id, "umbrella") == []
    assert await names(desk, store_id, "brolly") == ["brolly.txt"]
    assert await desk.embed(store_id) == 1
    await desk.completed(store_id, desk.file("late.txt", "Late parcels."))
    assert await names(desk, store_id, "umbrella") == []
    assert await desk.embed(store_id) == 1
    assert await names(desk, store_id, "umbrella") == ["brolly.txt"]


async def test_what_has_a_vector_is_not_asked_again(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(brolly=BROLLY, refund=REFUND)
    assert await desk.embed(store_id) == 2
    await desk.completed(store_id, desk.file("late.txt", "Late parcels."))
    assert await desk.embed(store_id) == 1
    assert await desk.embed(store_id) == 0
    assert await desk.stores.meaning.counts(store_id, MODEL) == (3, 3)


async def test_models_are_never_mixed(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(brolly=BROLLY, refund=REFUND)
    await desk.embed(store_id)
    other = ModelRef(MODEL.provider, "other")
    await desk.stores.update(store_id, StoreDetails("Shop", embedding_model=other))
    assert await names(desk, store_id, "umbrella") == []
    assert await desk.embed(store_id, other) == 2
    assert await names(desk, store_id, "umbrella") == ["brolly.txt"]
    assert await desk.stores.meaning.counts(store_id, MODEL) == (0, 2)


async def test_another_dimension_under_the_same_name_begins_anew(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(brolly=BROLLY, refund=REFUND)
    await desk.embed(store_id, most=1)
    desk.embedder.dimensions = 32
    await desk.embed(store_id)
    assert await desk.stores.meaning.counts(store_id, MODEL) == (1, 2)
    await desk.embed(store_id)
    assert await names(desk, store_id, "umbrella") == ["brolly.txt"]
    desk.embedder.dimensions = 48
    assert await names(desk, store_id, "umbrellas") == []


async def test_an_endpoint_that_fails_leaves_the_words(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(brolly=BROLLY, refund=REFUND)
    await desk.embed(store_id)
    desk.embedder.error = RateLimited()
    assert await names(desk, store_id, "umbrella") == []
    assert await names(desk, store_id, "brolly") == ["brolly.txt"]
    asked = len(desk.embedder.asked)
    await names(desk, store_id, "a brolly again")
    assert len(desk.embedder.asked) == asked


async def test_removal_leaves_no_byte_of_a_vector(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(brolly=BROLLY, refund=REFUND)
    await desk.embed(store_id)
    (file,) = [each for each in await desk.stores.files(store_id) if each.name == "brolly.txt"]
    vector = packed(vector_of(BROLLY, 64))
    assert vector in desk.vectors_file(store_id)
    await desk.stores.remove_files(store_id, [file.id])
    assert vector not in desk.vectors_file(store_id)
    assert packed(vector_of(REFUND, 64)) in desk.vectors_file(store_id)
    await desk.stores.meaning.put(store_id, MODEL, [BROLLY], [vector_of(BROLLY, 64)])
    assert vector not in desk.vectors_file(store_id)
    await desk.stores.meaning.forget(store_id)
    assert packed(vector_of(REFUND, 64)) not in desk.vectors_file(store_id)


async def test_a_store_that_is_deleted_takes_its_vectors_along(desk: MeaningDesk) -> None:
    store_id = await desk.store_by_meaning(brolly=BROLLY)
    await desk.embed(store_id)
    await desk.stores.delete(store_id)
    assert not (desk.engine_dir / store_id).exists()
