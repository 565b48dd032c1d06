"""The whole tab over the real program, by mouse and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox, QPushButton

from iaposte_desktop.domain.knowledge import ExpiresAfter
from iaposte_desktop.qt.vector_stores.store_dialog import StoreDialog
from tests.qt.loop import run_to_end
from tests.qt.until import until
from tests.qt.vector_stores.made import highlighted
from tests.qt.vector_stores.tab import open_tab, with_tab

if TYPE_CHECKING:
    from pathlib import Path

    from tests.qt.vector_stores.tab import Tab

RETURNS = "# Returns\n\nA return is refunded within 14 days.\n\n# Opening hours\n\nThe shop opens at nine.\n"
DELIVERY = "Parcels are delivered within 48 hours.\n"


def drop(tab: Tab, *paths: Path) -> None:
    """As the window system does it: in, and let go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    pane = tab.view.files
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(pane, QDragEnterEvent(QPoint(50, 50), copy, mime, left, none))
    assert pane.hint.isVisible()
    QApplication.sendEvent(pane, QDropEvent(QPointF(50, 50), copy, mime, left, none))
    assert not pane.hint.isVisible()


async def answered(tab: Tab, button_text: str) -> str:
    """Presses a button of the question that is open; returns what it asked."""
    await until(lambda: tab.view.findChildren(QMessageBox))
    box = tab.view.findChildren(QMessageBox)[0]
    text = box.text()
    assert box.textFormat() == Qt.TextFormat.PlainText
    next(button for button in box.findChildren(QPushButton) if button.text() == button_text).click()
    await until(lambda: not tab.view.findChildren(QMessageBox))
    return text


@with_tab
async def test_dropped_files_that_are_good_are_added_without_a_question(tab: Tab) -> None:
    await tab.store()
    tab.file("manuals/returns.md", RETURNS)
    tab.file("manuals/skipped.bin", "not of a known type")
    drop(tab, tab.folder / "manuals", tab.file("delivery.txt", DELIVERY))
    await until(lambda: tab.toasts.texts)
    assert tab.toasts.texts == ["2 files ready"]
    await until(lambda: tab.states() == {"returns.md": "ready", "delivery.txt": "ready"})
    assert not tab.looks()


@with_tab
async def test_a_file_that_fails_after_all_says_why(tab: Tab) -> None:
    await tab.store()
    await tab.uploaded(tab.file("empty.txt", ""), tab.file("photo.jpg", "x"), tab.file("returns.md", RETURNS))
    await until(lambda: tab.states().get("returns.md") == "ready")
    assert tab.states() == {
        "returns.md": "ready",
        "empty.txt": "The file holds no text.",
        "photo.jpg": "This type of file is not supported.",
    }
    await until(lambda: "2 failed" in tab.view.files.header.facts.whole_text())
    tab.choose("photo.jpg")
    assert "Save it as PDF" in tab.view.files.selection.reason.text()
    assert not tab.view.files.see_text.isEnabled()
    assert tab.view.files.retry.isEnabled()


@with_tab
async def test_files_dropped_where_there_is_no_store_get_one(tab: Tab) -> None:
    drop(tab, tab.file("returns.md", RETURNS))
    form = tab.view.findChildren(StoreDialog)[0]
    QTest.keyClicks(form.name, "Answers")
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    await until(lambda: tab.states() == {"returns.md": "ready"})
    assert tab.view.files.header.name.whole_text() == "Answers"


@with_tab
async def test_a_store_is_made_by_keyboard_with_its_errors_beside_the_field(tab: Tab) -> None:
    await until(tab.view.stores.new.isEnabled)
    form = tab.controller.open_new()
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    assert form.name_error.text() == "Give the store a name."
    QTest.keyClicks(form.name, "Internal notes")
    assert form.name_error.isHidden()
    form.internal.click()
    form.expires.click()
    form.days.setValue(90)
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    await until(lambda: tab.view.stores.model.rowCount() == 1)
    made = tab.view.stores.model.store_at(0)
    assert (made.name, made.is_internal, made.expires_after) == ("Internal notes", True, ExpiresAfter(90))
    assert "internal · expires after 90" in tab.view.files.header.facts.whole_text()


@with_tab
async def test_settings_start_from_what_the_store_has_and_keep_the_rest(tab: Tab) -> None:
    store = await tab.store()
    form = tab.controller.open_settings(store.id)
    assert (form.name.text(), form.expires.isChecked(), form.days.isEnabled()) == ("Terms", False, False)
    form.metadata.set_metadata({"team": "support"})
    form.save.click()
    await until(lambda: tab.view.stores.model.store_at(0).metadata)
    again = tab.controller.open_settings(store.id)
    assert again.metadata.metadata() == {"team": "support"}
    again.reject()
    tab.controller.view.stores.model.rename_requested.emit(store.id, "Terms 2026")
    await until(lambda: tab.view.files.header.name.whole_text() == "Terms 2026")
    assert tab.view.stores.model.store_at(0).metadata == {"team": "support"}


@with_tab
async def test_a_store_is_renamed_in_place(tab: Tab) -> None:
    await tab.store()
    stores = tab.view.stores
    stores.list.setFocus()
    await until(tab.view.isActiveWindow)
    QTest.keyClick(stores.list, Qt.Key.Key_F2)
    editor = stores.list.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Guarantees")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await until(lambda: tab.view.files.header.name.whole_text() == "Guarantees")


@with_tab
async def test_a_deleted_store_comes_back_with_its_files(tab: Tab) -> None:
    store = await tab.store()
    await tab.added(tab.file("returns.md", RETURNS))
    tab.view.stores.delete.trigger()
    await until(lambda: tab.view.stores.model.rowCount() == 0)
    assert tab.toasts.texts[-1] == "“Terms” is in the bin [Undo]"
    assert not tab.view.files.header.isVisible()
    assert not tab.view.side.search.isEnabled()

    assert tab.toasts.action is not None
    tab.toasts.action()
    await until(lambda: tab.states() == {"returns.md": "ready"})
    assert tab.view.stores.selected == store.id


@with_tab
async def test_the_bin_restores_and_empties(tab: Tab) -> None:
    for name in ("One", "Two"):
        await tab.store(name)
        tab.view.stores.delete.trigger()
        await until(lambda: tab.view.stores.model.rowCount() == 0)
    bin_dialog = tab.controller.open_bin()
    await until(lambda: bin_dialog.model.rowCount() == 2)
    bin_dialog.restore.click()
    await until(lambda: tab.view.stores.model.rowCount() == 1 and bin_dialog.model.rowCount() == 1)
    bin_dialog.purge.click()
    assert await answered(tab, "Delete for good") == "Delete “Two” for good?"
    await until(lambda: bin_dialog.model.rowCount() == 0)
    assert await tab.runtime.call(tab.program.knowledge.binned()) == ()
    bin_dialog.close_button.click()
    assert tab.view.files.header.name.whole_text() == "One"


@with_tab
async def test_what_failed_is_tried_again(tab: Tab) -> None:
    await tab.store()
    path = tab.file("late.txt", "")
    await tab.uploaded(path, tab.file("returns.md", RETURNS))
    await until(lambda: tab.states()["late.txt"] == "The file holds no text.")
    path.write_text(DELIVERY, encoding="utf-8")
    await until(tab.view.files.header.retry_failed.isEnabled)
    tab.view.files.header.retry_failed.trigger()
    await until(lambda: tab.states() == {"late.txt": "ready", "returns.md": "ready"})
    await until(lambda: "failed" not in tab.view.files.header.facts.whole_text())


@with_tab
async def test_a_new_version_takes_the_place_of_the_old(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("old.md", RETURNS))
    tab.choose("old.md")
    tab.controller.files.replace(tab.view.files.table.selected_files()[0], tab.file("new.md", DELIVERY))
    await until(lambda: tab.states() == {"new.md": "ready"})


@with_tab
async def test_files_are_removed_once_the_question_is_answered(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("a.md", RETURNS), tab.file("b.md", DELIVERY))
    await until(lambda: tab.states() == {"a.md": "ready", "b.md": "ready"})
    tab.choose("a.md")
    tab.view.files.table.setFocus()
    await until(tab.view.isActiveWindow)
    QTest.keyClick(tab.view.files.table, Qt.Key.Key_Delete)
    assert await answered(tab, "Cancel") == "Remove “a.md”?"
    assert len(tab.states()) == 2
    tab.view.files.remove.trigger()
    await answered(tab, "Remove")
    await until(lambda: list(tab.states()) == ["b.md"])
    assert tab.folder.joinpath("a.md").exists()


@with_tab
async def test_an_upload_is_stopped_and_goes_on_when_asked(tab: Tab) -> None:
    await tab.store()
    for number in range(60):
        tab.file(f"many/{number:02}.txt", f"File number {number} speaks of parcels. " * 2000)
    tab.controller.add_paths([tab.folder / "many"])
    await until(tab.can_agree, 60)
    tab.looks()[0].add.click()
    header = tab.view.files.header
    await until(header.stop.isVisible)
    header.stop.click()
    await until(lambda: tab.toasts.texts)
    assert tab.toasts.texts == ["Stopped. What was ready stays."]
    await until(lambda: not header.stop.isVisible())
    await until(lambda: "cancelled" in tab.states().values())
    await until(header.retry_failed.isEnabled)
    header.retry_failed.trigger()
    await until(lambda: set(tab.states().values()) == {"ready"}, 60)
    assert len(tab.states()) == 60


@with_tab
async def test_a_search_shows_where_a_draft_would_look(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS), tab.file("delivery.txt", DELIVERY))
    search = tab.view.side.search
    QTest.keyClicks(search.query, "refund of a return")
    QTest.keyClick(search.query, Qt.Key.Key_Return)
    await until(lambda: search.model.rowCount())
    found = search.model.passage_at(0)
    assert found.file_name == "returns.md"

    search.results.setFocus()
    QTest.keyClick(search.results, Qt.Key.Key_Return)
    await until(lambda: tab.controller.sources.viewer.isVisible())
    viewer = tab.controller.sources.viewer
    assert highlighted(viewer.text).strip() == found.text.strip()
    viewer.close_button.click()

    search.query.setText("")
    await until(lambda: search.model.rowCount() == 0)
    QTest.keyClicks(search.query, "zeppelin")
    await until(lambda: search.empty.title.text() == "Nothing found")


@with_tab
async def test_the_latest_search_wins_and_follows_the_store(tab: Tab) -> None:
    await tab.store("Other")
    await tab.added(tab.file("other.txt", "Parcels for the other shop.\n"))
    await tab.store("Terms")
    await tab.added(tab.file("returns.md", RETURNS), tab.file("delivery.txt", DELIVERY))
    search = tab.view.side.search
    for query in ("return", "opening", "parcels"):
        search.query.setText(query)
        QTest.keyClick(search.query, Qt.Key.Key_Return)
    await until(lambda: search.model.rowCount())
    assert search.model.passage_at(0).file_name == "delivery.txt"
    tab.view.stores.list.setCurrentIndex(tab.view.stores.model.index(0))
    await until(lambda: search.model.rowCount() and search.model.passage_at(0).file_name == "other.txt")


class Opener(QObject):
    """Stands where the desktop opens files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@with_tab
async def test_enter_shows_the_text_and_the_original_opens_outside(tab: Tab) -> None:
    await tab.store()
    await tab.uploaded(tab.file("returns.md", RETURNS), tab.file("setup.exe", "MZ"))
    await until(lambda: tab.states()["returns.md"] == "ready")
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")  # type: ignore[arg-type]  # The stub says bytes; it takes none.
    try:
        tab.choose("returns.md")
        QTest.keyClick(tab.view.files.table, Qt.Key.Key_Return)
        await until(lambda: tab.controller.sources.viewer.isVisible())
        viewer = tab.controller.sources.viewer
        assert "refunded within 14 days" in viewer.text.toPlainText()
        viewer.open_original.click()
        await until(lambda: opener.opened)
        viewer.close()
        tab.choose("setup.exe")
        tab.view.files.open_original.trigger()
        await until(lambda: any("not opened from here" in text for text in tab.toasts.texts))
        assert len(opener.opened) == 1
    finally:
        QDesktopServices.unsetUrlHandler("file")


@with_tab
async def test_a_folder_without_readable_files_is_told(tab: Tab) -> None:
    await tab.store()
    tab.controller.add_paths([tab.file("folder/a.bin", "x").parent])
    await until(lambda: tab.toasts.texts)
    assert "No file there can be read" in tab.toasts.texts[0]


@with_tab
async def test_the_filter_narrows_and_says_so(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS), tab.file("delivery.txt", DELIVERY))
    QTest.keyClicks(tab.view.files.filter, "DELI")
    assert list(tab.states()) == ["delivery.txt"]
    assert tab.view.files.count.text() == "1 of 2"


@with_tab
async def test_every_control_has_a_name(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS))
    tab.choose("returns.md")
    controls = [*tab.view.findChildren(QAbstractButton), *tab.view.findChildren(QLineEdit)]
    nameless = [
        control
        for control in controls
        if control.isVisible() and not (control.accessibleName() or getattr(control, "text", str)())
    ]
    # The button that a line edit makes itself, to clear it, is Qt's own.
    assert [control for control in nameless if not isinstance(control.parent(), QLineEdit)] == []


def test_store_and_columns_are_there_again(tmp_path: Path, qapp: QApplication) -> None:
    async def main() -> None:
        async with open_tab(tmp_path) as tab:
            await tab.store("B")
            await tab.store("A")
            tab.view.stores.list.setCurrentIndex(tab.view.stores.model.index(1))
            tab.view.files.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
            tab.view.splitter.setSizes([310, 640, 328])
            state = tab.view.save_state()
        async with open_tab(tmp_path, state) as tab:
            await until(lambda: tab.view.files.header.name.whole_text() == "B")
            assert tab.view.files.table.header().sortIndicatorSection() == 2
            assert tab.view.splitter.sizes() == [310, 640, 328]
            assert tab.view.files.table.save_columns() == state["vector_stores.columns"]
        async with open_tab(tmp_path, {"vector_stores.splitter": "%", "vector_stores.store": "vs_gone"}) as tab:
            await until(lambda: tab.view.files.header.name.whole_text() == "A")

    run_to_end(qapp, main)
