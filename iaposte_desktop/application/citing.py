"""Citations and proof: which sentence a marker stands on, and whether the quote is really in its source."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.citations import Citation, CitationMatch
from iaposte_desktop.domain.errors import IAPosteError, StorageError
from iaposte_desktop.domain.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from iaposte_desktop.domain.citations import Source
    from iaposte_desktop.domain.knowledge import FileContent, Passage

MARKER: Final = re.compile(r"\[(\d{1,3})\]")
_APPROXIMATE: Final = 0.8
"""Share of characters in common from which a quote counts as approximately there."""


def without_markers(text: str) -> str:
    """The text as a customer reads it."""
    return re.sub(r"[ \u00a0\u202f]?\[\d{1,3}\]", "", text)


def citations_of_markers(text: str, sources: Sequence[Source], known: Sequence[Citation]) -> tuple[Citation, ...]:
    """Citations for the markers that the model wrote without saying which words they stand on: the sentence of the
    passage nearest to the sentence before the marker. A marker without a source is no citation."""
    by_number = {source.number: source for source in sources}
    taken = {citation.position for citation in known}
    found = []
    for match in MARKER.finditer(text):
        source = by_number.get(int(match[1]))
        if source is not None and match.start() not in taken:
            statement = sentence_before(text, match.start())
            found.append(Citation(source.number, nearest_sentence(statement, source.passage.text), match.start()))
    return tuple(found)


def nearest_sentence(statement: str, passage: str) -> str:
    """The sentence of `passage`, verbatim, that shares most words with `statement`; the first of equals."""
    words = set(re.findall(r"\w+", statement.casefold()))

    def shared(sentence: str) -> float:
        own = set(re.findall(r"\w+", sentence.casefold()))
        return len(words & own) / (len(own) + 3)

    sentences = [passage[span.start : span.end] for span in split_sentences(passage)]
    return max(sentences, key=shared, default=passage)


def sentence_before(text: str, position: int) -> str:
    """The sentence that ends at `position`, without markers."""
    before = MARKER.sub("", text[max(0, position - 600) : position]).rstrip()
    spans = split_sentences(before)
    return before[spans[-1].start : spans[-1].end] if spans else before


def place_of(passage: Passage, text: str) -> tuple[int, int] | None:
    """Start and end of the passage in its file's text. Where it is not at the place it names, or names none, its words
    are looked for, however they are spaced. None where it is not known."""
    named = passage.start, min(passage.end, len(text))
    if text[slice(*named)] == passage.text != "":
        return named
    words = passage.text.split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    if found is not None:
        return found.span()
    return named if named[0] < named[1] else None


async def checked(
    citations: Sequence[Citation],
    sources: Sequence[Source],
    content_of: Callable[[str, str], Awaitable[FileContent]],
) -> tuple[Citation, ...]:
    """Each citation with its match against the file's text as it is now; `content_of(store_id, file_id)` fetches it.
    A file that is gone or cannot be had, and a source that was never found, make their quotes NOT_FOUND."""
    by_number = {source.number: source for source in sources}
    texts: dict[str, str | None] = {}
    result = []
    for citation in citations:
        source = by_number.get(citation.source)
        if source is None:
            result.append(replace(citation, match=CitationMatch.NOT_FOUND))
            continue
        passage = source.passage
        if passage.file_id not in texts:
            try:
                texts[passage.file_id] = (await content_of(passage.store_id, passage.file_id)).text
            except StorageError:
                raise
            except IAPosteError:
                texts[passage.file_id] = None
        result.append(_checked(citation, passage, texts[passage.file_id]))
    return tuple(result)


def _checked(citation: Citation, passage: Passage, text: str | None) -> Citation:
    if text is None or not citation.quote.strip():
        return replace(citation, match=CitationMatch.NOT_FOUND)
    place = place_of(passage, text)
    start = text.find(citation.quote, *place) if place else -1
    if start < 0:
        start = text.find(citation.quote)
    if start >= 0:
        end = start + len(citation.quote)
        return replace(citation, match=CitationMatch.EXACT, quote_start=start, quote_end=end)
    near = _nearest(citation.quote, text[place[0] : place[1]]) if place else None
    if place is None or near is None:
        return replace(citation, match=CitationMatch.NOT_FOUND)
    start, end = near
    return replace(
        citation,
        match=CitationMatch.APPROXIMATE,
        quote_start=place[0] + start,
        quote_end=place[0] + end,
    )


def _nearest(quote: str, passage: str) -> tuple[int, int] | None:
    """Where in `passage` most of `quote` stands, if enough of it does."""
    # Character by character: a fold of the whole may be longer, and its offsets would be wrong.
    sought, text = ([character.casefold() for character in each] for each in (quote, passage))
    matcher = SequenceMatcher(None, sought, text, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= 3]
    if not blocks or sum(block.size for block in blocks) < _APPROXIMATE * len(quote):
        return None
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    return (start, end) if end - start <= 2 * len(quote) else None
