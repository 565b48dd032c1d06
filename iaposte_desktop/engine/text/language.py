"""Which of the two languages a text is written in, by the small words that only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.text.stop_words import ENGLISH, FRENCH

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONLY_FRENCH = FRENCH - ENGLISH
_ONLY_ENGLISH = ENGLISH - FRENCH


def language_of(words: Iterable[str]) -> str | None:
    """`fr`, `en`, or None where neither leads."""
    french = english = 0
    for word in words:
        french += word in _ONLY_FRENCH
        english += word in _ONLY_ENGLISH
    if french == english:
        return None
    return "fr" if french > english else "en"
