"""Short words for values, in the reader's language, shared by every face."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import Anchor

_ROW: Final = {"fr": "ligne", "en": "row"}

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


def strength(score: float) -> str:
    """A score from 0 to 1 in words: `strong`, `good` or `weak`."""
    if score >= STRONG:
        return "strong"
    return "good" if score >= GOOD else "weak"
