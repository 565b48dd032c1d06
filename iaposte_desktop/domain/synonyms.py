"""Groups of words that stand for one another in a search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from iaposte_desktop.domain.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Iterable

SynonymGroup: TypeAlias = tuple[str, ...]

MOST_SYNONYMS: Final = 12
_WORD: Final = re.compile(r"[^\W_]+")


def synonym_group(words: Iterable[str]) -> SynonymGroup:
    """As it is kept: blanks left out, each word once, case aside. Raises InvalidValue for fewer than two words, more
    than twelve, and what is not one word: a search looks words up one by one."""
    found: dict[str, str] = {}
    for word in filter(None, map(str.strip, words)):
        found.setdefault(word.casefold(), word)
    group = tuple(found.values())
    if not 2 <= len(group) <= MOST_SYNONYMS or not all(map(_WORD.fullmatch, group)):
        raise InvalidValue("synonyms", ", ".join(group))
    return group


def with_missing(groups: Iterable[SynonymGroup], wanted: Iterable[SynonymGroup]) -> tuple[SynonymGroup, ...]:
    """`groups`, and those of `wanted` whose words are not all in one of them already."""
    kept = tuple(groups)
    held = [_folded(group) for group in kept]
    return (*kept, *(group for group in wanted if not any(_folded(group) <= each for each in held)))


def _folded(group: SynonymGroup) -> frozenset[str]:
    return frozenset(word.casefold() for word in group)
