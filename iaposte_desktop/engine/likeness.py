"""Which of many files are nearly the same, without comparing each with each.

Files that agree in some band of their signatures are compared; two that share eight tenths of their word runs agree in
at least one of the sixteen bands 9,998 times in 10,000.
"""

from __future__ import annotations

from collections import defaultdict
from operator import eq
from typing import TYPE_CHECKING, Final

from iaposte_desktop.engine.text.signature import similarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NEARLY_THE_SAME: Final = 0.8
_PLACE: Final = 8
"""Characters of a signature for one of its places."""
_BAND: Final = 4 * _PLACE
_NO_WORDS: Final = "f" * _BAND
_MOST_KINDS: Final = 8
"""Files of one band that are unlike each other, before more of them are no longer told apart: their band is
boilerplate, and what is alike there agrees in another band as well."""


def alike(signatures: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Groups of two or more keys, in the order given. Files without a signature are in none."""
    groups = _Groups()
    places = {
        key: [whole[at : at + _PLACE] for at in range(0, len(whole), _PLACE)] for key, whole in signatures.items()
    }

    compared: set[tuple[str, str]] = set()

    def is_near(one: str, other: str) -> bool:
        """False, too, for a pair that was compared in an earlier band: had it been near, it would be joined."""
        if (one, other) in compared:
            return False
        compared.add((one, other))
        # Places that are empty in both count here: the quick look refuses too few, never too many.
        may_be = sum(map(eq, places[one], places[other])) >= NEARLY_THE_SAME * len(places[one])
        return may_be and similarity(signatures[one], signatures[other]) >= NEARLY_THE_SAME

    for keys in _bands(signatures):
        kinds: dict[str, str] = {}
        """A leader → one of its files, of which the others in this band are compared with that one alone."""
        for key in keys:
            if groups.leader(key) in kinds:
                continue
            twin = next((kind for kind in kinds.values() if is_near(kind, key)), None)
            if twin is not None:
                groups.join(twin, key)
            elif len(kinds) < _MOST_KINDS:
                kinds[groups.leader(key)] = key
    return groups.of(signatures)


def _bands(signatures: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """The keys that agree in a band, two or more."""
    for at in range(0, max(map(len, signatures.values()), default=0), _BAND):
        agreeing = defaultdict(list)
        for key, whole in signatures.items():
            if (band := whole[at : at + _BAND]) and band != _NO_WORDS:
                agreeing[band].append(key)
        yield from (keys for keys in agreeing.values() if len(keys) > 1)


class _Groups:
    """Joined keys have one leader."""

    def __init__(self) -> None:
        self._leaders: dict[str, str] = {}

    def join(self, one: str, other: str) -> None:
        self._leaders[self.leader(other)] = self.leader(one)

    def of(self, keys: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
        groups = defaultdict(list)
        for key in keys:
            groups[self.leader(key)].append(key)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    def leader(self, key: str) -> str:
        while (above := self._leaders.get(key, key)) != key:
            self._leaders[key] = self._leaders.get(above, above)
            key = above
        return key
