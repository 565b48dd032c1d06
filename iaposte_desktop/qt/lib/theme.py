"""One look on every system: Fusion with our palette, light and dark, following the system unless told otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

from iaposte_desktop.resources import FOLDER


@dataclass(frozen=True, slots=True)
class Colours:
    """Names say the use. `canvas` is behind panels, `paper` under the customer's text and the draft."""

    canvas: str
    panel: str
    paper: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    attention: str
    failed: str
    suggestion: str


LIGHT: Final = Colours(
    canvas="#f3f4f6",
    panel="#f8f9fb",
    paper="#ffffff",
    line="#d9dce3",
    text="#1b1f27",
    quiet="#5c6370",
    accent="#2457c5",
    on_accent="#ffffff",
    accent_soft="#dfe8fb",
    good="#1d7a3f",
    attention="#9a5b00",
    failed="#b3261e",
    suggestion="#eef4ff",
)
DARK: Final = Colours(
    canvas="#17191e",
    panel="#1d2026",
    paper="#22262d",
    line="#363b45",
    text="#eceef2",
    quiet="#a3abb8",
    accent="#7aa5ff",
    on_accent="#0c1322",
    accent_soft="#2b3a5c",
    good="#66c489",
    attention="#e0a95a",
    failed="#ff8a80",
    suggestion="#222c40",
)

_SCHEMES: Final = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


_chosen = "system"


def is_dark() -> bool:
    """What was chosen counts, for not every platform obeys `setColorScheme`."""
    if _chosen != "system":
        return _chosen == "dark"
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def colours() -> Colours:
    return DARK if is_dark() else LIGHT


def use_theme(app: QApplication, setting: str) -> None:
    """`system`, `light` or `dark`. Sends PaletteChange to every widget."""
    global _chosen
    _chosen = setting
    app.setStyle("Fusion")
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[setting])
    _apply(app)


def follow_system(app: QApplication) -> None:
    """Once: the look changes when the system's does."""
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: _apply(app))


def _apply(app: QApplication) -> None:
    now = colours()
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: now.canvas,
        roles.WindowText: now.text,
        roles.Base: now.paper,
        roles.AlternateBase: now.panel,
        roles.Text: now.text,
        roles.Button: now.panel,
        roles.ButtonText: now.text,
        roles.BrightText: now.failed,
        roles.ToolTipBase: now.paper,
        roles.ToolTipText: now.text,
        roles.PlaceholderText: now.quiet,
        roles.Highlight: now.accent,
        roles.HighlightedText: now.on_accent,
        roles.Link: now.accent,
        roles.LinkVisited: now.accent,
        roles.Accent: now.accent,
        roles.Light: now.line,
        roles.Mid: now.line,
        roles.Midlight: now.line,
        roles.Dark: now.line,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(now.quiet))
    app.setPalette(palette)
    app.setStyleSheet(_sheet(now))


def _sheet(now: Colours) -> str:
    """What a palette cannot say. `em` follows the font; properties: `role` = primary, quiet, title, caption, paper,
    panel; `state` = good, attention, failed."""
    check = (FOLDER / "icons" / f"checked-{'dark' if now is DARK else 'light'}.svg").as_posix()
    return f"""
    QWidget[role="panel"] {{ background: {now.panel}; }}
    QWidget[role="paper"] {{ background: {now.paper}; }}
    QLabel[role="title"] {{ font-size: 1.15em; font-weight: 600; }}
    QLabel[role="heading"] {{ font-weight: 600; color: {now.quiet}; }}
    QLabel[role="caption"], QLabel[role="quiet"] {{ color: {now.quiet}; }}
    QLabel[role="caption"] {{ font-size: 0.9em; }}
    QLabel[state="good"] {{ color: {now.good}; }}
    QLabel[state="attention"] {{ color: {now.attention}; }}
    QLabel[state="failed"] {{ color: {now.failed}; }}
    QPushButton {{ padding: 0.35em 0.9em; border: 1px solid {now.line}; border-radius: 5px; background: {now.paper}; }}
    QPushButton:hover {{ border-color: {now.accent}; }}
    QPushButton:pressed {{ background: {now.accent_soft}; }}
    QPushButton:disabled {{ color: {now.quiet}; background: {now.canvas}; }}
    QPushButton:focus {{ border: 2px solid {now.accent}; }}
    QPushButton[role="primary"] {{ background: {now.accent}; color: {now.on_accent}; border-color: {now.accent};
        font-weight: 600; }}
    QPushButton[role="primary"]:disabled {{ background: {now.line}; color: {now.quiet}; border-color: {now.line}; }}
    QToolButton {{ padding: 0.3em; border: 1px solid transparent; border-radius: 5px; }}
    QToolButton:hover, QToolButton:checked {{ background: {now.accent_soft}; }}
    QToolButton:focus {{ border-color: {now.accent}; }}
    QLineEdit, QTextEdit[role="field"], QPlainTextEdit[role="field"] {{
        border: 1px solid {now.line}; border-radius: 5px; padding: 0.3em 0.5em; background: {now.paper}; }}
    QLineEdit:focus, QTextEdit[role="field"]:focus, QPlainTextEdit[role="field"]:focus {{ border-color: {now.accent}; }}
    QListView, QTreeView, QTableView {{ border: none; background: {now.panel}; outline: none; }}
    QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{
        background: {now.accent_soft}; color: {now.text}; }}
    QListView::item:hover:!selected, QTreeView::item:hover:!selected {{ background: {now.canvas}; }}
    QHeaderView::section {{ background: {now.panel}; border: none; border-bottom: 1px solid {now.line};
        padding: 0.35em 0.5em; color: {now.quiet}; }}
    QTextEdit[role="plain"], QPlainTextEdit[role="plain"], QTextBrowser[role="plain"] {{ border: none; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {now.line}; }}
    QTabBar {{ outline: 0; }}
    QTabBar::tab {{ padding: 0.55em 1.1em; border: none; border-bottom: 2px solid transparent; color: {now.quiet}; }}
    QTabBar::tab:selected {{ color: {now.text}; border-bottom-color: {now.accent}; }}
    QTabBar::tab:hover:!selected {{ color: {now.text}; }}
    QTabBar::tab:focus {{ color: {now.accent}; }}
    QSplitter::handle {{ background: {now.line}; }}
    QStatusBar {{ border-top: 1px solid {now.line}; }}
    QStatusBar::item {{ border: none; }}
    QCheckBox::indicator, QTreeView::indicator, QRadioButton::indicator {{ width: 1em; height: 1em;
        border: 1px solid {now.quiet}; border-radius: 3px; background: {now.paper}; }}
    QRadioButton::indicator {{ border-radius: 0.5em; }}
    QCheckBox::indicator:checked, QTreeView::indicator:checked, QRadioButton::indicator:checked {{
        background: {now.accent}; border-color: {now.accent}; }}
    QCheckBox::indicator:checked, QTreeView::indicator:checked {{ image: url({check}); }}
    QCheckBox::indicator:indeterminate {{ border-color: {now.accent};
        background: qlineargradient(x1: 0, y1: 0, x2: 0, y2: 1, stop: 0 {now.paper}, stop: 0.38 {now.paper},
        stop: 0.39 {now.accent}, stop: 0.61 {now.accent}, stop: 0.62 {now.paper}, stop: 1 {now.paper}); }}
    QCheckBox::indicator:disabled {{ border-color: {now.line}; }}
    QCheckBox:focus {{ color: {now.accent}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QScrollArea {{ border: none; }}
    QFrame[frameShape="4"], QFrame[frameShape="5"] {{ color: {now.line}; }}
    QToolButton[popupMode="2"]::menu-indicator {{ image: none; }}
    QScrollBar {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ width: 0.8em; }}
    QScrollBar:horizontal {{ height: 0.8em; }}
    QScrollBar::handle {{ background: {now.line}; border-radius: 0.3em; margin: 0.1em; }}
    QScrollBar::handle:hover {{ background: {now.quiet}; }}
    QScrollBar::handle:vertical {{ min-height: 2em; }}
    QScrollBar::handle:horizontal {{ min-width: 2em; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
    """
