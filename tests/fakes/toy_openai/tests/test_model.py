from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.fakes.toy_openai.model import Answer, Call, Citation, Prompt, ToyModel, pieces, tokens
from tests.fakes.toy_openai.vector_stores import SearchHit

SEARCH = ("search_knowledge",)


def answer(question: str = "Refund?", **more: Any) -> Answer:
    return ToyModel().answer(Prompt("toy-1", user_texts=[question], **more))


class TestSearching:
    @pytest.mark.parametrize(
        "text",
        [
            "Refund?",
            "  Refund?\n",
            "<customer_mail>\nRefund?\n</customer_mail>",
            '<mail subject="a > b">Refund?</mail>',
        ],
    )
    def test_it_asks_for_the_mail_s_text(self, text: str) -> None:
        assert answer(text, functions=SEARCH) == Answer(calls=[Call("search_knowledge", {"query": "Refund?"})])

    def test_it_asks_for_the_last_mail(self) -> None:
        found = ToyModel().answer(Prompt("toy-1", user_texts=["one", "two"], functions=SEARCH))
        assert found.calls == [Call("search_knowledge", {"query": "two"})]

    @pytest.mark.parametrize(
        ("question", "functions", "results"),
        [
            (" ", SEARCH, {}),
            ("<mail> </mail>", SEARCH, {}),
            ("Refund?", ("other",), {}),
            ("Refund?", SEARCH, {"c": "[]"}),
        ],
        ids=["no text", "no text in tags", "no function", "results"],
    )
    def test_it_does_not_ask(self, question: str, functions: Sequence[str], results: Mapping[str, str]) -> None:
        assert answer(question, functions=functions, tool_results=results).calls == ()


class TestQuoting:
    def test_each_passage_by_its_first_line(self) -> None:
        results = {
            "c1": "[1] refunds.pdf, p. 2\nTen days.\nOr so.\n\nSee [2] below.\n\n[2] cards.md\nNever [so].",
            "c2": "[7] \nSeven.",
        }
        assert answer(tool_results=results).text == "Ten days. [1]\nNever [so]. [2]\nSeven. [7]\n"

    def test_nothing_found(self) -> None:
        empty: list[dict[str, Any]] = [{"tool_results": {"c": "[]"}}, {"hosted_hits": []}, {}]
        for more in empty:
            assert answer(**more).text == "∅ Refund?\n"

    def test_hits_of_a_hosted_search(self) -> None:
        hits = [SearchHit("file-1", "a.txt", 0.9, "\nOne.\nx", {}), SearchHit("file-2", "b.txt", 0.5, "Two.", {})]
        assert answer(hosted_hits=hits) == Answer(
            "One.\nTwo.\n", citations=[Citation(4, "file-1", "a.txt"), Citation(9, "file-2", "b.txt")]
        )


class TestJson:
    @pytest.mark.parametrize(
        ("schema", "expected"),
        [
            ({"type": "string"}, "Refund?"),
            ({"type": "string", "format": "date"}, "2026-11-02"),
            ({"enum": ["low", "high"]}, "low"),
            ({"const": 4}, 4),
            ({"type": "number", "minimum": 2}, 2),
            ({"type": ["integer", "null"]}, 1),
            ({"type": "null"}, None),
            ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, True),
            ({"type": "array", "items": {"type": "integer"}, "minItems": 2}, [1, 1]),
        ],
        ids=str,
    )
    def test_a_required_property_gets_a_value(self, schema: Any, expected: Any) -> None:
        mode = {"type": "object", "properties": {"x": schema, "optional": {"type": "string"}}, "required": ["x"]}
        assert json.loads(answer(json_mode=mode).text) == {"x": expected}

    def test_references(self) -> None:
        mode = {"$ref": "#/$defs/node", "$defs": {"node": {"properties": {"n": {"const": 1}}, "required": ["n"]}}}
        assert json.loads(answer(json_mode=mode).text) == {"n": 1}

    def test_any_object(self) -> None:
        assert json.loads(answer(json_mode="object").text) == {"answer": "Refund?"}


class TestScript:
    def test_its_answers_come_first_and_once(self) -> None:
        model = ToyModel()
        model.script(Answer("one"), Answer("two"))
        assert [model.answer(Prompt("toy-1", user_texts=["x"])).text for _ in range(3)] == ["one", "two", "∅ x\n"]

    def test_a_length_holds_for_every_text(self) -> None:
        model = ToyModel(deltas=5)
        assert len(pieces(model.answer(Prompt("toy-1")).text)) == 5
        assert model.answer(Prompt("toy-1", user_texts=["x"], functions=SEARCH)).calls


class TestTokens:
    @pytest.mark.parametrize("text", ["", "a", "four", "été à Noël 🎄"])
    def test_a_piece_is_a_token(self, text: str) -> None:
        assert "".join(pieces(text)) == text
        assert len(pieces(text)) == tokens(text)

    def test_a_limit_cuts(self) -> None:
        whole = Answer("four" * 3)
        assert whole.cut(None) == whole.cut(3) == whole
        assert whole.cut(2) == Answer("fourfour", incomplete="max_output_tokens")
