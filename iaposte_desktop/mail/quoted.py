"""What the writer wrote, apart from the history it answers and the signature below it. French and English forms.

Every line of the mail stands in one of the three; blank lines at their edges alone are dropped. Where the writer
answers between quoted lines, those stay in the text, for the answers mean nothing without them; and where nothing
but history was sent (a forwarded mail), the history is the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_SIGNATURE_LINES = 12
MAX_ATTRIBUTION_LINES = 4
HEADER_WINDOW = 8
"""A quoted head has its fields within so many lines."""

_LINE_CHARACTERS = 400
"""No form is longer; a longer line is looked at so far."""

_SEPARATOR = re.compile(
    r"\s*(?:-{2,}|_{2,})\s*(?:message d['’]origine|message original|original message|mail original|original mail"
    r"|e-?mail d['’]origine|forwarded message|message transf[ée]r[ée]|message r[ée]exp[ée]di[ée]"
    r"|courriel original)\s*(?:-{2,}|_{2,})\s*"
    r"|\s*(?:begin forwarded message|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée]))\s*:\s*",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"(?=.*\d)(?:le|on)\b.{4,380}\b(?:a écrit|wrote)\s*:"
    r"|.{0,150}<[^<>\s]+@[^<>\s]+>\s*(?:a écrit|wrote)\s*:"
    r"|\d{4}-\d\d-\d\d.{4,150}<[^<>\s]+@[^<>\s]+>\s*:",
    re.IGNORECASE,
)
_ATTRIBUTION_START = re.compile(r"(?:le|on)\b.*\d|.{0,150}<[^<>\s]+@[^<>\s]+>", re.IGNORECASE)
_HEAD_FROM = re.compile(r"[*_]{0,2}(?:de|from)[*_]{0,2}\s*:[*_]{0,2}\s*\S", re.IGNORECASE)
_HEAD_FIELD = re.compile(
    r"[*_]{0,2}(?:envoyé(?: le)?|date|à|cc|objet|sent|to|subject|répondre à|reply-to)[*_]{0,2}\s*:", re.IGNORECASE
)
_RULE = re.compile(r"\s*[-_*=]{5,}\s*")
_QUOTE = re.compile(r"\s{0,3}(?:>|&gt;)")
_DASHES = re.compile(r"--[ \xa0]?\s*")
_DEVICE = re.compile(
    r"(?:envoyé (?:de|depuis|à partir d)|sent from|sent via|sent using|get outlook for|obtenez? outlook pour"
    r"|télécharge[rz] outlook|provenance : courrier|expédié (?:de|depuis))\b.{0,120}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SplitText:
    text: str
    quoted: str
    signature: str


class _Kind(Enum):
    TEXT = auto()
    QUOTE = auto()
    SIGNATURE = auto()


def split_quoted(text: str) -> SplitText:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    history = _history_start(lines)
    kinds = _kinds(lines[:history])
    kept = _with_history(kinds) + [_Kind.QUOTE] * (len(lines) - history)
    if not any(kind is _Kind.TEXT and line.strip() for kind, line in zip(kept, lines, strict=True)):
        return SplitText(_joined(lines), "", "")
    return SplitText(*(_of_kind(lines, kept, kind) for kind in (_Kind.TEXT, _Kind.QUOTE, _Kind.SIGNATURE)))


def _history_start(lines: Sequence[str]) -> int:
    """Where something begins that is history to the end, whether its lines are marked or not."""
    for number, line in enumerate(lines):
        short = line[:_LINE_CHARACTERS]
        if _SEPARATOR.fullmatch(short) or _is_quoted_head(lines, number):
            return _before_rule(lines, number)
        length = _attribution_length(lines, number)
        if length and not _is_followed_by_quote(lines, number + length):
            return number
    return len(lines)


def _kinds(lines: Sequence[str]) -> list[_Kind]:
    """Of each line by its own form; blank lines go with the line before them."""
    kinds: list[_Kind] = []
    while (number := len(kinds)) < len(lines):
        line = lines[number]
        before = kinds[-1] if kinds else _Kind.TEXT
        if length := _attribution_length(lines, number):
            kinds += [_Kind.QUOTE] * length
        elif _QUOTE.match(line):
            kinds.append(_Kind.QUOTE)
        elif not line.strip():
            kinds.append(before)
        elif length := _signature_length(lines, number):
            kinds += [_Kind.SIGNATURE] * length
        else:
            kinds.append(_Kind.TEXT)
    return kinds


def _with_history(kinds: list[_Kind]) -> list[_Kind]:
    """Quotes between answers become text; those before the first or after the last line of it stay quotes."""
    text = [number for number, kind in enumerate(kinds) if kind is _Kind.TEXT]
    if not text or _Kind.QUOTE not in kinds[text[0] : text[-1]]:
        return kinds
    last = text[-1]
    return [_Kind.TEXT if kind is _Kind.QUOTE and at < last else kind for at, kind in enumerate(kinds)]


def _attribution_length(lines: Sequence[str], number: int) -> int:
    """How many lines from `number` on make up `On … wrote:`, which mail programs wrap; 0 for none."""
    first = lines[number].strip()[:_LINE_CHARACTERS]
    if not _ATTRIBUTION_START.match(first) and not _ATTRIBUTION.fullmatch(first):
        return 0
    joined = ""
    for length, line in enumerate(lines[number : number + MAX_ATTRIBUTION_LINES], start=1):
        if not line.strip():
            return 0
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _LINE_CHARACTERS:
            return 0
        if _ATTRIBUTION.fullmatch(joined):
            return length
    return 0


def _is_followed_by_quote(lines: Sequence[str], number: int) -> bool:
    following = next((line for line in lines[number:] if line.strip()), "")
    return _QUOTE.match(following) is not None


def _is_quoted_head(lines: Sequence[str], number: int) -> bool:
    if not _HEAD_FROM.match(lines[number].strip()[:_LINE_CHARACTERS]):
        return False
    window = (line.strip()[:_LINE_CHARACTERS] for line in lines[number + 1 : number + 1 + HEADER_WINDOW])
    return sum(_HEAD_FIELD.match(line) is not None for line in window) >= 2


def _before_rule(lines: Sequence[str], number: int) -> int:
    """The line of dashes or underscores above a quoted head belongs to it."""
    above = number - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _RULE.fullmatch(lines[above][:_LINE_CHARACTERS]) else number


def _signature_length(lines: Sequence[str], number: int) -> int:
    """How many lines from `number` on are a signature: up to a quote or the end, and not too many. 0 for none."""
    line = lines[number].strip()[:_LINE_CHARACTERS]
    if not _DASHES.fullmatch(lines[number][:10]) and not _DEVICE.fullmatch(line):
        return 0
    length, filled = 0, 0
    for at in range(number, len(lines)):
        if _QUOTE.match(lines[at]) or _attribution_length(lines, at):
            break
        length += 1
        filled += bool(lines[at].strip())
        if filled > MAX_SIGNATURE_LINES:
            return 0
    return length


def _of_kind(lines: Sequence[str], kinds: Sequence[_Kind], kind: _Kind) -> str:
    return _joined(line for line, its in zip(lines, kinds, strict=True) if its is kind)


def _joined(lines: Iterable[str]) -> str:
    """Without blank lines at the edges."""
    kept = list(lines)
    first, last = 0, len(kept)
    while first < last and not kept[first].strip():
        first += 1
    while last > first and not kept[last - 1].strip():
        last -= 1
    return "\n".join(kept[first:last])
