"""What may be quoted of a passage: its sentences, its table rows, and its lists and procedures as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.citations import Source
from iaposte_desktop.domain.sentences import LIST_MARK, TITLE_CHARACTERS, Span, is_table_row, split_sentences
from iaposte_desktop.engine.model.terms import language_of_text

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_QUOTE_WORDS = 150
SHORTEST_QUOTE_WORDS = 3
SENTENCE_WORDS = 10
TELLING_WORDS = 8
"""From here on a sentence shows its language by itself."""

_ORDERED_MARK = re.compile(r"\s*\(?(?:\d{1,2}|[a-z])[.)]\s")
_END_MARK = re.compile(r"[.!?…:;,][»\"”’')\]\s]*$")
_REFERS_BACK = re.compile(
    r"(?:il|elle|ils|elles|ce|cela|ceci|cette|ces|celui-ci|celle-ci|pour cela|dans ce cas|passé ce délai|sinon|ensuite"
    r"|this|these|those|it|its|they|such|otherwise|then|in that case)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"[:@€$£%]|https?://|\d{3}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`start` and `end` are offsets into the passage's text. `title` is the heading or question that stands above.
    `rank` counts passages from 0, best first. `language` is the quote's, as far as it shows.
    `before` is the sentence before it in the paragraph, where it begins by referring to that one."""

    source: Source
    rank: int
    start: int
    end: int
    language: str
    title: str = ""
    is_list: bool = False
    before: Candidate | None = None

    @property
    def quote(self) -> str:
        return self.source.passage.text[self.start : self.end]


def candidates(source: Source, rank: int, language: str) -> tuple[Candidate, ...]:
    """In the order of the passage; `language` where neither the sentence nor the passage shows its own."""
    text = source.passage.text
    language = language_of_text(text) or language
    title = " ".join(source.passage.anchor.headings)
    found: list[Candidate] = []
    for run in _runs(text, _joined(text, split_sentences(text))):
        is_list = _is_inseparable(text, run)
        for span in [Span(run[0].start, run[-1].end)] if is_list else run:
            start = span.start if is_list else _after_mark(text, span)
            quote = text[start : span.end]
            if not is_list and _is_title(text, span):
                title = quote.lstrip("# ")
            elif quote and _words(quote) <= LONGEST_QUOTE_WORDS:
                own = language_of_text(quote) if _words(quote) >= TELLING_WORDS else None
                before = _referred_to(found[-1], start) if found and _REFERS_BACK.match(quote) else None
                found.append(Candidate(source, rank, start, span.end, own or language, title, is_list, before))
    return tuple(found)


def _referred_to(last: Candidate, start: int) -> Candidate | None:
    between = last.source.passage.text[last.end : start]
    return None if last.is_list or between.strip() or "\n\n" in between else last


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """`Oui.` goes with what it is said of: a word or two are no answer alone."""
    joined: list[Span] = []
    is_short = False
    for span in spans:
        if is_short and "\n" not in text[joined[-1].end : span.start]:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
        last = joined[-1].of(text)
        is_short = _words(last) < SHORTEST_QUOTE_WORDS and last.endswith((".", "!"))
    return joined


def _runs(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """A list with the sentence that announces it is one run; every other sentence is a run alone."""
    runs: list[list[Span]] = []
    in_list = False
    for span in spans:
        is_item = _is_item(text, span) or (in_list and "\n" not in text[runs[-1][-1].end : span.start])
        if is_item and (in_list or (runs and runs[-1][-1].of(text).endswith(":"))):
            runs[-1].append(span)
        else:
            runs.append([span])
        in_list = is_item
    return runs


def _is_inseparable(text: str, run: Sequence[Span]) -> bool:
    """Steps, items too short to say something by themselves, items under an announcement; not a long list."""
    items = [span for span in run if _is_item(text, span)]
    if len(items) < 2 or _words(text[run[0].start : run[-1].end]) > LONGEST_QUOTE_WORDS:
        return False
    is_announced = not _is_item(text, run[0])
    is_ordered = all(_ORDERED_MARK.match(item.of(text)) for item in items)
    words = sum(_words(text[_after_mark(text, item) : item.end]) for item in items)
    are_fragments = words < SENTENCE_WORDS * len(items)
    asks = any(span.of(text).endswith("?") for span in run)
    return not asks and (is_announced or is_ordered or are_fragments)


def _is_item(text: str, span: Span) -> bool:
    return LIST_MARK.match(text, span.start, span.end) is not None


def _after_mark(text: str, span: Span) -> int:
    mark = LIST_MARK.match(text, span.start, span.end)
    return mark.end() if mark else span.start


def _is_title(text: str, span: Span) -> bool:
    """A heading, a rule, a question: it says what the next sentences are about, and is no answer itself."""
    line = text[_after_mark(text, span) : span.end]
    if line.startswith("#") or line.endswith("?") or not any(character.isalnum() for character in line):
        return True
    is_alone = text[span.end :].lstrip(" \t").startswith("\n") and "\n" not in line
    return (
        is_alone
        and span.end < len(text)
        and len(line) <= TITLE_CHARACTERS
        and not _END_MARK.search(line)
        and not _CONTACT.search(line)
        and not is_table_row(line)
        and not _is_item(text, span)
    )


def _words(text: str) -> int:
    return len(text.split())
