"""The dialog of synonyms, by mouse and keyboard, over the real program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from iaposte_desktop.qt.vector_stores.synonyms_dialog import SynonymsDialog
from tests.qt.until import until
from tests.qt.vector_stores.tab import with_tab

if TYPE_CHECKING:
    from tests.qt.vector_stores.tab import Tab


def opened(tab: Tab) -> SynonymsDialog:
    tab.view.stores.synonyms.trigger()
    return tab.view.findChildren(SynonymsDialog)[-1]


def rows(dialog: SynonymsDialog) -> list[str]:
    return [dialog.shown.index(row, 0).data() for row in range(dialog.shown.rowCount())]


async def typed(dialog: SynonymsDialog, text: str) -> None:
    """Into the row that is being edited, and Enter."""
    await until(lambda: dialog.list.findChildren(QLineEdit))
    editor = dialog.list.findChildren(QLineEdit)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await until(lambda: not dialog.list.findChildren(QLineEdit))


@with_tab
async def test_a_group_that_is_added_counts_in_the_next_search(tab: Tab) -> None:
    store = await tab.store()
    await tab.added(tab.file("note.txt", "Every brolly is sold with a cover."))
    knowledge = tab.program.knowledge
    assert await tab.runtime.call(knowledge.search([store.id], "umbrella")) == ()
    dialog = opened(tab)
    assert "colis, paquet, parcel, package" in rows(dialog)
    dialog.add.click()
    await typed(dialog, "Brolly, umbrella ,")
    dialog.save.click()
    await until(lambda: not tab.view.findChildren(SynonymsDialog))
    assert tab.program.synonyms.groups()[0] == ("Brolly", "umbrella")
    (passage,) = await tab.runtime.call(knowledge.search([store.id], "umbrella"))
    assert passage.file_name == "note.txt"


@with_tab
async def test_what_is_no_group_is_said_and_the_row_stays(tab: Tab) -> None:
    dialog = opened(tab)
    dialog.list.setCurrentIndex(dialog.shown.index(0, 0))
    before = rows(dialog)
    QTest.keyClick(dialog.list, Qt.Key.Key_F2)
    await typed(dialog, "alone")
    assert rows(dialog) == before
    assert "single words" in dialog.failure.text.text()
    dialog.reject()


@with_tab
async def test_the_filter_and_the_way_back(tab: Tab) -> None:
    dialog = opened(tab)
    bundled = rows(dialog)
    dialog.filter.setText("COLIS")
    assert rows(dialog) == ["colis, paquet, parcel, package"]
    dialog.activateWindow()
    dialog.list.setFocus()
    await until(dialog.list.hasFocus)
    dialog.list.selectAll()
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert rows(dialog) == []
    dialog.filter.clear()
    assert len(rows(dialog)) == len(bundled) - 1
    dialog.restore.click()
    assert sorted(rows(dialog)) == sorted(bundled)
    dialog.list.selectAll()
    assert not dialog.edit.isEnabled()
    dialog.delete.click()
    dialog.save.click()
    await until(lambda: not tab.view.findChildren(SynonymsDialog))
    assert tab.program.synonyms.groups() == ()
