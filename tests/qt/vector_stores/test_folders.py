"""A store that follows a folder, by mouse and keyboard over the real program."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iaposte_desktop.qt.vector_stores.folder_dialog import FolderDialog
from tests.qt.until import until
from tests.qt.vector_stores.tab import with_tab

if TYPE_CHECKING:
    from tests.qt.vector_stores.tab import Tab


async def shown(tab: Tab) -> FolderDialog:
    def dialogs() -> list[FolderDialog]:
        return [dialog for dialog in tab.view.findChildren(FolderDialog) if dialog.isVisible()]

    await until(dialogs)
    return dialogs()[0]


def rows(dialog: FolderDialog) -> dict[str, tuple[str, bool]]:
    """File → what happened, and whether it is chosen."""
    model = dialog.rows
    return {
        model.item(row, 0).text(): (
            model.item(row, 1).text().partition(":")[0],
            model.item(row, 0).checkState() == Qt.CheckState.Checked,
        )
        for row in range(model.rowCount())
    }


async def follow(tab: Tab) -> None:
    """A folder with two files, taken over."""
    tab.file("share/prices.txt", "Lune costs 49.\n")
    tab.file("share/deep/terms.md", "Two weeks.\n")
    tab.controller.folders.follow(tab.folder / "share")
    dialog = await shown(tab)
    assert rows(dialog) == {"deep/terms.md": ("new", True), "prices.txt": ("new", True)}
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    await until(lambda: tab.states() == {"prices.txt": "ready", "terms.md": "ready"})
    await until(lambda: tab.toasts.texts == ["2 files ready"])


@with_tab
async def test_a_folder_is_followed_and_its_changes_are_agreed_to(tab: Tab) -> None:
    await tab.store()
    await follow(tab)
    header = tab.view.files.header
    await until(lambda: header.followed.menuAction().isVisible())
    await until(lambda: header.news.isHidden())
    tab.file("share/prices.txt", "Lune costs 59.\n")
    tab.file("share/new.txt", "A new one.\n")
    (tab.folder / "share/deep/terms.md").unlink()
    header.followed.actions()[0].trigger()
    dialog = await shown(tab)
    assert rows(dialog) == {
        "deep/terms.md": ("removed", False),
        "new.txt": ("new", True),
        "prices.txt": ("changed", True),
    }
    assert dialog.take_over.text() == "Take over 2 changes"
    assert dialog.all.checkState() == Qt.CheckState.PartiallyChecked
    await until(lambda: header.news.line.text.text() == "Folder “share”: 1 added, 1 changed, 1 removed")
    dialog.all.click()
    assert dialog.take_over.text() == "Take over 3 changes"
    dialog.take_over.click()
    await until(lambda: tab.states() == {"prices.txt": "ready", "new.txt": "ready"})
    await until(lambda: header.news.isHidden())


@with_tab
async def test_a_folder_that_went_away_removes_nothing_and_says_so(tab: Tab) -> None:
    await tab.store()
    await follow(tab)
    shutil.rmtree(tab.folder / "share")
    header = tab.view.files.header
    await until(header.followed.actions)
    header.followed.actions()[0].trigger()
    dialog = await shown(tab)
    assert "not reachable" in dialog.said.text.text()
    assert not dialog.take_over.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await until(lambda: not dialog.isVisible())
    assert len(tab.states()) == 2
    await until(lambda: "not reachable" in header.news.line.text.text())


@with_tab
async def test_following_ends_when_asked_and_can_be_undone(tab: Tab) -> None:
    await tab.store()
    await follow(tab)
    header = tab.view.files.header
    await until(header.followed.actions)
    header.followed.actions()[0].trigger()
    dialog = await shown(tab)
    dialog.unfollow.click()
    await until(lambda: not header.followed.menuAction().isVisible())
    assert "“share” is no longer followed; its files stay" in tab.toasts.texts[-1]
    assert len(tab.states()) == 2
    assert tab.toasts.action is not None
    tab.toasts.action()
    again = await shown(tab)
    assert rows(again) == {}
    again.reject()
