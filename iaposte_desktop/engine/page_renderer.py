"""Pages of PDFs, drawn in a worker."""

from __future__ import annotations

import asyncio
import base64
import zlib
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Final, cast

from iaposte_desktop.domain.ports.isolation import JobLimits
from iaposte_desktop.domain.ports.page_renderer import MarkedText, PageImage, PageMark
from iaposte_desktop.engine.pages.rendering import JOB
from iaposte_desktop.engine.refusals import told_of_the_file

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from iaposte_desktop.domain.ports.isolation import IsolatedJobs

_LIMITS: Final = JobLimits(seconds=20)
_NOTHING: Final = MarkedText("", 0, 0)


class PdfPageRenderer:
    """See `PageRenderer`."""

    def __init__(self, jobs: IsolatedJobs) -> None:
        self._jobs = jobs

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".pdf"})

    async def render(self, path: Path, page: int | None, scale: float, marked: MarkedText | None) -> PageImage:
        words = marked or _NOTHING
        arguments = {
            "path": str(path),
            "page": page,
            "scale": scale,
            "text": words.text,
            "start": words.start,
            "end": words.end,
        }
        drawn: dict[str, Any] = {}
        packed: list[bytes] = []
        with told_of_the_file():
            # The port promises an iterator; every implementation is a generator.
            items = cast("AsyncGenerator[Any, None]", self._jobs.run(JOB, arguments, _LIMITS))
            async with aclosing(items):
                async for item in items:
                    drawn = item.get("page", drawn)
                    if "pixels" in item:
                        packed.append(base64.b64decode(item["pixels"]))
        pixels = await asyncio.to_thread(zlib.decompress, b"".join(packed))
        return PageImage(**{**drawn, "pixels": pixels, "marks": tuple(PageMark(*mark) for mark in drawn["marks"])})
