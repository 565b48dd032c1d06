"""The walls of `ARCHITECTURE.md`, walked; and the checker itself, on modules that break each of its rules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import iaposte_desktop
from tests.walls import PACKAGE, ROOMS, imports_of, room_of, violations

FOLDER = Path(iaposte_desktop.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join([PACKAGE, *path.relative_to(FOLDER).with_suffix("").parts]).removesuffix(".__init__")


def test_the_walls_stand() -> None:
    broken = [sentence for path in MODULES for sentence in violations(name_of(path), path.read_text("utf-8"))]
    assert not broken, "\n".join(broken)


def test_the_walk_sees_the_whole_house() -> None:
    rooms = {room_of(name_of(path)) for path in MODULES}
    assert {"domain", "application", "engine", "workspace", "mail", "platform", "qt", "cli"} <= rooms
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= ROOMS.keys()


BREACHES = {
    "domain imports a library": ("domain.values", "import sqlalchemy"),
    "domain imports application": ("domain.values", "from iaposte_desktop.application import runs"),
    "domain imports for types alone": (
        "domain.values",
        "if TYPE_CHECKING:\n    from iaposte_desktop.application.runs import RunLoop",
    ),
    "application imports engine": (
        "application.runs",
        "from iaposte_desktop.engine.stores import EmbeddedVectorStores",
    ),
    "application imports inside a function": (
        "application.runs",
        "def later():\n    from iaposte_desktop.workspace.open import open_workspace",
    ),
    "application imports PySide6": ("application.runs", "from PySide6.QtCore import QObject"),
    "application imports the package's name of a room": ("application.runs", "from iaposte_desktop import workspace"),
    "application imports compose": ("application.runs", "from iaposte_desktop import compose"),
    "siblings see each other": ("engine.stores", "from iaposte_desktop.workspace.rows import one"),
    "a sibling is named in a string": ("engine.stores", 'JOB = "iaposte_desktop.mail.as_text:extract_job"'),
    "a sibling is named in an f-string": ("engine.stores", 'JOB = f"iaposte_desktop.mail.{name}"'),
    "engine imports application": ("engine.stores", "from iaposte_desktop.application.citing import MARKER"),
    "engine imports workspace's library": ("engine.stores", "import sqlalchemy"),
    "workspace imports platform": ("workspace.open", "from iaposte_desktop.platform.paths import Profile"),
    "mail imports a library": ("mail.reader", "import extract_msg"),
    "the SDK outside providers": ("application.runs", "import openai"),
    "qt imports compose": ("qt.app", "from iaposte_desktop.compose import open_program"),
    "qt imports platform": ("qt.app", "from iaposte_desktop.platform.paths import Profile"),
    "cli imports compose": ("cli.app", "from iaposte_desktop.compose import open_program"),
    "cli imports the faces": ("cli.app", "from iaposte_desktop.faces import FACES"),
    "cli imports qt": ("cli.app", "from iaposte_desktop.qt.app import run_window"),
    "cli imports PySide6": ("cli.app", "import PySide6.QtCore"),
    "qasync in another module of qt": ("qt.app", "import qasync"),
    "qasync in compose": ("compose", "import qasync"),
    "compose imports qt at the top": ("compose", "from iaposte_desktop.qt.app import run_window"),
    "__main__ imports at the top": ("__main__", "from iaposte_desktop.cli.app import run"),
    "tabs see each other": ("qt.threads.view", "from iaposte_desktop.qt.assistants.view import AssistantsView"),
    "a tab sees the window": ("qt.threads.view", "from iaposte_desktop.qt.shell.window import MainWindow"),
    "lib sees a tab": ("qt.lib.toast", "from iaposte_desktop.qt.threads.view import ThreadsView"),
    "a relative import": ("qt.lib.toast", "from . import icons"),
    "a module in no room": ("helpers", "import json"),
    "a nested loop": ("qt.lib.dialogs", "dialog.exec()"),
    "a nested loop where one loop of its own is allowed": ("qt.app", "dialog.exec()"),
    "a loop of its own elsewhere": ("qt.demo", "loop.exec()"),
    "a nested loop, the old name": ("qt.lib.dialogs", "dialog.exec_()"),
    "a nested loop, handed on": ("qt.lib.dialogs", "QTimer.singleShot(0, dialog.exec_)"),
    "events processed by hand": ("qt.lib.dialogs", "QApplication.processEvents()"),
    "events processed by hand, imported": ("qt.lib.dialogs", "from PySide6.QtCore import processEvents"),
    "HTML of foreign text": ("qt.lib.text", "browser.setHtml(text)"),
    "asyncSlot": ("qt.runtime", "from qasync import asyncSlot"),
    "asyncClose": ("qt.runtime", "@qasync.asyncClose\ndef close(self): ..."),
    "a static message box": ("qt.app", "QMessageBox.question(self, 'a', 'b')"),
    "a static message box by its module": ("qt.app", "QtWidgets.QMessageBox.critical(self, 'a', 'b')"),
    "a static file dialog": ("qt.app", "QFileDialog.getOpenFileName(self)"),
    "a static input dialog": ("qt.app", "QInputDialog.getText(self, 'a', 'b')"),
}


@pytest.mark.parametrize(("module", "source"), BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_is_found(module: str, source: str) -> None:
    assert violations(f"{PACKAGE}.{module}", source)


ALLOWED = {
    "domain on domain": ("domain.values", "from iaposte_desktop.domain.json import Metadata"),
    "the package's version": ("cli.app", "from iaposte_desktop import __version__"),
    "application on domain": ("application.runs", "from iaposte_desktop.domain import events as ev"),
    "workspace on its libraries": ("workspace.tables", "import sqlalchemy, alembic.op, sqlite3, cattrs"),
    "qt on PySide6": ("qt.threads.view", "from PySide6.QtWidgets import QWidget"),
    "qasync at home": ("qt.runtime", "import qasync"),
    "a tab on lib": ("qt.threads.view", "from iaposte_desktop.qt.lib.icons import icon"),
    "a tab on itself": ("qt.threads.view", "from iaposte_desktop.qt.threads.models import ThreadsModel"),
    "app on tabs": ("qt.app", "from iaposte_desktop.qt.threads.view import ThreadsView"),
    "compose on all": ("compose", "from iaposte_desktop.engine.stores import EmbeddedVectorStores"),
    "compose names jobs": ("compose", 'EXTRACTORS = {".eml": "iaposte_desktop.mail.as_text:extract_job"}'),
    "faces on qt, late": ("faces", "def show():\n    from iaposte_desktop.qt.app import run_window"),
    "__main__ late": ("__main__", "def main():\n    from iaposte_desktop.cli.app import run"),
    "a docstring's words": ("engine.stores", '"""iaposte_desktop.mail is not imported here."""'),
    "a dialog that is awaited": ("qt.lib.dialogs", "dialog.open()\nbox = QMessageBox(parent)"),
    "the loop until the first paint": ("qt.app", "loop.exec()"),
    "an enum of a dialog": ("qt.lib.dialogs", "QMessageBox.Icon.Warning, QFileDialog.FileMode.ExistingFiles"),
    "execute is not exec": ("workspace.rows", "connection.execute(query)"),
}


@pytest.mark.parametrize(("module", "source"), ALLOWED.values(), ids=ALLOWED.keys())
def test_what_is_drawn_is_allowed(module: str, source: str) -> None:
    assert not violations(f"{PACKAGE}.{module}", source)


def test_every_room_knows_only_what_is_drawn() -> None:
    """The table itself, as the architecture draws it: siblings know the domain, faces know application and domain."""
    ours = {name: room.rooms - {"resources"} for name, room in ROOMS.items()}
    assert ours["domain"] == set()
    assert ours["application"] == {"domain"}
    assert all(ours[name] == {"domain"} for name in ("providers", "engine", "workspace", "mail", "platform"))
    assert all(ours[name] == {"application", "domain"} for name in ("qt", "cli", "server"))


def test_imports_are_found_wherever_they_stand() -> None:
    inner = "class C:\n    from b import x\n    def f(self):\n        import c.d\n"
    source = f"import a\n{inner}try:\n    import e\nexcept E: ..."
    found = {each.target: each.is_lazy for each in imports_of(ast.parse(source))}
    assert found == {"a": False, "b": False, "c.d": True, "e": False}
