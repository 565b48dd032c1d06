"""The walls of the house as rules over one module's source; `test_architecture.py` walks the package with them.

Names in strings count as imports where they begin with a room (`iaposte_desktop.mail.as_text:extract_job`): a job that
is named crosses a wall as surely as one that is imported. Imports for type checking count as well.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = "iaposte_desktop"
ROOT: Final = "composition root"
ROOT_MODULES: Final = frozenset({"", "__main__", "compose", "faces", "launch"})


@dataclass(frozen=True, slots=True)
class Room:
    """What a room may import: other rooms of ours, and libraries by their top-level names."""

    rooms: frozenset[str] = frozenset()
    libraries: frozenset[str] = frozenset()


def _room(*rooms: str, libraries: str = "") -> Room:
    return Room(frozenset(rooms), frozenset(libraries.split()))


ROOMS: Final = {
    "domain": _room(),
    "application": _room("domain"),
    "providers": _room("domain", libraries="openai httpx2"),
    "engine": _room(
        "domain", "resources", libraries="apsw Stemmer pypdfium2 python_calamine sqlite_vec stdnum phonenumbers"
    ),
    "workspace": _room("domain", libraries="sqlalchemy alembic cattrs"),
    "mail": _room("domain"),
    "platform": _room("domain", libraries="keyring platformdirs"),
    "qt": _room("application", "domain", "resources", libraries="PySide6 qasync"),
    "cli": _room("application", "domain", "resources", libraries="typer click rich"),
    "server": _room("application", "domain", "resources", libraries="starlette"),
    "resources": _room(),
}
NEVER_AT_TOP: Final = frozenset({"qt"})
"""Rooms that the composition root imports inside functions alone, since they cost the others' start."""

QASYNC_HOME: Final = f"{PACKAGE}.qt.runtime"
TABS: Final = frozenset({"threads", "vector_stores", "assistants", "usage", "settings"})
QT_FRAME: Final = TABS | {"shell", "app", "live", "demo"}

FIRST_PAINT: Final = (f"{PACKAGE}.qt.app", "loop.exec")
"""One loop of Qt’s own: before asyncio is imported there is no task that a loop could kill."""

BANNED_NAMES: Final = {
    "exec_": "nested Qt loops kill tasks: open() and await finished",
    "processEvents": "nested Qt loops kill tasks",
    "setHtml": "foreign text goes through the Markdown path",
    "asyncSlot": "qasync's slots lose their tasks",
    "asyncClose": "qasync's close spins",
}
STATIC_DIALOGS: Final = re.compile(
    r"QMessageBox\.(question|information|warning|critical|about|aboutQt)"
    r"|Q(File|Input|Color|Font)Dialog\.get\w+|QProgressDialog\.exec"
)


@dataclass(frozen=True, slots=True)
class Import:
    """A module that another one names, at `line`; `is_lazy` inside a function, `is_typing` for type checking alone."""

    target: str
    line: int
    is_lazy: bool = False
    is_typing: bool = False


def violations(module: str, source: str) -> list[str]:
    """What `module` (dotted name) does that the house forbids, one sentence each."""
    tree = ast.parse(source)
    found = [*_relative_imports(tree)]
    for each in imports_of(tree):
        found += (f"line {each.line}: {reason}" for reason in _forbidden(module, each))
    found += _banned(module, tree)
    return [f"{module} {sentence}" for sentence in found]


def imports_of(tree: ast.Module) -> Iterator[Import]:
    yield from _imports(tree, is_lazy=False, is_typing=False)


def room_of(module: str) -> str | None:
    """The room of a module of ours, ROOT for the composition root, None for what is not ours or has no room."""
    package, _, rest = module.partition(".")
    if package != PACKAGE:
        return None
    first = rest.partition(".")[0]
    return ROOT if first in ROOT_MODULES else first if first in ROOMS else None


def _imports(node: ast.AST, *, is_lazy: bool, is_typing: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, child.lineno, is_lazy, is_typing) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and not child.level:
            # `from package import room` names the room in its last word.
            is_package = child.module == PACKAGE
            names = [f"{PACKAGE}.{alias.name}" for alias in child.names if is_package and alias.name != "__version__"]
            targets = names if is_package else [child.module or ""]
            yield from (Import(name, child.lineno, is_lazy, is_typing) for name in targets)
        elif isinstance(child, ast.Constant) and isinstance(child.value, str) and not _is_docstring(node):
            if named := re.match(rf"{PACKAGE}\.[a-z_]+[\w.]*", child.value):
                yield Import(named[0].rstrip("."), child.lineno, is_lazy=True)
        else:
            yield from _imports(
                child,
                is_lazy=is_lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda),
                is_typing=is_typing or _is_type_checking(child),
            )


def _is_docstring(parent: ast.AST) -> bool:
    return isinstance(parent, ast.Expr)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _forbidden(module: str, each: Import) -> Iterator[str]:
    room = room_of(module)
    if room is None:
        yield "is in no room"
        return
    top = each.target.partition(".")[0]
    if top == "qasync" and module != QASYNC_HOME:
        yield f"imports qasync, which {QASYNC_HOME} alone may"
    elif top == PACKAGE:
        yield from _forbidden_of_ours(module, room, each)
    elif top not in sys.stdlib_module_names and room != ROOT and top not in ROOMS[room].libraries:
        yield f"imports {top}, which {room} may not"


def _forbidden_of_ours(module: str, room: str, each: Import) -> Iterator[str]:
    target = room_of(each.target)
    if target is None:
        yield f"names {each.target}, which is in no room"
    elif room == ROOT:
        is_at_top = not (each.is_lazy or each.is_typing)
        if is_at_top and (target in NEVER_AT_TOP or module == f"{PACKAGE}.__main__"):
            yield f"imports {each.target} outside a function"
    elif target not in ROOMS[room].rooms | {room}:
        yield f"imports {each.target}: {room} may not know {target}"
    elif room == target == "qt":
        yield from _forbidden_in_qt(module, each.target)


def _forbidden_in_qt(module: str, target: str) -> Iterator[str]:
    ours, theirs = (name.split(".")[2] if name.count(".") >= 2 else "" for name in (module, target))
    is_wall = (ours in TABS and theirs in QT_FRAME - {ours}) or (ours in {"lib", "runtime"} and theirs in QT_FRAME)
    if is_wall:
        yield f"imports {target}: qt/{ours} may not know qt/{theirs}"


def _relative_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"line {node.lineno}: imports relatively"


def _banned(module: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        names = _names(node)
        for name in names & BANNED_NAMES.keys():
            yield f"line {_line(node)}: uses {name}: {BANNED_NAMES[name]}"
        if isinstance(node, ast.Call) and "exec" in _names(node.func) and (module, _dotted(node.func)) != FIRST_PAINT:
            yield f"line {node.lineno}: calls exec: {BANNED_NAMES['exec_']}"
        if isinstance(node, ast.Attribute) and STATIC_DIALOGS.fullmatch(_dotted(node)):
            yield f"line {node.lineno}: uses {_dotted(node)}, which blocks: open() and await finished"


def _names(node: ast.AST) -> set[str]:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
            return {name}
    return set()


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _dotted(node: ast.AST) -> str:
    """`Class.method` of an attribute, whatever module the class is reached by; else nothing."""
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
            return f"{owner}.{name}"
    return ""
