"""What is typed stays in the thread it was typed in, and none of it is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from iaposte_desktop.domain.errors import DiskFull
from tests.qt.loop import run_to_end
from tests.qt.threads.tab import Tab, open_tab, with_tab
from tests.qt.until import until

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@with_tab
async def test_typing_is_saved_while_it_goes_on(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    typed = ""
    saved: list[str] = []
    for _ in range(60):
        tab.type("x")
        typed += "x"
        await asyncio.sleep(0.01)
        if (text := await tab.stored(thread_id)) and (not saved or saved[-1] != text):
            saved.append(text)
    assert saved, "nothing was saved before the typing stopped"
    for _ in range(100):
        await asyncio.sleep(0.02)
        if await tab.stored(thread_id) == typed:
            break
    assert await tab.stored(thread_id) == typed
    assert tab.view.draft.foot.saving.text() == "saved"


@with_tab
async def test_a_text_never_goes_into_another_thread(tab: Tab) -> None:
    threads = [await tab.thread(f"Thread {number}") for number in range(3)]
    typed = dict.fromkeys(threads, "")
    for turn in range(30):
        thread_id = threads[turn % 3]
        tab.controller.open_thread(thread_id)
        if turn % 2:
            await asyncio.sleep(0.02)
        tab.type(f"{turn % 3}")
        typed[thread_id] += f"{turn % 3}"
    assert await tab.controller.flush()
    for number, thread_id in enumerate(threads):
        text = (await tab.stored(thread_id)).replace("\n", "")
        assert set(text) == {str(number)}
        assert len(text) == len(typed[thread_id])


@with_tab
async def test_loading_a_draft_does_not_take_away_what_was_typed_meanwhile(tab: Tab) -> None:
    first, second = await tab.thread("One"), await tab.thread("Two")
    await tab.runtime.call(tab.program.drafts.save(first, "Stored."))
    await tab.controller.show_thread(second)
    tab.controller.open_thread(first)
    tab.type("typed early")
    await until(lambda: "Stored." in tab.controller.session.text())
    assert tab.controller.session.text() == "Stored.\n\ntyped early"
    tab.type("!")
    assert await tab.controller.flush()
    assert await tab.stored(first) == "Stored.\n\ntyped early!"


@with_tab
async def test_news_of_the_thread_do_not_touch_the_text_or_the_cursor(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    tab.type("Hello you")
    tab.view.draft.editor.moveCursor(QTextCursor.MoveOperation.Start)
    await tab.runtime.call(tab.program.threads.rename(thread_id, "Renamed"))
    await until(lambda: tab.view.conversation.subject.text() == "Renamed")
    assert tab.controller.session.text() == "Hello you"
    assert tab.view.draft.editor.textCursor().position() == 0


@with_tab
async def test_going_away_saves_at_once(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    tab.type("Hello")
    tab.view.hide()
    await until(lambda: tab.view.draft.foot.saving.text() == "saved", 5)
    assert await tab.stored(thread_id) == "Hello"


@with_tab
async def test_no_break_spaces_and_other_letters_come_back_as_they_were(tab: Tab) -> None:
    thread_id, other = await tab.opened("One"), await tab.thread("Two")
    text = "Prix\u00a0: 12\u202f€ 🙂\nà bientôt"
    tab.view.draft.editor.insertPlainText(text)
    await tab.controller.show_thread(other)
    assert await tab.controller.flush()
    assert await tab.stored(thread_id) == text
    await tab.controller.show_thread(thread_id)
    assert tab.controller.session.text() == text


@with_tab
async def test_emptying_the_draft_keeps_it_among_the_earlier_texts(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    tab.type("Precious")
    assert await tab.controller.flush()
    tab.view.draft.editor.selectAll()
    tab.view.draft.editor.insertPlainText("")
    assert await tab.controller.flush()
    revisions = await tab.runtime.call(tab.program.drafts.revisions(thread_id))
    assert [revision.text for revision in revisions] == ["Precious"]
    tab.controller.reply._on_revision(thread_id, revisions[0])
    await until(lambda: tab.controller.session.text() == "Precious")
    await until(lambda: not tab.controller.writer.is_busy(thread_id))
    assert await tab.stored(thread_id) == "Precious"


@with_tab
async def test_a_send_that_fails_gives_the_text_back(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    tab.type("Hello")

    async def fail() -> None:
        raise DiskFull

    try:
        await tab.controller.session.replace("", fail)
    except DiskFull:
        tab.controller.session.put_back(thread_id, "Hello")
    assert tab.controller.session.text() == "Hello"
    assert await tab.controller.flush()
    assert await tab.stored(thread_id) == "Hello"


def test_closing_loses_nothing_and_the_thread_is_open_again_at_the_next_start(
    tmp_path: Path, qapp: QApplication
) -> None:
    async def main() -> None:
        async with open_tab(tmp_path) as tab:
            thread_id = await tab.opened("One")
            tab.type("Last words")
            state = tab.view.save_state()
        async with open_tab(tmp_path, state) as again:
            await until(lambda: again.controller.session.text() == "Last words")
            assert again.controller.session.thread_id == thread_id

    run_to_end(qapp, main)
