"""Citations and proof: which sentence a marker stands on, and whether the quote is really in its source."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.citations import Citation, CitationMatch
from iaposte_desktop.domain.errors import IAPosteError, StorageError
from iaposte_desktop.domain.matching import find_quote
from iaposte_desktop.domain.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from iaposte_desktop.domain.citations import Source
    from iaposte_desktop.domain.knowledge import FileContent, Passage

MARKER: Final = re.compile(r"\[(\d{1,3})\]")


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
    found = find_quote(passage.text, text, named if named[0] < named[1] else None)
    if found is not None:
        return found.start, found.end
    return named if named[0] < named[1] else None


async def checked(
    citations: Sequence[Citation],
    sources: Sequence[Source],
    content_of: Callable[[str, str], Awaitable[FileContent]],
) -> tuple[Citation, ...]:
    """Each citation with its match against the file's text as it is now; `content_of(store_id, file_id)` fetches it.
    A file that is gone or cannot be had, and a source that was never found, make their quotes NOT_FOUND. Texts are
    searched on a thread: the loop goes on."""
    by_number = {source.number: source for source in sources}
    contents: dict[str, FileContent | None] = {}
    result = []
    for citation in citations:
        source = by_number.get(citation.source)
        if source is None:
            result.append(replace(citation, match=CitationMatch.NOT_FOUND))
            continue
        passage = source.passage
        if passage.file_id not in contents:
            contents[passage.file_id] = await _content(passage, content_of)
        result.append(await asyncio.to_thread(located, citation, passage, contents[passage.file_id]))
    return tuple(result)


async def _content(passage: Passage, content_of: Callable[[str, str], Awaitable[FileContent]]) -> FileContent | None:
    try:
        return await content_of(passage.store_id, passage.file_id)
    except StorageError:
        raise
    except IAPosteError:
        return None


def located(citation: Citation, passage: Passage, content: FileContent | None) -> Citation:
    """The citation as the file's text bears it out. Of several places of the quote that in the passage counts."""
    text = content.text if content is not None else ""
    named = place_of(passage, text) if text else None
    match = find_quote(citation.quote, text, named)
    if content is None or match is None:
        return replace(citation, match=CitationMatch.NOT_FOUND, quote_start=None, quote_end=None, anchor=None, found="")
    return replace(
        citation,
        match=CitationMatch.EXACT if match.is_exact else CitationMatch.APPROXIMATE,
        quote_start=match.start,
        quote_end=match.end,
        anchor=content.anchor_at(match.start),
        found="" if match.is_exact else text[match.start : match.end],
    )
