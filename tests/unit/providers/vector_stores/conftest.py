from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.vector_stores.bench import Bench

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from iaposte_desktop.workspace.workspace import SqlWorkspace


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI() as toy:
        yield toy
    assert toy.invalid == []


@pytest.fixture
async def bench(toy: ToyOpenAI, workspace: SqlWorkspace, tmp_path: Path) -> AsyncIterator[Bench]:
    folder = tmp_path / "files"
    folder.mkdir()
    bench = Bench(toy, workspace.uploads, folder)
    yield bench
    await bench.aclose()
