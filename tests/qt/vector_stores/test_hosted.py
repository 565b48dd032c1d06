"""Stores at a connection's server, beside those of this machine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.knowledge import FileStatus, UploadStage
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.qt.vector_stores.file_model import FileColumn, FileTableModel
from iaposte_desktop.qt.vector_stores.folder_dialog import FolderDialog
from iaposte_desktop.qt.vector_stores.places import Place
from iaposte_desktop.qt.vector_stores.store_model import StoreListModel
from iaposte_desktop.qt.vector_stores.texts import stage_text
from tests.fakes.toy_openai.faults import Delay, Status
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.toy import connected
from tests.qt.until import until
from tests.qt.vector_stores.made import file, highlighted, store
from tests.qt.vector_stores.tab import Tab, with_tab
from tests.qt.vector_stores.test_tab import answered

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from iaposte_desktop.domain.knowledge import VectorStore

# A tab that is closed over a request now and then leaves a socket to the collector. Why is not known yet.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed:ResourceWarning",
    "ignore:Exception ignored in. <(socket|function _SelectorTransport):pytest.PytestUnraisableExceptionWarning",
)

RETURNS = "# Returns\n\nA return is refunded within 14 days.\n"
TEAM = Place("conn_team", "Team", is_remote=True)


def names(tab: Tab) -> list[str]:
    model = tab.view.stores.model
    return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


async def hosted(tab: Tab, connection: Connection, name: str = "Hosted") -> VectorStore:
    """A new one, listed and chosen."""
    made = await tab.runtime.call(tab.program.knowledge.create(StoreDetails(name), connection.id))
    tab.view.stores.select(made.id)
    await until(lambda: tab.view.stores.selected == made.id)
    await until(lambda: tab.view.files.header.name.whole_text() == name)
    return made


async def question(tab: Tab) -> QMessageBox:
    await until(lambda: tab.view.findChildren(QMessageBox))
    return tab.view.findChildren(QMessageBox)[0]


async def answer(tab: Tab, box: QMessageBox, text: str) -> None:
    next(button for button in box.findChildren(QPushButton) if button.text() == text).click()
    await until(lambda: not tab.view.findChildren(QMessageBox))


@with_tab
async def test_stores_of_connections_are_listed_with_their_connection(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        toy.vector_stores.create("Answers")
        await tab.store("Terms")
        await connected(tab, toy, has_vector_stores=True)
        await until(lambda: len(names(tab)) == 2)
        assert names(tab) == ["Answers, 0 files · 0 bytes · at Team", "Terms, 0 files · 0 bytes"]
        assert tab.view.files.header.name.whole_text() == "Terms", "what is shown stays shown"
        tab.view.stores.list.setCurrentIndex(tab.view.stores.model.index(0))
        assert tab.view.files.header.facts.whole_text() == "0 files · 0 bytes · at Team"


@with_tab
async def test_a_renamed_connection_is_named_anew(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        toy.vector_stores.create("Answers")
        connection = await connected(tab, toy, has_vector_stores=True)
        await until(lambda: any("at Team" in name for name in names(tab)))
        await tab.runtime.call(tab.program.connections.save(replace(connection, name="Office")))
        await until(lambda: names(tab) == ["Answers, 0 files · 0 bytes · at Office"])
        await tab.runtime.call(tab.program.connections.delete(connection.id))
        await until(lambda: names(tab) == [])


@with_tab
async def test_a_new_store_is_asked_for_its_place_where_there_are_several(tab: Tab) -> None:
    await until(tab.view.stores.new.isEnabled)
    form = tab.controller.open_new()
    assert not form.place.isVisible()
    form.reject()
    with ToyOpenAI(key=None) as toy:
        toy.vector_stores.create("Already there")
        await connected(tab, toy, has_vector_stores=True)
        await until(lambda: names(tab))
        form = tab.controller.open_new()
        assert [form.place.itemText(at) for at in range(form.place.count())] == ["On this machine", "Team"]
        assert form.place_hint.text() == "Its files do not leave this machine."
        QTest.keyClicks(form.name, "Answers")
        QTest.keyClick(form.place, Qt.Key.Key_Down)
        assert form.place_hint.text() == "Its files are sent to Team and searched there."
        QTest.keyClick(form.name, Qt.Key.Key_Return)
        await until(lambda: tab.view.files.header.name.whole_text() == "Answers")
        assert [each.name for each in toy.vector_stores.stores.values()] == ["Already there", "Answers"]
        settings = tab.controller.open_settings(tab.view.stores.selected)
        assert not settings.place.isVisible(), "a store does not move"
        settings.reject()
        assert toy.invalid == []


@with_tab
async def test_a_server_that_refuses_a_new_store_says_so_in_the_form(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        toy.vector_stores.create("Already there")
        await connected(tab, toy, has_vector_stores=True)
        await until(lambda: names(tab))
        toy.fail(Status(401), on="POST /vector_stores")
        form = tab.controller.open_new()
        form.place.setCurrentIndex(1)
        QTest.keyClicks(form.name, "Answers")
        QTest.keyClick(form.name, Qt.Key.Key_Return)
        await until(form.failure.isVisible)
        assert "The server refused the key." in form.failure.text()
        form.reject()


@with_tab
async def test_a_connection_that_fails_is_a_line_and_can_be_asked_again(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        toy.vector_stores.create("Answers")
        toy.fail(Status(401), on="GET /vector_stores", times=None)
        await tab.store("Terms")
        await connected(tab, toy, has_vector_stores=True)
        lines = tab.view.stores.failures.lines
        await until(lambda: TEAM in lines)
        assert lines[TEAM].reason.text.text() == "Team: The server refused the key."
        assert "Enter a valid one in Settings" in lines[TEAM].retry.accessibleDescription()
        assert names(tab) == ["Terms, 0 files · 0 bytes"], "this machine's are there all the same"
        await tab.added(tab.file("returns.md", RETURNS))
        toy.heal()
        lines[TEAM].retry.click()
        await until(lambda: len(names(tab)) == 2)
        assert not tab.view.stores.failures.isVisible()


@with_tab
async def test_the_key_asks_the_servers_again(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await connected(tab, toy, has_vector_stores=True)
        await until(lambda: toy.count("GET", "/vector_stores"))
        toy.vector_stores.create("Made elsewhere")
        QTest.keyClick(tab.view.stores.list, Qt.Key.Key_F5)
        await until(lambda: names(tab) == ["Made elsewhere, 0 files · 0 bytes · at Team"])


@pytest.mark.parametrize("kind", [ConnectionKind.COMPATIBLE, ConnectionKind.LOCAL])
def test_deleting_at_a_server_is_final_and_asked_first(
    kind: ConnectionKind, tmp_path: object, qapp: QApplication
) -> None:
    @with_tab
    async def test(tab: Tab) -> None:
        with ToyOpenAI(key=None) as toy:
            connection = await connected(tab, toy, kind=kind, has_vector_stores=True)
            await hosted(tab, connection)
            tab.view.stores.delete.trigger()
            box = await question(tab)
            assert box.text() == "Delete “Hosted” for good?"
            assert box.informativeText().startswith("It is deleted at Team with its files; nothing brings it back.")
            await answer(tab, box, "Cancel")
            assert len(toy.vector_stores.stores) == 1
            tab.view.stores.delete.trigger()
            await answer(tab, await question(tab), "Delete for good")
            await until(lambda: names(tab) == [])
            assert tab.toasts.texts == ["“Hosted” was deleted"]
            assert toy.vector_stores.stores == {}
            assert await tab.runtime.call(tab.program.knowledge.binned()) == ()

    test(tmp_path, qapp)


@with_tab
async def test_files_go_to_the_server_in_percent_and_some_as_text(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        await hosted(tab, connection)
        seen: set[str] = set()
        table = tab.view.files.table.files

        def note() -> None:
            seen.update(str(table.index(row, FileColumn.STATE).data()) for row in range(table.rowCount()))

        table.dataChanged.connect(note)
        table.rowsInserted.connect(note)
        # Slow enough for the eye.
        toy.fail(Delay(0.2), on="POST /files", times=None)
        await tab.added(tab.file("returns.md", RETURNS * 20_000), tab.file("prices.csv", "product;price\nvase;10\n"))
        await until(lambda: tab.states() == {"returns.md": "ready", "prices.csv": "ready, sent as text"})
        assert any(state.startswith("sending ") and state.endswith("%") for state in seen)
        assert "indexing" in seen
        assert tab.toasts.texts == ["2 files ready"]
        await until(lambda: tab.view.files.header.facts.whole_text().startswith("2 files"))
        state = tab.view.files.table.files.index(1, FileColumn.STATE)
        assert "text that was read from it was sent" in state.data(Qt.ItemDataRole.ToolTipRole)
        assert toy.invalid == []


@with_tab
async def test_while_files_are_sent_the_server_is_not_asked_for_its_list_each_time(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        await hosted(tab, connection)
        for number in range(30):
            tab.file(f"many/{number:02}.txt", f"File number {number} speaks of parcels.")
        before = toy.count("GET", "/vector_stores/{store_id}/files")
        await tab.added(tab.folder / "many")
        await until(lambda: set(tab.states().values()) == {"ready"} and len(tab.states()) == 30)
        assert toy.count("GET", "/vector_stores/{store_id}/files") - before < 10


@with_tab
async def test_before_files_are_sent_somebody_is_asked_and_told_what_keeping_them_costs(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        await hosted(tab, connection)
        tab.controller.add_paths([tab.file("returns.md", RETURNS), tab.file("paper.tex", "Only the server reads it.")])
        await until(tab.can_agree)
        (dialog,) = tab.looks()
        await until(lambda: dialog.storage.text.text() == "What it costs to keep them there is not known.")
        assert toy.count("POST", "/files") == 0
        states = [dialog.table.model().index(row, 1).data() for row in range(2)]
        assert states == ["good", "taken as it is: this machine cannot read its type"]
        dialog.add.click()
        await until(lambda: tab.toasts.texts == ["2 files ready"])
        assert toy.count("POST", "/files") == 2


@with_tab
async def test_a_followed_folder_sends_no_personal_data_before_somebody_agrees(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        await hosted(tab, connection)
        tab.file("share/people.txt", "Write to ada@example.org, she answers within a day.")
        for answer, sent in (("Cancel", 0), ("Send", 1)):
            tab.controller.folders.follow(tab.folder / "share")
            await until(lambda: tab.view.findChildren(FolderDialog))
            tab.view.findChildren(FolderDialog)[0].take_over.click()
            assert await answered(tab, answer) == "Send files with personal data?"
            await until(lambda: not tab.view.findChildren(FolderDialog))
            await until(lambda sent=sent: len(tab.states()) == sent)
            assert toy.count("POST", "/files") == sent
        await until(lambda: tab.toasts.texts == ["1 file ready"])


@with_tab
async def test_a_file_type_of_no_server_says_which_are_taken_there(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        await hosted(tab, connection)
        tab.controller.add_paths([tab.file("folder/a.bin", "x").parent])
        await until(lambda: tab.toasts.texts)
        assert ".tex" in tab.toasts.texts[0], "which this machine does not read"


@with_tab
async def test_files_that_cannot_be_listed_are_a_sentence_and_not_an_empty_store(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        made = await hosted(tab, connection)
        await tab.added(tab.file("returns.md", RETURNS))
        await tab.store("Terms")
        toy.fail(Status(401), on="GET /vector_stores/{store_id}/files", times=None)
        tab.view.stores.select(made.id)
        pane = tab.view.files
        await until(pane.failure.isVisible)
        assert "The server refused the key." in pane.failure.text.text()
        assert not pane.no_files.isVisible()
        toy.heal()
        pane.refresh.click()
        await until(lambda: tab.states() == {"returns.md": "ready"})
        assert not pane.failure.isVisible()


@with_tab
async def test_a_trial_search_runs_at_the_server_and_says_why_it_cannot(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        await hosted(tab, connection)
        await tab.added(tab.file("returns.md", RETURNS))
        search = tab.view.side.search
        QTest.keyClicks(search.query, "refunded return")
        QTest.keyClick(search.query, Qt.Key.Key_Return)
        await until(lambda: search.model.rowCount())
        found = search.model.passage_at(0)
        # As a server tells it whose texts could not be had in time.
        tab.controller.sources.open_passage(replace(found, start=0, end=0))
        await until(lambda: tab.controller.sources.viewer.isVisible())
        assert highlighted(tab.controller.sources.viewer.text).split() == found.text.split()
        tab.controller.sources.viewer.close()

        toy.fail(Status(401), on="POST /vector_stores/{store_id}/search", times=None)
        QTest.keyClick(search.query, Qt.Key.Key_Return)
        await until(lambda: search.empty.title.text() == "The search failed")
        assert "The server refused the key." in search.empty.hint.text()
        toy.heal()
        QTest.keyClick(search.query, Qt.Key.Key_Return)
        await until(lambda: search.model.rowCount())


@with_tab
async def test_words_that_stand_nowhere_in_the_text_are_shown_without_a_highlight(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS))
    await until(lambda: tab.states() == {"returns.md": "ready"})
    found = (await tab.runtime.call(tab.program.knowledge.search([tab.view.stores.selected], "return")))[0]
    tab.controller.sources.open_passage(replace(found, text="Something else.", start=0, end=0))
    viewer = tab.controller.sources.viewer
    await until(viewer.isVisible)
    assert highlighted(viewer.text) == ""
    assert not viewer.to_passage.isVisible()
    assert "refunded within 14 days" in viewer.text.toPlainText()
    viewer.close()


@with_tab
async def test_columns_that_a_server_tells_nothing_for_are_away(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        made = await hosted(tab, connection)
        table = tab.view.files.table
        assert table.isColumnHidden(FileColumn.PAGES)
        await tab.store("Terms")
        assert not table.isColumnHidden(FileColumn.PAGES)
        tab.view.stores.select(made.id)
        await until(lambda: table.isColumnHidden(FileColumn.LANGUAGE))


def test_a_row_of_a_connection_is_told_anew_when_that_is_renamed(qapp: QApplication) -> None:
    model = StoreListModel()
    told: list[int] = []
    model.dataChanged.connect(lambda first, _: told.append(first.row()))
    stores = [store("vs_1", "A", provider="conn_team"), store("vs_2", "B")]
    model.set_stores(stores, {"conn_team": TEAM})
    model.set_stores(stores, {"conn_team": TEAM})
    assert told == []
    model.set_stores(stores, {"conn_team": replace(TEAM, name="Office")})
    assert told == [0, 1]
    assert model.place_of(stores[0]).name == "Office"
    assert model.place_of(stores[1]) == Place("embedded")


def test_how_far_a_file_is_on_its_way(qapp: QApplication) -> None:
    assert stage_text(UploadStage.UPLOADING, 0.42) == "sending 42%"
    assert stage_text(UploadStage.INDEXING, None) == "indexing"
    model = FileTableModel()
    model.set_files([file("a.csv", FileStatus.IN_PROGRESS, is_converted=True), file("b.md")])
    assert model.index(0, FileColumn.STATE).data() == "waiting"
    assert model.index(1, FileColumn.STATE).data() == "ready"


@with_tab
async def test_two_connections_of_one_name_are_two_lines(tab: Tab) -> None:
    lines = tab.view.stores.failures
    other = replace(TEAM, provider="conn_2")
    lines.show_failures({TEAM: ErrorInfo("key_missing"), other: ErrorInfo("key_refused")})
    assert [line.reason.text.text() for line in lines.lines.values()] == [
        "Team: This connection has no key.",
        "Team: The server refused the key.",
    ]
    lines.show_asking(True)
    assert not lines.lines[TEAM].retry.isEnabled()
    lines.show_asking(False)
    lines.show_failures({other: ErrorInfo("key_missing")})
    assert [line.reason.text.text() for line in lines.lines.values()] == ["Team: This connection has no key."]
