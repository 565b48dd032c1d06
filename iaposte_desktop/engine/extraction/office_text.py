"""What WordprocessingML and DrawingML have in common: paragraphs of runs, line breaks, tables."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from iaposte_desktop.engine.extraction.flow import Flow


class OfficeText(ABC):
    """Takes the events of `feed_xml`. `breaks` are elements that stand for characters, `skipped` those that are left
    out with all they hold."""

    def __init__(self, flow: Flow, breaks: Mapping[str, str], skipped: Collection[str]) -> None:
        self.flow = flow
        self._breaks = breaks
        self._skipped = skipped
        self._paragraph: list[str] = []
        self._depth = 0
        self._in_text = False

    @property
    def is_skipping(self) -> bool:
        return self._depth > 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in self._skipped or self._depth:
            self._depth += 1
            return
        match name:
            case "p":
                self._paragraph = []
            case "t":
                self._in_text = True
            case "tbl":
                self.flow.start_table()
            case _ if name in self._breaks:
                self._paragraph.append(self._breaks[name])
        self.started(name, attributes)

    def end(self, name: str) -> None:
        if self._depth:
            self._depth -= 1
            return
        match name:
            case "t":
                self._in_text = False
            case "p":
                text, self._paragraph = "".join(self._paragraph), []
                self.paragraph(text)
            case "tc":
                self.flow.end_cell()
            case "tr":
                self.flow.end_row()
            case "tbl":
                self.flow.end_table()

    def text(self, text: str) -> None:
        if self._in_text and not self._depth:
            self._paragraph.append(text)

    @abstractmethod
    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element that is not skipped."""

    @abstractmethod
    def paragraph(self, text: str) -> None:
        """One that ended, in a table or outside."""
