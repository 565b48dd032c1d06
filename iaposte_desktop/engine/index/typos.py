"""Words that no chunk holds are taken for the nearest words of the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.text.edit_distance import damerau
from iaposte_desktop.engine.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.engine.index.reader import IndexReader

_SHORTEST = 4
_TWO_ERRORS_FROM = 8
_MOST_READINGS = 3


def nearest_words(word: str, readers: Sequence[IndexReader]) -> tuple[str, ...]:
    """Best first; none where nothing is near. One error is looked for, two in words of 8 letters and more."""
    folded = fold(word)
    if len(folded) < _SHORTEST or not folded.isalpha():
        return ()
    limit = 2 if len(folded) >= _TWO_ERRORS_FROM else 1
    files = _neighbourhood(folded, limit, readers)
    distances = {near: damerau(folded, near, limit) for near in files}
    least = min(distances.values(), default=limit + 1)
    if least > limit:
        return ()
    nearest = [near for near, distance in distances.items() if distance == least]
    return tuple(sorted(nearest, key=lambda near: (-files[near], near))[:_MOST_READINGS])


def _neighbourhood(word: str, limit: int, readers: Sequence[IndexReader]) -> dict[str, int]:
    """Words that begin or end like it, with the number of files they are in: errors leave one end as it was."""
    untouched = len(word) // (limit + 1)
    lengths = range(len(word) - limit, len(word) + limit + 1)
    # Two neighbours swapped across the middle touch both ends.
    middle = word[: untouched - 1] + word[untouched] + word[untouched - 1]
    found: dict[str, int] = {}
    for reader in readers:
        for near, files in (
            *reader.words_starting(word[:untouched], lengths),
            *reader.words_ending(word[untouched - len(word) :] if limit == 1 else word[-untouched:], lengths),
            *(reader.words_starting(middle, lengths) if limit == 1 else ()),
        ):
            found[near] = files
    return found
