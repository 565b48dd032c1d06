"""The text that was extracted from a file, at the place a passage or a citation stands on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.application.labels import place
from iaposte_desktop.qt.lib.foreign_text import PlainLabel, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import sequence, with_key
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.lib.source_pages import section_at, sections_of
from iaposte_desktop.qt.lib.source_text import SourceText

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from iaposte_desktop.domain.knowledge import FileContent
    from iaposte_desktop.qt.lib.source_pages import SourcePage, SourceSection


class SourceViewer(QDialog):
    """Non-modal and reusable: `show_content` brings it to the front with another file or place. It opens nothing
    itself: `original_requested` asks its owner to."""

    original_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._sections: tuple[SourceSection, ...] = ()
        self._pages: tuple[SourcePage, ...] = ()
        self._passage: tuple[int, int] | None = None
        self._section = 0
        self._page = -1
        self.file_name = PlainLabel(parent=self)
        self.file_name.setProperty("role", "title")
        self.place = PlainLabel(parent=self)
        self.place.setProperty("role", "quiet")
        self.parts = QListView(self)
        self._part_names = QStringListModel(self)
        self.text = SourceText(self)
        self.previous = QToolButton(self)
        self.next = QToolButton(self)
        self.to_passage = QToolButton(self)
        self.find_box = QLineEdit(self)
        self.find_state = PlainLabel(parent=self)
        self.open_original = QPushButton(self)
        self.close_button = QPushButton(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        character = self.fontMetrics().averageCharWidth()
        self.resize(character * 130, character * 90)

    def show_content(self, content: FileContent, start: int | None = None, end: int | None = None) -> None:
        """Show the file from its beginning, or at the passage from `start` to `end` (offsets into `content.text`,
        end excluded), which is highlighted and scrolled to."""
        self._sections, self._pages = sections_of(content)
        self._passage = (start, end) if start is not None and end is not None else None
        self._page = -1
        self.file_name.setText(content.file.name)
        self.find_state.clear()
        self.setWindowTitle(visible(content.file.name))
        self.to_passage.setVisible(self._passage is not None)
        self.text.set_passage(self._passage)
        self._name_parts()
        self.show()
        self.raise_()
        self.activateWindow()
        self._go_to(section_at(self._sections, start or 0), start or 0)
        self.text.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.parts.setAccessibleName(self.tr("Parts of the file"))
        self.text.setAccessibleName(self.tr("Extracted text"))
        self.find_box.setPlaceholderText(self.tr("Find in the text"))
        self.find_box.setAccessibleName(self.tr("Find in the text"))
        self.find_box.setToolTip(with_key(self.tr("Find in the text"), "find"))
        self.open_original.setText(self.tr("Open the original"))
        self.close_button.setText(self.tr("Close"))
        for button, text, key in (
            (self.previous, self.tr("Previous part"), "previous_part"),
            (self.next, self.tr("Next part"), "next_part"),
        ):
            button.setAccessibleName(text)
            button.setToolTip(with_key(text, key))
        self.to_passage.setText(self.tr("Back to the passage"))
        self.to_passage.setAccessibleName(self.to_passage.text())
        self._make_icons()
        self._name_parts()
        self._show_place()

    def _lay_out(self) -> None:
        self.parts.setModel(self._part_names)
        self.parts.setUniformItemSizes(True)
        self.parts.setSpacing(2)
        self.parts.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts.setMinimumWidth(self.fontMetrics().averageCharWidth() * 16)
        self.place.setMinimumWidth(1)
        self.find_box.setClearButtonEnabled(True)
        self.find_box.setMaximumWidth(self.fontMetrics().averageCharWidth() * 32)
        self.to_passage.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in (self.open_original, self.close_button):
            button.setAutoDefault(False)
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self.previous)
        bar.addWidget(self.next)
        bar.addWidget(self.place, 2)
        bar.addWidget(self.to_passage)
        bar.addWidget(self.find_state)
        bar.addWidget(self.find_box, 1)
        splitter = QSplitter(self)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.parts)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([180, 600])
        foot = QHBoxLayout()
        foot.addWidget(self.open_original)
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.file_name)
        layout.addLayout(bar)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)

        order = (self.previous, self.next, self.to_passage, self.find_box, self.parts, self.text, self.open_original)
        for first, second in pairwise((*order, self.close_button)):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.parts.selectionModel().currentChanged.connect(self._on_part_chosen)
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.to_passage.clicked.connect(self._go_to_passage)
        self.open_original.clicked.connect(self.original_requested)
        self.close_button.clicked.connect(self.close)
        for key, act in (
            ("find", self._start_finding),
            ("previous_part", lambda: self._step(-1)),
            ("next_part", lambda: self._step(1)),
        ):
            QShortcut(sequence(key), self).activated.connect(act)
        self.find_box.returnPressed.connect(self._find_next)
        backwards = QShortcut(QKeySequence("Shift+Return"), self.find_box)
        backwards.setContext(Qt.ShortcutContext.WidgetShortcut)
        backwards.activated.connect(lambda: self._find_next(backwards=True))
        self.find_box.textChanged.connect(self.find_state.clear)

    def _make_icons(self) -> None:
        self.previous.setIcon(icon("chevron-left"))
        self.next.setIcon(icon("chevron-right"))
        self.to_passage.setIcon(icon("quote"))
        self.open_original.setIcon(icon("external-link"))

    def _name_parts(self) -> None:
        self._part_names.setStringList([self._part_name(section, is_short=True) for section in self._sections])
        for widget in (self.parts, self.previous, self.next):
            widget.setVisible(len(self._sections) > 1)

    def _part_name(self, section: SourceSection, *, is_short: bool) -> str:
        """The short name leaves out the headings above the last one."""
        headings = section.anchor.headings
        is_heading = place(section.anchor, "").startswith("§")
        name = headings[-1] if is_heading and is_short else place(section.anchor, current_language())
        name = visible(name) or self.tr("Part {0}").format(section.part)
        return name if section.pieces == 1 else f"{name} ({section.piece}/{section.pieces})"

    def _on_part_chosen(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() != self._section:
            self._go_to(index.row(), self._sections[index.row()].start)

    def _go_to(self, number: int, offset: int) -> None:
        if not self._sections:
            return
        section = self._sections[number]
        self._section = number
        self._show_page(section.page)
        self.text.scroll_to(offset)
        self.parts.setCurrentIndex(self._part_names.index(number))
        self._show_place()

    def _show_page(self, number: int) -> None:
        if number != self._page:
            self._page = number
            starts = (section.start for section in self._sections if section.page == number)
            self.text.show_page(self._pages[number], starts)

    def _show_place(self) -> None:
        if not self._sections:
            return
        count = len(self._sections)
        section = self._sections[self._section]
        self.previous.setEnabled(self._section > 0)
        self.next.setEnabled(self._section < count - 1)
        if count > 1:
            at = self.tr("{0} of {1}").format(self._section + 1, count)
            self.place.setText(f"{self._part_name(section, is_short=False)} · {at}")
        else:
            self.place.setText(place(section.anchor, current_language()))

    def _step(self, by: int) -> None:
        number = self._section + by
        if 0 <= number < len(self._sections):
            self._go_to(number, self._sections[number].start)

    def _go_to_passage(self) -> None:
        if self._passage is not None:
            start = self._passage[0]
            self._go_to(section_at(self._sections, start), start)

    def _start_finding(self) -> None:
        self.find_box.setFocus()
        self.find_box.selectAll()

    def _find_next(self, backwards: bool = False) -> None:
        """From the cursor on, through the other pages, and around."""
        wanted = self.find_box.text()
        if not wanted or not self._pages:
            return
        self.find_state.clear()
        if self.text.find_text(wanted, backwards=backwards):
            return
        step = -1 if backwards else 1
        for distance in range(1, len(self._pages) + 1):
            number = (self._page + step * distance) % len(self._pages)
            if self.text.has_text(self._pages[number], wanted):
                self._show_page(number)
                edge = QTextCursor.MoveOperation.End if backwards else QTextCursor.MoveOperation.Start
                self.text.moveCursor(edge)
                self.text.find_text(wanted, backwards=backwards)
                return
        self.find_state.setText(self.tr("Not found"))
