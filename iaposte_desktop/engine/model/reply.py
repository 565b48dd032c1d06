"""The reply, made of quotes and of a frame that says nothing by itself.

Invariant: every sentence between salutation and closing is verbatim in a passage, or one of `phrases`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.domain.assistants import ReplyLength
from iaposte_desktop.domain.citations import Source
from iaposte_desktop.domain.ports.model_provider import FoundNothingFor
from iaposte_desktop.engine.model.evidence import choose
from iaposte_desktop.engine.model.phrases import phrases_in, shown_question
from iaposte_desktop.engine.model.questions import Question
from iaposte_desktop.engine.model.salutation import salutation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iaposte_desktop.domain.ports.model_provider import ReplyContext
    from iaposte_desktop.engine.model.candidates import Candidate
    from iaposte_desktop.engine.text.synonyms import SynonymsOf

SENTENCES = {ReplyLength.SHORT: 2, ReplyLength.MEDIUM: 3, ReplyLength.LONG: 4}
MOST_TITLES = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """Text of the frame, with the white space before it."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """`text` is the quote as it is shown, with the white space before it; `verbatim` as it stands in the passage."""

    text: str
    source: int
    verbatim: str


Piece: TypeAlias = Frame | Quote | FoundNothingFor


@dataclass(frozen=True, slots=True)
class Searched:
    """A question and what the search for it brought; `sources` None means that it was not searched for."""

    question: Question
    sources: tuple[Source, ...] | None


def compose(searched: Sequence[Searched], reply: ReplyContext, synonyms: SynonymsOf) -> Iterator[Piece]:
    """In reading order. Sources of internal stores are not quoted."""
    phrases = phrases_in(reply.language)
    yield Frame(salutation(reply.language, reply.customer_name, reply.register))
    if not searched:
        yield Frame(f"\n\n{phrases.thanks}")
    quoted: list[Candidate] = []
    for each in searched:
        yield from _paragraph(each, reply, quoted, synonyms, is_only=len(searched) == 1)
    yield Frame(f"\n\n{phrases.closing[reply.register]}")
    if reply.signature.strip():
        yield Frame(f"\n{reply.signature.strip()}")


def _paragraph(
    searched: Searched,
    reply: ReplyContext,
    quoted: list[Candidate],
    synonyms: SynonymsOf,
    *,
    is_only: bool,
) -> Iterator[Piece]:
    phrases = phrases_in(reply.language)
    shown = shown_question(searched.question.text, reply.language)
    if searched.sources is None:
        yield Frame(f"\n\n{phrases.not_covered.format(question=shown)}")
        yield FoundNothingFor(searched.question.text)
        return
    sources = [source for source in searched.sources if not source.passage.is_internal]
    chosen = choose(
        searched.question,
        sources,
        sentences=SENTENCES[reply.length],
        language=reply.language,
        quoted=quoted,
        synonyms=synonyms,
    )
    if chosen.candidates:
        quoted += chosen.candidates
        lead = phrases.found if is_only else phrases.found_for
        yield Frame("\n\n" + lead.format(question=shown, language=phrases.languages.get(chosen.language, "")))
        yield from _quotes(chosen.candidates)
    elif chosen.is_repeated:
        yield Frame(f"\n\n{phrases.same_as_above.format(question=shown)}")
    else:
        yield Frame(f"\n\n{phrases.nothing_for.format(question=shown)}")
        if titles := _titles(sources, reply.language):
            yield Frame(f" {phrases.nearest.format(titles=titles)}")
        yield FoundNothingFor(searched.question.text)


def _quotes(candidates: Sequence[Candidate]) -> Iterator[Quote]:
    """Sentences run on; a list stands on lines of its own."""
    before = "\n"
    for candidate in candidates:
        lines = [" ".join(line.split()) for line in candidate.quote.splitlines() if line.strip()]
        if not candidate.is_list:
            yield Quote(before + " ".join(lines), candidate.source.number, candidate.quote)
            before = " "
        else:
            yield Quote("\n" + "\n".join(lines), candidate.source.number, candidate.quote)
            before = "\n"


def _titles(sources: Sequence[Source], language: str) -> str:
    """Of the nearest files, best first."""
    names = dict.fromkeys(source.passage.file_name for source in sources)
    title = phrases_in(language).title
    return ", ".join(title.format(title=name) for name in list(names)[:MOST_TITLES])
