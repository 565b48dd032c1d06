"""A file at the place a passage or a citation stands on: its page where it has pages, or the text extracted from it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.application.labels import place
from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import PlainLabel, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import sequence, with_key
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.lib.page_pane import PagePane
from iaposte_desktop.qt.lib.sectioned_text import SectionedText
from iaposte_desktop.qt.lib.source_notes import note_text

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from iaposte_desktop.application.sources import OpenSource
    from iaposte_desktop.qt.lib.page_loader import PageLoader
    from iaposte_desktop.qt.lib.source_pages import SourceSection


class SourceViewer(QDialog):
    """Non-modal and reusable: `show_source` brings it to the front with another file or place. It opens nothing
    itself: `original_requested` asks its owner to."""

    original_requested = Signal()

    def __init__(self, loader: PageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._passage: tuple[int, int] | None = None
        self.file_name = PlainLabel(parent=self)
        self.file_name.setProperty("role", "title")
        self.place = PlainLabel(parent=self)
        self.place.setProperty("role", "quiet")
        self.parts = QListView(self)
        self._part_names = QStringListModel(self)
        self.text = SectionedText(self)
        self.pages = PagePane(loader, self)
        self.note = StatusLine(self)
        self.as_page = QToolButton(self)
        self.as_text = QToolButton(self)
        self._source: OpenSource | None = None
        self._found = -1
        self._pages_failed = False
        self._shown = QStackedWidget(self)
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
        self.resize(character * 130, min(character * 130, self.screen().availableGeometry().height()))

    def show_source(self, source: OpenSource) -> None:
        """At its place, which is highlighted and scrolled to, else from its beginning; as pages where it has an
        original to draw them from."""
        content = source.content
        self._source, self._passage, self._found = source, source.place, -1
        self.file_name.setText(content.file.name)
        self.find_state.clear()
        self.setWindowTitle(visible(content.file.name))
        self.to_passage.setVisible(self._passage is not None)
        self.text.show_content(content, self._passage)
        self._name_parts()
        self.note.say(note_text(source), "attention")
        self._offer_pages(source.original is not None)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.go_to_offset(source.place[0] if source.place is not None else 0)
        self._show_place()
        if self.shows_pages:
            self.pages.open(source)
        (self.pages if self.shows_pages else self.text).setFocus()

    @property
    def shows_pages(self) -> bool:
        return self._shown.currentWidget() is self.pages

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
        for button, text in ((self.as_page, self.tr("Page")), (self.as_text, self.tr("Text"))):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(with_key(self.tr("Show the page, or the text that is searched"), "page_or_text"))
        if self._source is not None and not self._pages_failed:
            self.note.say(note_text(self._source), "attention")
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
        for push in (self.open_original, self.close_button):
            push.setAutoDefault(False)
        self._shown.addWidget(self.text)
        self._shown.addWidget(self.pages)
        modes = QButtonGroup(self)
        for button in (self.as_page, self.as_text):
            button.setCheckable(True)
            modes.addButton(button)
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self.previous)
        bar.addWidget(self.next)
        bar.addWidget(self.place, 2)
        bar.addWidget(self.as_page)
        bar.addWidget(self.as_text)
        bar.addWidget(self.to_passage)
        bar.addWidget(self.find_state)
        bar.addWidget(self.find_box, 1)
        splitter = QSplitter(self)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.parts)
        splitter.addWidget(self._shown)
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
        layout.addWidget(self.note)
        layout.addLayout(bar)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)

        bars = (self.previous, self.next, self.as_page, self.as_text, self.to_passage, self.find_box)
        pages = (self.pages.view, self.pages.smaller, self.pages.larger, self.pages.fit)
        for first, second in pairwise((*bars, self.parts, self.text, *pages, self.open_original, self.close_button)):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.parts.selectionModel().currentChanged.connect(self._on_part_chosen)
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.to_passage.clicked.connect(self._go_to_passage)
        self.as_page.clicked.connect(self._show_as_page)
        self.as_text.clicked.connect(self._show_as_text)
        self.pages.page_shown.connect(self._show_place)
        self.pages.failed.connect(self._on_pages_failed)
        self.open_original.clicked.connect(self.original_requested)
        self.close_button.clicked.connect(self.close)
        for key, act in (
            ("find", self._start_finding),
            ("previous_part", lambda: self._step(-1)),
            ("next_part", lambda: self._step(1)),
            ("page_or_text", lambda: self._show_as_text() if self.shows_pages else self._show_as_page()),
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
        self._part_names.setStringList([self._part_name(section, is_short=True) for section in self.text.sections])
        for widget in (self.parts, self.previous, self.next):
            widget.setVisible(len(self.text.sections) > 1)

    def _part_name(self, section: SourceSection, *, is_short: bool) -> str:
        """The short name leaves out the headings above the last one."""
        headings = section.anchor.headings
        is_heading = place(section.anchor, "").startswith("§")
        name = headings[-1] if is_heading and is_short else place(section.anchor, current_language())
        name = visible(name) or self.tr("Part {0}").format(section.part)
        return name if section.pieces == 1 else f"{name} ({section.piece}/{section.pieces})"

    def _offer_pages(self, has_pages: bool) -> None:
        self._pages_failed = False
        for button in (self.as_page, self.as_text):
            button.setVisible(has_pages)
        self._shown.setCurrentWidget(self.pages if has_pages else self.text)
        self.as_page.setChecked(has_pages)
        self.as_text.setChecked(not has_pages)

    def _show_as_page(self) -> None:
        """The page of what is read as text."""
        if self._source is None or self._source.original is None or self._pages_failed or self.shows_pages:
            return
        self._shown.setCurrentWidget(self.pages)
        self.as_page.setChecked(True)
        section, page = self.text.section, self.pages.page
        if section is not None and section.anchor.page is not None and page is not None:
            self.pages.go_to(section.anchor.page)
        self._show_place()
        self.pages.setFocus()

    def _show_as_text(self) -> None:
        """The text of the page that is looked at."""
        if not self.shows_pages:
            return
        self._shown.setCurrentWidget(self.text)
        self.as_text.setChecked(True)
        self._show_place()
        self.text.setFocus()

    def _on_pages_failed(self, sentence: str) -> None:
        self._pages_failed = True
        self._show_as_text()
        self.as_page.hide()
        self.as_text.hide()
        self.note.say(self.tr("The page cannot be shown, this is its text. {0}").format(sentence))

    def _on_part_chosen(self, index: QModelIndex) -> None:
        if not index.isValid() or index.row() == self.text.current:
            return
        self.text.go_to(index.row())
        page = self.text.sections[index.row()].anchor.page
        if self.shows_pages and page is not None:
            self.pages.go_to(page)
        else:
            self._show_place()

    def _show_place(self) -> None:
        page = self.pages.page
        if self.shows_pages and page is not None:
            self._show_page_place(page.number, page.pages)
            return
        section = self.text.section
        if section is None:
            return
        count = len(self.text.sections)
        for widget in (self.previous, self.next):
            widget.setVisible(count > 1)
        self.previous.setEnabled(self.text.current > 0)
        self.next.setEnabled(self.text.current < count - 1)
        self.parts.setCurrentIndex(self._part_names.index(self.text.current))
        if count > 1:
            at = self.tr("{0} of {1}").format(self.text.current + 1, count)
            self.place.setText(f"{self._part_name(section, is_short=False)} · {at}")
        else:
            self.place.setText(place(section.anchor, current_language()))

    def _show_page_place(self, number: int, pages: int) -> None:
        """The text follows, so that it is there when it is looked at."""
        for widget, is_possible in ((self.previous, number > 1), (self.next, number < pages)):
            widget.setVisible(pages > 1)
            widget.setEnabled(is_possible)
        self.place.setText(self.tr("Page {0} of {1}").format(number, pages))
        at, now = self.text.section_on(number), self.text.section
        if at is not None and (now is None or now.anchor.page != number):
            self.text.go_to(at)
            self.parts.setCurrentIndex(self._part_names.index(at))

    def _step(self, by: int) -> None:
        number = self.text.current + by
        if self.shows_pages:
            self.pages.step(by)
        elif 0 <= number < len(self.text.sections):
            self.text.go_to(number)
            self._show_place()

    def _go_to_passage(self) -> None:
        if self._passage is None or self._source is None:
            return
        self.text.go_to_offset(self._passage[0])
        self._show_place()
        if self.shows_pages:
            self.pages.go_to_words(self._passage, self._source.page)

    def _start_finding(self) -> None:
        self.find_box.setFocus()
        self.find_box.selectAll()

    def _find_next(self, backwards: bool = False) -> None:
        wanted = self.find_box.text()
        if not wanted:
            return
        find = self._find_on_pages if self.shows_pages else self.text.find_next
        self.find_state.setText("" if find(wanted, backwards=backwards) else self.tr("Not found"))

    def _find_on_pages(self, wanted: str, *, backwards: bool) -> bool:
        """From what was found last, through the whole text, and around; the page that has it is shown."""
        assert self._source is not None
        content, wanted = self._source.content, wanted.lower()
        text = content.text.lower()
        if backwards:
            at = text.rfind(wanted, 0, max(0, self._found + len(wanted) - 1))
            at = text.rfind(wanted) if at < 0 else at
        else:
            at = text.find(wanted, self._found + 1)
            at = text.find(wanted) if at < 0 else at
        if at >= 0:
            self._found = at
            anchor = content.anchor_at(at)
            self.pages.go_to_words((at, at + len(wanted)), anchor.page if anchor is not None else None)
        return at >= 0
