"""Which of the two languages a text is written in, by the small words that only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.text.stop_words import ENGLISH, FRENCH

if TYPE_CHECKING:
    from collections.abc import Collection

_ONLY_FRENCH = FRENCH - ENGLISH
_ONLY_ENGLISH = ENGLISH - FRENCH


def language_of(words: Collection[str]) -> str | None:
    """`fr`, `en`, or None where neither leads."""
    french = sum(map(_ONLY_FRENCH.__contains__, words))
    english = sum(map(_ONLY_ENGLISH.__contains__, words))
    if french == english:
        return None
    return "fr" if french > english else "en"
