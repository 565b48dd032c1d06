"""The form holds whatever is typed, gives back every character, and says beside the field what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iaposte_desktop.application.models import ModelChoice, ModelList
from iaposte_desktop.application.templates import CLASSIFIER_SCHEMA
from iaposte_desktop.domain.assistants import (
    AssistantSettings,
    Generation,
    Limits,
    ModelRef,
    OutputFormat,
    PromptRef,
    Register,
    ReplyLength,
    ReplyStyle,
)
from iaposte_desktop.domain.knowledge import VectorStore
from iaposte_desktop.domain.ports.model_provider import ModelCapabilities, ModelInfo
from iaposte_desktop.domain.prices import Price
from iaposte_desktop.qt.assistants.form import AssistantForm
from iaposte_desktop.qt.lib.language import use_language
from tests.qt.assistants.tab import retype

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MODEL = ModelRef("embedded", "iaposte-extract-1")
FULL = AssistantSettings(
    name="Réponse <b>e-mail</b>",
    model=ModelRef("openai", "gpt-4o"),
    description="Pour l’équipe",
    instructions="Prix\u00a0: 10\u202f€ 🙂\n\n\tFin {{date}}\n",
    guardrails="Jamais.\n",
    vector_store_ids=("vs_2", "vs_gone", "vs_1"),
    knowledge_search=False,
    output_format=OutputFormat.JSON,
    json_schema=CLASSIFIER_SCHEMA,
    reply_style=ReplyStyle("de", Register.INFORMAL, ReplyLength.LONG, "warm", "L’équipe\nAtelier"),
    limits=Limits(1_000_000, 50, 0.125, Decimal("0.0001")),
    generation=Generation(
        temperature=0.5,
        reasoning_effort="future",
        background=True,
        fallback=ModelRef("other", "gpt-4.1"),
        prompt=PromptRef("pmpt_1", "3", {"shop": "{{subject}}"}),
    ),
    metadata={"team": "north", "tier": ""},
)


def offered(model: str, **changes: Any) -> ModelChoice:
    """Over the connection "Team"."""
    made = ModelChoice(ModelRef("openai", model), ModelInfo(model), ModelCapabilities(), "Team", None, is_free=False)
    return replace(made, **changes)


QUOTING = ModelChoice(
    MODEL, ModelInfo(MODEL.model), ModelCapabilities(is_language_model=False, is_remote=False), "", None, is_free=True
)


def listed(*choices: ModelChoice, default: ModelRef = MODEL) -> ModelList:
    return ModelList(choices, {}, default)


def store(number: int) -> VectorStore:
    return VectorStore(f"vs_{number}", "embedded", f"Store & <i>{number}</i>", NOW, NOW)


@pytest.fixture
def form(qapp: QApplication) -> Iterator[AssistantForm]:
    made = AssistantForm()
    made.set_models(listed(QUOTING))
    made.stores.set_stores([store(1), store(2), store(3)], {})
    made.resize(900, 700)
    made.show()
    made.show_settings(AssistantSettings(name="Replies", model=MODEL))
    yield made
    made.close()
    made.deleteLater()


def problem(form: AssistantForm, field: str) -> str:
    form.mark_problems()
    line = form.fields[field].problem
    return line.text.text() if line.isVisibleTo(form) else ""


def test_what_is_shown_is_read_back_to_the_character(form: AssistantForm) -> None:
    form.show_settings(FULL)
    assert form.read().settings == FULL
    assert form.read().problems == {}


def test_showing_is_no_edit_and_typing_is(form: AssistantForm) -> None:
    edits: list[None] = []
    form.changed.connect(lambda: edits.append(None))
    form.show_settings(FULL)
    form.set_models(listed(QUOTING, offered("gpt-6-luna")))
    form.stores.set_stores([store(1)], {})
    assert not edits
    QTest.keyClicks(form.identity.description, "x")
    assert edits


def test_every_field_with_a_problem_says_so_at_once(form: AssistantForm) -> None:
    retype(form.identity.name, " ")
    retype(form.limits.passages, "99")
    form.tools.json.setChecked(True)
    form.tools.schema.setPlainText("{")
    assert form.read().settings is None
    assert problem(form, "name") == "The name is empty or too long. Use 1 to 256 characters."
    assert problem(form, "max_passages") == "The number of passages is out of range. Use 1 to 50."
    assert "line 1, column 2" in problem(form, "json_schema")
    assert problem(form, "description") == ""
    assert form.fields["name"].control.accessibleDescription() == problem(form, "name")


@pytest.mark.parametrize("typed", ["0", "51", "six", "1.5", " "])
def test_passages_that_are_no_number_from_1_to_50(form: AssistantForm, typed: str) -> None:
    retype(form.limits.passages, typed)
    assert "Use 1 to 50" in problem(form, "max_passages")


@pytest.mark.parametrize(("typed", "read"), [("0,5", 0.5), ("0.5", 0.5), ("1", 1.0), (" 0 ", 0.0)])
def test_a_threshold_is_typed_with_point_or_comma(form: AssistantForm, typed: str, read: float) -> None:
    retype(form.limits.threshold, typed)
    settings = form.read().settings
    assert settings is not None
    assert settings.limits.score_threshold == read


@pytest.mark.parametrize("typed", ["1.01", "-0.1", "nan", "inf", "much"])
def test_a_threshold_out_of_range_is_told(form: AssistantForm, typed: str) -> None:
    retype(form.limits.threshold, typed)
    assert "Use 0 to 1" in problem(form, "score_threshold")


def test_a_limit_left_empty_is_none(form: AssistantForm) -> None:
    form.show_settings(replace(FULL, json_schema=""))
    retype(form.limits.tokens, " ")
    retype(form.limits.budget, " ")
    settings = form.read().settings
    assert settings is not None
    assert (settings.limits.max_output_tokens, settings.limits.budget_usd) == (None, None)
    retype(form.limits.budget, "-1")
    assert "below zero" in problem(form, "budget")


def test_a_schema_is_kept_but_not_judged_while_json_is_off(form: AssistantForm) -> None:
    form.tools.json.setChecked(True)
    form.tools.schema.setPlainText("{")
    form.tools.json.setChecked(False)
    settings = form.read().settings
    assert settings is not None
    assert (settings.output_format, settings.json_schema) == (OutputFormat.REPLY, "{")
    assert not form.tools.schema.isVisibleTo(form)


def test_a_store_that_is_gone_says_so_and_can_be_removed(form: AssistantForm) -> None:
    form.show_settings(replace(FULL, json_schema=""))
    assert list(form.stores.missing) == ["vs_gone"]
    row = form.stores.missing["vs_gone"]
    assert row.text.text.text() == "vs_gone: no longer there"
    row.remove.click()
    form.stores.checks["vs_3"].click()
    form.stores.checks["vs_1"].click()
    form.stores.checks["vs_1"].click()
    settings = form.read().settings
    assert settings is not None
    assert settings.vector_store_ids == ("vs_2", "vs_1", "vs_3")


def test_a_store_deleted_while_its_check_is_edited_keeps_the_other_checks(form: AssistantForm) -> None:
    form.stores.checks["vs_1"].click()
    form.stores.checks["vs_3"].click()
    form.stores.set_stores([store(2), store(3)], {})
    settings = form.read().settings
    assert settings is not None
    assert settings.vector_store_ids == ("vs_3", "vs_1")
    assert list(form.stores.missing) == ["vs_1"]


def test_store_names_are_shown_as_they_are(form: AssistantForm) -> None:
    assert form.stores.checks["vs_1"].text().startswith("Store && <i>1</i>")


def test_a_model_no_longer_offered_stays_chosen(form: AssistantForm) -> None:
    form.show_settings(replace(FULL, json_schema=""))
    assert form.model.model.currentText() == "gpt-4o · not offered now"
    form.set_models(listed(QUOTING, offered("gpt-4o")))
    assert form.model.model.currentText() == "gpt-4o · Team"
    assert form.model.model.count() == 3


def test_a_prompt_of_the_server_is_folded_away_until_there_is_one(form: AssistantForm) -> None:
    generation = form.generation
    assert not generation.prompt.isVisibleTo(form)
    generation.fold.toggle.click()
    assert generation.prompt.isVisibleTo(form)
    assert not generation.variables.isVisibleTo(form)
    QTest.keyClicks(generation.prompt, "pmpt_1")
    assert generation.variables.isVisibleTo(form)
    form.show_settings(replace(FULL, generation=Generation()))
    assert not generation.prompt.isVisibleTo(form)
    form.show_settings(FULL)
    assert generation.prompt.isVisibleTo(form)


@pytest.mark.parametrize("typed", ["2.1", "-0,1", "hot"])
def test_a_temperature_out_of_range_is_told(form: AssistantForm, typed: str) -> None:
    retype(form.generation.temperature, typed)
    assert "Use 0 to 2" in problem(form, "temperature")


def test_a_variable_of_the_prompt_without_a_name_is_told(form: AssistantForm) -> None:
    form.generation.fold.unfold()
    QTest.keyClicks(form.generation.prompt, "pmpt_1")
    form.generation.variables.add.click()
    _, value, *_ = form.generation.variables.controls()
    QTest.keyClicks(value, "orphan")
    assert "not complete" in problem(form, "prompt_variables")
    form.generation.prompt.clear()
    assert form.read().problems == {}, "what is not sent is not judged"


def test_an_unknown_price_is_said_to_be(form: AssistantForm) -> None:
    price = Price("openai", "gpt-4.1", date(2026, 1, 1), Decimal("2"), Decimal("8"))
    known = offered("gpt-4.1", price=price, info=ModelInfo("gpt-4.1", 1_047_576, date(2027, 1, 14)))
    form.set_models(listed(QUOTING, known, offered("gpt-new")))
    form.show_settings(AssistantSettings(name="Replies", model=known.ref))
    said = "1,047,576 tokens of context · 2 $ in, 8 $ out per million tokens · ends on 14 January 2027"
    assert form.model.fields["model"].help.text() == said
    form.show_settings(AssistantSettings(name="Replies", model=ModelRef("openai", "gpt-new")))
    assert form.model.fields["model"].help.text() == "price unknown (see Settings, Prices)"


def test_unknown_variables_are_named_below_the_instructions(form: AssistantForm) -> None:
    editor = form.instructions.instructions
    editor.setFocus()
    QTest.keyClicks(editor, "Hello {{customer_name}} {{order_no}}")
    assert form.instructions.unknown.text.text() == "Not known, left as it stands: {{order_no}}"
    assert form.instructions.count.text().startswith("36 ")
    editor.setPlainText("Hello {{customer_name}}")
    assert not form.instructions.unknown.isVisibleTo(form)


def test_variables_are_marked_behind_signs_of_two_units(form: AssistantForm) -> None:
    editor = form.instructions.instructions
    editor.setPlainText("🙂 {{date}} {{dat}}")
    formats = editor.document().firstBlock().layout().formats()
    assert [(each.start, each.length) for each in formats] == [(3, 8), (12, 7)]


def test_a_variable_is_inserted_from_the_menu_where_the_cursor_is(form: AssistantForm) -> None:
    editor = form.instructions.instructions
    editor.setPlainText("Today: .")
    cursor = editor.textCursor()
    cursor.setPosition(7)
    editor.setTextCursor(cursor)
    menu = form.instructions.insert.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.data() == "date").trigger()
    assert editor.text() == "Today: {{date}}."


def test_the_wheel_scrolls_the_form_and_changes_no_value(form: AssistantForm) -> None:
    choice = form.style_section.length
    choice.setFocus()
    before = choice.currentIndex()
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    at = QPointF(5, 5)
    wheel = QWheelEvent(at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none, phase, False)
    QApplication.sendEvent(choice, wheel)
    assert choice.currentIndex() == before
    assert not wheel.isAccepted()


def test_every_field_has_a_name_for_a_screen_reader(form: AssistantForm) -> None:
    for name, field in form.fields.items():
        assert field.control.accessibleName(), name
        assert field.label.buddy() is field.control, name


def test_the_language_is_switched_without_losing_what_is_typed(form: AssistantForm) -> None:
    retype(form.identity.name, "Mine")
    form.show_settings(replace(FULL, json_schema=""))
    before = form.read()
    use_language("fr")
    assert form.read() == before


def test_tab_goes_through_the_fields_from_top_to_bottom(form: AssistantForm) -> None:
    form.tools.json.setChecked(True)
    form.generation.variables.add.click()
    form.generation.variables.add.click()
    form.stores.set_stores([store(1), store(2)], {})
    wanted: list[QWidget] = [
        form.identity.name,
        form.identity.description,
        form.instructions.insert,
        form.instructions.instructions,
        form.instructions.guardrails,
        form.style_section.language,
        form.style_section.register,
        form.style_section.length,
        form.style_section.tone,
        form.style_section.signature,
        form.model.model,
        *form.stores.checks.values(),
        form.tools.search,
        form.tools.json,
        form.tools.schema,
        form.limits.passages,
        form.limits.threshold,
        form.limits.tokens,
        form.limits.budget,
        form.generation.fallback,
        form.generation.effort,
        form.generation.temperature,
        form.generation.background,
        form.generation.fold.toggle,
        form.generation.prompt,
        form.generation.prompt_version,
        *form.generation.variables.controls(),
        form.metadata_section.editor.add,
    ]
    met: list[QWidget] = [form.identity.name]
    while (following := met[-1].nextInFocusChain()) is not met[0]:
        met.append(following)
    assert [widget for widget in met if widget in wanted] == wanted
