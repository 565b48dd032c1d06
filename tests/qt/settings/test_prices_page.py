"""Prices in the real dialog: the model on its own, and the page by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.domain.prices import Price
from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.settings.dialog import Page
from iaposte_desktop.qt.settings.price_model import Column, PriceModel
from tests.fakes.switchboard import LOCAL, OPENAI, Switchboard
from tests.qt.loop import run_to_end
from tests.qt.settings.desk import Desk, answered, open_desk, with_desk
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

CONTROL = Qt.KeyboardModifier.ControlModifier
EDIT = Qt.ItemDataRole.EditRole
TERRA = Price(
    "openai",
    "gpt-6.1-terra",
    date(2026, 11, 1),
    Decimal(1),
    Decimal(5),
    cached_input=Decimal("0.05"),
    cache_write=Decimal("1.25"),
    search_call=Decimal("0.0025"),
    long_context=272_000,
    long_input_factor=Decimal(2),
    long_output_factor=Decimal("1.5"),
)
MINE = Price("openai", "gpt-6-luna", date(2026, 11, 15), Decimal("0.20"), Decimal("0.60"))


@pytest.fixture
def model(qapp: QApplication) -> Iterator[PriceModel]:
    made = PriceModel()
    made.set_providers({"openai": "OpenAI", "azure": "Azure OpenAI"})
    made.set_prices([MINE], [TERRA])
    yield made
    made.deleteLater()


def texts(model: PriceModel, row: int) -> list[str]:
    return [model.index(row, column).data() for column in Column]


def put(model: PriceModel, column: Column, value: Any, row: int = 0) -> bool:
    return model.setData(model.index(row, column), value, EDIT)


class TestModel:
    def test_the_users_rows_stand_over_the_shipped_ones_which_cannot_be_edited(self, model: PriceModel) -> None:
        assert texts(model, 0) == ["OpenAI", "gpt-6-luna", "11/15/26", "0.20", "", "0.60", "edited"]
        assert texts(model, 1) == ["OpenAI", "gpt-6.1-terra", "11/1/26", "1", "0.05", "5", "shipped"]
        assert model.flags(model.index(0, Column.INPUT)) & Qt.ItemFlag.ItemIsEditable
        assert not model.flags(model.index(0, Column.ORIGIN)) & Qt.ItemFlag.ItemIsEditable
        assert not model.flags(model.index(1, Column.INPUT)) & Qt.ItemFlag.ItemIsEditable
        assert not put(model, Column.INPUT, "3", row=1)
        assert model.index(1, 0).data(Qt.ItemDataRole.ForegroundRole) is not None, "grey"
        assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) is None

    @pytest.mark.parametrize(
        ("typed", "amount"), [("0.25", "0.25"), ("0,25", "0.25"), (" 1 000 ", "1000"), ("$ 3", "3"), ("0", "0")]
    )
    def test_amounts_are_read_with_point_or_comma(self, model: PriceModel, typed: str, amount: str) -> None:
        assert put(model, Column.INPUT, typed)
        assert model.rows()[0].price().input == Decimal(amount)

    @pytest.mark.parametrize("typed", ["", "cheap", "-1", "NaN", "Infinity", "1e9"])
    def test_what_is_no_amount_is_refused_with_words_and_changes_nothing(self, model: PriceModel, typed: str) -> None:
        told: list[str] = []
        model.refused.connect(told.append)
        assert not put(model, Column.INPUT, typed)
        assert told == ["This is no amount in dollars. Write it in digits, such as 0.25. The cell stays as it was."]
        assert not model.has_edits()

    @pytest.mark.parametrize("typed", ["", "  ", "gpt 6"])
    def test_a_name_that_no_model_has_is_refused(self, model: PriceModel, typed: str) -> None:
        told: list[str] = []
        model.refused.connect(told.append)
        assert not put(model, Column.MODEL, typed)
        assert "has no spaces" in told[0]

    def test_cached_input_may_be_left_empty_which_means_as_input(self, model: PriceModel) -> None:
        assert put(model, Column.CACHED, "0.02")
        assert model.rows()[0].price().cached_input == Decimal("0.02")
        assert put(model, Column.CACHED, "")
        assert model.rows()[0].price().cached_input is None

    def test_day_and_provider(self, model: PriceModel) -> None:
        assert put(model, Column.VALID_FROM, QDate(2026, 12, 1))
        assert put(model, Column.PROVIDER, "azure")
        assert texts(model, 0)[:3] == ["Azure OpenAI", "gpt-6-luna", "12/1/26"]
        assert model.rows()[0].price() == replace(MINE, provider="azure", valid_from=date(2026, 12, 1))

    def test_a_changed_shipped_price_keeps_what_the_table_does_not_show(self, model: PriceModel) -> None:
        row = model.add(date(2026, 11, 20), like=1)
        assert model.rows()[row].price() == replace(TERRA, valid_from=date(2026, 11, 20))
        assert put(model, Column.INPUT, "2", row)
        assert model.rows()[row].price() == replace(
            TERRA, valid_from=date(2026, 11, 20), input=Decimal(2), cache_write=Decimal("2.5")
        ), "writing to the cache is told as a multiple of the input"
        assert put(model, Column.MODEL, "gpt-7", row)
        assert model.rows()[row].price().long_context is None, "of another model it is not known"

    def test_rows_are_removed_and_shipped_ones_stay(self, model: PriceModel) -> None:
        model.add(date(2026, 11, 20))
        model.remove([1, 0, 2])
        assert [texts(model, row)[1] for row in range(model.rowCount())] == ["gpt-6.1-terra"]
        assert model.has_edits()

    def test_in_french(self, model: PriceModel) -> None:
        use_language("fr")
        assert texts(model, 0) == ["OpenAI", "gpt-6-luna", "15/11/2026", "0,20", "", "0,60", "modifié"]


async def begun(desk: Desk) -> None:
    await desk.opened(Page.PRICES)


def names(desk: Desk) -> list[str]:
    return [texts(desk.prices.model, row)[1] for row in range(desk.prices.model.rowCount())]


async def type_into_cell(desk: Desk, text: str) -> None:
    """Into the cell whose editor is open."""
    await until(lambda: desk.prices.table.findChild(QLineEdit) is not None)
    editor = desk.prices.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await until(lambda: desk.prices.table.findChild(QLineEdit) is None)


@with_desk
async def test_a_price_is_added_with_the_keyboard_and_kept(desk: Desk) -> None:
    await begun(desk)
    shipped = names(desk)
    assert "gpt-6.1-terra" in shipped
    desk.prices.add.setFocus()
    QTest.keyClick(desk.prices.add, Qt.Key.Key_Space)
    await type_into_cell(desk, "gpt-7")
    assert names(desk) == ["gpt-7", *shipped]
    QTest.keyClick(desk.dialog, Qt.Key.Key_S, CONTROL)
    await until(lambda: desk.prices.status.text.text().startswith("Row 1 needs a model, an input price"))
    for column, amount in ((Column.INPUT, "1,5"), (Column.OUTPUT, "6")):
        desk.prices.edit_row(0, column)
        await type_into_cell(desk, amount)
    QTest.keyClick(desk.dialog, Qt.Key.Key_S, CONTROL)
    await until(lambda: desk.prices.status.text.text() == "Saved.")
    today = datetime.now(UTC).date()
    assert desk.board.prices.edited() == (Price("openai", "gpt-7", today, Decimal("1.5"), Decimal(6)),)
    assert not desk.prices.save.isEnabled()


@with_desk
async def test_a_shipped_price_is_changed_on_top_of_it(desk: Desk) -> None:
    await begun(desk)
    assert not desk.prices.change.isEnabled()
    row = names(desk).index("gpt-6.1-terra")
    desk.prices.table.selectRow(row)
    assert desk.prices.change.isEnabled()
    assert not desk.prices.remove.isEnabled()
    desk.prices.change.click()
    await type_into_cell(desk, "nothing")
    assert "no amount" in desk.prices.status.text.text()
    desk.prices.edit_row(0, Column.INPUT)
    await type_into_cell(desk, "3")
    desk.prices.save.click()
    await until(lambda: desk.prices.status.text.text() == "Saved.")
    (mine,) = desk.board.prices.edited()
    assert (mine.model, mine.input, mine.search_call) == ("gpt-6.1-terra", Decimal(3), Decimal("0.0025"))
    assert names(desk).count("gpt-6.1-terra") == 2


@with_desk
async def test_rows_are_removed_and_the_shipped_ones_restored(desk: Desk) -> None:
    await desk.runtime.call(desk.board.prices.save([MINE, replace(MINE, model="gpt-7")]))
    await begun(desk)
    desk.prices.table.selectRow(0)
    desk.prices.table.setFocus()
    QTest.keyClick(desk.prices.table, Qt.Key.Key_Delete)
    assert names(desk)[0] == "gpt-7"
    desk.prices.restore.click()
    assert not desk.prices.restore.isEnabled()
    assert desk.prices.status.text.text() == "Not saved yet"
    desk.prices.save.click()
    await until(lambda: desk.prices.status.text.text() == "Saved.")
    assert desk.board.prices.edited() == ()


@with_desk
async def test_two_prices_of_one_model_and_day_are_refused(desk: Desk) -> None:
    await desk.runtime.call(desk.board.prices.save([MINE]))
    await begun(desk)
    desk.prices.model.add(MINE.valid_from, like=0)
    desk.prices.save.click()
    await until(lambda: desk.prices.status.text.text() == "Rows 1 and 2 are of the same model and day.")
    assert desk.board.prices.edited() == (MINE,)


@with_desk
async def test_a_price_may_be_of_one_connection_alone(desk: Desk) -> None:
    await desk.kept(OPENAI)
    await desk.kept(LOCAL)
    await desk.runtime.call(desk.board.prices.save([replace(MINE, provider=OPENAI.id)]))
    await begun(desk)
    await until(lambda: texts(desk.prices.model, 0)[0] == "Work")
    desk.prices.edit_row(0, Column.PROVIDER)
    await until(lambda: desk.prices.table.findChild(QComboBox) is not None)
    editor = desk.prices.table.findChild(QComboBox)
    assert editor is not None
    offered = [editor.itemData(index) for index in range(editor.count())]
    assert offered == [ConnectionKind.OPENAI, ConnectionKind.AZURE, ConnectionKind.COMPATIBLE, OPENAI.id]
    QTest.keyClick(editor, Qt.Key.Key_Home)
    await until(lambda: texts(desk.prices.model, 0)[0] == "OpenAI")


def test_unsaved_prices_are_asked_about_when_leaving(tmp_path: Path, qapp: QApplication) -> None:
    async def test() -> None:
        async with open_desk(Switchboard(tmp_path)) as desk:
            await begun(desk)
            desk.prices.model.add(MINE.valid_from)
            desk.dialog.show_page(Page.GENERAL)
            QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
            asked = await answered(desk, QMessageBox.StandardButton.Cancel)
            assert "Your prices have edits that are not saved. Row 1 needs a model" in asked
            assert desk.prices.isVisible(), "they are shown"
            desk.prices.model.restore()
            QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
            await until(lambda: desk.controller.dialog is None)

    run_to_end(qapp, test)
