"""An altered quote looked for in a text of megabytes, beside one plain search through it, and what that does to a loop;
a page drawn by a worker, beside PDFium alone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

import pypdfium2

from benchmarks.corpus import words
from benchmarks.figure import Figure
from iaposte_desktop.domain.matching import find_quote
from iaposte_desktop.domain.ports.page_renderer import MarkedText
from iaposte_desktop.engine.page_renderer import PdfPageRenderer
from iaposte_desktop.platform.isolation import WorkerProcesses
from iaposte_desktop.resources import FOLDER

WORDS = 330_000
QUOTE = 30
TIMES = 20
PAGE = FOLDER / "sample" / "knowledge" / "conditions-generales-guide-client.pdf"
SCALE = 1.33


def figures() -> Iterator[Figure]:
    text, quotes = made()
    mb = len(text.encode()) / 1e6
    checked, gap = asyncio.run(checks(text, quotes))
    floor = median(seconds(lambda quote=quote: text.find(quote[::-1])) for quote in quotes)
    yield Figure(
        f"altered quote of {QUOTE} words found in {mb:.1f} MB, one search beside",
        f"{checked * 1000:.0f} ms / {floor * 1000:.1f} ms",
        "≤ 200 ms",
    )
    yield Figure("worst gap between 1 ms ticks of a loop meanwhile", f"{gap * 1000:.0f} ms", "≤ 33 ms")
    drawn, alone = asyncio.run(pages())
    yield Figure(
        "a page drawn by a worker ÷ PDFium alone",
        f"{drawn * 1000:.0f} / {alone * 1000:.0f} ms = {drawn / alone:.2f}",
    )


def made() -> tuple[str, list[str]]:
    """A text, and quotes of it with every seventh word another."""
    rng = random.Random(5)
    all_words = list(words(rng, WORDS))
    starts = (rng.randrange(WORDS - QUOTE) for _ in range(TIMES))
    quotes = [
        " ".join(word if at % 7 else "autrement" for at, word in enumerate(all_words[start : start + QUOTE]))
        for start in starts
    ]
    return " ".join(all_words), quotes


async def checks(text: str, quotes: list[str]) -> tuple[float, float]:
    """Median seconds of a check on a thread, and the loop's worst gap."""
    gaps: list[float] = []

    async def tick() -> None:
        while True:
            begun = perf_counter()
            await asyncio.sleep(0.001)
            gaps.append(perf_counter() - begun)

    ticking = asyncio.create_task(tick())
    times = []
    for quote in quotes:
        begun = perf_counter()
        match = await asyncio.to_thread(find_quote, quote, text)
        times.append(perf_counter() - begun)
        assert match is not None
        assert not match.is_exact
    ticking.cancel()
    return median(times), max(gaps)


async def pages() -> tuple[float, float]:
    jobs = WorkerProcesses(1)
    renderer = PdfPageRenderer(jobs)
    times = []
    try:
        for _ in range(TIMES + 1):
            begun = perf_counter()
            await renderer.render(PAGE, 1, SCALE, MarkedText("Conditions", 0, 10))
            times.append(perf_counter() - begun)
    finally:
        await jobs.aclose()
    return median(times[1:]), median(seconds(draw_alone) for _ in range(TIMES))


def draw_alone() -> None:
    document = pypdfium2.PdfDocument(PAGE)
    document[0].render(scale=SCALE)
    document.close()


def seconds(do: Callable[[], object]) -> float:
    begun = perf_counter()
    do()
    return perf_counter() - begun
