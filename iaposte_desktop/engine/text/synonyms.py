"""Words that customers and manuals use for one another."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

from iaposte_desktop.engine.text.words import fold, normalise


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[str, ...]]:
    listed = resources.files("iaposte_desktop.resources").joinpath("synonyms.json").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for group in json.loads(listed):
        words = [normalise(word) for word in group]
        for word in words:
            found[fold(word)] = (*found.get(fold(word), ()), *(other for other in words if other != word))
    return found


def synonyms(word: str) -> tuple[str, ...]:
    """Of a normalised word, with or without its accents."""
    return _groups().get(fold(word), ())
