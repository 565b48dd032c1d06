"""Neutral words for what tells who a customer is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.ports.personal_data import PersonalDataKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.domain.ports.personal_data import PersonalDataFinder
    from iaposte_desktop.domain.threads import Customer, Message

_WORDS: Final = {
    "fr": {
        "name": "[client]",
        PersonalDataKind.EMAIL: "[adresse e-mail]",
        PersonalDataKind.PHONE: "[téléphone]",
        PersonalDataKind.IBAN: "[IBAN]",
        PersonalDataKind.CARD: "[carte bancaire]",
        PersonalDataKind.NIR: "[numéro de sécurité sociale]",
        PersonalDataKind.SIRET: "[SIRET]",
        PersonalDataKind.SIREN: "[SIREN]",
    },
    "en": {
        "name": "[customer]",
        PersonalDataKind.EMAIL: "[e-mail address]",
        PersonalDataKind.PHONE: "[phone number]",
        PersonalDataKind.IBAN: "[IBAN]",
        PersonalDataKind.CARD: "[card number]",
        PersonalDataKind.NIR: "[social security number]",
        PersonalDataKind.SIRET: "[SIRET]",
        PersonalDataKind.SIREN: "[SIREN]",
    },
}
_CIVILITY: Final = r"(?:(?:Madame|Monsieur|Mademoiselle|Mme|Mlle|M\.|Mr|Mrs|Ms|Miss|Dr|Sir|Dear)\.?[ \u00a0]+)?"
_SHORTEST_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class Mask:
    """What one customer is known by; anything else in a text, the shop's own telephone among it, stays."""

    replacements: tuple[tuple[re.Pattern[str], str], ...]

    def over(self, text: str) -> str:
        for pattern, word in self.replacements:
            text = pattern.sub(word, text)
        return text


def mask_of(customer: Customer, mails: Iterable[Message], finder: PersonalDataFinder, language: str) -> Mask:
    """`mails`: those that the customer wrote. `language` is that of the neutral words, `fr` or `en`."""
    words = _WORDS.get(language, _WORDS["en"])
    known: dict[str, str] = {}
    for mail in mails:
        for datum in finder.find(f"{mail.text}\n{mail.signature}"):
            known[datum.text] = words[datum.kind]
        if mail.headers is not None and mail.headers.sender_address:
            known[mail.headers.sender_address] = words[PersonalDataKind.EMAIL]
    if customer.email:
        known[customer.email] = words[PersonalDataKind.EMAIL]
    exact = [
        (re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE), known[text])
        for text in sorted(known, key=len, reverse=True)
    ]
    return Mask((*exact, *_names(customer.name, words["name"])))


def _names(name: str, word: str) -> list[tuple[re.Pattern[str], str]]:
    """In full, then each part; `Pierre` is a name and `pierre` a stone."""
    parts = [part for part in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", name) if len(part) >= _SHORTEST_NAME]
    if not parts or "@" in name:
        return []
    forms = [r"[ \u00a0]+".join(map(re.escape, order)) for order in (parts, parts[::-1])]
    forms += [re.escape(form) for part in parts for form in {part.title(), part.upper()}]
    return [(re.compile(rf"(?<!\w){_CIVILITY}(?:{'|'.join(forms)})(?!\w)"), word)]
