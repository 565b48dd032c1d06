from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from iaposte_desktop.application.sources import OpenSource
from iaposte_desktop.application.task_scope import TaskScope
from iaposte_desktop.qt.lib.page_loader import PageLoader
from iaposte_desktop.qt.lib.source_pages import PAGE_CHARACTERS, section_at, sections_of
from iaposte_desktop.qt.lib.source_viewer import SourceViewer
from tests.qt.loop import run_to_end
from tests.qt.until import until
from tests.qt.vector_stores.made import content, highlighted

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from iaposte_desktop.domain.ports.page_renderer import PageImage


@pytest.fixture
def viewer(qtbot: QtBot) -> Iterator[SourceViewer]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = SourceViewer(without_pages(), parent)
    yield made
    made.close()


def with_viewer(test: Callable[[SourceViewer], Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test on the window's loop, for what needs an active window."""

    def run(qapp: QApplication) -> None:
        viewer = SourceViewer(without_pages())

        try:
            run_to_end(qapp, lambda: test(viewer))
        finally:
            viewer.close()

    return run


def without_pages() -> PageLoader:
    async def draw(*_: object) -> PageImage:
        raise AssertionError("no page was to be drawn")

    return PageLoader(TaskScope(lambda *_: None), draw)


def shown(viewer: SourceViewer) -> str:
    return viewer.text.toPlainText()


@given(st.lists(st.integers(0, 3), max_size=6), st.data())
def test_sections_and_pages_hold_the_whole_text(sizes: list[int], data: st.DataObject) -> None:
    texts = [("ab\n" * (PAGE_CHARACTERS // 3) + "x") * size for size in sizes]
    whole = content(*texts)
    sections, pages = sections_of(whole)

    assert "".join(page.text for page in pages) == whole.text
    assert all(whole.text[page.start : page.end] == page.text for page in pages)
    assert all(len(page.text) <= PAGE_CHARACTERS for page in pages)
    assert all(pages[s.page].start <= s.start <= s.end <= pages[s.page].end for s in sections)
    if whole.text:
        offset = data.draw(st.integers(0, len(whole.text) - 1))
        found = sections[section_at(sections, offset)]
        assert found.start <= offset < found.end


def test_a_passage_is_highlighted_and_in_sight(viewer: SourceViewer) -> None:
    filler = "A line that fills the page.\n" * 400
    text = f"{filler}Refunds take 14 days.\n{filler}"
    start = text.index("Refunds")
    viewer.show_source(OpenSource(content(text), (start, start + len("Refunds take 14 days."))))

    assert highlighted(viewer.text) == "Refunds take 14 days."
    assert 0 <= viewer.text.cursorRect().top() < viewer.text.viewport().height()
    assert viewer.text.verticalScrollBar().value() > 0


@pytest.mark.parametrize("before", ["🙂🙂 ", "\u202e\u200bhidden\ufeff ", "line\r\nline\r\n", "é\n\n"])
def test_the_highlight_is_exact_after_unusual_characters(viewer: SourceViewer, before: str) -> None:
    viewer.show_source(OpenSource(content(before + "The quote. After"), (len(before), len(before) + len("The quote."))))
    assert highlighted(viewer.text) == "The quote."


def test_a_passage_over_two_pages_is_shown_on_both(viewer: SourceViewer) -> None:
    first, second = "a" * (PAGE_CHARACTERS - 1) + "\n", "b" * 100
    viewer.show_source(OpenSource(content(first, second), (len(first) - 3, len(first) + 2)))
    assert highlighted(viewer.text) == "aa\n"
    viewer.next.click()
    assert highlighted(viewer.text) == "bb"


@with_viewer
async def test_parts_are_gone_through_by_button_key_and_list(viewer: SourceViewer) -> None:
    viewer.show_source(OpenSource(content("one ", "two ", "three ")))
    await until(viewer.isActiveWindow)
    assert viewer.place.text() == "p. 1 · 1 of 3"
    assert not viewer.previous.isEnabled()
    viewer.next.click()
    assert viewer.place.text() == "p. 2 · 2 of 3"
    QTest.keyClick(viewer.text, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert viewer.place.text() == "p. 3 · 3 of 3"
    assert not viewer.next.isEnabled()
    viewer.parts.setCurrentIndex(viewer.parts.model().index(0, 0))
    assert viewer.place.text() == "p. 1 · 1 of 3"


def test_a_file_without_parts_shows_no_navigation(viewer: SourceViewer) -> None:
    viewer.show_source(OpenSource(content("all of it")))
    assert shown(viewer) == "all of it"
    assert not viewer.parts.isVisible()
    assert not viewer.next.isVisible()
    assert not viewer.to_passage.isVisible()


def test_a_huge_part_is_reached_in_pieces(viewer: SourceViewer) -> None:
    text = "word " * 50_000
    viewer.show_source(OpenSource(content(text), (len(text) - 5, len(text))))
    assert len(shown(viewer)) <= PAGE_CHARACTERS
    assert highlighted(viewer.text) == "word "
    assert viewer.place.text() == "p. 1 (7/7) · 7 of 7"


@with_viewer
async def test_find_goes_through_every_page_and_around(viewer: SourceViewer) -> None:
    filler = "x" * (PAGE_CHARACTERS - 20) + " needle one\n"
    viewer.show_source(OpenSource(content(filler, "middle " * 5000, filler.replace("one", "two"))))
    await until(viewer.isActiveWindow)
    QTest.keyClick(viewer, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert viewer.find_box.hasFocus()
    QTest.keyClicks(viewer.find_box, "NEEDLE")
    found = []
    for _ in range(3):
        QTest.keyClick(viewer.find_box, Qt.Key.Key_Return)
        cursor = viewer.text.textCursor()
        found.append(shown(viewer)[cursor.selectionStart() :][:10])
    assert found == ["needle one", "needle two", "needle one"]
    QTest.keyClick(viewer.find_box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown(viewer)[viewer.text.textCursor().selectionStart() :][:10] == "needle two"
    viewer.find_box.setText("absent")
    QTest.keyClick(viewer.find_box, Qt.Key.Key_Return)
    assert viewer.find_state.text() == "Not found"


def test_markup_in_a_file_is_shown_as_it_is(viewer: SourceViewer) -> None:
    text = "<img src='file:///etc/passwd'><b>bold</b>"
    viewer.show_source(OpenSource(content(text)))
    assert shown(viewer) == text


def test_escape_closes_and_the_original_is_only_asked_for(viewer: SourceViewer) -> None:
    viewer.show_source(OpenSource(content("text")))
    asked: list[bool] = []
    viewer.original_requested.connect(lambda: asked.append(viewer.isVisible()))
    viewer.open_original.click()
    assert asked == [True]
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
