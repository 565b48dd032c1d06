"""Telephone numbers as phonenumbers knows them, without the order numbers, dates and prices that it would take too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from phonenumbers import Leniency, PhoneNumberMatcher

from iaposte_desktop.domain.language import detect_language
from iaposte_desktop.domain.ports.personal_data import PersonalDataKind, PersonalDatum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phonenumbers import PhoneNumberMatch

REGIONS = {"fr": ("FR", "BE", "CH", "CA"), "en": ("GB", "US", "FR"), None: ("FR", "GB", "US", "BE", "CH")}
"""Where numbers without a country code may be from, by the text's language. The United States share Canada's plan."""

_START = re.compile(
    r"(?<![\w+(])(?:\+\d|\(?0\d|(?:1[ .-]?)?(?:\([2-9]\d\d\)|[2-9]\d\d)[ .-]?[2-9]\d\d[ .-]?\d{4}(?!\w))"
)
_RUN = re.compile(r"[+(]?\d(?:[ ().\u00a0\u202f-]{0,3}\d){6,16}")
"""phonenumbers is asked about such runs alone: over a table of figures it takes a minute a megabyte."""

_CALLED = re.compile(r"\b(?:t[ée]l\w*|phone|mobile|portable|cell|call|fax|ring|appel\w*|joindre)\b[^\d\n]{0,20}$", re.I)
_PART_BEFORE = re.compile(r"(?:[\w#]|(?<!\d)/|\w[-.,]|[€$£]\s?)$")
_PART_AFTER = re.compile(r"^(?:\w|[-,.]\w|\s?[€$£%]|\s?(?:EUR|USD|GBP|CHF|CAD)\b)")


def phones_in(text: str) -> Iterator[PersonalDatum]:
    regions = REGIONS[detect_language(text)]
    position = 0
    while start := _START.search(text, position):
        position = start.start() + 1
        run = _RUN.match(text, start.start())
        match = _first(run[0], regions) if run else None
        if match is None:
            continue
        first, end = start.start() + match.start, start.start() + match.end
        position = end
        if _is_phone(match.raw_string, text[max(0, first - 40) : first], text[end : end + 5]):
            yield PersonalDatum(PersonalDataKind.PHONE, first, end, match.raw_string)


def _first(run: str, regions: tuple[str, ...]) -> PhoneNumberMatch | None:
    """With a country code, in any shape; without, grouped as one of the countries groups them."""
    if run.startswith("+"):
        return next(iter(PhoneNumberMatcher(run, None, leniency=Leniency.VALID)), None)
    matchers = (PhoneNumberMatcher(run, region, leniency=Leniency.STRICT_GROUPING) for region in regions)
    return next((match for matcher in matchers for match in matcher), None)


def _is_phone(number: str, before: str, after: str) -> bool:
    if _PART_BEFORE.search(before) or _PART_AFTER.search(after):
        return False
    return not number.isdigit() or number.startswith("0") or bool(_CALLED.search(before))
