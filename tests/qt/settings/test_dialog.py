"""The dialog itself: pages, what takes effect at once, leaving, keyboard and screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from iaposte_desktop.domain.ports.settings import AGENT_NAME, LANGUAGE, SIGNATURE
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.settings.dialog import Page
from tests.fakes.switchboard import OPENAI, Switchboard
from tests.qt.loop import run_to_end
from tests.qt.settings.desk import Desk, answered, open_desk, retype, with_desk
from tests.qt.until import until

if TYPE_CHECKING:
    from pathlib import Path

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QTextEdit, QAbstractItemView)


def walked(dialog: QWidget) -> list[QWidget]:
    """What Tab reaches, from the list of pages on."""
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    reached: list[QWidget] = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            break
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return reached


def spoken(widget: QWidget) -> str:
    """What a screen reader says of it."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


@with_desk
async def test_pages_are_turned_by_mouse_and_keyboard(desk: Desk) -> None:
    dialog = await desk.opened(Page.GENERAL)
    assert [dialog.list.item(row).text() for row in range(3)] == ["General", "Connections", "Prices"]
    await until(dialog.isActiveWindow)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.connections.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert dialog.prices.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert dialog.general.isVisible()


@with_desk
async def test_who_signs_is_kept_as_it_is_typed(desk: Desk) -> None:
    desk.board.settings.set(AGENT_NAME, "Zoe")
    dialog = await desk.opened(Page.GENERAL)
    assert dialog.general.name.text() == "Zoe"
    retype(dialog.general.name, " Ada Lovelace ")
    QTest.keyClicks(dialog.general.signature, "Ada")
    QTest.keyClick(dialog.general.signature, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.general.signature, "The shop")
    assert desk.board.settings.get(AGENT_NAME) == "Ada Lovelace"
    assert desk.board.settings.get(SIGNATURE) == "Ada\nThe shop"


@with_desk
async def test_language_and_look_are_asked_for_once_each(desk: Desk) -> None:
    chosen: list[str] = []
    desk.controller.language_chosen.connect(chosen.append)
    desk.controller.theme_chosen.connect(chosen.append)
    dialog = await desk.opened(Page.GENERAL)
    for choice in (dialog.general.language, dialog.general.theme):
        choice.setFocus()
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert chosen == [LANGUAGE.choices[1], "light"]


@with_desk
async def test_there_is_one_dialog_and_it_is_made_anew_each_time(desk: Desk) -> None:
    first = await desk.opened(Page.GENERAL)
    desk.controller.open(Page.PRICES)
    assert desk.dialog is first
    assert first.prices.isVisible()
    first.close()
    await until(lambda: desk.controller.dialog is None)
    assert await desk.opened() is not first


@with_desk
async def test_closing_asks_about_an_unsaved_connection_and_shows_it(desk: Desk) -> None:
    await desk.kept(OPENAI)
    dialog = await desk.opened()
    await desk.choose(OPENAI)
    retype(desk.form.name, "Renamed")
    dialog.show_page(Page.GENERAL)
    dialog.close_button.click()
    await answered(desk, QMessageBox.StandardButton.Cancel)
    assert dialog.isVisible()
    assert dialog.connections.isVisible()
    dialog.close_button.click()
    await answered(desk, "Discard my edits")
    await until(lambda: desk.controller.dialog is None)
    assert desk.board.connections.list() == (OPENAI,)


@with_desk
async def test_a_typed_key_counts_as_an_edit(desk: Desk) -> None:
    await desk.kept(OPENAI, Secret("sk"))
    dialog = await desk.opened()
    await desk.choose(OPENAI)
    QTest.keyClicks(desk.form.key.edit, "sk-new")
    dialog.close_button.click()
    await answered(desk, QMessageBox.StandardButton.Save)
    await until(lambda: desk.controller.dialog is None)
    assert desk.board.secrets.secrets[OPENAI.key_name].reveal() == "sk-new"


@pytest.mark.parametrize("page", list(Page))
def test_every_control_has_a_name_and_every_field_a_label(tmp_path: Path, qapp: QApplication, page: Page) -> None:
    async def test() -> None:
        async with open_desk(Switchboard(tmp_path)) as desk:
            await desk.kept(OPENAI)
            dialog = await desk.opened()
            await desk.choose(OPENAI)
            desk.form.advanced.unfold()
            dialog.show_page(page)
            controls = [each for each in dialog.findChildren(QWidget) if isinstance(each, CONTROLS)]
            shown = [each for each in controls if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]
            # The editor inside an editable combo box is that box to a screen reader.
            shown = [each for each in shown if not isinstance(each.parentWidget(), QComboBox)]
            nameless = [each for each in shown if not spoken(each)]
            assert not nameless, nameless
            buddies = {label.buddy() for label in dialog.findChildren(QLabel) if label.buddy() is not None}
            fields = [each for each in shown if isinstance(each, QLineEdit | QTextEdit | QComboBox)]
            assert fields or page is Page.PRICES
            assert set(fields) <= buddies

    run_to_end(qapp, test)


@with_desk
async def test_tab_goes_through_the_form_as_the_eye_does(desk: Desk) -> None:
    await desk.kept(OPENAI)
    dialog = await desk.opened()
    await desk.choose(OPENAI)
    desk.form.advanced.unfold()
    desk.form.name.setFocus()
    names = [spoken(widget) for widget in walked(dialog)]
    begin = names.index("Kind")
    assert names[begin : begin + 16] == [
        "Kind",
        "Region",
        "Key",
        "Show the key",
        "Protocol",
        "Default model",
        "Has vector stores",
        "Use it for drafts",
        "Advanced",
        "Address",
        "Organisation",
        "Project",
        "Proxy",
        "CA file",
        "Browse for the CA file",
        "Test connection",
    ]


def test_in_french_nothing_is_left_in_english_and_nothing_is_cut_off(tmp_path: Path, qapp: QApplication) -> None:
    async def test() -> None:
        async with open_desk(Switchboard(tmp_path)) as desk:
            await desk.kept(OPENAI)
            dialog = await desk.opened()
            english = {label.text() for label in dialog.findChildren(QLabel) if label.isVisible()}
            use_language("fr")
            await desk.choose(OPENAI)
            dialog.resize(1100, 660)
            assert dialog.windowTitle() == "Paramètres"
            assert desk.names() == ["Intégré, cette machine", "Work"]
            assert desk.form.fields["default_model"].label.text() == "Modèle par défaut"
            for page in Page:
                dialog.show_page(page)
                dialog.grab()
                french = {label.text() for label in dialog.findChildren(QLabel) if label.isVisible()}
                assert not (english & french) - {""}
                for button in dialog.findChildren(QAbstractButton):
                    if button.isVisible() and button.text():
                        assert button.width() >= button.sizeHint().width(), button.text()

    run_to_end(qapp, test)
