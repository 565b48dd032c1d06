"""Pages of a PDF in the viewer: drawn by a script, looked at and moved through as a reader does."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iaposte_desktop.application.sources import OpenSource
from iaposte_desktop.application.task_scope import TaskScope
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.errors import FileProblem, FileRefused
from iaposte_desktop.domain.knowledge import Anchor, ContentPart, FileContent
from iaposte_desktop.domain.ports.page_renderer import PageImage, PageMark
from iaposte_desktop.qt.lib.page_loader import MOST_BYTES, PageLoader
from iaposte_desktop.qt.lib.page_view import MARKER
from iaposte_desktop.qt.lib.source_viewer import SourceViewer
from iaposte_desktop.qt.lib.theme import colours, use_theme
from tests.qt.loop import run_to_end
from tests.qt.until import until
from tests.qt.vector_stores.made import content, file

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

TEXTS = ("Terms of the shop. ", "A refund takes ten days. ", "Two days for a parcel. ", "The end. ")
REFUND = (len(TEXTS[0]), len(TEXTS[0]) + len("A refund takes ten days."))


@dataclass
class Press:
    """Draws white pages with one mark where words are marked on them."""

    pages: int = len(TEXTS)
    drawn: list[tuple[int | None, float, tuple[int, int] | None]] = field(default_factory=list)
    problem: FileProblem | None = None

    async def draw(
        self, source: OpenSource, number: int | None, scale: float, marked: tuple[int, int] | None
    ) -> PageImage:
        await asyncio.sleep(0)
        self.drawn.append((number, scale, marked))
        if self.problem is not None:
            raise FileRefused(self.problem)
        at = number or 3
        width, height = round(600 * scale), round(800 * scale)
        anchor = source.content.anchor_at(marked[0]) if marked is not None else None
        is_on = marked is not None and (anchor is None or anchor.page == at)
        marks = (PageMark(0.1, 0.5, 0.6, 0.52),) if is_on else ()
        return PageImage(at, self.pages, scale, width, height, width * 3, b"\xff" * (width * 3 * height), marks)


@dataclass
class Reading:
    viewer: SourceViewer
    press: Press
    loader: PageLoader
    scope: TaskScope

    async def open(self, source: OpenSource) -> None:
        self.viewer.show_source(source)
        await until(self.viewer.isActiveWindow)
        await self.at(source.page or 3)

    async def at(self, number: int) -> None:
        await until(lambda: self.viewer.pages.page is not None and self.viewer.pages.page.number == number)
        await self.rested()

    async def rested(self) -> None:
        await until(lambda: not self.scope.is_running("draw pages"))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.viewer, key, modifiers)


def source(place: tuple[int, int] | None = REFUND, page: int | None = 2, **changes: Any) -> OpenSource:
    return OpenSource(content(*TEXTS), place, original=Path("/guide.pdf"), page=page, **changes)


def reading(test: Callable[[Reading], Coroutine[Any, Any, None]]) -> Callable[..., None]:
    def run(qapp: QApplication) -> None:
        async def main() -> None:
            failures: list[BaseException] = []
            scope, press = TaskScope(lambda _, error: failures.append(error)), Press()
            loader = PageLoader(scope, press.draw)
            viewer = SourceViewer(loader)
            try:
                await test(Reading(viewer, press, loader, scope))
                assert failures == []
            finally:
                viewer.close()
                await scope.aclose()

        run_to_end(qapp, main)

    return run


CTRL = Qt.KeyboardModifier.ControlModifier


@reading
async def test_a_page_is_shown_from_its_marks_and_named_for_those_who_do_not_see_it(read: Reading) -> None:
    await read.open(source())
    view = read.viewer.pages.view
    assert view.hasFocus()
    assert view.accessibleName() == "Page 2 of 4 of guide.pdf, marked: “A refund takes ten days.”"
    assert read.viewer.place.text() == "Page 2 of 4"
    (mark,) = view.mark_rectangles()
    assert view.viewport().rect().contains(mark.toRect())
    assert read.viewer.parts.currentIndex().row() == 1


@reading
async def test_neighbours_are_drawn_ahead_and_shown_at_once(read: Reading) -> None:
    await read.open(source())
    assert sorted(number for number, _, _ in read.press.drawn if number) == [1, 2, 3]
    read.key(Qt.Key.Key_PageDown, CTRL)
    assert read.viewer.pages.page is not None
    assert read.viewer.pages.page.number == 3
    assert read.viewer.pages.view.accessibleName() == "Page 3 of 4 of guide.pdf"


@reading
async def test_the_whole_file_is_read_by_keys_alone(read: Reading) -> None:
    await read.open(source(place=None, page=1))
    seen = [1]
    for _ in range(30):
        read.key(Qt.Key.Key_PageDown)
        await read.rested()
        page = read.viewer.pages.page
        assert page is not None
        if page.number != seen[-1]:
            seen.append(page.number)
    assert seen == [1, 2, 3, 4]
    assert not read.viewer.next.isEnabled()
    bar = read.viewer.pages.view.verticalScrollBar()
    read.key(Qt.Key.Key_Home)
    assert bar.value() == 0
    read.key(Qt.Key.Key_PageUp)
    await read.at(3)
    assert bar.value() == bar.maximum() > 0


@reading
async def test_pages_are_zoomed_by_wheel_keys_and_buttons_and_drawn_anew(read: Reading) -> None:
    await read.open(source())
    pages = read.viewer.pages
    fitting = pages.view.zoom
    assert pages.fit.isChecked()
    place = QPointF(pages.view.viewport().rect().center())
    wheel = QWheelEvent(
        place, pages.view.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(pages.view.viewport(), wheel)
    assert pages.view.zoom > fitting
    assert not pages.fit.isChecked()
    scale = pages.view.wanted_scale()
    await until(lambda: pages.page is not None and abs(pages.page.scale - scale) < 0.03)
    read.key(Qt.Key.Key_Minus, CTRL)
    assert abs(pages.view.zoom - fitting) < 0.01
    pages.larger.click()
    pages.larger.click()
    assert pages.zoom.text() == f"{round(pages.view.zoom * 100)}\u00a0%"
    read.key(Qt.Key.Key_0, CTRL)
    assert pages.view.fits_width
    assert pages.view.zoom == fitting


@reading
async def test_page_and_text_are_two_sights_of_one_place(read: Reading) -> None:
    await read.open(source())
    read.key(Qt.Key.Key_T, CTRL)
    assert read.viewer.text.hasFocus()
    assert read.viewer.as_text.isChecked()
    assert read.viewer.place.text() == "p. 2 · 2 of 4"
    read.key(Qt.Key.Key_PageDown, CTRL)
    assert read.viewer.place.text() == "p. 3 · 3 of 4"
    read.viewer.as_page.click()
    await read.at(3)
    read.viewer.to_passage.click()
    await read.at(2)
    assert len(read.viewer.pages.view.mark_rectangles()) == 1


@reading
async def test_words_found_are_marked_on_their_page(read: Reading) -> None:
    await read.open(source())
    read.key(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(read.viewer.find_box, "DAYS")
    found = []
    for _ in range(3):
        read.key(Qt.Key.Key_Return)
        await read.rested()
        assert read.viewer.pages.page is not None
        found.append(read.viewer.pages.page.number)
    assert found == [2, 3, 2]
    assert read.viewer.pages.view.accessibleName().endswith("marked: “days”")
    read.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    await read.at(3)
    read.viewer.find_box.setText("absent")
    read.key(Qt.Key.Key_Return)
    assert read.viewer.find_state.text() == "Not found"


@reading
async def test_where_the_text_knows_no_pages_the_words_lead_to_theirs(read: Reading) -> None:
    words = "".join(TEXTS)
    whole = FileContent(file("guide.pdf"), (ContentPart(0, words, Anchor()),))
    await read.open(OpenSource(whole, REFUND, original=Path("/guide.pdf"), page=None))
    assert read.press.drawn[0][0] is None
    assert read.viewer.place.text() == "Page 3 of 4"
    assert not read.viewer.parts.isVisible()


@reading
async def test_a_file_whose_pages_cannot_be_drawn_is_read_as_text(read: Reading) -> None:
    read.press.problem = FileProblem.DAMAGED
    read.viewer.show_source(source())
    await until(lambda: read.viewer.note.isVisible())
    assert read.viewer.note.text.text().startswith("The page cannot be shown, this is its text.")
    assert read.viewer.text.isVisible()
    assert not read.viewer.as_page.isVisible()
    read.key(Qt.Key.Key_T, CTRL)
    assert read.viewer.text.isVisible()
    read.press.problem = None
    await read.open(source())
    assert read.viewer.pages.isVisible()
    assert not read.viewer.note.isVisible()


@reading
async def test_what_is_not_word_for_word_is_said(read: Reading) -> None:
    await read.open(source(match=CitationMatch.APPROXIMATE))
    assert read.viewer.note.text.text() == "The quote is not word for word: what the file says is marked."
    await read.open(source(match=CitationMatch.EXACT))
    assert not read.viewer.note.isVisible()


@reading
async def test_the_page_stays_paper_in_the_dark(read: Reading) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for theme in ("light", "dark"):
        use_theme(app, theme)
        await read.open(source())
        view = read.viewer.pages.view
        picture = view.viewport().grab().toImage()
        mark = view.mark_rectangles()[0].toRect()
        assert picture.pixelColor(mark.center()) == QColor(MARKER)
        assert picture.pixelColor(mark.center() + QPoint(0, 40)) == QColor("#ffffff")
        assert picture.pixelColor(2, 2) == QColor(colours().canvas)
    use_theme(app, "light")


@reading
async def test_of_a_long_file_only_some_pages_are_kept(read: Reading) -> None:
    read.press.pages = 400
    await read.open(source(place=None, page=1))
    for _ in range(60):
        read.viewer.next.click()
        await read.rested()
    assert MOST_BYTES / 2 < read.loader.kept_bytes() < MOST_BYTES
