"""What a worker read of a file, on its way into the index: the jobs that lay it down, and where."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import apsw

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import refused
from iaposte_desktop.engine.index.staged import StagedRows
from iaposte_desktop.engine.kept_text import read_kept
from iaposte_desktop.engine.reading import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iaposte_desktop.domain.json import JsonValue

FILE_JOB: Final = "iaposte_desktop.engine.staging:stage_file"
KEPT_JOB: Final = "iaposte_desktop.engine.staging:stage_kept"


@contextmanager
def place_for(staged: Path) -> Iterator[None]:
    """An empty file that a job is to fill; gone at the end. The store's folder must be there. Raises OSError."""
    staged.parent.mkdir(mode=0o700, exist_ok=True)
    os.close(os.open(staged, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
    try:
        yield
    finally:
        throw_away(staged)


def throw_away(staged: Path) -> None:
    with suppress(PermissionError):  # Windows, while a worker still has it open: a start clears what is left.
        staged.unlink(missing_ok=True)


def stage_file(path: str, name: str, extractor: str, staged: str) -> Iterator[JsonValue]:
    """Fills the file at `staged` with what `read_file` yields of the file at `path`, and yields the rest: progress, and
    last the summary, with the number of `chunks`. Raises JobRefused."""
    return _staged(read_file(path, name, extractor), Path(staged))


def stage_kept(index: str, file_id: str, name: str, staged: str) -> Iterator[JsonValue]:
    """The same of what `read_kept` yields."""
    return _staged(read_kept(index, file_id, name), Path(staged))


def _staged(items: Iterable[Any], staged: Path) -> Iterator[JsonValue]:
    summary: dict[str, JsonValue] = {}
    try:
        with closing(StagedRows(staged)) as rows:
            for item in items:
                if "progress" in item:
                    yield item
                rows.add(item.get("parts", ()), item.get("chunks", ()))
                summary = item.get("summary", summary)
            rows.finish()
    except apsw.FullError as error:
        raise refused(FileProblem.DISK_FULL, str(error)) from error
    yield {"summary": {**summary, "chunks": rows.chunks}}
