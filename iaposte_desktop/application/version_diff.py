"""What differs between two versions of an assistant, field by field; long texts line by line.

Invariant: a text's kept and removed lines are the old text, its kept and added lines the new one; lines far from any
change are counted, not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from iaposte_desktop.domain.assistants import ModelRef, PromptRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iaposte_desktop.domain.assistants import AssistantSettings
    from iaposte_desktop.domain.json import Metadata

CONTEXT_LINES: Final = 2
"""Unchanged lines kept on each side of a change."""


class Mark(StrEnum):
    SAME = " "
    ADDED = "+"
    REMOVED = "-"
    SKIPPED = "…"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """`text` has no line break. A SKIPPED line has no text and stands for `count` unchanged ones."""

    mark: Mark
    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class TextDiff:
    """Of a long text, of pairs such as `metadata` (lines `key: value`, by key), of `vector_store_ids` (one a line)."""

    field: str
    lines: tuple[DiffLine, ...]


@dataclass(frozen=True, slots=True)
class ValueDiff:
    """Of a short value, as the settings hold it."""

    field: str
    before: ModelRef | Decimal | str | float | bool | None
    after: ModelRef | Decimal | str | float | bool | None


FieldDiff: TypeAlias = ValueDiff | TextDiff


def diff_settings(before: AssistantSettings, after: AssistantSettings) -> tuple[FieldDiff, ...]:
    """Fields that differ, in the order of the form; a field's name is its path, as in `reply_style.tone`."""
    return tuple(_differences(before, after))


def diff_lines(before: Sequence[str], after: Sequence[str]) -> tuple[DiffLine, ...]:
    """Removed lines come before those that take their place."""
    lines: list[DiffLine] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += _kept(before[i1:i2], is_first=i1 == 0, is_last=i2 == len(before))
        else:
            lines += [DiffLine(Mark.REMOVED, line) for line in before[i1:i2]]
            lines += [DiffLine(Mark.ADDED, line) for line in after[j1:j2]]
    return tuple(lines)


def _differences(before: AssistantSettings, after: AssistantSettings) -> Iterator[FieldDiff]:
    style, new_style = before.reply_style, after.reply_style
    limits, new_limits = before.limits, after.limits
    asked, new_asked = before.generation, after.generation
    prompt, new_prompt = asked.prompt or PromptRef(""), new_asked.prompt or PromptRef("")
    fields: tuple[FieldDiff, ...] = (
        ValueDiff("name", before.name, after.name),
        ValueDiff("description", before.description, after.description),
        _texts("instructions", before.instructions, after.instructions),
        _texts("guardrails", before.guardrails, after.guardrails),
        ValueDiff("reply_style.language", style.language, new_style.language),
        ValueDiff("reply_style.register", style.register, new_style.register),
        ValueDiff("reply_style.length", style.length, new_style.length),
        ValueDiff("reply_style.tone", style.tone, new_style.tone),
        _texts("reply_style.signature", style.signature, new_style.signature),
        ValueDiff("model", before.model, after.model),
        ValueDiff("generation.fallback", asked.fallback, new_asked.fallback),
        ValueDiff("generation.reasoning_effort", asked.reasoning_effort, new_asked.reasoning_effort),
        ValueDiff("generation.temperature", asked.temperature, new_asked.temperature),
        ValueDiff("generation.background", asked.background, new_asked.background),
        ValueDiff("generation.prompt", prompt.id, new_prompt.id),
        ValueDiff("generation.prompt.version", prompt.version, new_prompt.version),
        TextDiff("generation.prompt.variables", diff_lines(_pairs(prompt.variables), _pairs(new_prompt.variables))),
        TextDiff("vector_store_ids", diff_lines(before.vector_store_ids, after.vector_store_ids)),
        ValueDiff("knowledge_search", before.knowledge_search, after.knowledge_search),
        ValueDiff("output_format", before.output_format, after.output_format),
        _texts("json_schema", before.json_schema, after.json_schema),
        ValueDiff("limits.max_output_tokens", limits.max_output_tokens, new_limits.max_output_tokens),
        ValueDiff("limits.max_passages", limits.max_passages, new_limits.max_passages),
        ValueDiff("limits.score_threshold", limits.score_threshold, new_limits.score_threshold),
        ValueDiff("limits.budget_usd", limits.budget_usd, new_limits.budget_usd),
        TextDiff("metadata", diff_lines(_pairs(before.metadata), _pairs(after.metadata))),
    )
    for difference in fields:
        if isinstance(difference, TextDiff):
            if any(line.mark in (Mark.ADDED, Mark.REMOVED) for line in difference.lines):
                yield difference
        elif difference.before != difference.after:
            yield difference


def _texts(field: str, before: str, after: str) -> TextDiff:
    """An empty text has no line, so that filling it removes none."""
    old, new = (text.split("\n") if text else [] for text in (before, after))
    return TextDiff(field, diff_lines(old, new))


def _pairs(metadata: Metadata) -> list[str]:
    return [f"{key}: {value}" for key, value in sorted(metadata.items())]


def _kept(lines: Sequence[str], *, is_first: bool, is_last: bool) -> list[DiffLine]:
    """Next to a change `CONTEXT_LINES` are shown; a single hidden line is shown as well, being no longer."""
    head = 0 if is_first else CONTEXT_LINES
    tail = 0 if is_last else CONTEXT_LINES
    hidden = len(lines) - head - tail
    if hidden <= 1:
        return [DiffLine(Mark.SAME, line) for line in lines]
    return [
        *(DiffLine(Mark.SAME, line) for line in lines[:head]),
        DiffLine(Mark.SKIPPED, "", hidden),
        *(DiffLine(Mark.SAME, line) for line in lines[len(lines) - tail :]),
    ]
