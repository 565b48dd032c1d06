"""The whole extracted text of a file: its sections gone to, its pages turned, words found through all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from iaposte_desktop.qt.lib.source_pages import section_at, sections_of
from iaposte_desktop.qt.lib.source_text import SourceText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from iaposte_desktop.domain.knowledge import FileContent
    from iaposte_desktop.qt.lib.source_pages import SourcePage, SourceSection


class SectionedText(SourceText):
    """`current` is the index of the section that was gone to last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: tuple[SourceSection, ...] = ()
        self.current = 0
        self._pages: tuple[SourcePage, ...] = ()
        self._number = -1

    @property
    def section(self) -> SourceSection | None:
        return self.sections[self.current] if self.sections else None

    def show_content(self, content: FileContent, passage: tuple[int, int] | None) -> None:
        """Of nothing but its sections: `go_to` shows one."""
        self.sections, self._pages = sections_of(content)
        self.current, self._number = 0, -1
        self.set_passage(passage)

    def go_to(self, number: int, offset: int | None = None) -> None:
        """Section `number`, from its beginning or at `offset` of the whole text."""
        section = self.sections[number]
        self.current = number
        self._turn_to(section.page)
        self.scroll_to(section.start if offset is None else offset)

    def go_to_offset(self, offset: int) -> None:
        if self.sections:
            self.go_to(section_at(self.sections, offset), offset)

    def section_on(self, page: int) -> int | None:
        """The first section that stands on page `page` of the file."""
        return next((at for at, section in enumerate(self.sections) if section.anchor.page == page), None)

    def find_next(self, wanted: str, *, backwards: bool) -> bool:
        """From the cursor on, through the other pages, and around."""
        if not self._pages or self.find_text(wanted, backwards=backwards):
            return bool(self._pages)
        step = -1 if backwards else 1
        for distance in range(1, len(self._pages) + 1):
            number = (self._number + step * distance) % len(self._pages)
            if self.has_text(self._pages[number], wanted):
                self._turn_to(number)
                edge = QTextCursor.MoveOperation.End if backwards else QTextCursor.MoveOperation.Start
                self.moveCursor(edge)
                self.find_text(wanted, backwards=backwards)
                return True
        return False

    def _turn_to(self, number: int) -> None:
        if number != self._number:
            self._number = number
            starts = (section.start for section in self.sections if section.page == number)
            self.show_page(self._pages[number], starts)
