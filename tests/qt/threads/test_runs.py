"""A run on the screen: what it writes, its steps and sources, and how it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest

from iaposte_desktop.application.changes import RunChanged
from iaposte_desktop.application.templates import Template
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.runs import Run, RunStatus, RunStep, StepKind, StepStatus
from iaposte_desktop.domain.threads import Role
from iaposte_desktop.qt.threads.checklist_pane import question_state
from iaposte_desktop.qt.threads.side_panes import SOURCES
from tests.qt.threads.made import NOW, cited_run, run
from tests.qt.threads.tab import Tab, with_tab
from tests.qt.until import until

REFUND = "A refund reaches your account within five working days of the return."


async def drafted(tab: Tab) -> str:
    """A thread whose question is answered in a store, drafted to the end with the key."""
    store = await tab.runtime.call(tab.program.knowledge.create(StoreDetails("Terms")))
    path = tab.folder / "terms.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# Refunds\n\n{REFUND}\n", encoding="utf-8")
    await tab.runtime.call(tab.program.knowledge.upload(store.id, [path]))
    assistant = await tab.runtime.call(tab.program.assistants.create_from_template(Template.EMAIL_REPLY, "en"))
    settings = replace(assistant.version.settings, vector_store_ids=(store.id,))
    await tab.runtime.call(tab.program.assistants.save_version(assistant.id, settings))
    thread_id = await tab.opened("Refund", "Hello,\n\nWhen does the refund reach my account?\n\nClaire")
    QTest.keyClick(tab.view.draft.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: tab.view.draft.suggestion.accept.isEnabled())
    return thread_id


def post(tab: Tab, value: Run) -> None:
    tab.runtime.post(RunChanged(value))


@with_tab
async def test_a_draft_from_the_key_to_the_sent_reply(tab: Tab) -> None:
    announced: list[str] = []
    tab.controller.announced.connect(announced.append)
    thread_id = await drafted(tab)
    view = tab.view
    assert announced == ["The draft is ready."]
    assert REFUND in view.draft.suggestion.text.toPlainText()
    assert "quotes your files, no language model" in view.draft.suggestion.label.text()
    assert tab.controller.session.text() == ""
    card = view.side.sources.cards[1]
    assert card.is_cited
    assert card.match.text() == "exact"
    assert REFUND in card.quote.text()
    QTest.keyClick(view.draft.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    await until(lambda: REFUND in tab.controller.session.text())
    await until(lambda: not tab.controller.writer.is_busy(thread_id))
    assert view.draft.suggestion.isHidden()
    assert await tab.stored(thread_id) == tab.controller.session.text()
    assert "[1]" in tab.controller.session.text()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view.draft.editor, Qt.Key.Key_C, keys)
    assert REFUND in QGuiApplication.clipboard().text()
    assert "[1]" not in QGuiApplication.clipboard().text()
    QTest.keyClick(view.draft.editor, Qt.Key.Key_S, keys)
    await until(lambda: "Your reply, sent" in view.conversation.text.toPlainText())
    assert tab.controller.session.text() == ""
    thread = await tab.runtime.call(tab.program.threads.open(thread_id))
    assert [message.role for message in thread.messages] == [Role.CUSTOMER, Role.AGENT]


@with_tab
async def test_keeping_mine_leaves_text_and_cursor_alone(tab: Tab) -> None:
    thread_id = await drafted(tab)
    tab.type("My own words")
    tab.view.draft.editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(tab.view.draft.editor, Qt.Key.Key_Escape)
    await until(tab.view.draft.suggestion.isHidden)
    assert tab.controller.session.text() == "My own words"
    assert tab.view.draft.editor.textCursor().position() == 0
    await until(lambda: tab.controller.reply.open_draft.draft.suggestion_run_id is None)  # type: ignore[union-attr]
    draft = await tab.runtime.call(tab.program.drafts.load(thread_id))
    assert draft.suggestion is None


@with_tab
async def test_a_source_opens_where_it_was_quoted(tab: Tab) -> None:
    await drafted(tab)
    tab.view.side.sources.cards[1].open.click()
    sources = tab.controller.sources
    await until(lambda: sources.viewer is not None and sources.viewer.isVisible())
    viewer = sources.viewer
    assert viewer is not None
    assert viewer.file_name.text() == "terms.md"
    assert REFUND in viewer.text.toPlainText()
    marked = [selection.cursor.selectedText() for selection in viewer.text.extraSelections()]
    assert marked == [REFUND]
    viewer.close()


@with_tab
async def test_undo_takes_an_accepted_suggestion_back(tab: Tab) -> None:
    thread_id = await drafted(tab)
    tab.type("Mine")
    QTest.keyClick(tab.view.draft.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    await until(lambda: REFUND in tab.controller.session.text())
    tab.view.draft.editor.undo()
    assert tab.controller.session.text() == "Mine"
    assert await tab.controller.flush()
    assert await tab.stored(thread_id) == "Mine"


@with_tab
async def test_a_growing_text_is_added_to_and_nothing_else_moves(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    tab.type("My text")
    editor = tab.view.draft.editor
    editor.moveCursor(QTextCursor.MoveOperation.Left)
    pane = tab.view.draft.suggestion
    for text in ("Dear", "Dear Claire,", "Dear Claire,\nyour refund"):
        post(tab, run(thread_id, text))
        await until(lambda text=text: pane.text.toPlainText() == text)  # type: ignore[misc]
        if text == "Dear":
            reader = QTextCursor(pane.text.document())
            reader.setPosition(2, QTextCursor.MoveMode.KeepAnchor)
            pane.text.setTextCursor(reader)
    # A text set anew would have lost the selection.
    assert pane.text.textCursor().selectedText() == "De"
    assert editor.textCursor().position() == 6
    assert tab.controller.session.text() == "My text"
    assert not pane.accept.isEnabled()
    assert tab.view.draft.foot.primary.text() == "Stop"


@with_tab
async def test_steps_are_painted_as_they_change(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    started = run(thread_id)
    post(tab, started)
    pane = tab.view.side.run
    await until(lambda: len(pane.steps) == 1)
    first = pane.steps[0]
    assert first.text.text() == "Searching “refund”"
    assert "running" in first.figures.text()
    detail = {"query": "refund", "passages": 6, "best_score": 0.82}
    searched = RunStep("step_1", StepKind.SEARCH, StepStatus.COMPLETED, NOW, NOW, detail)
    writing = RunStep("step_2", StepKind.WRITING, StepStatus.IN_PROGRESS, NOW)
    post(tab, replace(started, steps=(searched, writing)))
    await until(lambda: len(pane.steps) == 2)
    assert pane.steps[0] is first
    assert "best score 0.82" in first.found.text()
    assert pane.steps[1].text.text() == "Writing"
    assert "≈" in pane.totals.text()
    assert "free" in pane.totals.text()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (RunStatus.CANCELLED, "You stopped it"),
        (RunStatus.INTERRUPTED, "interrupted"),
        (RunStatus.INCOMPLETE, "incomplete"),
        (RunStatus.FAILED, "provider cannot be reached"),
    ],
)
def test_a_run_that_did_not_end_well_says_so_and_keeps_its_text(
    status: RunStatus, words: str, tmp_path: object, qapp: object
) -> None:
    error = ErrorInfo("provider_unavailable") if status is RunStatus.FAILED else None

    @with_tab
    async def test(tab: Tab) -> None:
        thread_id = await tab.opened("One")
        post(tab, run(thread_id, "Dear Claire"))
        post(tab, run(thread_id, "Dear Claire", status, error=error))
        pane = tab.view.draft.suggestion
        await until(lambda: words in pane.ending.text())
        assert pane.text.toPlainText() == "Dear Claire"
        assert words in tab.view.side.run.error.text()
        assert tab.view.draft.foot.primary.text() == "Draft"

    test(tmp_path, qapp)


@with_tab
async def test_cited_sources_come_first_and_say_how_they_match(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    post(tab, cited_run(thread_id, CitationMatch.NOT_FOUND))
    cards = tab.view.side.sources.cards
    await until(lambda: set(cards) == {1, 2})
    assert cards[1].match.text() == "not found in the file"
    assert cards[1].where.text() == "[1] terms.pdf · p. 3"
    assert cards[1].facts.text() == "strong · 0.82"
    assert not cards[2].is_cited
    tab.controller._on_suggestion_marker(1)
    assert tab.view.side.currentIndex() == SOURCES
    assert tab.view.draft.strip.summary.text() == "1/1 sourced"


@with_tab
async def test_a_run_of_another_thread_is_marked_in_the_list_alone(tab: Tab) -> None:
    other, own = await tab.thread("Two"), await tab.opened("One")
    post(tab, run(other, "Dear"))
    await until(lambda: "writing" in str(tab.view.list.model.index_of(other).data(Qt.ItemDataRole.AccessibleTextRole)))
    assert tab.controller.session.thread_id == own
    assert tab.view.draft.suggestion.isHidden()


@with_tab
async def test_without_an_assistant_drafting_says_what_to_do(tab: Tab) -> None:
    await tab.opened("One")
    await until(lambda: "no assistant" in tab.view.draft.foot.estimate.text())
    tab.view.draft.foot.primary.click()
    await until(lambda: tab.failures)
    assert "Create one in the Assistants tab" in tab.failures.pop()
    assert tab.view.draft.foot.primary.text() == "Draft"


def test_questions_are_answered_only_once_the_run_is_done() -> None:
    done = cited_run("t", open_questions=("And where?",), questions=("How long?", "And where?"))
    assert question_state(done, "How long?") == "answered"
    assert question_state(done, "And where?") == "open"
    assert question_state(replace(done, status=RunStatus.IN_PROGRESS), "How long?") == "pending"
    assert question_state(replace(done, status=RunStatus.CANCELLED), "How long?") == "unknown"
