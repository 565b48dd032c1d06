"""Why a passage was found, and the same search with other settings, over the real program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iaposte_desktop.domain.search import Explanation, Match, MatchKind
from iaposte_desktop.qt.vector_stores.excerpt import excerpt_of
from iaposte_desktop.qt.vector_stores.lab_dialog import LabDialog
from iaposte_desktop.qt.vector_stores.match_styles import formats_of
from iaposte_desktop.qt.vector_stores.trial import moves
from tests.qt.until import until
from tests.qt.vector_stores.made import passage
from tests.qt.vector_stores.tab import with_tab

if TYPE_CHECKING:
    from iaposte_desktop.qt.vector_stores.passage_model import PassageListModel
    from tests.qt.vector_stores.tab import Tab

HEARD = Qt.ItemDataRole.AccessibleTextRole


def explained(*matches: tuple[int, int, MatchKind]) -> Explanation:
    return Explanation(tuple(Match(start, end, kind, "word") for start, end, kind in matches), 0.5)


def marked_words(text: str, *matches: tuple[int, int, MatchKind]) -> list[str]:
    found = excerpt_of(passage(text), explained(*matches))
    return [found.text[each.start : each.end] for each in found.marked]


class TestExcerpt:
    def test_line_breaks_and_hidden_characters_move_the_marks(self) -> None:
        text = "Refunds\n\n  take\u200b 14\u202e days."
        assert marked_words(text, (0, 7, MatchKind.EXACT), (17, 19, MatchKind.STEM)) == ["Refunds", "14"]
        assert excerpt_of(passage(text)).text == "Refunds take 14 days."

    def test_a_match_far_away_is_shown_with_what_is_before_it(self) -> None:
        text = "word " * 100 + "refund " + "word " * 200
        found = excerpt_of(passage(text), explained((500, 506, MatchKind.EXACT)))
        assert found.text.startswith("…word ")
        (mark,) = found.marked
        assert (found.text[mark.start : mark.end], mark.start < 80) == ("refund", True)

    def test_a_match_beyond_what_is_shown_has_no_mark(self) -> None:
        text = "refund " + "word " * 300 + "refund"
        assert marked_words(text, (0, 6, MatchKind.EXACT), (len(text) - 6, len(text), MatchKind.EXACT)) == ["refund"]

    @pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
    def test_nothing_to_show(self, text: str) -> None:
        assert excerpt_of(passage(text), explained()).text.strip() == ""

    def test_marks_count_as_qt_counts(self) -> None:
        found = excerpt_of(passage("😀 refund"), explained((2, 8, MatchKind.EXACT)))
        (mark,) = formats_of(found)
        assert (mark.start, mark.length) == (3, 6)

    def test_each_way_has_a_line_of_its_own(self) -> None:
        ways = [(at, at + 1, kind) for at, kind in enumerate(MatchKind)]
        styles = {each.format.underlineStyle() for each in formats_of(excerpt_of(passage("abcdef"), explained(*ways)))}
        assert len(styles) == len(MatchKind)


def test_moves_name_what_is_elsewhere_or_only_here() -> None:
    a, b, c = (passage(text, file_id=text) for text in "abc")
    assert moves([a, b, c], [b, a]) == [1, -1, None]


def heard(model: PassageListModel) -> list[str]:
    return [model.index(row).data(HEARD) for row in range(model.rowCount())]


RETURNS = "# Returns\n\nAll returned parcels are refunded within 14 days.\n"
GIFTS = "# Gifts\n\nA gift card is sent by letter. Packages are wrapped.\n"


@with_tab
async def test_words_that_answer_are_named_and_explained(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS))
    pane = tab.view.side.search
    QTest.keyClicks(pane.query, "refunds of parcels withinn")
    QTest.keyClick(pane.query, Qt.Key.Key_Return)
    await until(lambda: pane.model.rowCount())
    (hit,) = heard(pane.model)
    for words in ("parcels (the same word)", "refunded (same stem)", "within (other spelling)"):
        assert words in hit
    assert pane.legend.isVisible()
    assert pane.legend.accessibleName() == "the same word, same stem, other spelling"


@with_tab
async def test_settings_are_compared_side_by_side(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS), tab.file("gifts.md", GIFTS))
    pane = tab.view.side.search
    QTest.keyClicks(pane.query, "parcel")
    await until(pane.compare.isEnabled)
    pane.compare.trigger()
    (dialog,) = tab.view.findChildren(LabDialog)
    await until(lambda: dialog.left.model.rowCount() == 2)
    assert heard(dialog.left.model) == heard(dialog.right.model)

    QTest.keyClick(dialog.right.switches.synonyms, Qt.Key.Key_Space)
    await until(lambda: dialog.right.model.rowCount() == 1)
    assert ["only here" in hit for hit in heard(dialog.left.model)] == [False, True]
    assert "Packages (synonym)" in heard(dialog.left.model)[1]

    dialog.right.switches.threshold.setValue(1.0)
    await until(lambda: dialog.right.empty.isVisible())
    dialog.query.clear()
    await until(lambda: dialog.left.model.rowCount() == 0)


@with_tab
async def test_there_are_no_switches_without_a_store(tab: Tab) -> None:
    assert not tab.view.side.search.compare.isEnabled()
