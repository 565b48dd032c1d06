"""The toy's language model: deterministic, and the same behind every protocol. It behaves as `quoting` of
`tests/fakes/scripted_model.py` does, unless a script says otherwise."""

from __future__ import annotations

import dataclasses
import json
import re
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from tests.fakes.toy_openai.vector_stores import SearchHit

TOKEN_CHARACTERS = 4
SEARCH = "search_knowledge"

JsonMode: TypeAlias = Literal["object"] | Mapping[str, Any] | None

_TAGGED = re.compile(r'\A\s*<(?P<tag>[\w.-]+)(?:\s(?:"[^"]*"|[^">])*)?>(?P<inside>.*)</(?P=tag)>\s*\Z', re.DOTALL)
_PASSAGE = re.compile(r"(?:\A|\n\n)\[(?P<number>\d+)\][^\n]*\n(?P<line>[^\n]*)")


@dataclass(frozen=True, slots=True)
class Prompt:
    """`tool_results` by call id, in the order they came; `hosted_hits` are None when no hosted search was offered."""

    model: str
    instructions: str = ""
    user_texts: Sequence[str] = ()
    functions: Sequence[str] = ()
    tool_results: Mapping[str, str] | None = None
    hosted_hits: Sequence[SearchHit] | None = None
    json_mode: JsonMode = None

    @property
    def question(self) -> str:
        """The last user text; of a text in tags, what they hold."""
        text = self.user_texts[-1] if self.user_texts else ""
        tagged = _TAGGED.match(text)
        return (tagged["inside"] if tagged else text).strip()


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: Mapping[str, Any] | str
    """A string is sent as it is, be it JSON or not."""
    call_id: str | None = None

    def arguments_text(self) -> str:
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Citation:
    """Stands in the text before its character `index`."""

    index: int
    file_id: str
    filename: str


@dataclass(frozen=True, slots=True)
class Tokens:
    input: int
    output: int
    cached: int = 0
    cache_write: int = 0
    reasoning: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """`commentary` and `reasoning` (its summary) come before everything else; with a commentary, messages bear their
    phase. `failure` is the code with which it fails half-way through its text."""

    text: str = ""
    calls: Sequence[Call] = ()
    citations: Sequence[Citation] = ()
    commentary: str = ""
    reasoning: str = ""
    refusal: str = ""
    usage: Tokens | None = None
    incomplete: Literal["max_output_tokens", "content_filter"] | None = None
    failure: str | None = None

    def cut(self, max_output_tokens: int | None) -> Answer:
        """As it is when no more tokens may be written."""
        if max_output_tokens is None or tokens(self.text) <= max_output_tokens:
            return self
        text = self.text[: max_output_tokens * TOKEN_CHARACTERS]
        return dataclasses.replace(self, text=text, incomplete="max_output_tokens")

    def counted(self, input_tokens: int) -> Tokens:
        """The scripted usage, else one of its own that fits `input_tokens`."""
        if self.usage is not None:
            return self.usage
        written = [self.text, self.commentary, self.refusal, *(call.arguments_text() for call in self.calls)]
        thought = tokens(self.reasoning)
        return Tokens(input_tokens, thought + sum(tokens(text) for text in written), reasoning=thought)


class ToyModel:
    """`deltas`: so many pieces long is every text it writes."""

    def __init__(self, deltas: int | None = None) -> None:
        self._deltas = deltas
        self._script: deque[Answer] = deque()
        self._lock = threading.Lock()

    def script(self, *answers: Answer) -> None:
        """The next answers, one a generation, before the model's own."""
        with self._lock:
            self._script.extend(answers)

    def answer(self, prompt: Prompt) -> Answer:
        with self._lock:
            if self._script:
                return self._script.popleft()
        if SEARCH in prompt.functions and prompt.question and not prompt.tool_results:
            return Answer(calls=[Call(SEARCH, {"query": prompt.question})])
        if self._deltas is not None:
            return Answer("wörd" * self._deltas)
        if prompt.json_mode is not None:
            return Answer(json.dumps(_json_answer(prompt.json_mode, prompt.question), ensure_ascii=False))
        if prompt.hosted_hits:
            return _citing(prompt.hosted_hits)
        passages = [found for text in (prompt.tool_results or {}).values() for found in _PASSAGE.finditer(text)]
        quotes = "".join(f"{found['line']} [{found['number']}]\n" for found in passages)
        return Answer(quotes or f"∅ {prompt.question}\n")


def pieces(text: str) -> list[str]:
    """What a stream sends of it at a time."""
    return [text[start : start + TOKEN_CHARACTERS] for start in range(0, len(text), TOKEN_CHARACTERS)]


def tokens(text: str) -> int:
    return -(-len(text) // TOKEN_CHARACTERS)


def _citing(hits: Sequence[SearchHit]) -> Answer:
    text, citations = "", []
    for hit in hits:
        text += hit.text.strip().partition("\n")[0]
        citations.append(Citation(len(text), hit.file_id, hit.filename))
        text += "\n"
    return Answer(text, citations=citations)


def _json_answer(mode: JsonMode, question: str) -> Any:
    if mode is None or mode == "object":
        return {"answer": question}
    return _instance(mode, mode, question)


def _instance(schema: Mapping[str, Any], root: Mapping[str, Any], text: str) -> Any:
    """The plainest value that the schema allows."""
    match schema:
        case {"$ref": str(reference)}:
            return _instance(_referred(root, reference), root, text)
        case {"const": value} | {"enum": [value, *_]}:
            return value
        case {"anyOf": [first, *_]} | {"oneOf": [first, *_]}:
            return _instance(first, root, text)
    kind = schema.get("type", "object" if "properties" in schema else "string")
    match kind[0] if isinstance(kind, list) else kind:
        case "object":
            properties = schema.get("properties", {})
            return {name: _instance(properties.get(name, {}), root, text) for name in schema.get("required", ())}
        case "array":
            return [_instance(schema.get("items", {}), root, text)] * max(1, schema.get("minItems", 1))
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "null":
            return None
        case _:
            return {"date": "2026-11-02", "date-time": "2026-11-02T09:00:00Z"}.get(schema.get("format", ""), text)


def _referred(root: Mapping[str, Any], reference: str) -> Mapping[str, Any]:
    found: Any = root
    for name in reference.removeprefix("#").strip("/").split("/"):
        found = found[name] if name else found
    assert isinstance(found, Mapping)
    return found
