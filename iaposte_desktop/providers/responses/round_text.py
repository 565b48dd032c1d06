"""The text of one round: the parts of its messages, one after the other, as they were handed on."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from iaposte_desktop.providers.citation_marks import Mark, Unmarking

if TYPE_CHECKING:
    from collections.abc import Container

_BETWEEN_MESSAGES: Final = "\n\n"


class Part:
    """One content part of a message: its text as the server wrote it (`raw`), and where that went."""

    def __init__(self, message: str, begin: int) -> None:
        self.message = message
        self._begin = begin
        self.unmarking = Unmarking()
        self._raw: list[str] = []
        self._clean: list[str] = []
        self._clean_length = 0
        # Where characters of the clean text begin in the round's, wherever another part came between.
        self._starts: list[int] = []
        self._placed: list[int] = []

    @property
    def raw(self) -> str:
        return "".join(self._raw)

    def rest_of(self, whole: str) -> str:
        """What is new in `whole`; nothing in a text that is another one than was handed on."""
        raw = self.raw
        return whole[len(raw) :] if whole.startswith(raw) else ""

    def came(self, piece: str) -> None:
        self._raw.append(piece)

    def went(self, clean: str, placed: int) -> None:
        """`clean` now stands at character `placed` of the round's text."""
        if not self._starts or self._placed[-1] + self._clean_length - self._starts[-1] != placed:
            self._starts.append(self._clean_length)
            self._placed.append(placed)
        self._clean.append(clean)
        self._clean_length += len(clean)

    def position(self, index: int, whole: str | None = None) -> int | None:
        """Of character `index` in the round's text, None while that is open. `whole` is the text that `index` points
        into, where it was told: some servers take the marks out of it themselves, at the end."""
        if whole is not None:
            raw = self.raw
            if whole != raw and whole == "".join(self._clean):
                return self.placed(min(index, len(whole)))
            index = min(index, len(raw))
        clean = self.unmarking.position(index)
        return None if clean is None else self.placed(clean)

    def placed(self, clean: int) -> int:
        """A place between two stretches belongs to the first; one before the part, to what is before it."""
        if clean == 0:
            return self._begin
        found = bisect_left(self._starts, clean) - 1
        return self._placed[found] + clean - self._starts[found]


class RoundText:
    def __init__(self) -> None:
        self._length = 0
        self._message = ""
        self._is_blank = True
        self._latest: Part | None = None
        self._parts: dict[tuple[str, int], Part] = {}

    @property
    def is_blank(self) -> bool:
        return self._is_blank

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(dict.fromkeys(self._parts.values()))

    def part(self, message: str, number: int) -> Part:
        """Of a delta; messages need not have been announced."""
        found = self._parts.get((message, number))
        if found is None:
            found = self._parts[message, number] = Part(message, self._length)
        return found

    def part_of(self, message: str, number: int, whole: str, taken: Container[Part]) -> Part:
        """Of a text told in full. A server may tell it under another id than its deltas: a part that is not `taken`,
        and begins as the text does, is the same one."""
        if (message, number) not in self._parts:
            for part in self.parts:
                if part not in taken and part.raw and whole.startswith(part.raw):
                    self._parts[message, number] = part
                    break
        return self.part(message, number)

    def add(self, part: Part, piece: str) -> tuple[str, list[Mark]]:
        """What is to be handed on, and the marks taken out of it, their positions in the round's text."""
        if not piece:
            return "", []
        # Held back in the part before: it is no beginning of anything any more.
        before, marks = self.end(self._latest) if self._latest not in (None, part) else ("", [])
        self._latest = part
        part.came(piece)
        text, more = self._handed_on(part, *part.unmarking.take(piece))
        return before + text, marks + more

    def end(self, part: Part) -> tuple[str, list[Mark]]:
        """As `add`, of what was held back."""
        return self._handed_on(part, *part.unmarking.end())

    def _handed_on(self, part: Part, clean: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
        before = _BETWEEN_MESSAGES if clean and self._length and part.message != self._message else ""
        if clean:
            self._message = part.message
            self._is_blank = self._is_blank and clean.isspace()
            part.went(clean, self._length + len(before))
            self._length += len(before) + len(clean)
        return before + clean, [Mark(mark.file, part.placed(mark.position)) for mark in marks]
