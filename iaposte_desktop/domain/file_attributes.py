"""The attributes of a file that the program itself knows. All are optional; others are the user's own."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.json import METADATA_PAIRS

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
_LAST_NUMBER: Final = re.compile(r"(\d{1,9})(?=\D*$)")

THREAD_ID: Final = "thread_id"
"""Of a past answer: the thread whose reply it is."""
LANGUAGE: Final = "language"
DATE: Final = "date"
"""Of a past answer: the day on which the reply was sent, as `YYYY-MM-DD`."""
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


def of_newer_version(attributes: Mapping[str, Attribute]) -> dict[str, Attribute]:
    """Those of a file that takes the place of one with `attributes`: the same, the last number of its version counted
    up. A file without a version was the first; where there is no room for one more key it stays without."""
    if VERSION not in attributes and len(attributes) >= METADATA_PAIRS:
        return dict(attributes)
    version = attributes.get(VERSION, "1")
    spelled = version if isinstance(version, str) else f"{version:g}"
    counted = _LAST_NUMBER.sub(lambda found: str(int(found[1]) + 1).zfill(len(found[1])), spelled)
    return {**attributes, VERSION: counted}


def is_internal(attributes: Mapping[str, Attribute], store_is_internal: bool) -> bool:
    """A file says so itself, else its store does."""
    audience = attributes.get(AUDIENCE)
    return audience == INTERNAL if audience in (PUBLIC, INTERNAL) else store_is_internal
