"""Knowledge notes in the whole window, by keyboard."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from iaposte_desktop.application.questions import Unanswered
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.threads import ThreadStatus
from iaposte_desktop.qt.notes.dialog import NoteDialog
from tests.qt.until import until
from tests.qt.windows import in_window, open_window

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.qt.live import OpenWindow


async def store(opened: OpenWindow) -> VectorStore:
    return await opened.runtime.call(opened.program.knowledge.create(StoreDetails("Shop")))


async def answered_thread(opened: OpenWindow) -> str:
    """Shown, with its reply sent."""
    program, call = opened.program, opened.runtime.call
    mail = await call(program.threads.import_text("How long is the warranty?", sender_name="Ada Lovelace"))
    await opened.threads.show_thread(mail.thread_id)
    assert not opened.threads.view.conversation.note.isEnabled()
    await call(program.threads.mark_sent(mail.thread_id, "Hello Ada,\n\nThe warranty is two years.\n"))
    await until(opened.threads.view.conversation.note.isEnabled)
    return mail.thread_id


async def dialog_of(opened: OpenWindow) -> NoteDialog:
    await until(lambda: opened.window.findChildren(NoteDialog))
    return opened.window.findChildren(NoteDialog)[0]


async def press(dialog: NoteDialog, text: str) -> str:
    """A button of the question that is asked over the dialog; returns the question."""
    await until(lambda: dialog.findChildren(QMessageBox))
    box = dialog.findChildren(QMessageBox)[0]
    question = box.text()
    next(button for button in box.findChildren(QPushButton) if button.text() == text).click()
    return question


@in_window
async def test_a_solved_thread_becomes_a_file_of_a_store(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        shop = await store(opened)
        await answered_thread(opened)
        opened.threads.view.conversation.note.trigger()
        dialog = await dialog_of(opened)
        assert dialog.text.toPlainText() == (
            "## Question\n\nHow long is the warranty?\n\n## Answer\n\nThe warranty is two years.\n"
        )
        assert "Nothing is saved before you approve" in dialog.promise.text.text()
        assert await opened.runtime.call(opened.program.knowledge.files(shop.id)) == ()

        dialog.title.selectAll()
        QTest.keyClicks(dialog.title, "Warranty")
        QTest.keyClick(dialog.save, Qt.Key.Key_Space)
        await until(lambda: not opened.window.findChildren(NoteDialog))
        (file,) = await opened.runtime.call(opened.program.knowledge.files(shop.id))
        assert (file.name, file.attributes["kind"], file.attributes["title"]) == (
            "warranty.md",
            "knowledge_note",
            "Warranty",
        )
        assert "“Warranty” is in the store" in opened.window.toast.text.text()


@in_window
async def test_what_is_missing_is_said_beside_the_field(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        thread_id = await answered_thread(opened)
        dialog = await opened.notes.opened_for_thread(thread_id)
        dialog.title.clear()
        QTest.keyClick(dialog.save, Qt.Key.Key_Space)
        assert "title" in dialog.title_field.problem.text.text()
        QTest.keyClicks(dialog.title, "Warranty")
        QTest.keyClick(dialog.save, Qt.Key.Key_Space)
        assert "Make a store first" in dialog.store_field.problem.text.text()


@in_window
async def test_leaving_asks_only_where_something_was_typed(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        thread_id = await answered_thread(opened)
        dialog = await opened.notes.opened_for_thread(thread_id)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await until(lambda: not opened.window.findChildren(NoteDialog))

        dialog = await opened.notes.opened_for_thread(thread_id)
        QTest.keyClicks(dialog.title, " and more")
        await until((tmp_path / "data" / "notes" / "unsaved.json").exists)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert await press(dialog, "Discard it") == "Discard this note?"
        await until(lambda: not opened.window.findChildren(NoteDialog))
        assert await opened.runtime.call(opened.program.notes.kept()) is None


@in_window
async def test_a_note_that_was_not_saved_is_offered_at_the_next_start(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        dialog = await opened.notes.opened_for_thread(await answered_thread(opened))
        dialog.title.selectAll()
        QTest.keyClicks(dialog.title, "Half written")
    async with open_window(tmp_path) as opened:
        await until(lambda: "“Half written” was not saved" in opened.window.toast.text.text())
        QTest.keyClick(opened.window.toast.button, Qt.Key.Key_Space)
        dialog = await dialog_of(opened)
        assert dialog.title.text() == "Half written"
        assert "two years" in dialog.text.toPlainText()


@in_window
async def test_a_thread_to_answer_has_no_note_to_draft(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        thread_id = await answered_thread(opened)
        await opened.runtime.call(opened.program.threads.set_status(thread_id, ThreadStatus.TO_ANSWER))
        await until(lambda: not opened.threads.view.conversation.note.isEnabled())
        await opened.runtime.call(opened.program.threads.set_status(thread_id, ThreadStatus.CLOSED))
        await until(opened.threads.view.conversation.note.isEnabled)


@in_window
async def test_a_question_without_an_answer_is_answered_by_its_solved_thread(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        shop = await store(opened)
        thread_id = await answered_thread(opened)
        question = Unanswered("warranty of lamps", 2, datetime.now(UTC), 0.0, thread_id)
        opened.window.tabs.setCurrentIndex(1)
        pane = opened.vector_stores.view.side.health
        await until(pane.isEnabled)
        pane.note_requested.emit(question)
        dialog = await dialog_of(opened)
        assert (dialog.title.text(), dialog.store.currentData()) == ("warranty of lamps", shop.id)
        assert "The warranty is two years." in dialog.text.toPlainText()
