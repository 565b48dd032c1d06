"""Lucide icons (ISC), drawn in a colour of the palette. Made anew after a PaletteChange."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.resources import FOLDER


def icon(name: str, colour: str | None = None) -> QIcon:
    """`name` of a file in resources/icons; `colour` as `#rrggbb`, the palette's text by default."""
    now = colours()
    return _drawn(name, colour or now.text, now.quiet)


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, disabled: str) -> QIcon:
    # The window paints its first frame without icons, and without this library.
    from PySide6.QtSvg import QSvgRenderer

    made = QIcon()
    svg = (FOLDER / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", ink).encode()))
        for size in (16, 20, 32, 40):
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            made.addPixmap(pixmap, mode)
    return made
