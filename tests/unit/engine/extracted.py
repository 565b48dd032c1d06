"""An extractor run in the test's own process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.engine.extraction.blocks import Block
from iaposte_desktop.engine.reading import read_file

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


def read(folder: Path, name: str, content: bytes | str) -> list[Any]:
    """What the reading job yields of a file of that name."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_file(str(path), name))


def text_of(items: list[Any]) -> str:
    return "".join(part[1] for item in items for part in item.get("parts", []))


def problem_of(extractor: ModuleType, folder: Path, content: bytes | str) -> FileProblem | str:
    with pytest.raises(JobRefused) as refused:
        blocks_of(extractor, folder, content)
    return refused.value.reason
