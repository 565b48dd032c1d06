"""Markdown: paragraphs under their headings, without the marks of emphasis and links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iaposte_desktop.engine.extraction.blocks import Block
from iaposte_desktop.engine.extraction.decoding import read_text
from iaposte_desktop.engine.extraction.headings import HeadingPath, fits_heading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*$")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]")
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\([^)\s]{0,2000}(?: \"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\]\(([^)\s]{0,2000})(?: \"[^\"\n]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,1000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^\n*_]{1,1000}?)(?<=\S)\1(?![\w*])")
_LONGEST_MARKED = 10_000
_CODE = re.compile(r"`([^`\n]{1,1000})`")


def extract(path: Path) -> Extracted:
    headings = HeadingPath()
    for level, text in _blocks(_without_comments(read_text(path)).split("\n")):
        if level and (not text or fits_heading(text)):
            headings.enter(level, text)
        if text:
            yield Block(text, headings=headings.path)


def _without_comments(text: str) -> str:
    """One that is not closed is text. Each is looked for once, unlike by an expression."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Level 0 is a paragraph, list or table; code stays as it is."""
    block: list[str] = []
    fence = ""
    for line in lines:
        if fence:
            if line.strip().startswith(fence):
                yield 0, "\n".join(block)
                block, fence = [], ""
            else:
                block.append(line)
        elif opening := _FENCE.match(line):
            yield 0, _paragraph(block)
            block, fence = [], opening.group(1)
        elif heading := _HEADING.match(line):
            yield 0, _paragraph(block)
            yield len(heading.group(1)), plain(heading.group(2))
            block = []
        elif len(block) == 1 and not _LIST_ITEM.match(block[0]) and (under := _UNDERLINE.match(line)):
            yield 1 if under.group(1)[0] == "=" else 2, plain(block[0])
            block = []
        elif _RULE.match(line) or not line.strip():
            yield 0, _paragraph(block)
            block = []
        else:
            block.append(line)
    yield 0, "\n".join(block) if fence else _paragraph(block)


def _paragraph(lines: list[str]) -> str:
    return "\n".join(_line(line) for line in lines if not ("|" in line and _TABLE_RULE.match(line)))


def _line(line: str) -> str:
    if line.lstrip().startswith("|"):
        line = " | ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return plain(line.lstrip().removeprefix("> ") if line.lstrip().startswith(">") else line).rstrip()


def plain(line: str) -> str:
    """A line too long for one that somebody wrote keeps its marks: to find them takes the square of its length."""
    if len(line) > _LONGEST_MARKED:
        return line.strip()
    line = _IMAGE.sub(r"\1", line)
    line = _LINK.sub(_spell_link, line)
    line = _CODE.sub(r"\1", _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", line)))
    return line.strip() if not _LIST_ITEM.match(line) else line.rstrip()


def _spell_link(link: re.Match[str]) -> str:
    text, target = link.groups()
    return f"{text} ({target})" if target.startswith(("http://", "https://")) and target != text else str(text)
