"""Sentences of French and English text as offsets, so that a quote can be cut out of its text to the character.

Invariant: spans are in order, do not overlap, begin and end on a character that is no white space, and together hold
every such character. A list item, a heading and a row of a table never share a sentence with their neighbours; a
line break inside a paragraph ends nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE_CHARACTERS = 60
_LONGEST_END = 16
_LONG_WORD = re.compile(r"[a-zß-ÿœ]{4,}|\S*\d{4}")

LIST_MARK = re.compile(r"\s*(?:[-*•–—▪◦‣·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_CLOSERS = r"(?:[ \u00a0\u202f]?»|[\"”’')\]])*(?:[ \u00a0\u202f]?\[\d{1,3}\])*"
_END = re.compile(rf"(?<![.!?…])[.!?…]++{_CLOSERS}(?=\s|$)")
_ENDS_SENTENCE = re.compile(rf"[.!?…]{_CLOSERS}$")
_OPENERS = "«\"“‘'([*_-–—•¿¡ \u00a0\u202f"
_ROW_KEY = re.compile(r"[^:;|]{0,59}[^\s:;|]: ")

_ALWAYS = re.compile(r"mm|mmes?|mlles?|mrs?|ms|drs?|pr|prof|ste?|mgr|av|apr|cf|vs|resp|e\.g|i\.e|p\.ex")
_BEFORE_NUMBER = re.compile(
    r"nos?|nr?|arts?|pp?|figs?|vol|ch|chap|al|r[ée]f|t[ée]l|ext|[ée]d|sect|env|approx|nb|dept|bd|boul|"
    r"janv?|f[ée]vr?|feb|mar|apr|avr|juil|aug|sept?|oct|nov|d[ée]c"
)
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][.-]+)*[A-ZÀ-Þ]")
_BEFORE_LOWER = re.compile(r"etc|ex|max|min|incl|excl|inc|ltd|corp|co")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, with their end punctuation, closing quotation marks and, for a list item, its mark."""
    return tuple(
        sentence
        for block, is_whole in _blocks(text)
        for sentence in ([block] if is_whole else _split_block(text, block))
    )


def is_table_row(line: str) -> bool:
    """A row as extraction writes it: `header: value; header: value`, or between bars."""
    if line.startswith("|") and line.count("|") > 2:
        return True
    parts = line.split("; ")
    return len(parts) > 1 and bool(_ROW_KEY.match(parts[0])) and any(_ROW_KEY.match(part) for part in parts[1:])


def _blocks(text: str) -> Iterator[tuple[Span, bool]]:
    """Runs of lines that sentences may cross, trimmed; true with those that are one sentence as they stand."""
    lines = _lines(text)
    begin: int | None = None
    end = 0
    for index, line in enumerate(lines):
        stripped = line.of(text)
        following = lines[index + 1].of(text) if index + 1 < len(lines) else ""
        is_whole = stripped.startswith("#") or is_table_row(stripped)
        if begin is not None and (not stripped or is_whole or LIST_MARK.match(stripped + " ")):
            yield Span(begin, end), False
            begin = None
        if is_whole:
            yield line, True
        elif stripped:
            is_first = begin is None or bool(_ENDS_SENTENCE.search(text, max(begin, end - _LONGEST_END), end))
            begin = line.start if begin is None else begin
            end = line.end
            if is_first and _is_title(stripped, following):
                yield Span(begin, end), False
                begin = None
    if begin is not None:
        yield Span(begin, end), False


def _lines(text: str) -> list[Span]:
    """Each line without the white space around it; a blank one is an empty span."""
    lines = []
    at = 0
    for line in text.splitlines(keepends=True):
        begin = at + len(line) - len(line.lstrip())
        lines.append(Span(begin, max(begin, at + len(line.rstrip()))))
        at += len(line)
    return lines


def _is_title(line: str, following: str) -> bool:
    """A short line without end punctuation over a line that begins anew."""
    return (
        len(line) <= TITLE_CHARACTERS
        and not LIST_MARK.match(line + " ")
        and line[-1] not in ".,;:!?…-–—("
        and not line[0].islower()
        and bool(following)
        and (following[0].isupper() or following[0].isdigit())
    )


def _split_block(text: str, block: Span) -> Iterator[Span]:
    begin = block.start
    mark = LIST_MARK.match(text, begin, block.end)
    at = mark.end() if mark else begin
    while (end := _END.search(text, at, block.end)) is not None:
        at = end.end()
        following = _skip_space(text, at, block.end)
        if following == block.end:
            break
        if _ends_sentence(text, begin, end, text[following : block.end][:60]):
            yield Span(begin, at)
            begin = at = following
    yield Span(begin, block.end)


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, begin: int, end: re.Match[str], following: str) -> bool:
    """Whether the punctuation at `end`, which white space and `following` come after, ends the sentence."""
    marks = end.group().rstrip("»\"”’')] \u00a0\u202f")
    is_closed = marks != end.group() and not end.group().endswith("]")
    first = following.lstrip(_OPENERS)[:1] or following[0]
    if "?" in marks or "!" in marks:
        return not (is_closed and first.islower())
    if marks.endswith(("…", "..")):
        return not first.islower()
    word = _word_before(text, begin, end.start())
    if first.islower():
        return not is_closed and bool(_LONG_WORD.fullmatch(word)) and not _is_abbreviation(word)
    return not _is_abbreviation(word, is_before_number=first.isdigit())


def _word_before(text: str, begin: int, end: int) -> str:
    at = end
    while at > begin and not text[at - 1].isspace() and text[at - 1] not in "'’":
        at -= 1
    return text[at:end].lstrip("«\"“‘'([*_")


def _is_abbreviation(word: str, is_before_number: bool | None = None) -> bool:
    """Whether a full stop after `word` belongs to it; `is_before_number` None means a lower-case letter follows."""
    lower = word.lower()
    if _ALWAYS.fullmatch(lower) or _INITIALS.fullmatch(word):
        return True
    is_number_word = bool(_BEFORE_NUMBER.fullmatch(lower))
    if is_before_number is None:
        return is_number_word or bool(_BEFORE_LOWER.fullmatch(lower)) or "." in word
    return is_before_number and is_number_word
