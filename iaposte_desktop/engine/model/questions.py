"""What a customer wants to know, and what to search for.

A mail is only ever read for questions: nothing in it is an instruction to the program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from iaposte_desktop.domain.mail_text import sentences_of_mail
from iaposte_desktop.engine.model.asking import asks, complains, parts, wishes, without_politeness
from iaposte_desktop.engine.model.filler_words import FILLER_WORDS
from iaposte_desktop.engine.model.terms import query_terms
from iaposte_desktop.engine.text.stop_words import STOP_WORDS
from iaposte_desktop.engine.text.words import normalise, split_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from iaposte_desktop.domain.ports.model_provider import CustomerMail

MOST_QUESTIONS = 3
MOST_LISTED = 8
ENOUGH_KEYWORDS = 2
ENOUGH_KEYWORDS_WITH_PRONOUN = 3
MOST_CONTEXT = 4
MOST_KEYWORDS = 16
SAME_QUESTION = 0.8

_REFERENCE = re.compile(
    r"""
    https?://\S+ | www\.\S+ | [^\s@]{1,64}@\S+
    | (?:n°|nº|\#)\s*\w+
    | \b(?:cmd|cde|com|ord|fac|inv|tkt|ref)[-_/]?\d[\w/-]* | \b[a-z]{0,3}[-_/]?\d{5,}\b
    | \b(?:\d[ .]?){9,}\d\b
    | \b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERED = re.compile(
    r"\b(commande|colis|suivi|facture|dossier|order|parcel|tracking|invoice|ticket)\s+(?:number|numéro|num\.?|no\.?)?\s*\d[\w/-]*",
    re.IGNORECASE,
)
_REPLY_MARK = re.compile(r"^(?:\s*(?:re|tr|fw|fwd|réf?)\s*:)+\s*|^\(?(?:sans objet|no subject)\)?$", re.IGNORECASE)
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]", re.IGNORECASE)
_CONJUNCTION = re.compile(r"(?:et|ou|mais|and|or|but)\b", re.IGNORECASE)
_INVERSION = re.compile(r"-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles)$", re.IGNORECASE)
_PRONOUN = re.compile(
    r"-(?:il|ils|elle|elles|le|la|les|en|y)\b|\b(?:il|ils|elle|elles|cela|ça|celui|celle|ceux)\b"
    r"|\b(?:le|la|les|l['’])\s?(?=\w+(?:er|ir|oir|re)\b)|\bl['’](?=ai|as|a\b|ont|avez)"
    r"|\b(?:it|its|they|them|this|that|these|those|one)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """`text` as the customer wrote it, on one line. `keywords` are its own telling words, `context` those that it
    leaves to the subject or to the sentence before."""

    text: str
    keywords: str
    context: str = ""

    @property
    def query(self) -> str:
        return f"{self.keywords} {self.context}".strip()


def question_of(text: str, before: str = "", subject: str = "", goes_on: bool = False) -> Question:
    """`before` is what stands before it in the mail; `goes_on` if in the same sentence."""
    keywords = _keywords(without_politeness(text))[:MOST_KEYWORDS]
    refers = _PRONOUN.search(text) is not None
    is_clear = len(keywords) >= (ENOUGH_KEYWORDS_WITH_PRONOUN if refers else ENOUGH_KEYWORDS)
    leans = refers or goes_on or _CONJUNCTION.match(text) is not None
    context = [] if is_clear else _context(keywords, before if leans or not asks(before) else "", subject)
    return Question(text, " ".join(keywords), " ".join(context))


def find_questions(mail: CustomerMail, customer_name: str = "") -> tuple[Question, ...]:
    """In the order of the mail, none twice. Where it asks nothing: what it complains of or wishes, else what it is
    mostly about; none for a mail of thanks."""
    name = frozenset(split_words(normalise(customer_name)))
    sentences = [sentence for sentence in sentences_of_mail(mail.text) if not name.issuperset(_words(sentence))]
    subject = " ".join(word for word in _REPLY_MARK.sub("", mail.subject).split() if name.isdisjoint(_words(word)))
    asked = _such(asks, sentences, subject)
    found = (
        [question for question in asked if question.keywords]
        or _such(asks, [subject], "")
        or _such(complains, sentences, subject)
        or _such(wishes, sentences, subject)
        or asked
        or _main_concern(sentences, subject)
    )
    return _distinct(question for question in found if question.query)[:MOST_LISTED]


def _such(is_such: Callable[[str], bool], sentences: Sequence[str], subject: str) -> list[Question]:
    return [
        question_of(part, before, subject, goes_on=bool(index))
        for previous, sentence in pairwise(("", *sentences))
        if is_such(sentence)
        for index, (before, part) in enumerate(pairwise((previous, *parts(sentence))))
    ]


def _main_concern(sentences: Sequence[str], subject: str) -> list[Question]:
    about = [question_of(sentence, "", subject) for sentence in sentences]
    richest = max(about, key=lambda question: len(question.keywords.split()), default=question_of(subject))
    return [Question(richest.text, richest.keywords, " ".join(_context(richest.keywords.split(), "", subject)))]


def _distinct(questions: Iterable[Question]) -> tuple[Question, ...]:
    kept: list[tuple[Question, frozenset[object]]] = []
    for question in questions:
        terms: frozenset[object] = frozenset(query_terms(question.query))
        if all(len(terms & other) < SAME_QUESTION * len(terms | other) for _, other in kept):
            kept.append((question, terms))
    return tuple(question for question, _ in kept)


def _keywords(text: str) -> list[str]:
    """Its telling words in order, as written, without references that no file holds (orders, dates, addresses)."""
    bare = _REFERENCE.sub(" ", _NUMBERED.sub(r"\1", text))
    pieces = (_ELISION.sub("", piece.strip("«»\"“”'’()[]{}.,;:!?…*_- ")) for piece in bare.split())
    telling = [_INVERSION.sub("", piece) for piece in pieces if _is_telling(piece)]
    return list({piece.lower(): piece for piece in reversed(telling)}.values())[::-1]


def _is_telling(piece: str) -> bool:
    return any(
        word not in STOP_WORDS and word not in FILLER_WORDS and not (word.isdigit() and len(word) < 3)
        for word in _words(piece)
    )


def _context(keywords: Sequence[str], before: str, subject: str) -> list[str]:
    """Names and what the subject and the sentence before have in common come first."""
    own = set(query_terms(" ".join(keywords)))
    of_subject, of_before = _keywords(subject), _keywords(before)
    shared = set(query_terms(" ".join(of_subject))) & set(query_terms(" ".join(of_before)))
    first_word = next(iter(before.split()), "")
    names = {word for word in of_before if word[0].isupper() and word != first_word}
    offered = dict.fromkeys(word for word in (*of_subject, *of_before) if not own.intersection(query_terms(word)))
    ranked = sorted(offered, key=lambda word: not (word in names or shared.intersection(query_terms(word))))
    return _without_repeats(ranked)[:MOST_CONTEXT]


def _without_repeats(words: Iterable[str]) -> list[str]:
    by_terms = {query_terms(word): word for word in reversed(list(words))}
    return list(reversed(by_terms.values()))


def _words(text: str) -> list[str]:
    return split_words(normalise(text))
