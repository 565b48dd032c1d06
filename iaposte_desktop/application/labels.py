"""Short words for values, in the reader's language, shared by every face."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.ports.personal_data import PersonalDataKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iaposte_desktop.domain.knowledge import Anchor

_ROW: Final = {"fr": "ligne", "en": "row"}

_PERSONAL: Final[Mapping[PersonalDataKind, Mapping[str, tuple[str, str]]]] = {
    PersonalDataKind.EMAIL: {
        "en": ("e-mail address", "e-mail addresses"),
        "fr": ("adresse e-mail", "adresses e-mail"),
    },
    PersonalDataKind.PHONE: {
        "en": ("phone number", "phone numbers"),
        "fr": ("numéro de téléphone", "numéros de téléphone"),
    },
    PersonalDataKind.IBAN: {"en": ("IBAN", "IBANs"), "fr": ("IBAN", "IBAN")},
    PersonalDataKind.CARD: {"en": ("card number", "card numbers"), "fr": ("numéro de carte", "numéros de carte")},
    PersonalDataKind.NIR: {
        "en": ("social security number", "social security numbers"),
        "fr": ("numéro de sécurité sociale", "numéros de sécurité sociale"),
    },
    PersonalDataKind.SIRET: {"en": ("SIRET", "SIRETs"), "fr": ("SIRET", "SIRET")},
    PersonalDataKind.SIREN: {"en": ("SIREN", "SIRENs"), "fr": ("SIREN", "SIREN")},
}

STRONG: Final = 0.6
GOOD: Final = 0.4


def french_spaces(text: str) -> str:
    """No line breaks before ; : ? ! » or after «: their spaces do not break."""
    return re.sub(r" (?=[;:?!»])|(?<=«) ", "\u00a0", text)


def place(anchor: Anchor, language: str) -> str:
    """`p. 12`, `Tarifs, ligne 5`, `§ Retours › Délais`, or nothing. An unknown language gives signs alone."""
    if anchor.page is not None:
        return f"p. {anchor.page}"
    if anchor.sheet is not None or anchor.row is not None:
        row = f"{_ROW.get(language, '#')} {anchor.row}" if anchor.row is not None else ""
        return ", ".join(filter(None, (anchor.sheet, row)))
    return f"§ {' › '.join(anchor.headings)}" if anchor.headings else ""


def personal_data(counts: Mapping[PersonalDataKind, int], language: str) -> str:
    """`31 e-mail addresses, 1 phone number`; empty where there is none. English but for `fr`."""
    parts = []
    for kind, names in _PERSONAL.items():
        if count := counts.get(kind, 0):
            one, many = names["fr" if language == "fr" else "en"]
            parts.append(f"{count} {one if count == 1 else many}")
    return ", ".join(parts)


def strength(score: float) -> str:
    """A score from 0 to 1 in words: `strong`, `good` or `weak`."""
    if score >= STRONG:
        return "strong"
    return "good" if score >= GOOD else "weak"
