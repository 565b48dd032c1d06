"""From a thread to a request: variables, scaffolding that speaks no language, places of passages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.application.labels import place, strength
from iaposte_desktop.application.prompting import (
    TRANSCRIPT_MESSAGES,
    estimated_input_tokens,
    generation_request,
    reply_language,
)
from iaposte_desktop.application.searching import SearchAnswers
from iaposte_desktop.application.variables import filled, variables_in
from iaposte_desktop.domain.assistants import (
    AssistantSettings,
    Limits,
    ModelRef,
    OutputFormat,
    Register,
    ReplyLength,
    ReplyStyle,
)
from iaposte_desktop.domain.knowledge import Anchor, FileContent, Passage
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.threads import Customer, MailHeaders, Message, Role, Thread, ThreadStatus
from iaposte_desktop.domain.tokens import estimate_tokens
from tests.fakes.clock import ManualClock

NOW = ManualClock()()
CUSTOMER = Customer("cust_1", "Zoé", "zoe@exemple.fr", NOW, metadata={"order": "12"})
THREAD = Thread("thread_1", "cust_1", "Colis", ThreadStatus.TO_ANSWER, NOW, NOW, metadata={"tier": "gold"})
SETTINGS = AssistantSettings("A", ModelRef("embedded", "m"), vector_store_ids=("vs_1",))


def message(text: str, role: Role = Role.CUSTOMER, language: str | None = None, subject: str | None = None) -> Message:
    headers = None if subject is None else MailHeaders(None, None, (), "", "", (), subject, None)
    return Message("msg_1", "thread_1", role, text, NOW, language=language, headers=headers, quoted="> old")


def request(*messages: Message, settings: AssistantSettings = SETTINGS, signature: str = "") -> mp.GenerationRequest:
    variables = {"agent_name": "Grace", "date": "2026-11-02"}
    return generation_request(
        THREAD, CUSTOMER, messages, settings, language="fr", variables=variables, signature=signature
    )


class TestVariables:
    def test_names_in_order_of_first_use(self) -> None:
        assert variables_in("{{b}} {{ a }} {{b}} {{a.b_c}} {c} {{1x}} {{é}}") == ("b", "a", "a.b_c")

    def test_unknown_ones_stay_to_be_seen(self) -> None:
        assert filled("{{ a }}, {{b}}", {"a": "1"}) == "1, {{b}}"

    def test_a_value_is_no_template(self) -> None:
        assert filled("{{a}}", {"a": "{{b}}", "b": "secret"}) == "{{b}}"

    def test_values_are_taken_as_they_are(self) -> None:
        assert filled("{{a}}", {"a": r"\1 \g<0> $a"}) == r"\1 \g<0> $a"

    @given(st.text())
    def test_without_variables_a_text_is_itself(self, text: str) -> None:
        assert filled(text, {}) == text


class TestRequest:
    def test_instructions_and_guardrails_are_filled(self) -> None:
        settings = replace(
            SETTINGS, instructions="{{customer_name}} {{thread.tier}} {{customer.order}}", guardrails="{{agent_name}}!"
        )
        assert request(settings=settings).instructions == "Zoé gold 12\n\nGrace!"

    def test_metadata_cannot_stand_in_for_a_known_variable(self) -> None:
        settings = replace(SETTINGS, instructions="{{customer_name}} {{customer_email}} {{subject}} {{language}}")
        assert request(settings=settings).instructions == "Zoé zoe@exemple.fr Colis fr"

    def test_the_transcript(self) -> None:
        messages = message("Bonjour", subject="Perdu"), message("Voici", Role.AGENT), message("Merci")
        assert request(*messages).items == (
            mp.CustomerMail("Perdu", "Bonjour"),
            mp.SentReply("Voici"),
            mp.CustomerMail("Colis", "Merci"),
        )

    def test_the_window_holds_the_last_messages(self) -> None:
        items = request(*(message(str(number)) for number in range(30))).items
        texts = [item.text for item in items if isinstance(item, mp.CustomerMail)]
        assert texts == [str(number) for number in range(30 - TRANSCRIPT_MESSAGES, 30)]

    @pytest.mark.parametrize(
        ("change", "offered"),
        [
            ({}, (mp.SEARCH_KNOWLEDGE,)),
            ({"knowledge_search": False}, ()),
            ({"vector_store_ids": ()}, ()),
            ({"output_format": OutputFormat.JSON}, ()),
        ],
    )
    def test_a_search_is_offered_where_there_is_something_to_search(
        self, change: dict[str, object], offered: tuple[mp.ToolSpec, ...]
    ) -> None:
        assert request(settings=replace(SETTINGS, **change)).tools == offered  # type: ignore[arg-type]  # By name.

    def test_the_style_is_a_field_and_no_sentence(self) -> None:
        style = ReplyStyle(None, Register.INFORMAL, ReplyLength.LONG, "warm", "")
        settings = replace(SETTINGS, reply_style=style, limits=Limits(max_output_tokens=300))
        made = request(settings=settings, signature="Grace")
        assert made.reply == mp.ReplyContext("fr", "Zoé", Register.INFORMAL, ReplyLength.LONG, "warm", "Grace")
        assert (made.instructions, made.max_output_tokens) == ("", 300)

    def test_the_assistants_own_signature_comes_first(self) -> None:
        settings = replace(SETTINGS, reply_style=ReplyStyle(signature="L’équipe, {{agent_name}}"))
        assert request(settings=settings, signature="Grace").reply.signature == "L’équipe, Grace"

    def test_scaffolding_is_in_no_language(self) -> None:
        """Nothing that nobody wrote: without texts of the user's a request holds no words but names of fields."""
        bare = request(message("x"), settings=replace(SETTINGS, name="-"))
        assert bare.instructions == ""
        assert bare.metadata == {"thread_id": "thread_1"}

    def test_its_tokens_are_estimated(self) -> None:
        made = request(message("Où est mon colis ?"), settings=replace(SETTINGS, instructions="Answer."))
        assert estimated_input_tokens(made) == estimate_tokens("Answer.") + estimate_tokens("Où est mon colis ?")


class TestLanguage:
    def test_of_the_last_mail_that_tells(self) -> None:
        messages = [
            message("a", language="en"),
            message("b", language="fr"),
            message("c"),
            message("d", Role.AGENT, "de"),
        ]
        assert reply_language(THREAD, SETTINGS, messages, "es") == "fr"

    def test_the_choice_of_the_thread_comes_first(self) -> None:
        settings = replace(SETTINGS, reply_style=ReplyStyle(language="it"))
        assert reply_language(replace(THREAD, reply_language="pt"), settings, (), "es") == "pt"
        assert reply_language(THREAD, settings, (), "es") == "it"
        assert reply_language(THREAD, SETTINGS, (), "es") == "es"


class Found:
    """A `KnowledgeSearch` that finds what it was given."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = passages
        self.asked: list[tuple[object, ...]] = []

    async def search(self, store_ids: object, query: str, *, limit: int, score_threshold: float) -> tuple[Passage, ...]:
        self.asked.append((store_ids, query, limit, score_threshold))
        return self.passages

    async def content(self, store_id: str, file_id: str) -> FileContent:
        raise AssertionError("not asked for")


def passage(number: int, anchor: Anchor = Anchor(), score: float = 0.5) -> Passage:  # noqa: B008  # Frozen.
    return Passage("vs_1", "file_1", "guide.pdf", f"«{number}»", number, number + 1, score, anchor)


class TestSearchAnswers:
    async def test_what_the_model_reads_is_in_no_language(self) -> None:
        anchors = [
            Anchor(page=3),
            Anchor(sheet="Σ", row=5),
            Anchor(row=7),
            Anchor(headings=("Δ", "Ω")),
            Anchor(),
        ]
        found = Found(*(passage(number, anchor) for number, anchor in enumerate(anchors)))
        answer = await SearchAnswers(found, SETTINGS).search("call_1", "Σ")
        assert answer.result.output == (
            "[1] guide.pdf, p. 3\n«0»\n\n"
            "[2] guide.pdf, Σ, # 5\n«1»\n\n"
            "[3] guide.pdf, # 7\n«2»\n\n"
            "[4] guide.pdf, § Δ › Ω\n«3»\n\n"
            "[5] guide.pdf\n«4»"
        )

    async def test_nothing_found_is_no_word_either(self) -> None:
        answer = await SearchAnswers(Found(), SETTINGS).search("call_1", "Σ")
        assert answer.result == mp.ToolResult("call_1", "[]", ())
        assert not re.search(r"\w", answer.result.output)
        assert answer.detail == {"passages": 0, "best_score": 0.0, "sources": []}

    async def test_the_assistants_limits_are_kept(self) -> None:
        found = Found()
        settings = replace(SETTINGS, limits=Limits(max_passages=3, score_threshold=0.4))
        await SearchAnswers(found, settings).search("call_1", "colis")
        assert found.asked == [(("vs_1",), "colis", 3, 0.4)]

    async def test_numbers_are_given_once_in_the_order_of_finding(self) -> None:
        answers = SearchAnswers(Found(passage(1), passage(2)), SETTINGS)
        first = await answers.search("call_1", "a")
        assert [source.number for source in first.new_sources] == [1, 2]
        again = await answers.search("call_2", "b")
        assert again.new_sources == ()
        assert again.result.sources == first.result.sources
        new, numbers = answers.numbered([passage(9), passage(2), passage(9)])
        assert [source.number for source in new] == [3]
        assert numbers == (3, 2, 3)


class TestLabels:
    @pytest.mark.parametrize(
        ("anchor", "french", "english"),
        [
            (Anchor(page=12, headings=("A",)), "p. 12", "p. 12"),
            (Anchor(sheet="Tarifs", row=5), "Tarifs, ligne 5", "Tarifs, row 5"),
            (Anchor(sheet="Tarifs"), "Tarifs", "Tarifs"),
            (Anchor(row=5), "ligne 5", "row 5"),
            (Anchor(headings=("Retours", "Délais")), "§ Retours › Délais", "§ Retours › Délais"),
            (Anchor(), "", ""),
        ],
    )
    def test_places(self, anchor: Anchor, french: str, english: str) -> None:
        assert (place(anchor, "fr"), place(anchor, "en")) == (french, english)

    @pytest.mark.parametrize(
        ("score", "word"),
        [(1, "strong"), (0.6, "strong"), (0.599, "good"), (0.4, "good"), (0.399, "weak"), (0, "weak")],
    )
    def test_scores_in_words(self, score: float, word: str) -> None:
        assert strength(score) == word
