"""Whether a reader would see an element of an HTML mail: its own style, the mail's style sheet, its colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_STYLE_CHARACTERS = 10_000
MAX_SHEET_CHARACTERS = 200_000
MAX_RULES = 2000

_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all"
    r"|opacity:0*(?:\.0+)?%?(?:!important)?(?=;|$)"
    r"|font-size:0*(?:[01]?(?:\.\d*)?)(?:px|pt|em|rem|%|vw)?(?:!important)?(?=;|$)"
    r"|(?:left|top|right|text-indent|margin-left):-\d{3,})"
)
_NOT_HIDING = re.compile(r"font-size:0*(?:1(?:\.\d*)?|0?\.[1-9]\d*)(?:em|rem)")
_NO_SIZE = re.compile(r"(?:^|;)(?:max-)?(?:height|width):0+(?:px|pt|%)?(?:!important)?(?=;|$)")
_CLIPPED = re.compile(r"(?:^|;)overflow(?:-[xy])?:hidden")
_SHOWN = re.compile(r"(?:^|;)display:(?!none)")
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(-color|-image)?:([^;!]+)")
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,2000})\}")
_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?")
_RGB = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,[\d.]+)?\)")

_NAMED_COLOURS = {"white": "#ffffff", "black": "#000000", "snow": "#fffafa", "ivory": "#fffff0"}
WHITE = "#ffffff"
BLACK = "#000000"
MAX_UNSEEN_DIFFERENCE = 8
"""Of 255, in each of red, green and blue: less is not told apart."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an element hands down. A colour is None where it cannot be known (an image, a gradient, a variable)."""

    is_hidden: bool = False
    colour: str | None = BLACK
    background: str | None = WHITE

    @property
    def is_visible(self) -> bool:
        return not self.is_hidden and not _is_same_colour(self.colour, self.background)


class StyleSheet:
    """The rules of the mail's <style> elements that hide, for selectors of one element: `p`, `.c`, `#i`, `p.c`.
    Rules inside `@media` depend on the screen and are not taken."""

    def __init__(self) -> None:
        self._hiding: set[str] = set()

    def add(self, text: str) -> None:
        flat = _without_at_rules(_COMMENT.sub("", text[:MAX_SHEET_CHARACTERS].lower()))
        for number, rule in enumerate(_RULE.finditer(flat)):
            if number == MAX_RULES:
                return
            if hides(normalised(rule.group(2))):
                names = (selector.strip() for selector in rule.group(1).split(","))
                self._hiding.update(name for name in names if name and _SELECTOR.fullmatch(name))

    def hides(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if not self._hiding:
            return False
        marks = [f".{name}" for name in attributes.get("class", "").lower().split()[:50]]
        if identity := attributes.get("id", "").lower():
            marks.append(f"#{identity}")
        return tag in self._hiding or any(mark in self._hiding or tag + mark in self._hiding for mark in marks)


def look_of(tag: str, attributes: Mapping[str, str], outer: Look, sheet: StyleSheet) -> Look:
    style = normalised(attributes.get("style", ""))
    is_hidden = (
        outer.is_hidden
        or "hidden" in attributes
        or hides(style)
        or (sheet.hides(tag, attributes) and not _SHOWN.search(style))
    )
    colour, background = outer.colour, outer.background
    if tag in ("font", "body") and (name := attributes.get("color") or attributes.get("text")):
        colour = _canonical(name)
    if (found := _COLOUR.search(style)) and found.group(1) not in ("inherit", "initial", "unset", "currentcolor"):
        colour = _canonical(found.group(1))
    if name := attributes.get("bgcolor"):
        background = _canonical(name)
    if "background" in attributes:
        background = None
    for kind, value in _BACKGROUND.findall(style):
        background = None if kind == "-image" and value != "none" else _background(value, background)
    return Look(is_hidden, colour, background)


def normalised(style: str) -> str:
    return _SPACE.sub("", style[:MAX_STYLE_CHARACTERS].lower())


def hides(style: str) -> bool:
    """For a normalised style."""
    if _NO_SIZE.search(style) and _CLIPPED.search(style):
        return True
    return _HIDING.search(_NOT_HIDING.sub("", style)) is not None


def _background(value: str, outer: str | None) -> str | None:
    if value in ("none", "transparent", "inherit"):
        return outer
    return _canonical(value)


def _is_same_colour(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    if not (one.startswith("#") and other.startswith("#")):
        return one == other
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return all(abs(a - b) <= MAX_UNSEEN_DIFFERENCE for a, b in pairs)


def _canonical(name: str) -> str | None:
    name = _SPACE.sub("", name.lower())
    if found := _RGB.fullmatch(name):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.groups()[:3])
    if re.fullmatch(r"#[0-9a-f]{3}", name):
        return "#" + "".join(digit * 2 for digit in name[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", name):
        return name
    return _NAMED_COLOURS.get(name, f"={name}" if name.isalpha() else None)


def _without_at_rules(text: str) -> str:
    """Blocks of `@media` and the like cut out, with what they contain."""
    kept, depth, start = [], 0, 0
    skipping = False
    for found in re.finditer(r"[@{};]", text):
        mark = found.group()
        if mark == "@" and depth == 0 and not skipping:
            kept.append(text[start : found.start()])
            skipping = True
        elif mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(depth - 1, 0)
        if skipping and depth == 0 and mark in "};":
            skipping, start = False, found.end()
    if not skipping:
        kept.append(text[start:])
    return "".join(kept)
