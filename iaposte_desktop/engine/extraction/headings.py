"""The headings a text stands under, from the outermost in."""

from __future__ import annotations

_LONGEST = 200


class HeadingPath:
    def __init__(self) -> None:
        self._levels: list[tuple[int, str]] = []

    def enter(self, level: int, text: str) -> None:
        """A heading ends those of its own level and below. An empty one is none."""
        while self._levels and self._levels[-1][0] >= level:
            self._levels.pop()
        if text:
            self._levels.append((level, text))

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._levels)


def fits_heading(text: str) -> bool:
    """Paragraphs that carry a heading's style by mistake are too long for one."""
    return 0 < len(text) <= _LONGEST
