"""The whole tab over the real program, by mouse and keyboard."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from iaposte_desktop.application.templates import Template
from iaposte_desktop.domain.ports.settings import DEFAULT_ASSISTANT_ID
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.qt.assistants.bin_dialog import AssistantBin
from iaposte_desktop.qt.assistants.history_dialog import HistoryDialog
from iaposte_desktop.qt.lib.language import use_language
from tests.qt.assistants.tab import answered, open_tab, retype, with_tab
from tests.qt.loop import run_to_end
from tests.qt.until import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.qt.assistants.tab import Tab

Button = QMessageBox.StandardButton
CONTROL = Qt.KeyboardModifier.ControlModifier


def drop(tab: Tab, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(tab.view, QDragEnterEvent(QPoint(50, 50), copy, mime, left, none))
    QApplication.sendEvent(tab.view, QDropEvent(QPointF(50, 50), copy, mime, left, none))


@with_tab
async def test_an_empty_tab_says_what_it_is_for_and_makes_an_assistant(tab: Tab) -> None:
    assert tab.view.list.empty.title.text() == "No assistant yet"
    assert not tab.view.editor.isVisible()
    menu = tab.view.nothing.button.menu()
    assert menu is not None
    menu.actions()[0].trigger()
    await until(lambda: tab.view.editor.form.identity.name.selectedText() == "New assistant")
    assert tab.view.editor.isVisible()
    assert tab.names() == ["New assistant"]
    assert tab.status() == "Nothing changed since the last version"


@with_tab
async def test_each_template_can_be_begun_with(tab: Tab) -> None:
    menu = tab.view.list.new.menu()
    assert menu is not None
    for action in menu.actions():
        if "–" in action.text():
            count = len(tab.names())
            action.trigger()
            await until(lambda before=count: len(tab.names()) == before + 1)
            await until(lambda: not tab.controller.scope.is_running("act on assistants"))
    assert tab.names() == [
        "E-mail reply",
        "Mail classifier",
        "Marketing reply",
        "Multilingual reply",
        "Technical support",
    ]


@with_tab
async def test_typing_and_ctrl_s_make_a_version_with_its_note(tab: Tab) -> None:
    made = await tab.made()
    bar = tab.view.editor.bar
    assert (bar.save.text(), bar.save.isEnabled()) == ("Save as version 2", False)
    assert "Nothing changed" in bar.save.toolTip()

    retype(tab.view.editor.form.identity.name, "Refunds")
    assert bar.save.isEnabled()
    assert tab.status() == "Not saved yet"
    retype(bar.note, "Renamed")
    QTest.keyClick(tab.view.editor.form.identity.name, Qt.Key.Key_S, CONTROL)
    await until(lambda: tab.toasts.texts == ["Saved as version 2."])
    stored = await tab.stored(made)
    assert (stored.name, stored.version.number, stored.version.note) == ("Refunds", 2, "Renamed")
    assert (bar.save.text(), bar.save.isEnabled(), bar.note.text()) == ("Save as version 3", False, "")
    assert tab.names() == ["Refunds"]
    assert tab.view.editor.title.whole_text() == "Refunds"
    assert tab.view.editor.facts.whole_text() == "version 2 · not used yet"


@with_tab
async def test_what_is_typed_while_it_is_saved_stays_as_new_edits(tab: Tab) -> None:
    made = await tab.made()
    name = tab.view.editor.form.identity.name
    retype(name, "Refunds")
    QTest.keyClick(name, Qt.Key.Key_S, CONTROL)
    await asyncio.sleep(0)
    assert tab.status() == "Saving…"
    retype(name, "Refunds and returns")
    await until(lambda: tab.toasts.texts)
    assert (await tab.stored(made)).name == "Refunds"
    assert name.text() == "Refunds and returns"
    assert tab.status() == "Not saved yet"
    assert tab.view.editor.bar.save.text() == "Save as version 3"
    assert not tab.view.editor.notice.isVisible()


@with_tab
async def test_what_is_not_valid_is_told_and_not_saved(tab: Tab) -> None:
    made = await tab.made()
    name = tab.view.editor.form.identity.name
    retype(name, " ")
    QTest.keyClick(name, Qt.Key.Key_S, CONTROL)
    assert tab.status() == "The name is empty or too long. Use 1 to 256 characters."
    assert not tab.view.editor.bar.save.isEnabled()
    retype(name, "Fine again")
    tab.view.editor.bar.save.click()
    await until(lambda: tab.toasts.texts)
    assert (await tab.stored(made)).version.number == 2


@with_tab
async def test_leaving_edits_asks_and_keeps_saves_or_discards_them(tab: Tab) -> None:
    first, second = await tab.made(), await tab.made(Template.SUPPORT)
    name = tab.view.editor.form.identity.name
    retype(name, "Edited")

    tab.choose(first)
    assert "Saving makes a new version" in await answered(tab, Button.Cancel)
    assert name.text() == "Edited"
    await until(lambda: tab.view.list.list.currentIndex().data() == second.name)

    tab.choose(first)
    await answered(tab, Button.Save)
    await until(lambda: name.text() == first.name)
    assert (await tab.stored(second)).name == "Edited"

    retype(name, "Thrown away")
    tab.choose(second)
    await answered(tab, "Discard my edits")
    await until(lambda: name.text() == "Edited")
    assert (await tab.stored(first)).name == first.name


@with_tab
async def test_closing_the_window_asks_once_and_goes_on_with_no_edits(tab: Tab) -> None:
    await tab.made()
    assert await tab.controller.may_leave()
    retype(tab.view.editor.form.identity.name, " ")
    leaving = tab.controller.scope.start(tab.controller.may_leave(), "leave")
    await until(lambda: tab.view.findChildren(QMessageBox))
    box = tab.view.findChildren(QMessageBox)[0]
    assert box.button(Button.Save) is None
    assert "cannot be saved yet" in await answered(tab, "Discard my edits")
    assert await leaving
    assert await tab.controller.may_leave()


@with_tab
async def test_a_change_elsewhere_shows_where_nothing_is_typed(tab: Tab) -> None:
    made = await tab.made()
    await tab.saved_elsewhere(made, replace(made.version.settings, name="From elsewhere"))
    await until(lambda: tab.view.editor.form.identity.name.text() == "From elsewhere")
    assert not tab.view.editor.notice.isVisible()


@with_tab
async def test_a_change_elsewhere_never_replaces_what_is_typed(tab: Tab) -> None:
    made = await tab.made()
    form, bar = tab.view.editor.form, tab.view.editor.bar
    retype(form.identity.description, "Mine")
    await tab.saved_elsewhere(made, replace(made.version.settings, name="From elsewhere"))
    await until(lambda: tab.view.editor.notice.isVisible())
    assert (form.identity.description.text(), form.identity.name.text()) == ("Mine", made.name)
    assert bar.save.text() == "Save as version 3"

    tab.view.editor.notice_button.click()
    assert form.identity.name.text() == "From elsewhere"
    assert not tab.view.editor.notice.isVisible()
    assert tab.toasts.action is not None
    tab.toasts.action()
    assert form.identity.description.text() == "Mine"
    bar.save.click()
    await until(lambda: "Saved as version 3." in tab.toasts.texts)


@with_tab
async def test_an_assistant_deleted_elsewhere_keeps_its_edits_until_it_is_restored(tab: Tab) -> None:
    made = await tab.made()
    retype(tab.view.editor.form.identity.name, "Mine")
    await tab.runtime.call(tab.program.assistants.delete(made.id))
    await until(lambda: tab.view.editor.notice.isVisible())
    tab.view.editor.notice_button.click()
    await until(lambda: tab.names() == [made.name])
    assert tab.view.editor.form.identity.name.text() == "Mine"
    tab.view.editor.bar.save.click()
    await until(lambda: tab.names() == ["Mine"])


@with_tab
async def test_edits_are_discarded_with_a_way_back(tab: Tab) -> None:
    made = await tab.made()
    retype(tab.view.editor.form.identity.name, "Mine")
    tab.view.editor.discard.trigger()
    assert tab.view.editor.form.identity.name.text() == made.name
    assert tab.toasts.texts == ["Your edits were discarded. [Undo]"]
    assert tab.toasts.action is not None
    tab.toasts.action()
    assert tab.view.editor.form.identity.name.text() == "Mine"
    assert tab.status() == "Not saved yet"


@with_tab
async def test_delete_goes_to_the_bin_and_undo_brings_it_back(tab: Tab) -> None:
    first, second = await tab.made(), await tab.made(Template.SUPPORT)
    tab.choose(first)
    await until(lambda: tab.view.remembered_id == first.id)
    tab.view.list.list.setFocus()
    QTest.keyClick(tab.view.list.list, Qt.Key.Key_Delete)
    await until(lambda: tab.names() == [second.name])
    await until(lambda: tab.toasts.texts == [f"“{first.name}” is in the bin. [Undo]"])
    assert tab.view.editor.title.whole_text() == second.name
    assert tab.toasts.action is not None
    tab.toasts.action()
    await until(lambda: tab.view.editor.title.whole_text() == first.name)
    assert len(tab.names()) == 2


@with_tab
async def test_the_bin_restores_one_after_the_other(tab: Tab) -> None:
    made = [await tab.made(), await tab.made(Template.SUPPORT)]
    for assistant in made:
        await tab.runtime.call(tab.program.assistants.delete(assistant.id))
    await until(lambda: not tab.names())
    tab.view.list.deleted.trigger()
    await until(lambda: tab.view.findChildren(AssistantBin))
    dialog = tab.view.findChildren(AssistantBin)[0]
    for count in (1, 2):
        await until(lambda: dialog.restore.isEnabled())
        dialog.restore.click()
        await until(lambda wanted=count: len(tab.names()) == wanted)
    await until(lambda: not dialog.restore.isEnabled())
    dialog.close_button.click()
    await until(lambda: not tab.view.findChildren(AssistantBin))


@with_tab
async def test_history_compares_and_restores_as_a_new_version(tab: Tab) -> None:
    made = await tab.made()
    settings = replace(made.version.settings, instructions="Be brief.\nCite.", guardrails="Promise nothing.")
    await tab.saved_elsewhere(made, settings)
    await tab.saved_elsewhere(made, replace(settings, instructions="Be kind.\nCite."))
    await until(lambda: tab.view.editor.bar.save.text() == "Save as version 4")
    tab.view.editor.history.click()
    await until(lambda: tab.view.findChildren(HistoryDialog))
    dialog = tab.view.findChildren(HistoryDialog)[0]
    assert not dialog.restore.isEnabled()
    assert dialog.diff.toPlainText().splitlines() == ["Instructions", "− Be brief.", "+ Be kind.", "\u2007 Cite."]

    dialog.list.setCurrentIndex(dialog.model.index(1))
    assert "+ Promise nothing." in dialog.diff.toPlainText()
    dialog.against.setCurrentIndex(0)
    assert "− Be kind." in dialog.diff.toPlainText()
    dialog.restore.click()
    await until(lambda: tab.toasts.texts == ["Version 2 is back, as version 4."])
    assert tab.view.editor.form.instructions.instructions.text() == "Be brief.\nCite."
    stored = await tab.stored(made)
    assert (stored.version.number, stored.version.restored_from) == (4, 2)


@with_tab
async def test_a_duplicate_is_open_with_its_name_to_be_replaced(tab: Tab) -> None:
    made = await tab.made()
    tab.view.list.duplicate.trigger()
    await until(lambda: len(tab.names()) == 2)
    await until(lambda: tab.view.editor.form.identity.name.selectedText() == f"{made.name} (copy)")


@with_tab
async def test_the_default_is_kept_in_the_settings_and_shown(tab: Tab) -> None:
    made = await tab.made()
    assert not tab.view.editor.default_text.isVisible()
    tab.view.list.make_default.trigger()
    assert tab.settings.get(DEFAULT_ASSISTANT_ID) == made.id
    assert tab.view.editor.default_text.isVisible()


@with_tab
async def test_an_exported_assistant_comes_back_by_a_drop(tab: Tab) -> None:
    made = await tab.made()
    path = tab.folder / "reply.json"
    await tab.controller.export_to(made.id, path)
    assert tab.toasts.texts == ["Exported to reply.json."]
    assert [each.name for each in tab.folder.iterdir()] == ["reply.json"]
    drop(tab, path)
    await until(lambda: len(tab.names()) == 2)
    await until(lambda: tab.toasts.texts[-1] == f"“{made.name}” was imported.")
    imported = (await tab.runtime.call(tab.program.assistants.list()))[0]
    assert imported.version.settings == made.version.settings


@with_tab
async def test_refused_files_are_told_by_name_and_the_others_are_imported(tab: Tab) -> None:
    old = {"id": "asst_1", "object": "assistant", "name": "Old", "model": "gpt-4o", "instructions": "Help."}
    good, wrong, binary = (tab.folder / name for name in ("old.json", "list.json", "photo.json"))
    good.write_text("\ufeff" + json.dumps(old), encoding="utf-8")
    wrong.write_text("[]", encoding="utf-8")
    binary.write_bytes(b"\xff\xd8\xff\x00")
    await tab.controller.import_files([wrong, tab.folder / "gone.json", binary, good])
    assert [failure.partition(":")[0] for failure in tab.failures] == ["list.json", "gone.json", "photo.json"]
    assert "does not hold an assistant" in tab.failures[0]
    assert "cannot be opened" in tab.failures[1]
    assert tab.names() == ["Old"]
    tab.failures.clear()


@with_tab
async def test_an_export_that_cannot_be_written_says_so(tab: Tab) -> None:
    made = await tab.made()
    await tab.controller.export_to(made.id, tab.folder / "missing" / "reply.json")
    assert len(tab.failures) == 1
    assert "reply.json could not be written" in tab.failures[0]
    tab.failures.clear()


@with_tab
async def test_export_asks_for_a_place_with_a_name_to_begin_with(tab: Tab) -> None:
    made = await tab.made()
    tab.view.list.export.trigger()
    await until(lambda: tab.view.findChildren(QFileDialog))
    dialog = tab.view.findChildren(QFileDialog)[0]
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert [path.rpartition("/")[2] for path in dialog.selectedFiles()] == [f"{made.name}.json"]
    dialog.reject()
    await until(lambda: not tab.view.findChildren(QFileDialog))
    assert tab.toasts.texts == []


@with_tab
async def test_search_hides_rows_without_opening_another(tab: Tab) -> None:
    first, second = await tab.made(), await tab.made(Template.SUPPORT)
    retype(tab.view.editor.form.identity.name, "Edited")
    QTest.keyClick(tab.view, Qt.Key.Key_F, CONTROL)
    search = tab.view.list.search
    QTest.keyClicks(search, "e-mail")
    assert tab.names() == [first.name]
    assert tab.view.remembered_id == second.id
    assert tab.view.editor.form.identity.name.text() == "Edited"
    QTest.keyClicks(search, "zzz")
    assert tab.view.list.empty.title.text() == "Nothing found"
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert len(tab.names()) == 2
    assert tab.view.list.list.currentIndex().data() == second.name


@with_tab
async def test_escape_leaves_a_field_and_takes_nothing_back(tab: Tab) -> None:
    await tab.made()
    name = tab.view.editor.form.identity.name
    retype(name, "Edited")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert name.text() == "Edited"
    assert tab.view.list.list.hasFocus() or not tab.view.isActiveWindow()


@with_tab
async def test_stores_follow_those_of_the_program(tab: Tab) -> None:
    await tab.made()
    store = await tab.runtime.call(tab.program.knowledge.create(StoreDetails("Terms")))
    stores = tab.view.editor.form.stores
    await until(lambda: store.id in stores.checks)
    stores.checks[store.id].click()
    tab.view.editor.bar.save.click()
    await until(lambda: "Saved as version 2." in tab.toasts.texts)
    await tab.runtime.call(tab.program.knowledge.delete(store.id))
    await until(lambda: store.id in stores.missing)
    assert tab.status() == "Nothing changed since the last version"
    stores.missing[store.id].remove.click()
    assert tab.status() == "Not saved yet"


@with_tab
async def test_the_language_is_switched_over_edits(tab: Tab) -> None:
    await tab.made()
    retype(tab.view.editor.form.identity.name, "Edited")
    use_language("fr")
    assert tab.view.editor.form.identity.name.text() == "Edited"
    assert tab.view.editor.bar.save.isEnabled()


def test_the_assistant_that_was_open_is_open_again(tmp_path: Path, qapp: QApplication) -> None:
    state: dict[str, str] = {}

    async def first() -> None:
        async with open_tab(tmp_path) as tab:
            await tab.made()
            await tab.made(Template.SUPPORT)
            state.update(tab.view.save_state())

    async def second() -> None:
        async with open_tab(tmp_path, state) as tab:
            await until(lambda: tab.view.editor.isVisible())
            assert tab.view.editor.title.whole_text() == "Technical support"
            assert tab.view.save_state() == state

    run_to_end(qapp, first)
    run_to_end(qapp, second)


@with_tab
async def test_what_its_drafts_came_to_stands_beside_its_name(tab: Tab) -> None:
    sample = await tab.runtime.call(tab.program.sample.install("en"))
    run = await tab.runtime.call(tab.program.drafting.draft_reply(sample.thread_ids[0]))
    await until(lambda: tab.view.list.model.row_of(run.assistant_id) is not None)
    tab.view.list.chosen.emit(run.assistant_id)
    await until(lambda: "1 draft · " in tab.view.editor.facts.text())
    assert "free" in tab.view.editor.facts.text()
    other = next(a.id for a in await tab.runtime.call(tab.program.assistants.list()) if a.id != run.assistant_id)
    tab.view.list.chosen.emit(other)
    await until(lambda: "draft" not in tab.view.editor.facts.text())
