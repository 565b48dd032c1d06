"""What is asked before files are added: the dialog over the real program, and its table by the thousand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iaposte_desktop.application.preflight import CHOICES, Candidate, Choice, Finding
from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.knowledge import FileError
from iaposte_desktop.domain.ports.file_inspector import FileReport
from iaposte_desktop.qt.vector_stores.preflight_dialog import PreflightDialog
from iaposte_desktop.qt.vector_stores.preflight_model import LookColumn
from tests.qt.until import until
from tests.qt.vector_stores.tab import with_tab
from tests.qt.vector_stores.test_tab import DELIVERY, RETURNS, drop

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.qt.vector_stores.tab import Tab


def rows(dialog: PreflightDialog) -> dict[str, tuple[str, str]]:
    """As shown: name → state, what to do."""
    model = dialog.table.model()

    def text(row: int, column: LookColumn) -> str:
        return str(model.index(row, column).data())

    return {
        text(row, LookColumn.NAME): (text(row, LookColumn.FINDING), text(row, LookColumn.CHOICE))
        for row in range(model.rowCount())
    }


async def asked(tab: Tab) -> PreflightDialog:
    """The question, once everything was looked at."""
    await until(lambda: tab.looks() and tab.looks()[0].progress.isHidden())
    return tab.looks()[0]


@with_tab
async def test_problems_and_twins_are_shown_and_only_the_good_is_added(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS), tab.file("delivery.txt", DELIVERY))
    drop(
        tab,
        tab.file("again/terms.md", RETURNS),
        tab.file("again/delivery.txt", "Parcels are delivered within 24 hours.\n"),
        tab.file("again/photo.jpg", "x"),
        tab.file("again/people.txt", "Write to ada@example.org or call +44 20 7946 0958.\n"),
    )
    dialog = await asked(tab)
    assert rows(dialog) == {
        "terms.md": ("already there as “returns.md”", "leave out"),
        "delivery.txt": ("another version of “delivery.txt”", "replace"),
        "photo.jpg": ("This type of file is not supported.", "leave out"),
        "people.txt": ("good", "add"),
    }
    told = dialog.summary.text()
    assert told.startswith("2 files will be added · 1 cannot be read · 1 already there · ≈ ")
    assert told.endswith("1 e-mail address, 1 phone number")
    assert dialog.add.text() == "Add 2 files"
    dialog.problems_alone.click()
    assert "people.txt" not in rows(dialog)
    QTest.keyClick(dialog.add, Qt.Key.Key_Return)
    await until(lambda: len(tab.toasts.texts) == 2)
    files = tab.view.files.table.files
    await until(lambda: files.rowCount() == 3 and set(tab.states().values()) == {"ready"})
    assert sorted(tab.states()) == ["delivery.txt", "people.txt", "returns.md"]
    (newer,) = [file for file in files.files() if file.name == "delivery.txt"]
    assert newer.attributes["version"] == "2"


@with_tab
async def test_a_person_chooses_otherwise_for_some_rows(tab: Tab) -> None:
    await tab.store()
    await tab.added(tab.file("returns.md", RETURNS), tab.file("delivery.txt", DELIVERY))
    drop(tab, tab.file("again/returns.md", RETURNS), tab.file("again/delivery.txt", "Other hours.\n"))
    dialog = await asked(tab)
    assert not dialog.choices[Choice.SKIP].isHidden()
    dialog.choices[Choice.SKIP].click()
    assert dialog.add.text() == "Add 0 files"
    assert not dialog.add.isEnabled()
    dialog.table.setCurrentIndex(dialog.table.model().index(1, 0))
    assert dialog.choices_label.text() == "1 selected:"
    dialog.choices[Choice.ADD].click()
    assert rows(dialog)["delivery.txt"][1] == "add"
    assert rows(dialog)["returns.md"][1] == "leave out"
    dialog.add.click()
    await until(lambda: tab.view.files.table.files.rowCount() == 3)
    await until(lambda: len(tab.toasts.texts) == 2)


@with_tab
async def test_nothing_is_added_when_the_question_is_cancelled(tab: Tab) -> None:
    await tab.store()
    drop(tab, tab.file("photo.jpg", "x"), tab.file("returns.md", RETURNS))
    dialog = await asked(tab)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await until(lambda: not tab.looks())
    assert tab.states() == {}
    assert tab.toasts.texts == []


@with_tab
async def test_many_good_files_are_asked_for_once_and_added_by_enter(tab: Tab) -> None:
    await tab.store()
    for number in range(25):
        tab.file(f"many/{number:02}.txt", f"Article {number} is sold out until May.\n")
    drop(tab, tab.folder / "many")
    dialog = await asked(tab)
    assert dialog.add.text() == "Add 25 files"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    await until(lambda: len(tab.states()) == 25)
    await until(lambda: tab.toasts.texts == ["25 files ready"])


@with_tab
async def test_a_folder_with_nothing_to_read_says_which_types_are_known(tab: Tab) -> None:
    await tab.store()
    tab.file("pictures/a.bin", "x")
    drop(tab, tab.folder / "pictures")
    await until(lambda: tab.toasts.texts)
    assert "No file there can be read" in tab.toasts.texts[0]
    assert ".pdf" in tab.toasts.texts[0]


def test_ten_thousand_rows_stream_in_and_are_filtered(qapp: QApplication) -> None:
    dialog = PreflightDialog("Terms", 10_000)
    dialog.open()
    for start in range(0, 10_000, 100):
        dialog.take([candidate(number) for number in range(start, start + 100)])
        assert not dialog.add.isEnabled()
    dialog.end()
    assert dialog.add.text() == "Add 9900 files"
    assert dialog.table.model().rowCount() == 10_000
    dialog.problems_alone.click()
    assert dialog.table.model().rowCount() == 100
    dialog.reject()
    dialog.deleteLater()


def candidate(number: int) -> Candidate:
    error = None if number % 100 else FileError(FileProblem.DAMAGED)
    report = FileReport(Path(f"/desk/{number}.txt"), 10, f"{number:064}", error, tokens=3)
    finding = Finding.UNREADABLE if error else Finding.NEW
    return Candidate(report, finding, CHOICES[finding][0])
