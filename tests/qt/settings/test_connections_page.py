"""Connections in the real dialog, by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QScrollArea

from iaposte_desktop.application.explain import explain
from iaposte_desktop.domain.connections import (
    ApiProtocol,
    Connection,
    ConnectionKind,
    ConnectionReport,
    LocalServer,
)
from iaposte_desktop.domain.errors import (
    ApiEnded,
    ConnectionProblem,
    Delivery,
    KeyMissing,
    KeyRefused,
    ProviderError,
    ProviderUnavailable,
    QuotaExhausted,
    RequestRefused,
)
from iaposte_desktop.domain.ports.model_provider import ModelInfo
from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.lib.two_lines import LineRole
from tests.fakes.connector import ScriptedConnector
from tests.fakes.scripted_model import Hang
from tests.fakes.secrets import MemorySecrets
from tests.fakes.switchboard import LOCAL, OPENAI, REPORT, Switchboard
from tests.qt.loop import run_to_end
from tests.qt.settings.desk import Desk, answered, open_desk, retype, with_desk
from tests.qt.until import until

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

Button = QMessageBox.StandardButton
CONTROL = Qt.KeyboardModifier.ControlModifier
COMPATIBLE = Connection("conn_3", "Plant", ConnectionKind.COMPATIBLE, base_url="https://llm.acme.test/v1")
OLD = replace(COMPATIBLE, protocol=ApiProtocol.ASSISTANTS_V2)


def click(widget: QWidget) -> None:
    """With the mouse, scrolled into view first."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def second_lines(desk: Desk) -> list[str]:
    model = desk.page.model
    return [model.index(row).data(LineRole.SECOND_LINE) for row in range(model.rowCount())]


def default_names(desk: Desk) -> list[str]:
    model = desk.page.model
    return [model.index(row).data() for row in range(model.rowCount()) if model.index(row).data(LineRole.IS_DEFAULT)]


@with_desk
async def test_without_a_connection_the_page_says_what_one_is_for_and_that_none_is_needed(desk: Desk) -> None:
    await desk.opened()
    assert desk.names() == ["Built-in, this machine"]
    assert default_names(desk) == ["Built-in, this machine"]
    assert "works without any connection" in desk.page.about.hint.text()
    assert "adds a language model" in desk.page.about.hint.text()
    assert not desk.form.isVisible()
    assert not desk.page.remove.isEnabled()
    assert not desk.page.make_default.isEnabled()


@with_desk
async def test_openai_with_the_keyboard_from_adding_to_saving(desk: Desk) -> None:
    desk.board.connector.will(REPORT)
    await desk.opened()
    desk.add(0)
    await until(desk.form.key.edit.hasFocus)
    assert not desk.form.base_url.isVisible(), "behind Advanced"
    assert desk.form.use_for_drafts.isChecked(), "the first one"
    assert second_lines(desk)[-1] == "OpenAI · not saved yet"
    QTest.keyClicks(desk.form.key.edit, "sk-123")
    retype(desk.form.name, "Work")
    desk.bar.test.setFocus()
    QTest.keyClick(desk.bar.test, Qt.Key.Key_Space)
    said = await desk.said("answers")
    assert said == "The server answers: Responses, Chat Completions · 2 models · vector stores"
    assert desk.board.connector.tested[0][1] == "sk-123"
    assert desk.form.has_vector_stores.isChecked(), "as the test found"
    QTest.keyClick(desk.dialog, Qt.Key.Key_S, CONTROL)
    await desk.said("Saved.")
    (saved,) = desk.board.connections.list()
    assert (saved.name, saved.kind, saved.protocol) == ("Work", ConnectionKind.OPENAI, ApiProtocol.RESPONSES)
    assert saved.has_vector_stores
    assert desk.board.secrets.secrets[saved.key_name].reveal() == "sk-123"
    await until(lambda: second_lines(desk)[-1] == "OpenAI · api.openai.com · key kept")
    assert default_names(desk) == ["Work"]
    assert desk.form.key.edit.text() == ""
    assert desk.form.key.edit.placeholderText() == "kept in the system’s keyring"
    assert not desk.bar.save.isEnabled()


@with_desk
async def test_a_compatible_server_is_taken_as_its_test_finds_it(desk: Desk) -> None:
    models = (ModelInfo("qwen3"), ModelInfo("mistral-small"))
    desk.board.connector.will(
        ConnectionReport(frozenset({ApiProtocol.RESPONSES}), has_vector_stores=False, models=models)
    )
    await desk.opened()
    desk.add(2)
    await until(desk.form.base_url.hasFocus)
    assert desk.form.base_url.placeholderText() == "https://server/v1"
    assert not desk.form.region.isVisible()
    assert desk.form.read().protocol is ApiProtocol.CHAT_COMPLETIONS
    QTest.keyClicks(desk.form.base_url, "https://llm.acme.test/v1")
    click(desk.bar.test)
    assert await desk.said("answers") == "The server answers: Responses · 2 models · no vector stores"
    assert desk.form.read().protocol is ApiProtocol.RESPONSES
    offered = desk.form.default_model
    assert [offered.itemText(index) for index in range(offered.count())] == ["qwen3", "mistral-small"]
    assert offered.text() == ""
    offered.setFocus()
    QTest.keyClicks(offered, "mistral-small")
    click(desk.bar.save)
    await desk.said("Saved.")
    (saved,) = desk.board.connections.list()
    assert saved.default_model == "mistral-small"
    assert saved.base_url == "https://llm.acme.test/v1"


@with_desk
async def test_azure_shows_what_its_address_looks_like_and_openai_forgets_it(desk: Desk) -> None:
    await desk.opened()
    desk.add(1)
    await until(desk.form.base_url.hasFocus)
    assert "https://RESOURCE.openai.azure.com/openai/v1" in desk.form.fields["base_url"].help.text()
    QTest.keyClicks(desk.form.base_url, "https://acme.openai.azure.com/openai/v1")
    desk.form.kind.setFocus()
    QTest.keyClick(desk.form.kind, Qt.Key.Key_Up)
    assert desk.form.read().kind is ConnectionKind.OPENAI
    assert desk.form.region.isVisible()
    assert desk.form.read().url == "https://api.openai.com/v1"
    desk.form.region.setFocus()
    QTest.keyClicks(desk.form.region, "EU")
    assert desk.form.read().url == "https://eu.api.openai.com/v1"
    click(desk.form.advanced.toggle)
    assert desk.form.base_url.isVisible()


PROBLEMS: list[ProviderError] = [
    *(ProviderUnavailable("Acme CA", problem=problem, sent=Delivery.NO) for problem in ConnectionProblem),
    ProviderUnavailable(),
    KeyMissing(),
    KeyRefused(sent=Delivery.YES),
    QuotaExhausted("no credit", sent=Delivery.YES),
    RequestRefused("unknown organization", sent=Delivery.YES),
]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_fails_is_told_in_words_with_what_to_do(tmp_path: Path, qapp: QApplication, language: str) -> None:
    async def test() -> None:
        async with open_desk(Switchboard(tmp_path, ScriptedConnector(*PROBLEMS))) as desk:
            use_language(language)
            await desk.kept(COMPATIBLE)
            await desk.opened()
            await desk.choose(COMPATIBLE)
            for error in PROBLEMS:
                expected = explain(error, language)
                click(desk.bar.test)
                said = await desk.said(expected.what)
                assert expected.next in said
                assert expected.delivery in said
                assert desk.bar.result.text.property("state") == "failed"
                assert not desk.bar.switch.isVisible()

    run_to_end(qapp, test)


@with_desk
async def test_a_test_can_be_cancelled_and_begun_again(desk: Desk) -> None:
    desk.board.connector.will(Hang(), REPORT)
    await desk.kept(OPENAI, Secret("sk"))
    await desk.opened()
    await desk.choose(OPENAI)
    desk.bar.test.setFocus()
    QTest.keyClick(desk.bar.test, Qt.Key.Key_Space)
    await desk.said("Asking api.openai.com…")
    assert desk.bar.progress.isVisible()
    assert not desk.bar.test.isVisible()
    await until(lambda: desk.board.connector.tested)
    assert desk.bar.cancel.hasFocus(), "the keyboard is where it was"
    QTest.keyClick(desk.bar.cancel, Qt.Key.Key_Space)
    assert await desk.said("cancelled") == "The test was cancelled."
    await until(lambda: desk.board.connector.cancelled == 1)
    QTest.keyClick(desk.bar.test, Qt.Key.Key_Space)
    await desk.said("The server answers")
    assert not desk.bar.progress.isVisible()


@with_desk
async def test_an_edit_of_the_address_ends_a_test_and_forgets_its_result(desk: Desk) -> None:
    desk.board.connector.will(Hang(), REPORT)
    await desk.kept(COMPATIBLE)
    await desk.opened()
    await desk.choose(COMPATIBLE)
    click(desk.bar.test)
    await until(lambda: desk.board.connector.tested)
    QTest.keyClicks(desk.form.base_url, "x")
    await until(lambda: desk.board.connector.cancelled == 1)
    assert desk.bar.result.text.text() == ""
    click(desk.bar.test)
    await desk.said("The server answers")
    retype(desk.form.name, "Plant 2")
    assert "The server answers" in desk.bar.result.text.text(), "a name changes nothing about it"
    QTest.keyClicks(desk.form.base_url, "x")
    assert desk.bar.result.text.text() == ""


@with_desk
async def test_the_ended_api_is_left_by_a_button(desk: Desk) -> None:
    desk.board.connector.will(ApiEnded(sent=Delivery.YES), REPORT)
    await desk.kept(OLD, Secret("sk"))
    await desk.opened()
    await desk.choose(OLD)
    click(desk.bar.test)
    await desk.said("no longer speaks")
    assert desk.bar.switch.text() == "Switch to Responses"
    click(desk.bar.switch)
    await desk.said("The server answers")
    assert desk.board.connections.retrieve(OLD.id).protocol is ApiProtocol.RESPONSES
    assert desk.form.read().protocol is ApiProtocol.RESPONSES
    assert not desk.form.has_edits()


@with_desk
async def test_with_edits_the_button_changes_the_form_alone(desk: Desk) -> None:
    desk.board.connector.will(ApiEnded(), REPORT)
    await desk.kept(OLD)
    await desk.opened()
    await desk.choose(OLD)
    retype(desk.form.name, "Renamed")
    click(desk.bar.test)
    await desk.said("no longer speaks")
    click(desk.bar.switch)
    await desk.said("The server answers")
    assert desk.board.connections.retrieve(OLD.id) == OLD
    assert (desk.form.name.text(), desk.form.read().protocol) == ("Renamed", ApiProtocol.RESPONSES)


@with_desk
async def test_a_saved_connection_whose_protocol_does_not_answer_is_told_and_left_alone(desk: Desk) -> None:
    found = replace(REPORT, protocols=frozenset({ApiProtocol.CHAT_COMPLETIONS}))
    desk.board.connector.will(found)
    await desk.kept(COMPATIBLE)
    await desk.opened()
    await desk.choose(COMPATIBLE)
    click(desk.bar.test)
    assert "Responses, which is chosen above, does not answer." in await desk.said("The server answers")
    assert desk.bar.switch.text() == "Switch to Chat Completions"
    assert desk.form.read() == COMPATIBLE


@pytest.mark.parametrize(
    ("edit", "typed", "sentence"),
    [
        ("name", "   ", "The name is empty or too long."),
        ("base_url", "llm.acme.test", "The address cannot be used."),
        ("proxy", "proxy:8080", "The proxy’s address cannot be used."),
    ],
)
def test_what_cannot_be_saved_is_told_beside_its_field(
    tmp_path: Path, qapp: QApplication, edit: str, typed: str, sentence: str
) -> None:
    async def test() -> None:
        async with open_desk(Switchboard(tmp_path)) as desk:
            await desk.kept(COMPATIBLE)
            await desk.opened()
            await desk.choose(COMPATIBLE)
            field = desk.form.fields[edit]
            assert isinstance(field.control, QLineEdit)
            field.control.setText(typed)
            for button in (desk.bar.save, desk.bar.test):
                click(button)
                await until(field.control.hasFocus)
                assert field.isVisible(), "unfolded where it was folded"
                assert sentence in field.problem.text.text()
                assert sentence in field.control.accessibleDescription()
            QTest.keyClicks(field.control, "x")
            assert field.problem.text.text() == ""
            assert desk.board.connections.list() == (COMPATIBLE,)

    run_to_end(qapp, test)


@with_desk
async def test_a_server_elsewhere_is_none_of_this_machine(desk: Desk) -> None:
    await desk.kept(LOCAL)
    await desk.opened()
    await desk.choose(LOCAL)
    assert not desk.form.fields["proxy"].isVisibleTo(desk.form.advanced)
    retype(desk.form.base_url, "http://192.168.1.7:11434/v1")
    click(desk.bar.save)
    problem = desk.form.fields["base_url"].problem.text
    await until(lambda: "not on this machine: 192.168.1.7." in problem.text())


@with_desk
async def test_what_travels_in_the_clear_is_told_quietly(desk: Desk) -> None:
    await desk.kept(COMPATIBLE)
    await desk.opened()
    await desk.choose(COMPATIBLE)
    told = desk.form.fields["base_url"].problem.text
    assert told.text() == ""
    retype(desk.form.base_url, "http://llm.acme.test/v1")
    assert "travel unencrypted" in told.text()
    assert told.property("state") == "attention"
    retype(desk.form.base_url, "http://127.0.0.1:8080/v1")
    assert told.text() == ""


@with_desk
async def test_another_host_needs_the_key_again(desk: Desk) -> None:
    await desk.kept(COMPATIBLE, Secret("sk-plant"))
    await desk.opened()
    await desk.choose(COMPATIBLE)
    await until(lambda: desk.form.key.edit.placeholderText() == "kept in the system’s keyring")
    retype(desk.form.base_url, "https://other.acme.test/v1")
    told = desk.form.key.field.problem.text
    assert told.text() == ("The address has changed: enter the key again. The kept one is for llm.acme.test alone.")
    assert desk.form.key.edit.placeholderText() == ""
    QTest.keyClicks(desk.form.key.edit, "sk-other")
    assert told.text() == ""
    click(desk.bar.save)
    await desk.said("Saved.")
    assert [secret.reveal() for secret in desk.board.secrets.secrets.values()] == ["sk-other"]


@with_desk
async def test_a_path_of_the_same_host_keeps_the_key(desk: Desk) -> None:
    await desk.kept(COMPATIBLE, Secret("sk-plant"))
    await desk.opened()
    await desk.choose(COMPATIBLE)
    await until(lambda: desk.form.key.edit.placeholderText())
    retype(desk.form.base_url, "https://llm.acme.test/api/v1")
    assert desk.form.key.field.problem.text.text() == ""
    click(desk.bar.save)
    await desk.said("Saved.")
    assert [secret.reveal() for secret in desk.board.secrets.secrets.values()] == ["sk-plant"]


@with_desk
async def test_the_key_is_shown_while_its_button_is_down(desk: Desk) -> None:
    await desk.kept(OPENAI)
    await desk.opened()
    await desk.choose(OPENAI)
    key = desk.form.key
    QTest.keyClicks(key.edit, "sk-1")
    assert key.edit.echoMode() is QLineEdit.EchoMode.Password
    assert key.show_key.accessibleName() == "Show the key"
    click(key.show_key)
    assert key.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert key.show_key.accessibleName() == "Hide the key"
    click(desk.bar.save)
    await desk.said("Saved.")
    assert key.edit.echoMode() is QLineEdit.EchoMode.Password


def without_keyring(folder: Path) -> Switchboard:
    return Switchboard(folder, secrets=MemorySecrets(keeping=Keeping.SESSION))


def test_without_a_keyring_it_is_said_before_and_after(tmp_path: Path, qapp: QApplication) -> None:
    async def test() -> None:
        async with open_desk(without_keyring(tmp_path)) as desk:
            await desk.kept(OPENAI)
            await desk.opened()
            await desk.choose(OPENAI)
            help_line = desk.form.key.field.help
            await until(lambda: "No keyring was found" in help_line.text())
            assert "in memory until you close the program" in help_line.text()
            QTest.keyClicks(desk.form.key.edit, "sk-1")
            click(desk.bar.save)
            await desk.said("kept in memory until you close the program")
            await until(lambda: desk.form.key.edit.placeholderText() == "kept in memory")

    run_to_end(qapp, test)


@with_desk
async def test_the_default_is_changed_from_the_list_and_from_the_form(desk: Desk) -> None:
    await desk.kept(OPENAI)
    await desk.kept(LOCAL)
    await desk.opened()
    await desk.choose(OPENAI)
    assert not desk.form.use_for_drafts.isChecked()
    click(desk.page.make_default)
    await until(lambda: default_names(desk) == ["Work"])
    await until(desk.form.use_for_drafts.isChecked)
    assert not desk.form.has_edits()
    assert not desk.page.make_default.isEnabled()
    await desk.choose(LOCAL)
    for name in ("Ollama", "Built-in, this machine"):
        desk.form.use_for_drafts.click()
        click(desk.bar.save)
        await until(lambda: desk.form.isEnabled() and not desk.bar.save.isEnabled())
        await until(lambda name=name: default_names(desk) == [name])
    desk.page.list.setCurrentIndex(desk.page.model.index(0))
    await until(lambda: desk.page.about.isVisible())
    assert not desk.page.make_default.isEnabled()
    assert desk.board.connections.default_id == ""


@with_desk
async def test_the_built_in_model_can_be_made_the_default_again(desk: Desk) -> None:
    await desk.kept(OPENAI)
    desk.board.connections.make_default(OPENAI.id)
    await desk.opened()
    await until(lambda: default_names(desk) == ["Work"])
    click(desk.page.make_default)
    await until(lambda: default_names(desk) == ["Built-in, this machine"])


@with_desk
async def test_a_connection_is_removed_after_a_question_and_its_key_with_it(desk: Desk) -> None:
    await desk.kept(OPENAI, Secret("sk"))
    await desk.opened()
    await desk.choose(OPENAI)
    desk.page.list.setFocus()
    QTest.keyClick(desk.page.list, Qt.Key.Key_Delete)
    asked = await answered(desk, Button.Cancel)
    assert "Remove the connection “Work”?" in asked
    assert "What lies at the server stays there." in asked
    assert desk.board.connections.list() == (OPENAI,)
    click(desk.page.remove)
    await answered(desk, "Remove")
    await until(lambda: desk.names() == ["Built-in, this machine"])
    assert desk.board.secrets.secrets == {}
    assert desk.page.about.isVisible()


@with_desk
async def test_a_server_found_here_is_used_with_one_button_and_tested_at_once(desk: Desk) -> None:
    desk.board.connector.servers = (
        LocalServer("Ollama", "http://127.0.0.1:11434/v1", ("qwen3:8b", "gemma3")),
        LocalServer("LM Studio", "http://127.0.0.1:1234/v1", ("phi",)),
    )
    desk.board.connector.will(replace(REPORT, protocols=frozenset({ApiProtocol.CHAT_COMPLETIONS})))
    await desk.opened()
    await until(lambda: len(desk.page.servers.buttons()) == 2)
    first = desk.page.servers.buttons()[0]
    assert first.accessibleName() == "Use Ollama"
    click(first)
    await desk.said("The server answers")
    made = desk.form.read()
    assert (made.name, made.kind, made.base_url) == ("Ollama", ConnectionKind.LOCAL, "http://127.0.0.1:11434/v1")
    assert made.protocol is ApiProtocol.CHAT_COMPLETIONS
    click(desk.bar.save)
    await desk.said("Saved.")
    assert desk.names()[-1] == "Ollama"
    await until(lambda: len(desk.page.servers.buttons()) == 1)


class TestUnsavedEdits:
    @staticmethod
    async def begun(desk: Desk) -> None:
        await desk.kept(OPENAI)
        await desk.kept(LOCAL)
        await desk.opened()
        await desk.choose(OPENAI)
        retype(desk.form.name, "Renamed")
        desk.page.list.setFocus()
        QTest.keyClick(desk.page.list, Qt.Key.Key_Up)

    def test_are_kept_where_one_stays(self, tmp_path: Path, qapp: QApplication) -> None:
        async def test() -> None:
            async with open_desk(Switchboard(tmp_path)) as desk:
                await self.begun(desk)
                assert "“Renamed” has edits that are not saved." in await answered(desk, Button.Cancel)
                assert desk.form.name.text() == "Renamed"
                await until(lambda: desk.page.list.currentIndex().data() == "Work")

        run_to_end(qapp, test)

    def test_are_given_up_where_that_is_chosen(self, tmp_path: Path, qapp: QApplication) -> None:
        async def test() -> None:
            async with open_desk(Switchboard(tmp_path)) as desk:
                await self.begun(desk)
                await answered(desk, "Discard my edits")
                await until(lambda: desk.form.name.text() == "Ollama")
                assert set(desk.board.connections.list()) == {OPENAI, LOCAL}

        run_to_end(qapp, test)

    def test_are_saved_and_the_other_one_is_shown(self, tmp_path: Path, qapp: QApplication) -> None:
        async def test() -> None:
            async with open_desk(Switchboard(tmp_path)) as desk:
                await self.begun(desk)
                await answered(desk, Button.Save)
                await until(lambda: desk.form.name.text() == "Ollama")
                assert desk.board.connections.retrieve(OPENAI.id).name == "Renamed"

        run_to_end(qapp, test)

    def test_of_a_new_connection_that_cannot_be_saved_are_kept(self, tmp_path: Path, qapp: QApplication) -> None:
        async def test() -> None:
            async with open_desk(Switchboard(tmp_path)) as desk:
                await desk.opened()
                desk.add(2)
                await until(desk.form.base_url.hasFocus)
                QTest.keyClicks(desk.form.base_url, "no address")
                QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
                await answered(desk, Button.Save)
                await until(lambda: desk.form.fields["base_url"].problem.text.text())
                assert desk.dialog.isVisible()
                assert desk.form.base_url.text() == "no address"

        run_to_end(qapp, test)


@with_desk
async def test_a_new_connection_nothing_was_typed_into_is_given_up_without_a_question(desk: Desk) -> None:
    await desk.kept(OPENAI)
    await desk.opened()
    desk.add(3)
    await until(lambda: len(desk.names()) == 3)
    click(desk.page.remove)
    await until(lambda: desk.names() == ["Built-in, this machine", "Work"])
    assert desk.page.about.isVisible()


@with_desk
async def test_a_ca_file_is_browsed_for(desk: Desk) -> None:
    file = desk.board.folder / "root.pem"
    file.write_text("certificate", encoding="utf-8")
    await desk.kept(COMPATIBLE)
    await desk.opened()
    await desk.choose(COMPATIBLE)
    for control in (desk.form.advanced.toggle, desk.form.advanced.browse):
        control.setFocus()
        QTest.keyClick(control, Qt.Key.Key_Space)
    await until(lambda: desk.dialog.findChildren(QFileDialog))
    dialog = desk.dialog.findChildren(QFileDialog)[0]
    name = dialog.findChild(QLineEdit)
    assert name is not None
    name.setText(str(file))
    QTest.keyClick(name, Qt.Key.Key_Return)
    await until(lambda: desk.form.advanced.ca_file.text() == str(file))


@with_desk
async def test_the_settings_open_at_the_connection_that_is_to_be_mended(desk: Desk) -> None:
    await desk.kept(OPENAI)
    await desk.kept(LOCAL)
    desk.controller.open_connection(OPENAI.id)
    await until(lambda: desk.form.isVisible() and desk.form.name.text() == "Work")
    assert desk.page.list.currentIndex().data() == "Work"
    desk.controller.open_connection("conn_gone")
    await until(lambda: desk.page.about.isVisible())
