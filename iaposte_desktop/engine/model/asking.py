"""How customers ask, in French and in English: with a question mark, indirectly, or by saying what went wrong."""

from __future__ import annotations

import re
from typing import Final

LONGEST_WORDS: Final = 60
"""Longer sentences are taken for something else: pasted text, a list of goods."""


def _any(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PLEASE = _any(r"s['’]il (?:vous|te) pla[iî]t", "svp", "stp", "please", "kindly")
_ME = r"(?:me |m['’]|nous )"
_SAY = _any("dire", "indiquer", "préciser", "expliquer", "confirmer", "renseigner sur", "informer", "faire savoir")
_TELL = _any("tell (?:me|us)", "let (?:me|us) know", "explain", "advise")
_CAN_YOU = _any(
    r"(?:pouvez|pourriez|peux|pourrais|voudriez|voulez)[- ](?:vous|tu)(?: (?:donc|aussi|bien))*",
    rf"(?:can|could|would|will) you(?: (?:{_PLEASE}|also|maybe))*",
)
_WANT = _any(
    r"je (?:voudrais|souhaite(?:rais)?|veux|désire(?:rais)?)",
    r"j['’]aimerais(?: bien)?",
    "nous (?:voudrions|souhaitons|aimerions)",
    r"(?:i|we)(?: would|['’]d) (?:like|love)",
    "(?:i|we) (?:want|need|wish)",
)
_KNOW = _any("savoir", "connaître", "comprendre", "demander", "to (?:know|understand|ask)")
_GET = _any("avoir", "obtenir", "recevoir", "to (?:have|get|receive)")
_AND = _any("et", "alors", "donc", "bref", "sinon", "aussi", "enfin", "par ailleurs", "de plus", r"p\.?s")
_ANOTHER = r"(?:ma|une|my|one)(?: autre| dernière| other| last)? question"

_POLITE_OPENING: Final = _compiled(
    _any(
        rf"{_AND}\b[\s,.:]*",
        rf"{_any('and', 'also', 'so', 'but', 'then', 'besides', _ANOTHER)}\b[\s,:]*(?:est\b|is\b)?[\s,:]*",
        rf"{_PLEASE}\b[\s,]*",
        rf"{_CAN_YOU} (?:{_PLEASE} )?{_ME}?(?:{_SAY}|{_TELL})\b ?",
        rf"(?:serait|est)[- ]il possible (?:de |d['’])(?:{_ME}{_SAY}\b ?)?",
        rf"{_WANT} {_KNOW}\b ?",
        r"je (?:me demande|ne sais pas)\b ?",
        r"(?:dites|dis)[- ]moi\b ?",
        r"(?:savez-vous|sais-tu|do you know|would you know)\b ?",
        rf"(?:merci|prière) de (?:bien vouloir )?{_ME}{_SAY}\b ?",
        rf"veuillez {_ME}{_SAY}\b ?",
        r"(?:i (?:was|am)|i['’]m) wondering\b ?|i wonder\b ?",
        rf"{_TELL}\b ?",
        r"si (?=(?:je|j['’]|vous|on|il|elle|c['’]est|la|le|les|l['’]|ma|mon|mes|votre|vos|un|une)\b)|(?:if|whether) ",
    )
)

_INDIRECT: Final = _compiled(
    r"\b"
    + _any(
        rf"{_WANT} {_any(_KNOW, _GET)}\b",
        r"j['’]ai besoin (?:de savoir|d['’]une?|de (?:l['’]|la|le|votre))\b",
        r"je me demande\b|dites[- ]moi\b",
        rf"{_CAN_YOU}\b",
        r"(?:puis|peut|dois|pourrais|pourrait|faut)[- ](?:je|on|il)\b",
        r"(?:merci|prière) de (?:bien vouloir )?(?:me |m['’]|nous |\w+er\b)",
        r"veuillez (?!agréer|recevoir|croire|trouver|noter|excuser)",
        r"(?:i (?:was|am)|i['’]m) wondering\b|i wonder (?:if|whether|how|when)\b",
        r"let (?:me|us) know\b|tell me\b",
        r"please (?:send|tell|let|confirm|advise|explain|provide|replace|refund|cancel|change|delete|give|check)\b",
        r"est-ce\b|is it possible\b|est-il possible\b|y a-t-il\b|is there\b",
    )
)

_INTERROGATIVE = _any(
    "combien",
    "quel(?:le)?s? ",
    r"(?:comment|quand|où|pourquoi) (?:est|sont|sera|seront|faire|faut|puis|dois|vais|va|peut|\w+[ei]r\b)",
    r"est-ce|\w+-(?:t-)?(?:je|il|elle|on|nous|vous|ils|elles)\b|y a-t-il",
    r"how (?:do|does|did|can|could|long|much|many|soon|often|is|are|should)\b",
    r"(?:when|where|why) (?:is|are|will|can|do|does|did|should)\b",
    r"what(?:['’]s| (?:is|are|do|does|happens|about|should|if))\b|which \w+|who (?:is|can|do|does|pays)\b",
    r"(?:can|could|may|should|do|did) (?:i|we|you)\b|does (?:the|it|my|your)\b",
    r"(?:is|are) (?:it|there|the|my|your|you)\b",
)
_STARTS_ASKING: Final = _compiled(_INTERROGATIVE)
_NEXT_QUESTION: Final = _compiled(rf",? (?:et|ou|mais|and|or|but) (?:aussi |also |surtout )?(?={_INTERROGATIVE})")

_RHETORICAL: Final = _compiled(
    r"\b(?:moque[zr]?|foute[zr]?|blague|plaisante[zr]?|honte|kidding|jok(?:e|ing)|seriously?)\b"
)
_WISH: Final = _compiled(
    rf"\b(?:{_WANT}|je (?:demande|réclame|compte)|j['’](?:exige|attends)|(?:i|we) (?:demand|request|expect))\b"
)
_TROUBLE: Final = _compiled(
    _any(
        r"toujours (?:pas|rien|aucun)\b",
        r"(?:pas|rien|jamais) (?:encore )?(?:été )?(?:reçu|livré|arrivé|remboursé)e?s?\b",
        r"ne (?:\w+ )?(?:s['’])?(?:fonctionne|marche|allume|charge|démarre|correspond|répond)\w* (?:plus|pas)\b",
        r"\ben panne\b",
        r"\b(?:cassé|abîmé|endommagé|brisé|fissuré|perdu)e?s?\b|\bdéfectueu(?:x|ses?)\b",
        r"\b(?:retard|manquante?s?|manque|erreur)\b",
        r"\b(?:still|yet)\b.*\b(?:not|no|waiting)\b|\bwrong\b|\bmissing\b|\b(?:late|delayed|lost)\b",
        r"(?:not|never|n['’]t) (?:yet |been |even )*(?:receive|arrive|deliver|refund|work|turn|charge)\w*",
        r"\b(?:broken|damaged|faulty|defective|cracked|flickers?|stopped working|out of order|charged twice)\b",
    )
)


def asks(sentence: str) -> bool:
    """With a question mark, by a request, or in the words of a question; not an outcry."""
    if _is_long(sentence) or _RHETORICAL.search(sentence):
        return False
    if sentence.rstrip("»\"”’') !").endswith("?"):
        return True
    return bool(_INDIRECT.search(sentence) or _STARTS_ASKING.match(without_politeness(sentence)))


def complains(sentence: str) -> bool:
    return not _is_long(sentence) and _TROUBLE.search(sentence) is not None


def wishes(sentence: str) -> bool:
    return not _is_long(sentence) and _WISH.search(sentence) is not None


def without_politeness(sentence: str) -> str:
    """`Pouvez-vous me dire si …` is about what follows."""
    while (opening := _POLITE_OPENING.match(sentence)) and opening.end() > 0:
        sentence = sentence[opening.end() :]
    return sentence


def parts(sentence: str) -> list[str]:
    """The questions that one sentence joins by `et`, `and`, …"""
    return [part for part in _NEXT_QUESTION.split(sentence) if part.strip()]


def _is_long(sentence: str) -> bool:
    return len(sentence.split()) > LONGEST_WORDS
