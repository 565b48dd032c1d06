"""Tests and Health of a store, over the real program, by keyboard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QPushButton

from iaposte_desktop.application.changes import Change, SearchTestsRun
from iaposte_desktop.domain.assistants import DEFAULT_MODEL, AssistantSettings
from iaposte_desktop.qt.vector_stores.attributes_dialog import AttributesDialog
from iaposte_desktop.qt.vector_stores.duplicates_dialog import DuplicatesDialog
from tests.qt.until import until
from tests.qt.vector_stores.tab import with_tab

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.application.questions import Unanswered
    from iaposte_desktop.qt.vector_stores.care_list import CareList
    from tests.qt.vector_stores.tab import Tab

RETURNS = "# Returns\n\nA return is refunded within 14 days.\n"
TERMS = " ".join(f"Clause {number} of the terms says what is due in case {number}." for number in range(60))


def lines(care: CareList) -> list[str]:
    """What a screen reader says of each row."""
    model = care.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def button(tab: Tab, action: QAction) -> QAbstractButton:
    """The one that is shown for an action."""
    return next(
        found
        for found in tab.view.side.findChildren(QAbstractButton)
        if found.isVisible() and action in found.actions()
    )


def choose(care: CareList, beginning: str) -> None:
    row = next(row for row, line in enumerate(lines(care)) if line.startswith(beginning))
    care.setFocus()
    care.setCurrentIndex(care.model().index(row, 0))


async def search(tab: Tab, query: str) -> None:
    pane = tab.view.side.search
    pane.query.setText(query)
    QTest.keyClick(pane.query, Qt.Key.Key_Return)
    await until(lambda: pane.model.rowCount())


@with_tab
async def test_a_hit_is_saved_as_a_test_and_the_test_follows_the_files(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS), tab.file("hours.md", "The shop opens at nine."))
    side = tab.view.side
    await search(tab, "refunded return")
    QTest.keyClick(button(tab, side.search.save_test), Qt.Key.Key_Space)
    await until(lambda: "must find returns.md" in tab.toasts.texts[-1])

    side.setCurrentWidget(side.tests)
    await until(lambda: lines(side.tests.list) == ["refunded return, passed at rank 1 · returns.md"])
    assert side.tests.status.text.text() == "All passed"

    tab.choose("returns.md")
    tab.controller.files.remove(tab.view.files.table.selected_files())
    await until(lambda: "failed · returns.md" in lines(side.tests.list)[0])
    await until(lambda: any("no longer finds returns.md" in text for text in tab.toasts.texts))
    assert side.tests.status.text.text() == "1 test failed"


@with_tab
async def test_tests_are_run_looked_at_and_removed_by_keyboard(tab: Tab) -> None:
    store = await tab.store()
    await tab.added(tab.file("returns.md", RETURNS))
    side = tab.view.side
    side.setCurrentWidget(side.tests)
    assert side.tests.empty.isVisible()
    await tab.runtime.call(tab.program.search_tests.add(store.id, "refunded", "returns.md"))
    await until(lambda: lines(side.tests.list))
    ran: list[Change] = []
    tab.runtime.changed.connect(ran.extend)
    QTest.keyClick(side.tests.run_all, Qt.Key.Key_Space)
    await until(lambda: [change for change in ran if isinstance(change, SearchTestsRun)])
    await until(side.tests.run_all.isEnabled)

    QTest.keyClick(side.tests.list, Qt.Key.Key_Return)
    assert side.currentWidget() is side.search
    assert side.search.query.text() == "refunded"
    await until(lambda: side.search.model.rowCount())

    side.setCurrentWidget(side.tests)
    side.tests.list.setFocus()
    QTest.keyClick(side.tests.list, Qt.Key.Key_Delete)
    await until(lambda: side.tests.empty.isVisible())


@with_tab
async def test_health_names_findings_and_their_next_step(tab: Tab) -> None:
    store = await tab.store()
    health = tab.view.side.health
    tab.view.side.setCurrentWidget(health)
    await until(lambda: health.status.text.text() == "Nothing to do: the store is well.")

    await tab.uploaded(tab.file("returns.md", RETURNS), tab.file("photo.jpg", "x"))
    await until(lambda: lines(health.list))
    assert lines(health.list) == ["Could not be read, 1", "photo.jpg, This type of file is not supported."]
    assert health.status.text.text() == "1 thing to look at"
    choose(health.list, "photo.jpg")
    QTest.keyClick(button(tab, health.show_file), Qt.Key.Key_Space)
    assert [file.name for file in tab.view.files.table.selected_files()] == ["photo.jpg"]
    assert tab.view.files.table.hasFocus()
    toasts = len(tab.toasts.texts)
    QTest.keyClick(button(tab, health.retry), Qt.Key.Key_Space)
    await until(lambda: len(tab.toasts.texts) > toasts)
    assert store.id


@with_tab
async def test_a_file_that_is_out_of_date_is_given_another_last_day(tab: Tab) -> None:
    store = await tab.store()
    await tab.added(tab.file("returns.md", RETURNS), tab.file("terms.md", TERMS))
    knowledge = tab.program.knowledge
    ids = {file.name: file.id for file in tab.view.files.table.files.files()}
    soon = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    days = {ids["returns.md"]: {"valid_until": "2020-03-12"}, ids["terms.md"]: {"valid_until": soon}}
    await tab.runtime.call(knowledge.set_attributes(store.id, days))
    health = tab.view.side.health
    tab.view.side.setCurrentWidget(health)
    await until(lambda: len(lines(health.list)) == 4)
    choose(health.list, "terms.md")
    assert health.date.isEnabled()
    choose(health.list, "returns.md")
    QTest.keyClick(button(tab, health.date), Qt.Key.Key_Space)
    (dialog,) = tab.view.findChildren(AttributesDialog)
    assert (dialog.heading.whole_text(), dialog.expires.isChecked()) == ("returns.md", True)
    dialog.last_day.setDate(QDate(2099, 3, 12))
    dialog.save.click()
    await until(lambda: not any("returns.md" in line for line in lines(health.list)))
    files = {file.name: file for file in await tab.runtime.call(knowledge.files(store.id))}
    assert files["returns.md"].attributes == {"valid_until": "2099-03-12"}


async def draft(program: Program, store_id: str) -> None:
    """A draft that asks the store for a warranty."""
    await program.assistants.create(AssistantSettings("Reply", DEFAULT_MODEL, vector_store_ids=(store_id,)))
    mail = await program.threads.import_text("How long is the warranty of the grinder?", sender_address="a@example.org")
    await program.drafting.draft_reply(mail.thread_id)


@with_tab
async def test_a_question_without_an_answer_asks_for_a_note(tab: Tab) -> None:
    store = await tab.store()
    await tab.runtime.call(draft(tab.program, store.id))
    asked: list[tuple[str, Unanswered]] = []
    tab.controller.note_requested.connect(lambda store_id, question: asked.append((store_id, question)))
    side = tab.view.side
    side.setCurrentWidget(side.health)
    await until(lambda: lines(side.health.list))
    heading, question = lines(side.health.list)
    assert heading == "Questions without an answer, 1"
    assert "asked once · nothing found · just now" in question
    choose(side.health.list, question)
    QTest.keyClick(side.health.list, Qt.Key.Key_Return)
    ((store_id, unanswered),) = asked
    assert store_id == store.id
    assert "warranty" in unanswered.query
    QTest.keyClick(button(tab, side.health.look), Qt.Key.Key_Space)
    assert (side.currentWidget(), side.search.query.text()) == (side.search, unanswered.query)


@with_tab
async def test_one_of_two_that_are_nearly_the_same_is_removed(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("old.txt", TERMS), tab.file("new.txt", f"{TERMS} And this."))
    health = tab.view.side.health
    tab.view.side.setCurrentWidget(health)
    await until(lambda: len(lines(health.list)) == 2)
    choose(health.list, lines(health.list)[1].split(",", 1)[0])
    QTest.keyClick(health.list, Qt.Key.Key_Return)
    dialog = tab.view.findChildren(DuplicatesDialog)[0]
    assert {line.split(",")[0] for line in lines(dialog.list)} == {"new.txt", "old.txt"}
    choose(dialog.list, "old.txt")
    dialog.remove.click()
    await until(lambda: dialog.findChildren(QMessageBox))
    box = dialog.findChildren(QMessageBox)[0]
    assert box.text() == "Remove “old.txt”?"
    next(each for each in box.findChildren(QPushButton) if each.text() == "Remove").click()
    await until(lambda: tab.states() == {"new.txt": "ready"})
    await until(lambda: health.status.text.text() == "Nothing to do: the store is well.")


@with_tab
async def test_f6_goes_round(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS))
    tab.view.activateWindow()
    tab.view.stores.list.setFocus()
    order = []
    for _ in range(3):
        tab.view.next_pane.trigger()
        order.append(tab.view.focusWidget())
    assert order == [tab.view.files.table, tab.view.side.tabBar(), tab.view.stores.list]
