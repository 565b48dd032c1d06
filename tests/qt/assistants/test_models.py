"""What the lists show, with no window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from iaposte_desktop.application.models import ModelChoice
from iaposte_desktop.domain.assistants import Assistant, AssistantSettings, AssistantVersion, ModelRef
from iaposte_desktop.domain.ports.model_provider import ModelCapabilities, ModelInfo
from iaposte_desktop.qt.assistants.json_schema import schema_problem
from iaposte_desktop.qt.assistants.list_model import AssistantListModel
from iaposte_desktop.qt.assistants.texts import file_name_for, model_text
from iaposte_desktop.qt.assistants.variables import unknown_variables
from iaposte_desktop.qt.assistants.version_model import VersionListModel
from iaposte_desktop.qt.lib.two_lines import LineRole

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MODEL = ModelRef("embedded", "iaposte-extract-1")


def assistant(name: str, description: str = "", *, number: int = 1) -> Assistant:
    settings = AssistantSettings(name=name, model=MODEL, description=description)
    return Assistant(f"asst_{name}", AssistantVersion(f"asst_{name}", number, settings, "", NOW), created_at=NOW)


def rows(model: AssistantListModel) -> list[tuple[str, str]]:
    return [(model.index(row).data(), model.index(row).data(LineRole.SECOND_LINE)) for row in range(model.rowCount())]


@pytest.fixture
def model(qapp: QApplication) -> AssistantListModel:
    return AssistantListModel(qapp)


def test_the_second_line_is_the_description_or_version_and_use(model: AssistantListModel) -> None:
    used = replace(assistant("Used", number=4), last_used_at=NOW - timedelta(minutes=3))
    model.set_assistants([assistant("Replies", "Answers mail."), used, assistant("Fresh")], "", NOW)
    assert rows(model) == [
        ("Replies", "Answers mail."),
        ("Used", "version 4 · used 3 min ago"),
        ("Fresh", "version 1 · not used yet"),
    ]


def test_the_default_is_told_in_words_to_a_screen_reader(model: AssistantListModel) -> None:
    model.set_assistants([assistant("Replies", "Answers mail."), assistant("Other", "x")], "asst_Replies", NOW)
    read = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert read == ["Replies, default, Answers mail.", "Other, x"]
    assert [model.index(row).data(LineRole.IS_DEFAULT) for row in range(2)] == [True, False]


def test_the_filter_knows_neither_case_nor_accents_nor_order(model: AssistantListModel) -> None:
    model.set_assistants([assistant("Réponse e-mail", "Clients"), assistant("Classement")], "", NOW)
    model.set_filter("clients REPONSE")
    assert [name for name, _ in rows(model)] == ["Réponse e-mail"]
    model.set_filter("")
    assert model.rowCount() == 2


def test_a_change_in_place_updates_the_rows_and_keeps_the_list(model: AssistantListModel) -> None:
    model.set_assistants([assistant("A"), assistant("B")], "", NOW)
    resets: list[None] = []
    changes: list[int] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.dataChanged.connect(lambda first, last: changes.append(last.row() - first.row() + 1))
    model.set_assistants([assistant("A"), assistant("B", number=2)], "", NOW)
    assert (len(resets), changes) == (0, [2])
    model.set_assistants([assistant("A")], "", NOW)
    assert len(resets) == 1


def test_names_are_shown_without_tags_or_hidden_signs(model: AssistantListModel) -> None:
    model.set_assistants([assistant("<b>x</b>\u202e\nsecond")], "", NOW)
    assert rows(model)[0][0] == "<b>x</b> second"
    tooltip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tooltip
    assert "<b>" not in tooltip


def test_a_version_says_its_note_and_what_it_repeats(qapp: QApplication) -> None:
    settings = assistant("A").version.settings
    versions = [
        AssistantVersion("asst_A", 3, settings, "", NOW, restored_from=1),
        AssistantVersion("asst_A", 2, settings, "Warmer", NOW - timedelta(hours=2)),
    ]
    model = VersionListModel(versions, NOW, qapp)
    read = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert read == ["Version 3, just now · restored from version 1", "Version 2 – Warmer, 2 h ago"]


def test_unknown_variables_are_those_no_thread_can_fill() -> None:
    text = "{{customer_name}} {{ order_no }} {{thread.order}} {{customer.tier}} {{order_no}} {{Date}}"
    assert unknown_variables(text) == ("order_no", "Date")


@pytest.mark.parametrize("text", ["", "  \n", "{}", '{"type": "object"}'])
def test_a_schema_that_can_be_used(text: str) -> None:
    assert schema_problem(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [('{\n "type": }', "line 2, column 10"), ("[1]", "JSON object"), ("[" * 100_000, "Not valid JSON")],
)
def test_a_schema_that_cannot_be_used_says_why(text: str, said: str) -> None:
    assert said in schema_problem(text)


def test_a_model_says_where_it_runs_and_what_it_is_not() -> None:
    def choice(capabilities: ModelCapabilities, connection: str = "") -> ModelChoice:
        return ModelChoice(MODEL, ModelInfo(MODEL.model), capabilities, connection, None, is_free=False)

    quoting = choice(ModelCapabilities(is_language_model=False, is_remote=False))
    assert model_text(MODEL, quoting) == "iaposte-extract-1 · this machine · no language model: quotes your files"
    luna = ModelRef("con_1", "gpt-6-luna")
    assert model_text(luna, choice(ModelCapabilities(), "Team")) == "gpt-6-luna · Team"
    assert model_text(luna, None) == "gpt-6-luna · not offered now"


@pytest.mark.parametrize(
    ("name", "file"), [("Réponse e-mail", "Réponse e-mail.json"), ("a/b:c*", "a-b-c.json"), ("../..", "assistant.json")]
)
def test_an_exported_file_has_a_name_every_system_takes(name: str, file: str) -> None:
    assert file_name_for(name) == file
