"""Attributes of files, edited by mouse and keyboard, and what the table says of an expired file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from iaposte_desktop.qt.vector_stores.attributes_dialog import AttributesDialog
from tests.qt.until import until
from tests.qt.vector_stores.tab import with_tab
from tests.qt.vector_stores.test_tab import DELIVERY, RETURNS

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import Attribute
    from tests.qt.vector_stores.tab import Tab


async def two_files(tab: Tab, **first: Attribute) -> None:
    """a.md, with these attributes, and b.md; both are selected."""
    store = await tab.store()
    await tab.added(tab.file("a.md", RETURNS), tab.file("b.md", DELIVERY))
    await until(lambda: tab.states() == {"a.md": "ready", "b.md": "ready"})
    a = next(file for file in tab.view.files.table.files.files() if file.name == "a.md")
    await tab.runtime.call(tab.program.knowledge.set_attributes(store.id, {a.id: first}))
    await until(lambda: attributes(tab)["a.md"] == first)
    tab.view.files.table.selectAll()


def attributes(tab: Tab) -> dict[str, dict[str, Attribute]]:
    return {file.name: dict(file.attributes) for file in tab.view.files.table.files.files()}


def opened(tab: Tab) -> AttributesDialog:
    tab.view.files.attributes.trigger()
    return tab.view.findChildren(AttributesDialog)[0]


@with_tab
async def test_one_file_is_given_all_of_them(tab: Tab) -> None:
    await two_files(tab)
    tab.choose("a.md")
    dialog = opened(tab)
    assert dialog.heading.whole_text() == "a.md"
    QTest.keyClicks(dialog.title.control, "Returns")
    QTest.keyClicks(dialog.version.control, "2026-1")
    dialog.expires.click()
    dialog.last_day.setDate(QDate(2030, 3, 12))
    dialog.audience.control.setCurrentIndex(2)
    dialog.own.set_metadata({"team": "north"})
    QTest.keyClick(dialog.title.control, Qt.Key.Key_Return)
    await until(lambda: attributes(tab)["a.md"])
    assert attributes(tab) == {
        "a.md": {
            "title": "Returns",
            "version": "2026-1",
            "valid_until": "2030-03-12",
            "audience": "internal",
            "team": "north",
        },
        "b.md": {},
    }
    assert tab.states()["a.md"] == "ready"


@with_tab
async def test_what_differs_is_said_and_stays_unless_it_is_edited(tab: Tab) -> None:
    await two_files(tab, title="Returns", version="3", valid_until="2030-03-12", audience="public", team="north")
    dialog = opened(tab)
    assert dialog.heading.whole_text() == "2 files"
    assert (dialog.title.control.text(), dialog.title.control.placeholderText()) == ("", "several values")
    assert dialog.expires.checkState() == Qt.CheckState.PartiallyChecked
    assert dialog.audience.control.currentText() == "several values"
    assert dialog.own_hint.text.text().endswith("team")
    assert dialog.edits() == {}
    QTest.keyClicks(dialog.version.control, "4")
    dialog.save.click()
    await until(lambda: attributes(tab)["b.md"])
    assert attributes(tab)["b.md"] == {"version": "4"}
    assert attributes(tab)["a.md"] == {
        "title": "Returns",
        "version": "4",
        "valid_until": "2030-03-12",
        "audience": "public",
        "team": "north",
    }


@with_tab
async def test_attributes_are_taken_away_and_types_are_kept(tab: Tab) -> None:
    await two_files(tab, title="Returns", valid_until="2030-03-12", audience="public", final=True, rank=2.0)
    tab.choose("a.md")
    dialog = opened(tab)
    dialog.title.control.clear()
    dialog.expires.click()
    dialog.audience.control.setCurrentIndex(0)
    dialog.save.click()
    await until(lambda: attributes(tab)["a.md"] == {"final": True, "rank": 2.0})


@with_tab
async def test_limits_are_told_beside_the_field(tab: Tab) -> None:
    await two_files(tab)
    dialog = opened(tab)
    dialog.title.control.setText("x" * 513)
    dialog.save.click()
    assert "at most 512 characters" in dialog.title.problem.text.text()
    dialog.title.control.setText("x")
    dialog.own.set_metadata({f"key{number}": "x" for number in range(16)})
    dialog.save.click()
    assert dialog.failure.text.text() == "A file has at most 16 attributes."
    dialog.reject()


@with_tab
async def test_a_file_that_has_expired_says_so(tab: Tab) -> None:
    await two_files(tab, valid_until="2024-03-12")
    await until(lambda: tab.states()["a.md"].startswith("expired on "))
    assert "24" in tab.states()["a.md"]
    assert tab.states()["b.md"] == "ready"
    tab.view.files.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert list(tab.states()) == ["a.md", "b.md"]
