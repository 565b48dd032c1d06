from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.knowledge import FileCounts, FileError, FileStatus, UploadStage
from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.vector_stores.file_model import FileColumn, FileTableModel
from iaposte_desktop.qt.vector_stores.file_table import FileTable
from iaposte_desktop.qt.vector_stores.passage_model import PassageListModel
from iaposte_desktop.qt.vector_stores.store_model import StoreListModel
from tests.qt.vector_stores.made import NOON, file, passage, progress, store

TOOLTIP = Qt.ItemDataRole.ToolTipRole
HEARD = Qt.ItemDataRole.AccessibleTextRole


class Told:
    """What a model told its views."""

    def __init__(self, model: QAbstractItemModel) -> None:
        self.resets = self.changes = self.inserts = self.removals = 0
        model.modelReset.connect(lambda: setattr(self, "resets", self.resets + 1))
        model.dataChanged.connect(lambda *_: setattr(self, "changes", self.changes + 1))
        model.rowsInserted.connect(lambda *_: setattr(self, "inserts", self.inserts + 1))
        model.rowsRemoved.connect(lambda *_: setattr(self, "removals", self.removals + 1))


def names(model: FileTableModel) -> list[str]:
    return [model.index(row, FileColumn.NAME).data() for row in range(model.rowCount())]


def state(model: FileTableModel, row: int) -> str:
    text: str = model.index(row, FileColumn.STATE).data()
    return text


def test_progress_changes_one_row_and_resets_nothing() -> None:
    model = FileTableModel()
    model.set_files([file(f"{n}.txt", FileStatus.IN_PROGRESS) for n in range(2000)])
    told = Told(model)

    for percent in range(100):
        model.apply([progress("1500.txt", UploadStage.READING, percent / 100)])

    assert (told.resets, told.inserts, told.changes) == (0, 0, 100)
    assert state(model, 1500) == "reading 99%"
    assert state(model, 1499) == "waiting"


def test_of_several_events_of_a_file_only_the_last_is_shown() -> None:
    model = FileTableModel()
    model.set_files([file("a.txt", FileStatus.IN_PROGRESS)])
    told = Told(model)

    model.apply([progress("a.txt", UploadStage.READING, 0.5), progress("a.txt", UploadStage.DONE)])

    assert (state(model, 0), told.changes) == ("ready", 1)


def test_new_files_are_inserted_together() -> None:
    model = FileTableModel()
    model.set_files([file("a.txt")])
    told = Told(model)

    model.apply([progress(f"{n}.txt", UploadStage.QUEUED) for n in range(300)])

    assert (told.resets, told.inserts, model.rowCount()) == (0, 1, 301)


def test_a_refresh_touches_what_differs_and_keeps_progress() -> None:
    model = FileTableModel()
    model.set_files([file("a.txt"), file("b.txt"), file("c.txt", FileStatus.IN_PROGRESS)])
    model.apply([progress("c.txt", UploadStage.INDEXING, 0.25)])
    told = Told(model)

    model.set_files([file("a.txt", pages=3), file("c.txt", FileStatus.IN_PROGRESS), file("d.txt")])

    assert names(model) == ["a.txt", "c.txt", "d.txt"]
    assert state(model, 1) == "indexing 25%"
    assert (told.resets, told.changes, told.inserts, told.removals) == (0, 1, 1, 1)
    model.apply([progress("d.txt", UploadStage.READING, 0.5)])
    assert state(model, 2) == "reading 50%"


@pytest.mark.parametrize("left", [0, 20])
def test_many_removals_are_one_reset(left: int) -> None:
    model = FileTableModel()
    model.set_files([file(f"{n:04}.txt") for n in range(1000)])
    told = Told(model)
    model.set_files([file(f"{n:04}.txt") for n in range(left)])
    assert (told.resets, told.removals, model.rowCount()) == (1, 0, left)


def test_a_failure_is_told_in_words_with_advice_in_the_tooltip() -> None:
    model = FileTableModel()
    model.set_files([file("scan.pdf", FileStatus.FAILED, error=FileError(FileProblem.SCANNED))])
    assert state(model, 0) == "The file is scanned: it has no text layer."
    assert "OCR" in model.index(0, FileColumn.STATE).data(TOOLTIP)
    use_language("fr")
    assert state(model, 0) == "Le fichier est numérisé\u00a0: il n’a pas de couche de texte."


def test_a_name_that_looks_like_markup_stays_text() -> None:
    name = "<img src='file:///etc/passwd'>\u202etxt.md"
    files, passages, stores = FileTableModel(), PassageListModel(), StoreListModel()
    files.set_files([file(name, source_path="")])
    passages.set_passages([passage("<b>bold</b>", file_name=name)])
    stores.set_stores([store(name=name)], {})

    for shown in (files.index(0, 0), passages.index(0), stores.index(0)):
        assert "<img" not in shown.data(TOOLTIP)
        assert "\u202e" not in shown.data(HEARD)
    assert "&lt;b&gt;" in passages.index(0).data(TOOLTIP)


def test_columns_sort_by_value_not_by_text(qapp: object) -> None:
    table = FileTable()
    table.files.set_files(
        [
            file("é.txt", bytes=900, pages=30),
            file("b.txt", bytes=10_000, pages=4),
            file("a.txt", FileStatus.FAILED, bytes=2_000_000, last_cited_at=NOON),
        ]
    )

    def order(column: FileColumn) -> list[str]:
        table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        return [table.model().index(row, 0).data() for row in range(3)]

    assert order(FileColumn.SIZE) == ["é.txt", "b.txt", "a.txt"]
    assert order(FileColumn.PAGES) == ["a.txt", "b.txt", "é.txt"]
    assert order(FileColumn.STATE)[0] == "a.txt"
    assert order(FileColumn.LAST_CITED)[2] == "a.txt"
    table.filter_by(" B.T")
    assert (table.shown_count(), table.model().index(0, 0).data()) == (1, "b.txt")


def test_stores_are_updated_in_place_while_their_order_stays() -> None:
    model = StoreListModel()
    model.set_stores([store("vs_1", "A"), store("vs_2", "B")], {})
    told = Told(model)

    model.set_stores([store("vs_1", "A"), store("vs_2", "B", counts=FileCounts(failed=2), is_internal=True)], {})

    assert (told.resets, told.changes) == (0, 1)
    assert "2 failed · internal" in model.index(1).data(HEARD)


def test_editing_a_name_asks_and_changes_nothing_itself() -> None:
    model = StoreListModel()
    model.set_stores([store("vs_1", "A")], {})
    asked: list[tuple[str, str]] = []
    model.rename_requested.connect(lambda *name: asked.append(name))

    assert model.setData(model.index(0), "  B ")
    assert not model.setData(model.index(0), "  ")
    assert not model.setData(model.index(0), "A")

    assert asked == [("vs_1", "B")]
    assert model.index(0).data() == "A"


def test_a_passage_is_heard_whole() -> None:
    model = PassageListModel()
    model.set_passages([passage("Refunds take\n\n14 days.", 0.82)])
    assert model.index(0).data(HEARD) == "a.md, 0.82 · strong, Refunds take 14 days."
    assert not model.index(0).parent().isValid()
    assert model.rowCount(QModelIndex()) == 1
