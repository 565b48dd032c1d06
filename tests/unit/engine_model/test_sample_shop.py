"""The sample shop's mails, read, searched for and answered with the real parts."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from iaposte_desktop.domain.citations import Source
from iaposte_desktop.domain.knowledge import FileToAdd
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.engine.model.provider import ExtractiveModel
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.engine.text.synonyms import SynonymTable
from iaposte_desktop.mail.reader import WorkerMailReader
from iaposte_desktop.resources import FOLDER
from tests.unit.engine_model.talks import Talk, request, talk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from iaposte_desktop.domain.ports.model_provider import GenerationRequest
    from iaposte_desktop.platform.isolation import WorkerProcesses
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAMPLE = Path(str(files("iaposte_desktop.resources") / "sample"))
EXPECTED: list[dict[str, Any]] = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
MISSES_ALLOWED = 1
PASSAGES = 6
THRESHOLD = 0.25
SYNONYMS = SynonymTable(json.loads((FOLDER / "synonyms.json").read_text("utf-8")))


@pytest_asyncio.fixture(loop_scope="session")
async def stores(
    profile: Profile, workspace: SqlWorkspace, workers: WorkerProcesses, clock: ManualClock
) -> AsyncIterator[EmbeddedVectorStores]:
    extractors = {".eml": "iaposte_desktop.mail.as_text:extract_job"}
    opened = EmbeddedVectorStores(profile.engine_dir, workspace.catalog, workers, clock, extractors, SYNONYMS)
    yield opened
    await opened.aclose()


async def test_replies_hold_the_answers(stores: EmbeddedVectorStores, workers: WorkerProcesses) -> None:
    store = await stores.create(StoreDetails("Shop"))
    knowledge = [FileToAdd(path) for path in sorted((SAMPLE / "knowledge").iterdir())]
    async for event in stores.add_files(store.id, knowledge):
        assert event.file.error is None
    missed = []
    for mail in EXPECTED:
        parsed = await WorkerMailReader(workers).read(SAMPLE / "mails" / mail["file"])
        asked = request(
            parsed.text, subject=parsed.headers.subject, language=mail["language"], name=parsed.headers.sender_name
        )
        said, sources = await _answered(stores, store.id, asked)
        reply = " ".join(said.text.split())
        for question in mail["questions"]:
            assert question["text"] in said.questions
            if question["answer_files"]:
                missed += [] if question["must_contain"] in reply else [mail["file"]]
            else:
                assert question["text"] in said.open_questions
        for cited in said.cited:
            passage = sources[cited.source].passage
            content = await stores.content(store.id, passage.file_id)
            assert cited.quote in content.text[passage.start : passage.end]
    assert len(missed) <= MISSES_ALLOWED, missed


async def _answered(
    stores: EmbeddedVectorStores, store_id: str, asked: GenerationRequest
) -> tuple[Talk, dict[int, Source]]:
    """The searches are made first, then the same talk is held with what they found."""
    first = [event async for event in ExtractiveModel(SYNONYMS).generate(asked)]
    queries = Talk(first).queries
    numbered: dict[int, Source] = {}
    found = []
    for query in queries:
        passages = await stores.search([store_id], str(query), limit=PASSAGES, score_threshold=THRESHOLD)
        sources = [Source(len(numbered) + at, passage) for at, passage in enumerate(passages, 1)]
        numbered |= {source.number: source for source in sources}
        found.append(sources)
    return await talk(asked, *found), numbered
