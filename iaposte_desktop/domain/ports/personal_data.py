"""Personal data in a text: where it stands and of what kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PersonalDataKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    CARD = "card"
    NIR = "nir"
    """The French social security number."""

    SIRET = "siret"
    SIREN = "siren"


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """`text` is what stands between `start` and `end` (characters, end excluded)."""

    kind: PersonalDataKind
    start: int
    end: int
    text: str


class PersonalDataFinder(Protocol):
    def find(self, text: str) -> tuple[PersonalDatum, ...]:
        """In the text's order, none overlapping another. Knows forms and check digits, not names and postal addresses.

        A pure function for any thread: about 0.2 s a million characters, and 1 s for each 3,000 telephone numbers in
        them. A mail can be searched anywhere, a file on a thread or in a worker. The first call loads the rules, 0.3 s.
        """
        ...
