"""Stores that move house, as a user does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit

from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.qt.vector_stores.copy_dialog import CopyDialog
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.toy import connected
from tests.qt.until import until
from tests.qt.vector_stores.tab import Tab, with_tab

if TYPE_CHECKING:
    from pathlib import Path

TERMS = "# Terms\n\nReturns within 14 days.\n"


async def shop(tab: Tab) -> None:
    """A store with a file, shown."""
    await tab.store("Shop")
    await tab.added(tab.file("terms.md", TERMS))


async def file_dialog(tab: Tab, path: Path) -> None:
    """Choose `path` in the dialog that was asked for."""
    await until(lambda: tab.view.findChildren(QFileDialog))
    dialog = tab.view.findChildren(QFileDialog)[0]
    dialog.findChildren(QLineEdit)[0].setText(str(path))
    dialog.accept()
    await until(lambda: not tab.view.findChildren(QFileDialog))


async def copy_dialog(tab: Tab) -> CopyDialog:
    await until(lambda: tab.view.findChildren(CopyDialog))
    return tab.view.findChildren(CopyDialog)[0]


def names(tab: Tab) -> list[str]:
    return [tab.view.stores.model.store_at(row).name for row in range(tab.view.stores.model.rowCount())]


@with_tab
async def test_out_by_the_menu_and_in_by_the_button(tab: Tab) -> None:
    await shop(tab)
    archive = tab.folder / "moved.zip"
    tab.view.files.header.export.trigger()
    await file_dialog(tab, archive)
    await until(lambda: "“Shop” was exported to moved.zip" in tab.toasts.texts)
    tab.view.stores.import_store.click()
    await file_dialog(tab, archive)
    await until(lambda: "“Shop (2)” was imported" in tab.toasts.texts)
    await until(lambda: names(tab) == ["Shop", "Shop (2)"])
    await until(lambda: tab.view.files.header.name.whole_text() == "Shop (2)")
    await until(lambda: tab.states() == {"terms.md": "ready"})


@with_tab
async def test_a_zip_that_is_dropped_on_the_list_is_imported(tab: Tab) -> None:
    await shop(tab)
    archive = tab.folder / "moved.zip"
    await tab.runtime.call(tab.program.archiving.export(tab.view.stores.selected, archive))
    pane, mime = tab.view.stores, QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tab.folder / "terms.md"))])
    buttons, keys, action = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    other = QDragEnterEvent(QPoint(5, 5), action, mime, buttons, keys)
    pane.dragEnterEvent(other)
    assert not pane.hint.isVisible(), "a file is no archive"
    mime.setUrls([QUrl.fromLocalFile(str(archive))])
    pane.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), action, mime, buttons, keys))
    assert pane.hint.text.text() == "Drop to import this store"
    pane.dropEvent(QDropEvent(QPointF(5, 5), action, mime, buttons, keys))
    assert not pane.hint.isVisible()
    await until(lambda: "“Shop (2)” was imported" in tab.toasts.texts)


@with_tab
async def test_what_is_no_archive_is_told(tab: Tab) -> None:
    path = tab.file("other.zip", "nothing of the kind")
    tab.controller.moves.import_store(path)
    await until(lambda: tab.failures)
    assert tab.failures == ["This file is not an exported store. Choose a zip made by “Export…”."]
    tab.failures.clear()


@with_tab
async def test_a_copy_to_a_server_says_first_what_it_means(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await connected(tab, toy, has_vector_stores=True)
        await shop(tab)
        tab.view.files.header.copy.trigger()
        dialog = await copy_dialog(tab)
        choices = [dialog.choice.itemText(row) for row in range(dialog.choice.count())]
        assert choices == ["A new store on this machine", "A new store at Team"]
        await until(lambda: dialog.facts.text() == "1 file · 33 bytes will be kept on this machine.")
        dialog.choice.setCurrentIndex(1)
        assert not dialog.copy.isEnabled(), "before it is known what it means"
        await until(dialog.copy.isEnabled)
        host = toy.base_url.split("/")[2]
        assert dialog.facts.text() == (
            f"1 file · 33 bytes will be sent to Team ({host}). What that server asks for storage is not known here."
        )
        assert toy.count("POST", "/files") == 0
        dialog.copy.click()
        await until(lambda: "Copied into “Shop”" in tab.toasts.texts)
        assert toy.count("POST", "/files") == 1
        tab.view.files.header.copy.trigger()
        await until(lambda: tab.view.findChildren(CopyDialog) and tab.view.findChildren(CopyDialog)[0] is not dialog)
        again = await copy_dialog(tab)
        again.choice.setCurrentIndex(1)
        assert again.choice.currentText() == "“Shop” at Team"
        await until(lambda: again.facts.text() == "Every file is there already.")
        assert not again.copy.isEnabled()
        again.reject()


@with_tab
async def test_a_server_that_does_not_answer_is_told_in_the_dialog(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        await tab.runtime.call(tab.program.knowledge.create(StoreDetails("There"), connection.id))
        await shop(tab)
    tab.view.stores.copy.trigger()
    dialog = await copy_dialog(tab)
    dialog.choice.setCurrentIndex(2)
    await until(lambda: dialog.failure.isVisible())
    assert not dialog.copy.isEnabled()
    dialog.reject()


@with_tab
async def test_the_form_sets_what_a_store_on_this_machine_keeps(tab: Tab) -> None:
    await until(tab.view.stores.new.isEnabled)
    form = tab.controller.open_new()
    assert (form.copies.isChecked(), form.past_answers.isChecked()) == (True, False)
    form.name.setText("Answers")
    form.copies.click()
    form.past_answers.click()
    form.save.click()
    await until(lambda: names(tab) == ["Answers"])
    [made] = await tab.runtime.call(tab.program.knowledge.stores())
    assert (made.keeps_copies, made.takes_past_answers) == (False, True)
    tab.view.stores.rename_requested.emit(made.id, "Replies")
    await until(lambda: names(tab) == ["Replies"])
    [renamed] = await tab.runtime.call(tab.program.knowledge.stores())
    assert (renamed.keeps_copies, renamed.takes_past_answers) == (False, True)


@with_tab
async def test_a_store_at_a_server_has_no_such_settings(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await connected(tab, toy, has_vector_stores=True)
        await until(lambda: len(tab.program.knowledge.places()) == 2)
        await tab.store("Here")
        form = tab.controller.open_new()
        await until(lambda: form.past_answers.isVisible() and form.copies.isVisible())
        form.place.setCurrentIndex(1)
        assert not form.past_answers.isVisible()
        assert not form.copies.isVisible()
        form.reject()
