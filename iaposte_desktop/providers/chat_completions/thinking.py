"""Models on one's own machine often write what they think into the answer itself, in a tag at its beginning."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.ports.model_provider import ReasoningDelta, TextDelta

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING: Final = "<think>"
_CLOSING: Final = "</think>"


class _Part(Enum):
    BEGINNING = auto()
    THOUGHT = auto()
    GAP = auto()
    TEXT = auto()


class ThinkingSplit:
    """Divides the content of one answer, wherever its pieces are cut. Once text has begun, a tag is text."""

    def __init__(self) -> None:
        self._part = _Part.BEGINNING
        self._held = ""

    def take(self, piece: str) -> Iterator[TextDelta | ReasoningDelta]:
        self._held += piece
        if self._part is _Part.BEGINNING:
            self._begin()
        if self._part is _Part.THOUGHT and (thought := self._thought()):
            yield ReasoningDelta(thought)
        if self._part is _Part.GAP:
            self._held = self._held.lstrip()
            self._part = _Part.TEXT if self._held else _Part.GAP
        if self._part is _Part.TEXT:
            yield from self.end()

    def end(self) -> Iterator[TextDelta | ReasoningDelta]:
        """What was held back because it might have been a part of a tag."""
        held, self._held = self._held, ""
        if held:
            yield ReasoningDelta(held) if self._part is _Part.THOUGHT else TextDelta(held)

    def _begin(self) -> None:
        start = self._held.lstrip()
        if start.startswith(_OPENING):
            self._part, self._held = _Part.THOUGHT, start.removeprefix(_OPENING)
        elif not _OPENING.startswith(start):
            self._part = _Part.TEXT

    def _thought(self) -> str:
        thought, closing, rest = self._held.partition(_CLOSING)
        if closing:
            self._part, self._held = _Part.GAP, rest
            return thought
        cut = next((size for size in range(len(_CLOSING) - 1, 0, -1) if thought.endswith(_CLOSING[:size])), 0)
        self._held = thought[len(thought) - cut :]
        return thought[: len(thought) - cut]
