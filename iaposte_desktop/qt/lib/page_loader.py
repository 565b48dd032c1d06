"""Pages drawn by the program, one after the other, kept while there is room, and the next ones drawn ahead."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from iaposte_desktop.application.sources import OpenSource
from iaposte_desktop.domain.errors import IAPosteError
from iaposte_desktop.domain.ports.page_renderer import PageImage, PageMark
from iaposte_desktop.qt.lib.controller import sentence_of

if TYPE_CHECKING:
    from iaposte_desktop.application.task_scope import TaskScope

MOST_BYTES: Final = 64 * 1024**2
_TASK: Final = "draw pages"

DrawPage: TypeAlias = Callable[[OpenSource, int | None, float, tuple[int, int] | None], Awaitable[PageImage]]
"""As `Sources.page`, awaited on the window's loop."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """`image` has `scale` pixels per point."""

    number: int
    pages: int
    scale: float
    image: QImage
    marks: tuple[PageMark, ...]

    @property
    def points(self) -> tuple[float, float]:
        return self.image.width() / self.scale, self.image.height() / self.scale


@dataclass(frozen=True, slots=True)
class _Wish:
    number: int | None
    scale: float
    marked: tuple[int, int] | None


class PageLoader(QObject):
    """`loaded` carries the ShownPage that was wanted last; `failed` a sentence: this file's pages cannot be shown."""

    loaded = Signal(object)
    failed = Signal(str)

    def __init__(self, scope: TaskScope, draw: DrawPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self._draw_page = draw
        self._source: OpenSource | None = None
        self._wanted: _Wish | None = None
        self._is_answered = True
        self._kept: OrderedDict[_Wish, ShownPage] = OrderedDict()

    def open(self, source: OpenSource | None) -> None:
        """Another file, or none: what is kept of the one before goes."""
        self._source = source
        self._wanted, self._is_answered = None, True
        self._kept.clear()

    def want(self, number: int | None, scale: float, marked: tuple[int, int] | None) -> None:
        """As for `Sources.page`; the latest wish counts."""
        self._wanted, self._is_answered = _Wish(number, scale, marked), False
        self._answer()
        if self._source is not None:
            self._scope.start_only(self._draw(), _TASK)

    def kept_bytes(self) -> int:
        # A page may be kept by two wishes.
        return sum({id(page): page.image.sizeInBytes() for page in self._kept.values()}.values())

    async def _draw(self) -> None:
        """What is wanted, then its neighbours, one after the other: a page that is no longer wanted is soon drawn,
        while to break it off would cost its worker."""
        while self._source is not None and (wish := self._next()) is not None:
            source = self._source
            try:
                drawn = await self._draw_page(source, wish.number, wish.scale, wish.marked)
            except IAPosteError as error:
                if source is self._source:
                    self.open(None)
                    self.failed.emit(sentence_of(error))
                continue
            if source is self._source:
                self._keep(wish, drawn)
                self._answer()

    def _next(self) -> _Wish | None:
        wanted = self._wanted
        if wanted is None:
            return None
        shown = self._kept.get(wanted)
        if shown is None:
            return wanted
        neighbours = (shown.number + 1, shown.number - 1)
        ahead = (replace(wanted, number=number) for number in neighbours if 1 <= number <= shown.pages)
        return next((wish for wish in ahead if wish not in self._kept and self._has_room()), None)

    def _answer(self) -> None:
        if self._wanted is not None and not self._is_answered and (shown := self._kept.get(self._wanted)) is not None:
            self._is_answered = True
            self._kept.move_to_end(self._wanted)
            self.loaded.emit(shown)

    def _keep(self, wish: _Wish, drawn: PageImage) -> None:
        if wish.number is None and self._source is not None:
            # The page that has the words is known from now on.
            self._source = replace(self._source, page=drawn.number)
        image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB888).copy()
        shown = ShownPage(drawn.number, drawn.pages, drawn.scale, image, drawn.marks)
        self._kept[wish] = self._kept[replace(wish, number=drawn.number)] = shown
        while not self._has_room() and len(self._kept) > 2:
            self._kept.popitem(last=False)

    def _has_room(self) -> bool:
        return self.kept_bytes() < MOST_BYTES
