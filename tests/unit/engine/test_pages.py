"""Pages drawn in a worker, and the words marked on them, looked up in the PDF itself."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from iaposte_desktop.domain.errors import FileProblem, FileRefused
from iaposte_desktop.domain.ports.page_renderer import MarkedText, PageImage
from iaposte_desktop.engine.page_renderer import PdfPageRenderer
from iaposte_desktop.engine.pages.rendering import LONGEST_SIDE, MOST_PIXELS
from iaposte_desktop.engine.pages.words import letters_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses

pytestmark = pytest.mark.asyncio(loop_scope="session")


def pdf(*pages: Sequence[str], size: tuple[float, float] = A4, turned: int = 0, crop: bool = False) -> bytes:
    """A turned page is as wide as others are high: its words are far enough down to be on it."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size)
    for lines in pages:
        canvas.setFont("Helvetica", 12)
        for at, line in enumerate(lines):
            canvas.drawString(72, size[1] - (400 if turned else 100) - at * 16, line)
        if turned:
            canvas.setPageRotation(turned)
        if crop:
            canvas.setCropBox((50, 50, size[0] - 50, size[1] - 50))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def all_of(text: str) -> MarkedText:
    return MarkedText(text, 0, len(text))


def part_of(text: str, words: str, nth: int = 0) -> MarkedText:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return MarkedText(text, start, start + len(words))


@pytest.fixture
def renderer(workers: WorkerProcesses) -> PdfPageRenderer:
    return PdfPageRenderer(workers)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "terms.pdf"
    path.write_bytes(content)
    return path


def ink(image: PageImage) -> list[tuple[float, float]]:
    """Shares of width and height at which something dark is."""
    dark = []
    for y in range(image.height):
        row = image.pixels[y * image.stride : y * image.stride + image.width * 3]
        dark += [(x / image.width, y / image.height) for x in range(image.width) if row[x * 3] < 170]
    return dark


def marked_words(path: Path, image: PageImage) -> str:
    """What PDFium says lies in the marked rectangles (of a page that is neither turned nor cut)."""
    document = pypdfium2.PdfDocument(path)
    page = document[image.number - 1]
    width, height = page.get_size()
    text = page.get_textpage()
    found = [
        text.get_text_bounded(
            mark.left * width, height - mark.bottom * height, mark.right * width, height - mark.top * height
        )
        for mark in image.marks
    ]
    document.close()
    return letters_of(" ".join(found))


async def test_a_page_is_drawn_at_the_scale_asked_for(renderer: PdfPageRenderer, folder: Path) -> None:
    image = await renderer.render(written(folder, pdf(["One."], ["Two."])), 2, 2.0, None)
    assert (image.number, image.pages, image.scale) == (2, 2, 2.0)
    assert (image.width, image.height) == (1191, 1684)
    assert len(image.pixels) == image.stride * image.height
    assert image.marks == ()
    assert ink(image)


async def test_words_divided_by_a_line_end_are_marked_on_both_lines(renderer: PdfPageRenderer, folder: Path) -> None:
    path = written(folder, pdf(["Les retours sont gratuits, sauf rembourse-", "ment partiel de la commande.", "Fin."]))
    image = await renderer.render(path, 1, 1.0, all_of("remboursement partiel"))
    assert len(image.marks) == 2
    assert image.marks[0].bottom < image.marks[1].bottom
    assert "rembourse" in marked_words(path, image)
    assert "mentpartiel" in marked_words(path, image)
    assert "sauf" not in marked_words(path, image)


async def test_signs_at_the_end_are_marked_with_their_words(renderer: PdfPageRenderer, folder: Path) -> None:
    path = written(folder, pdf(["The customer receives 60 $. And more."]))
    whole = await renderer.render(path, 1, 1.0, all_of("receives 60 $."))
    without = await renderer.render(path, 1, 1.0, all_of("receives 60"))
    more = await renderer.render(path, 1, 1.0, all_of("receives 60 $. And"))
    (end,), (end_without,), (end_more,) = ([mark.right for mark in each.marks] for each in (whole, without, more))
    assert end_without < end < end_more


async def test_of_repeated_words_the_right_ones_are_marked(renderer: PdfPageRenderer, folder: Path) -> None:
    lines = ["Header two days", "Two days.", "Other words.", "Two days.", "The end."]
    path = written(folder, pdf(lines))
    extracted = " ".join(lines[1:])
    tops = []
    for nth in range(2):
        image = await renderer.render(path, 1, 1.0, part_of(extracted, "Two days.", nth))
        assert len(image.marks) == 1
        tops.append(round(image.marks[0].top * A4[1]))
    assert tops == [pytest.approx(108, abs=6), pytest.approx(140, abs=6)]


async def test_words_that_run_on_are_marked_on_both_pages(renderer: PdfPageRenderer, folder: Path) -> None:
    quote = "The warranty covers every part of the lamp for a period of three years from the delivery."
    path = written(
        folder,
        pdf(["Terms", "Intro.", "The warranty covers every part of the lamp", "page 1"],
            ["Terms", "for a period of three years from the delivery.", "More.", "page 2"]),
    )  # fmt: skip
    first = await renderer.render(path, None, 1.0, all_of(quote))
    assert (first.number, marked_words(path, first)) == (1, "Thewarrantycoverseverypartofthelamp")
    second = await renderer.render(path, 2, 1.0, all_of(quote))
    assert marked_words(path, second) == "foraperiodofthreeyearsfromthedelivery"


async def test_the_page_is_found_by_the_words(renderer: PdfPageRenderer, folder: Path) -> None:
    path = written(folder, pdf(*([f"Article {n} takes {n} days to be done."] for n in range(1, 8))))
    image = await renderer.render(path, None, 1.0, all_of("Article 5 takes 5 days"))
    assert image.number == 5
    assert marked_words(path, image).startswith("Article5takes5days")
    nowhere = await renderer.render(path, None, 1.0, all_of("Nothing of the kind is said"))
    assert (nowhere.number, nowhere.marks) == (1, ())


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
async def test_marks_lie_over_the_ink_of_turned_and_cut_pages(
    renderer: PdfPageRenderer, folder: Path, turned: int, crop: bool
) -> None:
    path = written(folder, pdf(["Alone on its page"], turned=turned, crop=crop))
    image = await renderer.render(path, 1, 2.0, all_of("Alone on its page"))
    (mark,) = image.marks
    dark = ink(image)
    assert dark
    across, down = 2 / image.width, 2 / image.height
    assert all(
        mark.left - across <= x <= mark.right + across and mark.top - down <= y <= mark.bottom + down for x, y in dark
    )
    assert (mark.right - mark.left) * (mark.bottom - mark.top) < 0.02


async def test_a_page_as_large_as_a_wall_is_drawn_smaller(renderer: PdfPageRenderer, folder: Path) -> None:
    image = await renderer.render(written(folder, pdf(["Plan."], size=(14_000, 9_000))), 1, 3.0, None)
    assert image.width * image.height <= MOST_PIXELS * 1.01
    assert max(image.width, image.height) <= LONGEST_SIDE
    assert image.scale < 3.0


async def test_a_page_beyond_the_end_is_the_last(renderer: PdfPageRenderer, folder: Path) -> None:
    assert (await renderer.render(written(folder, pdf(["One."])), 9, 1.0, None)).number == 1


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing else", b"", b"words"])
async def test_what_cannot_be_drawn_is_refused(renderer: PdfPageRenderer, folder: Path, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        await renderer.render(written(folder, content), 1, 1.0, None)
    assert refused.value.problem is FileProblem.DAMAGED


async def test_a_file_that_is_gone_is_refused(renderer: PdfPageRenderer, folder: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        await renderer.render(folder / "gone.pdf", 1, 1.0, None)
    assert refused.value.problem is FileProblem.VANISHED
