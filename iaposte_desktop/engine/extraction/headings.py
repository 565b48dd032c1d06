"""The headings a text stands under, from the outermost in."""

from __future__ import annotations

import re

_LONGEST = 200
# Built-in styles keep their English name in the file; only what is shown of it is translated.
_BUILT_IN = re.compile(r"heading ([1-9])", re.IGNORECASE)


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


def built_in_level(style_name: str) -> int | None:
    """Of Word's own paragraph styles; 0 is the document's title, None no heading."""
    if style_name.lower() == "title":
        return 0
    found = _BUILT_IN.fullmatch(style_name)
    return int(found.group(1)) if found else None
