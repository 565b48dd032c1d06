"""An extractor run in the test's own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.engine.extraction.blocks import Block

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from iaposte_desktop.domain.errors import FileProblem


def blocks_of(extractor: ModuleType, folder: Path, content: bytes | str) -> list[Block]:
    path = folder / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [item for item in extractor.extract(path) if isinstance(item, Block)]


def texts_of(extractor: ModuleType, folder: Path, content: bytes | str) -> list[str]:
    return [block.text for block in blocks_of(extractor, folder, content)]


def problem_of(extractor: ModuleType, folder: Path, content: bytes | str) -> FileProblem | str:
    with pytest.raises(JobRefused) as refused:
        blocks_of(extractor, folder, content)
    return refused.value.reason
