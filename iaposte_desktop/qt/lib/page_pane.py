"""The pages of a file: the page itself, and the buttons that make it larger or smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.lib.foreign_text import PlainLabel, visible
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import sequence, with_key
from iaposte_desktop.qt.lib.language import quoted
from iaposte_desktop.qt.lib.page_view import PageView

if TYPE_CHECKING:
    from iaposte_desktop.application.sources import OpenSource
    from iaposte_desktop.qt.lib.page_loader import PageLoader, ShownPage

_LONGEST_QUOTE = 300
_VISIBLE_DIFFERENCE = 0.02


class PagePane(QWidget):
    """`page_shown`: another page is there. `failed` carries a sentence: the pages of this file cannot be shown."""

    page_shown = Signal()
    failed = Signal(str)

    def __init__(self, loader: PageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._source: OpenSource | None = None
        self._marked: tuple[int, int] | None = None
        self._number: int | None = None
        self._scale = 0.0
        self.view = PageView(self)
        self.smaller = QToolButton(self)
        self.larger = QToolButton(self)
        self.fit = QToolButton(self)
        self.zoom = PlainLabel(parent=self)
        self.zoom.setProperty("role", "quiet")
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def page(self) -> ShownPage | None:
        return self.view.page

    def open(self, source: OpenSource) -> None:
        """At its passage, else at its first page."""
        self._source = source
        self._loader.open(source)
        self.view.show_page(None)
        self.go_to_words(source.place, source.page)

    def go_to_words(self, marked: tuple[int, int] | None, number: int | None) -> None:
        """Mark characters `marked` of the text, and show them; None: the page that has them."""
        self._marked, self._number = marked, number
        self._want()

    def go_to(self, number: int) -> None:
        shown = self.page
        if shown is not None and 1 <= number <= shown.pages:
            self.view.open_next_at_end(number == shown.number - 1)
            self._number = number
            self._want()

    def step(self, by: int) -> None:
        if self.page is not None:
            self.go_to(self.page.number + by)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._make_icons()
        super().changeEvent(event)

    def retranslate(self) -> None:
        for button, text, key in (
            (self.smaller, self.tr("Smaller"), "zoom_out"),
            (self.larger, self.tr("Larger"), "zoom_in"),
            (self.fit, self.tr("Fit the width"), "zoom_fit"),
        ):
            button.setAccessibleName(text)
            button.setToolTip(with_key(text, key))
        self.fit.setText(self.tr("Fit the width"))
        self._make_icons()
        self._describe()

    def _lay_out(self) -> None:
        self.fit.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.fit.setCheckable(True)
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addStretch()
        for widget in (self.smaller, self.zoom, self.larger, self.fit):
            bar.addWidget(widget)
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("500 %"))
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.view, 1)
        layout.addLayout(bar)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(self.failed)
        self.view.step_requested.connect(self.step)
        self.view.zoomed.connect(self._describe)
        self.view.scale_changed.connect(self._on_scale_changed)
        for button, key, act in (
            (self.smaller, "zoom_out", lambda: self.view.zoom_by(-1)),
            (self.larger, "zoom_in", lambda: self.view.zoom_by(1)),
            (self.fit, "zoom_fit", lambda: self.view.set_zoom(None)),
        ):
            button.clicked.connect(lambda _, act=act: act())
            shortcut = QShortcut(sequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)

    def _want(self) -> None:
        # A hair's breadth is no reason to draw anew what was drawn ahead.
        if abs(self.view.wanted_scale() - self._scale) > _VISIBLE_DIFFERENCE:
            self._scale = self.view.wanted_scale()
        self._loader.want(self._number, self._scale, self._marked)

    def _on_loaded(self, page: ShownPage) -> None:
        self._number = page.number
        self.view.show_page(page)
        self._describe()
        self.page_shown.emit()

    def _on_scale_changed(self) -> None:
        self._describe()
        if self.isVisible() and self.page is not None:
            self._want()

    def _describe(self) -> None:
        self.zoom.setText(f"{QLocale().toString(round(self.view.zoom * 100))}\u00a0%")
        self.fit.setChecked(self.view.fits_width)
        page, source = self.page, self._source
        if page is None or source is None:
            self.view.setAccessibleName(self.tr("Page"))
            return
        name = self.tr("Page {0} of {1} of {2}").format(page.number, page.pages, visible(source.content.file.name))
        if page.marks and self._marked is not None:
            words = " ".join(source.content.text[slice(*self._marked)].split())
            marked = self.tr("marked: {0}").format(quoted(visible(words[:_LONGEST_QUOTE])))
            name = f"{name}, {marked}"
        self.view.setAccessibleName(name)

    def _make_icons(self) -> None:
        self.smaller.setIcon(icon("zoom-out"))
        self.larger.setIcon(icon("zoom-in"))
