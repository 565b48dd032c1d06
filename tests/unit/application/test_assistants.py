from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.application.assistant_files import FORMAT, MAX_CHARACTERS, from_file, to_file
from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.templates import Template, settings_of, template_description, template_name
from iaposte_desktop.application.variables import KNOWN_VARIABLES, variables_in
from iaposte_desktop.domain.assistants import (
    AssistantSettings,
    Generation,
    Limits,
    ModelRef,
    OutputFormat,
    Register,
    ReplyLength,
    ReplyStyle,
)
from iaposte_desktop.domain.errors import ImportRefused, InvalidValue, NotFound
from iaposte_desktop.domain.language import detect_language
from tests.unit.application.office import SCRIPTED

if TYPE_CHECKING:
    from tests.unit.application.office import Office

SETTINGS = AssistantSettings("Reply", SCRIPTED, instructions="Answer {{customer_name}}.")


class TestVersions:
    async def test_the_first(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS, note="first")
        assert assistant.version.settings == SETTINGS
        assert (assistant.name, assistant.version.number, assistant.version.note) == ("Reply", 1, "first")
        assert await office.library.retrieve(assistant.id) == assistant
        assert Changed(Topic.ASSISTANTS, assistant.id) in office.heard

    async def test_versions_never_change(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS)
        for number in range(2, 5):
            before = await office.library.versions(assistant.id)
            changed = replace(SETTINGS, instructions=f"Version {number}.")
            assert (await office.library.save_version(assistant.id, changed, f"note {number}")).version.number == number
            assert (await office.library.versions(assistant.id))[1:] == before

    async def test_unchanged_settings_make_no_version(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS)
        assert await office.library.save_version(assistant.id, SETTINGS, "again") == assistant
        assert len(await office.library.versions(assistant.id)) == 1

    async def test_two_saves_at_once_are_two_versions(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS)
        texts = [f"Version {number}." for number in range(5)]
        await asyncio.gather(
            *(office.library.save_version(assistant.id, replace(SETTINGS, instructions=text)) for text in texts)
        )
        versions = await office.library.versions(assistant.id)
        assert [version.number for version in versions] == [6, 5, 4, 3, 2, 1]
        assert {version.settings.instructions for version in versions} == {*texts, SETTINGS.instructions}

    async def test_restoring_adds_a_version(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS)
        await office.library.save_version(assistant.id, replace(SETTINGS, name="Other"))
        restored = await office.library.restore_version(assistant.id, 1)
        assert (restored.version.number, restored.version.restored_from) == (3, 1)
        assert restored.version.settings == SETTINGS
        assert [version.settings.name for version in await office.library.versions(assistant.id)] == [
            "Reply",
            "Other",
            "Reply",
        ]

    async def test_restoring_what_is_current_adds_nothing(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS)
        assert await office.library.restore_version(assistant.id, 1) == assistant

    async def test_unknown_ones(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS)
        with pytest.raises(NotFound):
            await office.library.restore_version(assistant.id, 9)
        with pytest.raises(NotFound):
            await office.library.save_version("asst_x", SETTINGS)
        with pytest.raises(NotFound):
            await office.library.duplicate("asst_x", "Copy")


class TestLibrary:
    async def test_a_duplicate_is_its_own(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS)
        copy = await office.library.duplicate(assistant.id, "Copy")
        assert copy.id != assistant.id
        assert copy.version.settings == replace(SETTINGS, name="Copy")
        assert copy.version.number == 1
        await office.library.save_version(copy.id, replace(SETTINGS, name="Changed"))
        assert (await office.library.retrieve(assistant.id)).version.settings == SETTINGS

    async def test_the_bin(self, office: Office) -> None:
        assistant = await office.library.create(SETTINGS)
        await office.library.save_version(assistant.id, replace(SETTINGS, name="Second"))
        versions = await office.library.versions(assistant.id)
        await office.library.delete(assistant.id)
        assert await office.library.list() == ()
        assert [one.id for one in await office.library.list(deleted=True)] == [assistant.id]
        back = await office.library.undelete(assistant.id)
        assert back.deleted_at is None
        assert await office.library.versions(assistant.id) == versions
        assert await office.library.list() == (back,)

    async def test_the_list_is_by_name(self, office: Office) -> None:
        for name in ("b", "A", "c"):
            await office.assistant(name=name)
        assert [assistant.name for assistant in await office.library.list()] == ["A", "b", "c"]


def limits(**values: Any) -> AssistantSettings:
    return replace(SETTINGS, limits=Limits(**values))


INVALID = [
    (replace(SETTINGS, name=""), "name"),
    (replace(SETTINGS, name=" \n"), "name"),
    (replace(SETTINGS, name="n" * 257), "name"),
    (replace(SETTINGS, instructions="i" * 256_001), "instructions"),
    (replace(SETTINGS, metadata={"k": "v" * 513}), "metadata"),
    (limits(max_passages=0), "max_passages"),
    (limits(max_passages=51), "max_passages"),
    (limits(score_threshold=-0.1), "score_threshold"),
    (limits(score_threshold=1.1), "score_threshold"),
    (limits(score_threshold=float("nan")), "score_threshold"),
    (limits(max_output_tokens=0), "max_output_tokens"),
    (replace(SETTINGS, generation=Generation(temperature=2.1)), "temperature"),
    (replace(SETTINGS, generation=Generation(temperature=-0.1)), "temperature"),
    (limits(budget_usd=Decimal("-0.01")), "budget"),
    (limits(budget_usd=Decimal("NaN")), "budget"),
    (limits(budget_usd=Decimal("Infinity")), "budget"),
]
VALID = [
    replace(SETTINGS, name="n" * 256, instructions="i" * 256_000),
    limits(max_passages=1, score_threshold=0, max_output_tokens=1, budget_usd=Decimal(0)),
    limits(max_passages=50, score_threshold=1, budget_usd=Decimal("0.000001")),
]


@pytest.mark.parametrize(("settings", "field"), INVALID)
async def test_values_that_are_refused(office: Office, settings: AssistantSettings, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        await office.library.create(settings)
    assert refused.value.field == field
    assert await office.library.list() == ()
    assistant = await office.library.create(SETTINGS)
    with pytest.raises(InvalidValue):
        await office.library.save_version(assistant.id, settings)
    assert await office.library.retrieve(assistant.id) == assistant


@pytest.mark.parametrize("settings", VALID)
async def test_values_at_their_limits(office: Office, settings: AssistantSettings) -> None:
    assert (await office.library.create(settings)).version.settings == settings


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
settings_made = st.builds(
    AssistantSettings,
    name=words,
    model=st.builds(ModelRef, words, words),
    description=words,
    instructions=words,
    guardrails=words,
    vector_store_ids=st.lists(words, max_size=3).map(tuple),
    knowledge_search=st.booleans(),
    output_format=st.sampled_from(OutputFormat),
    json_schema=words,
    reply_style=st.builds(
        ReplyStyle, st.none() | words, st.sampled_from(Register), st.sampled_from(ReplyLength), words, words
    ),
    limits=st.builds(
        Limits,
        st.none() | st.integers(1, 10**6),
        st.integers(1, 50),
        st.floats(0, 1),
        st.none() | st.decimals(0, 1000, allow_nan=False, allow_infinity=False),
    ),
    metadata=st.dictionaries(words, words, max_size=3),
)

OLD = {
    "id": "asst_abc123",
    "object": "assistant",
    "created_at": 1698984975,
    "name": "Support",
    "description": None,
    "model": "gpt-4o",
    "instructions": "You answer customers.",
    "tools": [{"type": "file_search"}, {"type": "code_interpreter"}],
    "tool_resources": {"file_search": {"vector_store_ids": ["vs_1", "vs_2"]}},
    "metadata": {"team": "north"},
    "temperature": 1.0,
    "response_format": "auto",
}


class TestFiles:
    @given(settings_made)
    def test_what_is_exported_is_imported(self, settings: AssistantSettings) -> None:
        assert from_file(to_file(settings), ModelRef("other", "other")) == settings

    async def test_through_the_library(self, office: Office) -> None:
        assistant = await office.library.create(settings_of(Template.SUPPORT, "fr", SCRIPTED))
        text = await office.library.export(assistant.id)
        again = await office.library.import_text(text)
        assert again.id != assistant.id
        assert again.version.settings == assistant.version.settings

    def test_an_old_assistant(self) -> None:
        settings = from_file(json.dumps(OLD), SCRIPTED)
        assert (settings.name, settings.instructions, settings.model) == ("Support", "You answer customers.", SCRIPTED)
        assert (settings.vector_store_ids, settings.knowledge_search) == (("vs_1", "vs_2"), True)
        assert settings.metadata == {"team": "north", "imported_from": "asst_abc123", "imported_model": "gpt-4o"}
        assert settings.output_format is OutputFormat.REPLY

    def test_an_old_assistant_with_as_much_metadata_as_there_may_be(self) -> None:
        old = OLD | {"metadata": {str(number): "x" for number in range(16)}, "name": None}
        settings = from_file(json.dumps(old), SCRIPTED)
        assert len(settings.metadata) == 16
        assert settings.metadata["imported_from"] == settings.name == "asst_abc123"

    def test_an_old_assistant_that_answers_in_json(self) -> None:
        schema = {"name": "sorted", "schema": {"type": "object"}}
        old = OLD | {"response_format": {"type": "json_schema", "json_schema": schema}, "tools": [{"type": "function"}]}
        settings = from_file(json.dumps(old), SCRIPTED)
        assert settings.output_format is OutputFormat.JSON
        assert json.loads(settings.json_schema) == schema
        assert not settings.knowledge_search

    def test_only_what_must_be_there(self) -> None:
        text = json.dumps({"format": FORMAT, "name": "Bare", "model": {"provider": "a", "model": "b"}})
        assert from_file(text, SCRIPTED) == AssistantSettings("Bare", ModelRef("a", "b"))

    @pytest.mark.parametrize(
        "change",
        [
            {"format_version": 2},
            {"format_version": "2"},
            {"format_version": None},
            {"name": ...},
            {"model": ...},
            {"model": "gpt"},
            {"model": {"provider": "a"}},
            {"reply_style": []},
            {"reply_style": {"register": "rude"}},
            {"reply_style": {"language": 5}},
            {"limits": {"max_passages": "many"}},
            {"limits": {"max_passages": float("inf")}},
            {"limits": {"max_output_tokens": 1e999}},
            {"limits": {"score_threshold": {}}},
            {"limits": {"budget_usd": "a lot"}},
            {"output_format": "haiku"},
            {"metadata": ["a"]},
            {"vector_store_ids": 5},
            {"vector_store_ids": "vs_1"},
            {"instructions": "\ud800"},
        ],
    )
    def test_values_of_the_wrong_shape(self, change: dict[str, Any]) -> None:
        content = json.loads(to_file(SETTINGS)) | change
        content = {key: value for key, value in content.items() if value is not ...}
        with pytest.raises(ImportRefused):
            from_file(json.dumps(content), SCRIPTED)

    @pytest.mark.parametrize(
        "text",
        ["", "not JSON", "[]", "null", '"asst_1"', "{}", '{"id": "file_1"}', "[" * 100_000, " " * (MAX_CHARACTERS + 1)],
        ids=range(9),
    )
    def test_what_is_no_assistant(self, text: str) -> None:
        with pytest.raises(ImportRefused):
            from_file(text, SCRIPTED)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=8,
        ),
        st.sampled_from(sorted(json.loads(to_file(SETTINGS)).keys() | OLD.keys())),
        st.booleans(),
    )
    def test_any_value_anywhere_is_taken_or_refused(self, value: object, key: str, is_old: bool) -> None:
        content = (OLD if is_old else json.loads(to_file(SETTINGS))) | {key: value}
        try:
            settings = from_file(json.dumps(content), SCRIPTED)
        except ImportRefused:
            return
        assert isinstance(settings.name, str)
        assert all(isinstance(store, str) for store in settings.vector_store_ids)
        to_file(settings).encode()

    async def test_a_refused_import_adds_nothing(self, office: Office) -> None:
        with pytest.raises(ImportRefused):
            await office.library.import_text("{}")
        with pytest.raises(InvalidValue):
            await office.library.import_text(to_file(replace(SETTINGS, name="")))
        assert await office.library.list() == ()


class TestTemplates:
    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("template", list(Template))
    async def test_each_is_whole_in_its_language(self, office: Office, template: Template, language: str) -> None:
        assistant = await office.library.create_from_template(template, language)
        settings = assistant.version.settings
        assert (settings.name, settings.description) == (
            template_name(template, language),
            template_description(template, language),
        )
        assert settings.model == SCRIPTED
        # A short text may not tell; it must not tell of the other language.
        assert {detect_language(settings.instructions), detect_language(settings.description)} <= {language, None}
        assert set(variables_in(settings.instructions)) <= set(KNOWN_VARIABLES)

    @pytest.mark.parametrize("template", list(Template))
    def test_languages_differ_in_words_alone(self, template: Template) -> None:
        french, english = (settings_of(template, language, SCRIPTED) for language in ("fr", "en"))
        assert french.name != english.name
        assert variables_in(french.instructions) == variables_in(english.instructions)
        texts = {"name": "", "description": "", "instructions": ""}
        assert replace(french, **texts) == replace(english, **texts)  # type: ignore[arg-type]  # Texts by name.

    def test_another_language_gets_english(self) -> None:
        assert settings_of(Template.SUPPORT, "de", SCRIPTED) == settings_of(Template.SUPPORT, "en", SCRIPTED)

    def test_the_classifier_answers_in_the_shape_of_its_schema(self) -> None:
        settings = settings_of(Template.CLASSIFIER, "en", SCRIPTED)
        schema = json.loads(settings.json_schema)
        assert settings.output_format is OutputFormat.JSON
        assert not settings.knowledge_search
        assert set(schema["required"]) == schema["properties"].keys()
        for key, values in schema["properties"].items():
            assert key in settings.instructions
            assert all(value in settings.instructions for value in values["enum"])
