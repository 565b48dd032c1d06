"""The part of a mail that says something: without greeting, courtesies, signature and quoted history."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iaposte_desktop.domain.sentences import LIST_MARK, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLAGS = re.IGNORECASE | re.VERBOSE | re.DOTALL

_GREETING = re.compile(
    r"""
    \s*(?:(?:re-?)?bonjour|bonsoir|salut|coucou|ch[eè]re?s?|madame|monsieur|mesdames|messieurs
        |hello|hi|hey|dear|greetings|good\ (?:morning|afternoon|evening|day))\b
    (?:(?:(?![,!:.?;]|\ (?:je|j|nous|mon|ma|mes|où|quand|comment|est|i|we|my|can|could|how|what|when|where|is)\b)[^\n])
        {0,40}(?:[,!:.]+[ \t]*|(?=\n|$))|[ ]+)
    """,
    _FLAGS,
)
_CLOSING = re.compile(
    r"""
    (?:(?:bien\ |très\ )?(?:cordialement|sincèrement|respectueusement)|cdlt|cdt|bien\ à\ vous|à\ bientôt
        |(?:meilleures\ |sincères\ |cordiales\ )?salutations(?:\ distinguées)?|(?:bonne|belle)\ (?:journée|soirée)
        |je\ vous\ prie\ d['’]agréer.*|veuillez\ (?:agréer|recevoir|croire).*
        |(?:(?:kind|best|warm|many)\ )?(?:regards|wishes)|all\ the\ best|best|sincerely|cheers
        |yours(?:\ (?:sincerely|faithfully|truly))?|(?:sincerely|faithfully)\ yours)
    (?:\s*[,!.–-].{0,40}|(?-i:\ [A-ZÀ-Þ][\w'’-]+){0,3})
    """,
    _FLAGS,
)
_HISTORY = re.compile(
    r"""
    \s*(?:-{2,}\s*(?:original\ message|forwarded\ message|message\ (?:d['’]origine|original|transféré))
        |(?:le|on)\b.{5,120}\b(?:a\ écrit|wrote)\s*:\s*$)
    """,
    _FLAGS,
)
_SENT_FROM = re.compile(
    r"\s*(?:envoyé (?:de|depuis) mon|sent from my|get outlook for|obtenir outlook)\b", re.IGNORECASE
)
_COURTESY = re.compile(
    r"""
    (?:un\ grand\ )?merci(?:[ ,!.]*(?!de\b|pour\b)[^\W\d]+){0,3}[ ,!.]*
    |(?:un\ grand\ )?merci(?:\ \w+)?\ (?:d['’]avance|par\ avance|pour|de\ (?:votre|ta|vos))\b[^?]*
    |merci\ (?:d['’]avance\ )?de\ (?:me|nous)\ (?:répondre|recontacter|rappeler|tenir|lire)\b[^?]*
    |merci\ de\ (?:bien\ vouloir\ )?faire\ (?:le\ nécessaire|au\ plus\ vite)[^?]*
    |(?:je|nous)\ (?:vous|te)\ (?:en\ )?remerci(?:e|ons)\b[^?]*|(?:en\ )?vous\ en?\ ?remerciant[^?]*
    |(?:dans|en)\ (?:l['’])?(?:attente|espoir|espérant)\b[^?]*|n['’]hésitez\ pas\b[^?]*
    |(?:bonne|belle|excellente)\ (?:journée|soirée|semaine|fin)\b[^?]*
    |j['’]espère\ que\ (?:vous|tu|tout)\b[^?]*|comment\ (?:allez|vas)[- ](?:vous|tu)\b.*
    |(?:many\ )?thank(?:s|\ you)(?:[ ,!.]*(?!for\b)[^\W\d]+){0,4}[ ,!.]*|thank(?:s|\ you)(?:\ \w+){0,2}\ for\b[^?]*
    |(?:i\ |we\ )?(?:look|am\ looking|['’]m\ looking|looking)\ forward\b[^?]*
    |(?:i\ )?hope\ (?:you|this|all|everything)\b[^?]*
    |how\ are\ you\b.*|(?:please\ )?(?:do\ not|don['’]t)\ hesitate\b.*|have\ a\ (?:nice|great|good|lovely)\b[^?]*
    """,
    _FLAGS,
)
LONGEST_MAIL = 20_000
_SHORT_LINE = 60
_MOST_GREETINGS = 3


def sentences_of_mail(text: str) -> tuple[str, ...]:
    """In order, on one line each, list marks off, courtesies left out."""
    body = body_of_mail(text)
    sentences = (" ".join(without_mark(span.of(body)).split()) for span in split_sentences(body))
    return tuple(sentence for sentence in sentences if sentence and not _COURTESY.fullmatch(sentence))


def body_of_mail(text: str) -> str:
    """Its lines without greeting, closing, signature and quoted history."""
    return _without_greeting("\n".join(_kept_lines(text[:LONGEST_MAIL]))).strip()


def paragraphs_of_mail(text: str) -> tuple[str, ...]:
    """In order, as they are written; those of courtesies alone are left out."""
    paragraphs = (paragraph.strip() for paragraph in re.split(r"\n\s*\n", body_of_mail(text)))
    return tuple(paragraph for paragraph in paragraphs if paragraph and not _is_courtesy(paragraph))


def _is_courtesy(paragraph: str) -> bool:
    return all(_COURTESY.fullmatch(" ".join(span.of(paragraph).split())) for span in split_sentences(paragraph))


def without_mark(line: str) -> str:
    return line[mark.end() :] if (mark := LIST_MARK.match(line)) else line


def _without_greeting(text: str) -> str:
    for _ in range(_MOST_GREETINGS):
        if not (greeting := _GREETING.match(text)):
            break
        text = text[greeting.end() :]
    return text


def _kept_lines(text: str) -> Iterator[str]:
    """Nothing of an answered mail below; under a closing formula only what is no name or address."""
    is_closed = False
    for line in text.splitlines():
        if _HISTORY.match(line):
            return
        bare = line.strip(" \t,.!–-")
        is_short = len(bare) <= _SHORT_LINE and "?" not in bare
        is_closed = is_closed or line.rstrip() == "--" or (is_short and bool(_CLOSING.fullmatch(bare)))
        if not (is_closed and is_short) and not line.lstrip().startswith(">") and not _SENT_FROM.match(line):
            yield line
