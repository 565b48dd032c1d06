"""Words that customers and manuals use for one another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.engine.text.stemming import stems
from iaposte_desktop.engine.text.words import fold, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SynonymsOf: TypeAlias = "Callable[[str], tuple[str, ...]]"
"""What stands for a normalised word."""


class SynonymTable:
    """Implements `SynonymUser`. It is replaced whole, so that it may be read on another thread at the same time."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._others = _others(groups)

    def use(self, groups: Iterable[Iterable[str]]) -> None:
        self._others = _others(groups)

    def of(self, word: str) -> tuple[str, ...]:
        """Of a normalised word, with or without its accents; where it is in no group, of what has its stem."""
        others = self._others
        if (found := others.get(fold(word))) is not None:
            return found
        return tuple(dict.fromkeys(other for form in stems(word) for other in others.get(_stem_key(form), ())))


def no_synonyms(word: str) -> tuple[str, ...]:  # noqa: ARG001 - in the shape of `SynonymTable.of`.
    return ()


def _others(groups: Iterable[Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in groups:
        words = [normalise(word) for word in group]
        for word in words:
            for key in (fold(word), *map(_stem_key, stems(word))):
                found[key].update(dict.fromkeys(other for other in words if other != word))
    return {key: tuple(others) for key, others in found.items()}


def _stem_key(stem: str) -> str:
    """No word has a hash sign in it."""
    return f"#{stem}"
