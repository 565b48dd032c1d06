"""The main window: tabs, menus, tasks panel, status bar, toast. It knows where things are, not what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QTabWidget, QWidget

from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.keys import bind, with_key
from iaposte_desktop.qt.lib.toast import Toast
from iaposte_desktop.qt.shell.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LANGUAGE_CHOICES: Final = ("system", "fr", "en")
THEME_CHOICES: Final = ("system", "light", "dark")


class MainWindow(QMainWindow):
    """Closing is asked for, never done here: `close_requested` lets the program wind up first, then `close_now`."""

    first_painted = Signal()
    close_requested = Signal()
    open_mail_requested = Signal()
    paste_mail_requested = Signal()
    sample_requested = Signal()
    log_folder_requested = Signal()
    about_requested = Signal()
    settings_requested = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main")
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.setCentralWidget(self.tabs)
        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self._dock = QDockWidget(self)
        self._dock.setObjectName("tasks")
        self._dock.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._dock)
        self._dock.hide()
        self.toast = Toast(self)
        for _ in range(3):
            self.tabs.addTab(QWidget(self.tabs), "")
        self.wants_to_close = False
        """Somebody asked, perhaps before anyone listened to `close_requested`."""
        self._is_closing = False
        self._is_painted = False
        self._make_actions()
        self._make_menus()
        self.status.tasks.setDefaultAction(self._show_tasks)
        self.resize(1280, 800)
        self.retranslate()

    def come_alive(self) -> None:
        """What the first paint could do without."""
        from iaposte_desktop.qt.shell.tasks_panel import TasksPanel

        self.tasks = TasksPanel(self)
        self._dock.setWidget(self.tasks)
        self._show_tasks.setIcon(icon("list-checks"))

    def fill_tabs(self, threads: QWidget, vector_stores: QWidget, assistants: QWidget) -> None:
        """The tabs come alive, in the places they had from the first paint on."""
        current = self.tabs.currentIndex()
        while self.tabs.count():
            self.tabs.removeTab(0)
        for view in (threads, vector_stores, assistants):
            self.tabs.addTab(view, "")
        self.tabs.setCurrentIndex(current)
        self.retranslate()

    def notify(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        self.toast.show_message(text, action_text, action)

    def choose(self, language: str, theme: str) -> None:
        """Tick the settings' values in the View menu."""
        for group, value in ((self._languages, language), (self._themes, theme)):
            for action in group.actions():
                action.setChecked(action.data() == value)

    def choose_language(self, value: str) -> None:
        """As in the View menu."""
        _trigger(self._languages, value)

    def choose_theme(self, value: str) -> None:
        """As in the View menu."""
        _trigger(self._themes, value)

    def set_program_open(self, is_open: bool) -> None:
        for action in (self._open_mail, self._paste_mail, self._sample, self._settings):
            action.setEnabled(is_open)

    def save_state(self) -> dict[str, str]:
        return {
            "window.geometry": _text(self.saveGeometry()),
            "window.docks": _text(self.saveState()),
            "window.tab": str(self.tabs.currentIndex()),
        }

    def restore_state(self, state: Mapping[str, str]) -> None:
        if geometry := state.get("window.geometry"):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        if docks := state.get("window.docks"):
            self.restoreState(QByteArray.fromBase64(docks.encode()))
        if (tab := state.get("window.tab", "")).isdecimal():
            self.tabs.setCurrentIndex(int(tab))

    def show_failure(self, sentence: str) -> None:
        """In place of the tabs: the program could not be opened."""
        page = EmptyState(self)
        page.set_texts(self.tr("The program could not be opened"), sentence, self.tr("Close"))
        page.button.clicked.connect(self.close_requested)
        self.setCentralWidget(page)

    def bring_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def close_now(self) -> None:
        self._is_closing = True
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # Once this paint has reached the screen.
            QTimer.singleShot(0, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_closing:
            event.accept()
            return
        event.ignore()
        self.wants_to_close = True
        self.close_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange and self._is_painted:
            self._show_tasks.setIcon(icon("list-checks"))
        super().changeEvent(event)

    def _make_actions(self) -> None:
        self._open_mail = self._action("open_mail", self.open_mail_requested)
        self._paste_mail = self._action("paste_mail", self.paste_mail_requested)
        self._sample = self._action(None, self.sample_requested)
        self._quit = self._action("quit", self.close_requested)
        self._quit.setMenuRole(QAction.MenuRole.QuitRole)
        self._log = self._action(None, self.log_folder_requested)
        self._about = self._action(None, self.about_requested)
        self._settings = self._action("settings", self.settings_requested)
        self._settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self._about.setMenuRole(QAction.MenuRole.AboutRole)
        self._show_tasks = bind(self._dock.toggleViewAction(), "tasks")
        self.addAction(self._show_tasks)
        self._languages = self._choices(LANGUAGE_CHOICES, self.language_chosen)
        self._themes = self._choices(THEME_CHOICES, self.theme_chosen)

    def _make_menus(self) -> None:
        bar = self.menuBar()
        self._file, self._view, self._help = (QMenu(bar) for _ in range(3))
        self._language_menu, self._theme_menu = QMenu(self._view), QMenu(self._view)
        for menu in (self._file, self._view, self._help):
            bar.addMenu(menu)
        self._file.addActions([self._open_mail, self._paste_mail])
        self._file.addSeparator()
        self._file.addActions([self._settings, self._sample])
        self._file.addSeparator()
        self._file.addAction(self._quit)
        self._view.addAction(self._show_tasks)
        self._view.addSeparator()
        self._view.addMenu(self._language_menu)
        self._view.addMenu(self._theme_menu)
        self._language_menu.addActions(self._languages.actions())
        self._theme_menu.addActions(self._themes.actions())
        self._help.addActions([self._log, self._about])

    def _action(self, key: str | None, signal: SignalInstance) -> QAction:
        action = QAction(self)
        action.triggered.connect(lambda: signal.emit())
        if key is not None:
            bind(action, key)
        self.addAction(action)
        return action

    def _choices(self, values: tuple[str, ...], signal: SignalInstance) -> QActionGroup:
        group = QActionGroup(self)
        for value in values:
            action = group.addAction("")
            action.setCheckable(True)
            action.setData(value)
        group.triggered.connect(lambda action: signal.emit(action.data()))
        return group

    def retranslate(self) -> None:
        self.setWindowTitle("IAPoste Desktop")
        for index, title in enumerate((self.tr("Threads"), self.tr("Vector stores"), self.tr("Assistants"))):
            self.tabs.setTabText(index, title)
        self._file.setTitle(self.tr("&File"))
        self._view.setTitle(self.tr("&View"))
        self._help.setTitle(self.tr("&Help"))
        self._language_menu.setTitle(self.tr("Language"))
        self._theme_menu.setTitle(self.tr("Theme"))
        self._open_mail.setText(self.tr("Open mail…"))
        self._paste_mail.setText(self.tr("Paste a mail…"))
        self._sample.setText(self.tr("Load the sample shop"))
        self._settings.setText(self.tr("Settings…"))
        self._quit.setText(self.tr("Quit"))
        self._log.setText(self.tr("Open the log folder"))
        self._about.setText(self.tr("About IAPoste Desktop"))
        self._dock.setWindowTitle(self.tr("Tasks"))
        self._show_tasks.setText(self.tr("Tasks"))
        self._show_tasks.setToolTip(with_key(self.tr("Show uploads and drafts under way"), "tasks"))
        languages = {"system": self.tr("As the system"), "fr": "Français", "en": "English"}
        themes = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        for group, texts in ((self._languages, languages), (self._themes, themes)):
            for action in group.actions():
                action.setText(texts[action.data()])


def _trigger(group: QActionGroup, value: str) -> None:
    next(action for action in group.actions() if action.data() == value).trigger()


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")
