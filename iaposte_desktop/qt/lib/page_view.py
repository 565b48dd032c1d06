"""One page of a file as it was printed, with words marked on it; scrolled by mouse and keys, zoomed by the wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractScrollArea

from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QScrollBar, QWidget

    from iaposte_desktop.qt.lib.page_loader import ShownPage

MARKER: Final = "#ffe066"
"""A highlighter on paper: multiplied with the page, black stays black. In the dark the page is paper, too."""
_EDGE: Final = "#b07d00"
_MARGIN: Final = 16
_DOTS_PER_POINT: Final = 96 / 72
_SMALLEST: Final = 0.25
_LARGEST: Final = 5.0
_STEP: Final = 1.25
_SHARPEN_MS: Final = 150
_LINE: Final = 40


class PageView(QAbstractScrollArea):
    """`step_requested`: beyond the page's end (1) or beginning (-1). `zoomed`: at once. `scale_changed`: when it has
    come to rest, the page is shown larger or smaller than it was drawn; `wanted_scale` says how it should be."""

    step_requested = Signal(int)
    zoomed = Signal()
    scale_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: ShownPage | None = None
        self._zoom: float | None = None
        self._points = (595.0, 842.0)
        self._opens_at_end = False
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sharpen = QTimer(self)
        self._sharpen.setSingleShot(True)
        self._sharpen.setInterval(_SHARPEN_MS)
        self._sharpen.timeout.connect(self.scale_changed)

    @property
    def page(self) -> ShownPage | None:
        return self._page

    @property
    def zoom(self) -> float:
        """1: as large as on paper, as far as the screen says so."""
        return self._zoom if self._zoom is not None else self._fitting()

    @property
    def fits_width(self) -> bool:
        return self._zoom is None

    def wanted_scale(self) -> float:
        """In pixels per point, for this screen; a hundredth is no difference."""
        return round(self.zoom * _DOTS_PER_POINT * self.devicePixelRatioF(), 2)

    def show_page(self, page: ShownPage | None) -> None:
        """The same page drawn anew stays where it is; another one is shown from its marks, its beginning, or, where it
        was reached backwards, its end."""
        before, self._page = self._page, page
        if page is None:
            self.viewport().update()
            return
        is_same = before is not None and (before.number, before.marks) == (page.number, page.marks)
        self._points = page.points
        self._fit_bars()
        if not is_same:
            self._go_to_start(page)
        self.viewport().update()
        if not is_same and abs(page.scale - self.wanted_scale()) > 0.02:
            self._sharpen.start()

    def open_next_at_end(self, is_backwards: bool) -> None:
        self._opens_at_end = is_backwards

    def set_zoom(self, zoom: float | None) -> None:
        """None: as wide as the window."""
        middles = [(bar, (bar.value() + bar.pageStep() / 2) / max(1, length)) for bar, length in self._bars()]
        self._zoom = None if zoom is None else min(_LARGEST, max(_SMALLEST, zoom))
        self._fit_bars()
        for (bar, middle), (_, length) in zip(middles, self._bars(), strict=True):
            bar.setValue(round(middle * length - bar.pageStep() / 2))
        self.viewport().update()
        self.zoomed.emit()
        self._sharpen.start()

    def zoom_by(self, steps: float) -> None:
        self.set_zoom(self.zoom * _STEP**steps)

    def mark_rectangles(self) -> list[QRectF]:
        """Where the marks are drawn, in the viewport."""
        if self._page is None:
            return []
        paper = self._paper()
        return [
            QRectF(
                paper.left() + mark.left * paper.width(),
                paper.top() + mark.top * paper.height(),
                (mark.right - mark.left) * paper.width(),
                (mark.bottom - mark.top) * paper.height(),
            ).adjusted(-2, -2, 2, 2)
            for mark in self._page.marks
        ]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # The page is one picture.
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(colours().canvas))
        if self._page is None:
            return
        paper = self._paper()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(paper, self._page.image)
        marks = self.mark_rectangles()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for mark in marks:
            painter.fillRect(mark, QColor(MARKER))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QColor(_EDGE))
        for mark in marks:
            painter.drawLine(mark.bottomLeft(), mark.bottomRight())
        painter.setPen(QColor(colours().accent if self.hasFocus() else colours().line))
        painter.drawRect(paper.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bars()
        if self.fits_width and self._page is not None:
            self._sharpen.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        moves = {
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_Space: bar.pageStep(),
            Qt.Key.Key_Down: _LINE,
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Up: -_LINE,
        }
        by = moves.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self._scroll_or_step(by)
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
        super().changeEvent(event)

    def _scroll_or_step(self, by: int) -> None:
        bar = self.verticalScrollBar()
        edge = bar.maximum() if by > 0 else 0
        if bar.value() == edge:
            self.step_requested.emit(1 if by > 0 else -1)
        else:
            bar.setValue(bar.value() + by)

    def _go_to_start(self, page: ShownPage) -> None:
        bar = self.verticalScrollBar()
        at_end, self._opens_at_end = self._opens_at_end, False
        if page.marks:
            first = min(mark.top for mark in page.marks) * self._size().height()
            bar.setValue(round(first - self.viewport().height() / 4))
        else:
            bar.setValue(bar.maximum() if at_end else 0)

    def _fitting(self) -> float:
        # With room for the scroll bar even where there is none: else the page would jump when it comes.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * _MARGIN
        return min(_LARGEST, max(_SMALLEST, room / (self._points[0] * _DOTS_PER_POINT)))

    def _size(self) -> QSize:
        factor = self.zoom * _DOTS_PER_POINT
        return QSize(round(self._points[0] * factor), round(self._points[1] * factor))

    def _paper(self) -> QRect:
        size = self._size()
        left = max(_MARGIN, (self.viewport().width() - size.width()) // 2) - self.horizontalScrollBar().value()
        top = max(_MARGIN, (self.viewport().height() - size.height()) // 2) - self.verticalScrollBar().value()
        return QRect(left, top, size.width(), size.height())

    def _bars(self) -> tuple[tuple[QScrollBar, int], ...]:
        """Each with the length of the page along it."""
        size = self._size()
        return (self.horizontalScrollBar(), size.width()), (self.verticalScrollBar(), size.height())

    def _fit_bars(self) -> None:
        room = self.viewport().size()
        for (bar, length), shown in zip(self._bars(), (room.width(), room.height()), strict=True):
            bar.setRange(0, max(0, length + 2 * _MARGIN - shown))
            bar.setPageStep(max(1, shown - _LINE))
            bar.setSingleStep(_LINE)
