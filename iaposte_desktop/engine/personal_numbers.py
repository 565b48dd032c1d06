"""E-mail addresses and the numbers that carry check digits: a form found by an expression, proved by python-stdnum.

Where a check digit alone proves little (one in ten numbers of nine digits is a valid SIREN), the form must be the usual
one or the number's name must stand beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import stdnum.fr.nir
import stdnum.fr.siren
import stdnum.fr.siret
import stdnum.iban
import stdnum.luhn

from iaposte_desktop.domain.ports.personal_data import PersonalDataKind, PersonalDatum

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"[ \u00a0\u202f.-]?"
_ALONE_BEFORE, _ALONE_AFTER = r"(?<![\w-])", r"(?!\w|-\w|[.,]\d)"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)$", re.IGNORECASE)
_IBAN = re.compile(_ALONE_BEFORE + r"[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]){11,30}")
_NIR = re.compile(
    _ALONE_BEFORE
    + _GAP.join([r"[12]", r"\d\d", r"\d\d", r"(?:\d\d|2[AB])", r"\d{3}", r"\d{3}", r"\d\d"])
    + _ALONE_AFTER
)
_SIRET = re.compile(_ALONE_BEFORE + rf"(\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}){_GAP}\d{{5}}" + _ALONE_AFTER)
_SIREN = re.compile(_ALONE_BEFORE + rf"\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}" + _ALONE_AFTER)
_CARD = re.compile(
    _ALONE_BEFORE
    + r"(?:(?:4\d{3}|5[1-5]\d\d|2[2-7]\d\d|6011|65\d\d)([ \u00a0\u202f-]?)\d{4}\1\d{4}\1\d{4}"
    + r"|3[47]\d\d([ \u00a0\u202f-]?)\d{6}\2\d{5})"
    + _ALONE_AFTER
)
_NAMED = re.compile(r"\b(?:SIRE[NT]|R\.?\s?C\.?\s?S)\b[^\d\n]{0,40}$", re.IGNORECASE)
_NAMED_AFTER = re.compile(r"^\s{0,3}R\.?C\.?S\b", re.IGNORECASE)
_SHORTEST_IBAN = 15


def numbers_in(text: str) -> Iterator[PersonalDatum]:
    """Some may be parts of others: a SIRET begins with its SIREN."""
    yield from (
        _datum(PersonalDataKind.EMAIL, found) for found in _EMAIL.finditer(text) if not _PICTURE.search(found[0])
    )
    yield from _ibans(text)
    yield from (_datum(PersonalDataKind.NIR, found) for found in _NIR.finditer(text) if _is_nir(found[0]))
    yield from (_datum(PersonalDataKind.SIRET, found) for found in _SIRET.finditer(text) if _is_siret(found))
    yield from (
        _datum(PersonalDataKind.CARD, found) for found in _CARD.finditer(text) if stdnum.luhn.is_valid(_plain(found[0]))
    )
    yield from (_datum(PersonalDataKind.SIREN, found) for found in _SIREN.finditer(text) if _is_siren(found))


def _ibans(text: str) -> Iterator[PersonalDatum]:
    for found in _IBAN.finditer(text):
        # The words after an IBAN look like more of it: each country's length decides where it ends.
        for end in range(found.end(), found.start() + _SHORTEST_IBAN - 1, -1):
            if text[end - 1].isalnum() and not text[end : end + 1].isalnum():
                candidate = text[found.start() : end]
                if stdnum.iban.is_valid(_plain(candidate)):
                    yield PersonalDatum(PersonalDataKind.IBAN, found.start(), end, candidate)
                    break


def _is_nir(text: str) -> bool:
    plain = _plain(text)
    return stdnum.fr.nir.is_valid(plain) and plain[3:5] != "00"


def _is_siret(found: re.Match[str]) -> bool:
    return stdnum.fr.siret.is_valid(_plain(found[0])) and (not found[0].isdigit() or _is_named(found))


def _is_siren(found: re.Match[str]) -> bool:
    return stdnum.fr.siren.is_valid(_plain(found[0])) and _is_named(found)


def _is_named(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - 60) : found.start()]
    return bool(_NAMED.search(before) or _NAMED_AFTER.search(found.string[found.end() : found.end() + 10]))


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text)


def _datum(kind: PersonalDataKind, found: re.Match[str]) -> PersonalDatum:
    return PersonalDatum(kind, found.start(), found.end(), found[0])
