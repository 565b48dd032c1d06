"""The attributes of a file that the program itself knows. All are optional; others are the user's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iaposte_desktop.domain.knowledge import Attribute

TITLE: Final = "title"
VERSION: Final = "version"
VALID_UNTIL: Final = "valid_until"
"""The last day on which the file is true, as `YYYY-MM-DD`."""
AUDIENCE: Final = "audience"
PUBLIC: Final = "public"
INTERNAL: Final = "internal"
KIND: Final = "kind"
PAST_ANSWER: Final = "past_answer"
KNOWLEDGE_NOTE: Final = "knowledge_note"

COPIED_FROM: Final = "copied_from"
"""Of a file, what it is a copy of: the sha256 of the original, or its id where that is not known. Of a store, in its
metadata: the id of the store it is a copy of."""


def valid_until(attributes: Mapping[str, Attribute]) -> date | None:
    """None where none is set, or it is no date."""
    try:
        return date.fromisoformat(str(attributes[VALID_UNTIL]))
    except (KeyError, ValueError):
        return None


def is_stale(attributes: Mapping[str, Attribute], today: date) -> bool:
    last = valid_until(attributes)
    return last is not None and last < today


def is_internal(attributes: Mapping[str, Attribute], store_is_internal: bool) -> bool:
    """A file says so itself, else its store does."""
    audience = attributes.get(AUDIENCE)
    return audience == INTERNAL if audience in (PUBLIC, INTERNAL) else store_is_internal
