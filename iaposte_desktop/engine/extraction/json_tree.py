"""JSON: `key: value` line by line under the path of keys that leads there: `products[2]`, `price`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import Block, clean, one_line, refused
from iaposte_desktop.engine.extraction.decoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

MAX_DEPTH = 64
_LONGEST_KEY = 80
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class _Object:
    """Its members in order; a key may come twice."""

    members: list[tuple[str, _Value]]


_Value: TypeAlias = "str | bool | _Object | list[_Value] | None"


def extract(path: Path) -> Extracted:
    text = read_text(path)
    if not text.strip():
        return
    try:
        # Numbers stay as they are written: nothing is rounded, and no number is too long.
        tree = json.loads(text, object_pairs_hook=_Object, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as error:
        raise refused(FileProblem.TOO_COMPLEX, "nested too deep") from error
    except ValueError as error:
        raise refused(FileProblem.DAMAGED, str(error)) from error
    yield from _blocks(tree, (), 0)


def _blocks(value: _Value, path: tuple[str, ...], depth: int) -> Iterator[Block]:
    """What fits a line is one of its parent's; the rest stands under a heading of its own."""
    if depth > MAX_DEPTH:
        raise refused(FileProblem.TOO_COMPLEX, f"nested deeper than {MAX_DEPTH}")
    named = _named(value)
    lines = [line for name, inner in named if _fits_line(inner) and (line := _line(name, inner))]
    if lines:
        yield Block("\n".join(lines), headings=path)
    for name, inner in named:
        if not _fits_line(inner):
            below = _below(path, name, is_member=isinstance(value, _Object))
            if not _names_itself(inner):
                yield Block(below[-1], headings=below)
            yield from _blocks(inner, below, depth + 1)


def _named(value: _Value) -> list[tuple[str, _Value]]:
    match value:
        case _Object():
            return [(one_line(clean(name)), inner) for name, inner in value.members]
        case list():
            return [(f"[{at}]", inner) for at, inner in enumerate(value)]
        case _:
            return [("", value)]


def _fits_line(value: _Value) -> bool:
    """A few words or numbers: a line of them reads better than a list."""
    match value:
        case _Object():
            return not value.members
        case list():
            is_flat = not any(isinstance(inner, list | _Object) for inner in value)
            return is_flat and sum(map(len, map(_scalar, value))) <= _LONGEST_LINE
        case _:
            return True


def _line(name: str, value: _Value) -> str:
    """Empty where there is nothing to tell."""
    text = ", ".join(filter(None, map(_scalar, value))) if isinstance(value, list) else _scalar(value)
    if not text or not name:
        return text
    return f"- {text}" if name.startswith("[") and not isinstance(value, list) else f"{name}: {text}"


def _scalar(value: _Value) -> str:
    match value:
        case str():
            return clean(value).strip()
        case bool():
            return "true" if value else "false"
        case _:
            return ""


def _names_itself(value: _Value) -> bool:
    """A list whose elements all stand under headings: those name it."""
    return isinstance(value, list) and not any(map(_fits_line, value))


def _below(path: tuple[str, ...], name: str, *, is_member: bool) -> tuple[str, ...]:
    """An element is named by its list: `products[2]`."""
    key = name[:_LONGEST_KEY].strip() or '""'
    return (*path, key) if is_member or not path else (*path[:-1], path[-1] + key)
