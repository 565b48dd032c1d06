"""The main job in the real window over the real program: keyboard, drop, and what is there afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iaposte_desktop.compose import sample_folder
from iaposte_desktop.domain.drafts import RevisionReason
from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.domain.threads import Role, ThreadStatus
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.lib.theme import is_dark
from tests.qt.until import until
from tests.qt.windows import in_window, open_window

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.qt.live import OpenWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
MAILS = sample_folder() / "mails"


def drop(target: QWidget, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    centre = target.rect().center()
    QApplication.sendEvent(target, QDragEnterEvent(centre, Qt.DropAction.CopyAction, mime, left, none))
    QApplication.sendEvent(target, QDropEvent(QPointF(centre), Qt.DropAction.CopyAction, mime, left, none))


async def shop(opened: OpenWindow) -> None:
    """The sample's knowledge and assistants, with none of its mails left in the list."""
    sample = await opened.runtime.call(opened.program.sample.install("en"))
    for thread_id in sample.thread_ids:
        await opened.runtime.call(opened.program.threads.delete(thread_id))


@in_window
async def test_from_the_dropped_mail_to_the_sent_reply(tmp_path: Path) -> None:
    mail = tmp_path / "question.eml"
    mail.write_text(
        "From: Ann Key <ann@example.com>\nTo: shop@example.com\nSubject: Dimmer\nMessage-ID: <1@example.com>\n\n"
        "Hello,\n\nHow do I reset the dimmer of my Aurore lamp?\n\nThanks,\nAnn\n",
        encoding="utf-8",
    )
    async with open_window(tmp_path / "profile") as opened:
        await shop(opened)
        program, call, view = opened.program, opened.runtime.call, opened.threads.view
        editor = view.draft.editor

        drop(view, mail)
        await until(lambda: opened.threads.session.thread_id is not None)
        thread_id = opened.threads.session.thread_id
        assert thread_id is not None
        await until(lambda: view.conversation.subject.text() == "Dimmer")

        QTest.keyClick(view, Qt.Key.Key_Return, CONTROL)
        await until(lambda: view.draft.suggestion.isVisible() and view.draft.suggestion.accept.isEnabled())
        (run,) = (await call(program.threads.open(thread_id))).runs
        assert run.status is RunStatus.COMPLETED
        assert "hold the dimmer ring for 10 seconds" in run.text
        assert editor.text() == ""

        QTest.keyClick(view, Qt.Key.Key_Return, ALT)
        await until(lambda: editor.text() == run.text)
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_End, CONTROL)
        QTest.keyClicks(editor, " Zoe")
        await until(lambda: view.draft.foot.saving.text() == "saved")
        assert (await call(program.drafts.load(thread_id))).draft.text == run.text + " Zoe"

        QTest.keyClick(view, Qt.Key.Key_C, CONTROL | SHIFT)
        await until(lambda: "hold the dimmer ring" in QGuiApplication.clipboard().text())
        assert "[1]" not in QGuiApplication.clipboard().text()

        QTest.keyClick(view, Qt.Key.Key_S, CONTROL | SHIFT)
        await until(lambda: editor.text() == "")
        await until(lambda: "Your reply, sent" in view.conversation.text.toPlainText())
        thread = await call(program.threads.open(thread_id))
        assert thread.thread.status is ThreadStatus.SENT
        assert thread.messages[-1].role is Role.AGENT
        assert thread.messages[-1].text.endswith("Zoe")
        assert "[1]" not in thread.messages[-1].text
        kept = await call(program.drafts.revisions(thread_id))
        assert kept[0].reason is RevisionReason.SENT


@in_window
async def test_a_refused_mail_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.eml"
    bomb.write_text("From: a@example.com\nSubject: =?utf-8?b?" + "QUFB" * 170_000 + "?=\n\nbody\n", encoding="ascii")
    async with open_window(tmp_path / "profile") as opened:
        drop(opened.threads.view, bomb, MAILS / "01-retard-livraison.eml")
        await until(lambda: opened.threads.session.thread_id is not None)
        await until(lambda: opened.threads.view.list.notice.isVisible())
        summaries = await opened.runtime.call(opened.program.threads.list())
        assert [summary.customer_name for summary in summaries] == ["Claire Martin"]


@in_window
async def test_the_next_start_finds_the_draft_the_thread_and_the_tab(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        imported = await opened.runtime.call(opened.program.threads.import_mail(MAILS / "02-refund-return.eml"))
        await opened.threads.show_thread(imported.thread_id)
        QTest.keyClicks(opened.threads.view.draft.editor, "half a sent")
        # Closed in the middle of a word: nothing waits for the next save.
    async with open_window(tmp_path) as opened:
        await opened.threads.show_thread(imported.thread_id)
        await until(lambda: opened.threads.view.draft.editor.text() == "half a sent")


@in_window
async def test_the_language_is_switched_while_the_window_is_open(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        tabs = opened.window.tabs
        assert [tabs.tabText(index) for index in range(3)] == ["Threads", "Vector stores", "Assistants"]
        opened.window.language_chosen.emit("fr")
        await until(lambda: tabs.tabText(0) == "Fils")
        assert [tabs.tabText(index) for index in range(3)] == ["Fils", "Bases vectorielles", "Assistants"]


@in_window
async def test_a_language_and_a_look_chosen_in_the_settings_are_ticked_in_the_menu(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        opened.settings.open()
        dialog = opened.settings.dialog
        assert dialog is not None
        for choice in (dialog.general.language, dialog.general.theme):
            choice.setFocus()
        QTest.keyClick(dialog.general.theme, Qt.Key.Key_End)
        QTest.keyClick(dialog.general.language, Qt.Key.Key_Up)
        await until(lambda: opened.window.tabs.tabText(0) == "Fils")
        assert dialog.windowTitle() == "Paramètres"
        assert is_dark()
        ticked = {action.text() for action in opened.window.findChildren(QAction) if action.isChecked()}
        assert {"Français", "Sombre"} <= ticked


@in_window
async def test_the_agents_signature_ends_the_reply(tmp_path: Path) -> None:
    async with open_window(tmp_path) as opened:
        sample = await opened.runtime.call(opened.program.sample.install("en"))
        QTest.keyClick(opened.window, Qt.Key.Key_Comma, CONTROL)
        await until(lambda: opened.settings.dialog is not None)
        dialog = opened.settings.dialog
        assert dialog is not None
        QTest.keyClicks(dialog.general.signature, "Zoe from the shop")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await until(lambda: opened.settings.dialog is None)
        run = await opened.runtime.call(opened.program.drafting.draft_reply(sample.thread_ids[0]))
        assert run.text.rstrip().endswith("Zoe from the shop")


def test_an_interrupted_run_is_found_again_and_its_text_offered(tmp_path: Path) -> None:
    """The journal as a killed process leaves it: events, and no end."""

    async def leave_open() -> str:
        from iaposte_desktop.domain import events as ev
        from iaposte_desktop.domain.events import JournalEntry
        from iaposte_desktop.domain.reducer import reduce
        from iaposte_desktop.platform.clock import utc_now
        from iaposte_desktop.workspace.open import open_workspace

        profile = Profile.at(tmp_path)
        with session(profile) as held:
            program = await held.open_program()
            sample = await program.sample.install("en")
            thread = sample.thread_ids[0]
            (assistant, *_) = await program.assistants.list()
            await program.aclose()
        workspace = await open_workspace(profile.workspace_db, backups=profile.backups, clock=utc_now)
        queued = ev.RunQueued(thread, assistant.id, 1, assistant.version.settings.model, "fr")
        run = None
        events: tuple[ev.RunEvent, ...] = (queued, ev.RunStarted(), ev.TextAdded("Bonjour Claire,"))
        for number, event in enumerate(events, start=1):
            entry = JournalEntry("run_killed", number, utc_now(), event)
            run = reduce(run, entry)
            await workspace.journal.append([entry], run)
        await workspace.aclose()
        return thread

    thread_id = asyncio.run(leave_open())

    @in_window
    async def check() -> None:
        async with open_window(tmp_path) as opened:
            await opened.threads.show_thread(thread_id)
            suggestion = opened.threads.view.draft.suggestion
            await until(suggestion.isVisible)
            assert suggestion.text.toPlainText() == "Bonjour Claire,"
            assert suggestion.ending.text()
            (run,) = (await opened.runtime.call(opened.program.threads.open(thread_id))).runs
            assert run.status is RunStatus.INTERRUPTED

    check()
