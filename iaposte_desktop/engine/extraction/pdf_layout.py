"""Lines of PDF pages to text that reads on: no running headers, no hyphens of line ends, paragraphs in one piece."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from iaposte_desktop.engine.extraction.blocks import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# PDFium puts a word together that a line's end divides, and leaves U+FFFE (or U+0002) where the hyphen was.
_PDFIUM_HYPHEN = re.compile("[\ufffe\u0002](?:\r?\n)?")
_BULLET = re.compile(r"(?:[-–—•●▪◦‣·*]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_BULLET_SIGN = re.compile(r"^[•●▪◦‣·]\s*")
_ENDS = (".", "!", "?", ":", ";", "…")
_RUNNING_SHARE = 0.6
_RUNNING_FROM_PAGES = 3
_MARGIN_LINES = 3
_FULL_LINE = 0.75


def page_lines(text: str) -> list[str]:
    """NFKC; an empty line where the page has one."""
    text = _PDFIUM_HYPHEN.sub("", text.replace("\u00ad\r\n", "").replace("\u00ad\n", ""))
    lines = (one_line(line) for line in clean(unicodedata.normalize("NFKC", text)).split("\n"))
    return [_BULLET_SIGN.sub("- ", line) for line in lines]


def without_running_lines(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """Without the lines at the top and the bottom that most pages share, page numbers not regarded. A page that holds
    nothing else keeps them."""
    pages_with = Counter(key for lines in pages for key in {_key(lines[at]) for at in _margins(lines)})
    most = max(_RUNNING_SHARE * len(pages), _RUNNING_FROM_PAGES - 1)
    running = {key for key, count in pages_with.items() if count > most}
    for lines in pages:
        margins = _margins(lines)
        kept = [line for at, line in enumerate(lines) if at not in margins or _key(line) not in running]
        yield kept if any(kept) else lines


def paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """A list item begins a line of its own; the lines of a list are one paragraph."""
    full = _FULL_LINE * _usual_length(lines)
    open_lines: list[str] = []
    previous = ""
    for line in lines:
        if not line:
            if open_lines:
                yield "\n".join(open_lines)
            open_lines, previous = [], ""
            continue
        is_item = bool(_BULLET.match(line))
        if not open_lines or (is_item and _continues_list(open_lines)):
            open_lines.append(line)
        elif not is_item and _runs_on(previous, line, full):
            open_lines[-1] = _join(open_lines[-1], line)
        else:
            yield "\n".join(open_lines)
            open_lines = [line]
        previous = line
    if open_lines:
        yield "\n".join(open_lines)


def _continues_list(open_lines: Sequence[str]) -> bool:
    return bool(_BULLET.match(open_lines[-1])) or open_lines[-1].endswith(":")


def _runs_on(previous: str, line: str, full: float) -> bool:
    if line[0].islower() or previous.endswith(("-", ",")):
        return True
    return len(previous) >= full and not (previous.endswith(_ENDS) and len(previous) < full / _FULL_LINE)


def _join(text: str, line: str) -> str:
    if len(text) > 1 and text.endswith("-") and text[-2].isalpha() and line[0].islower():
        return text[:-1] + line
    return f"{text} {line}"


def _usual_length(lines: Sequence[str]) -> int:
    """Of a full line: nine in ten are no longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[9 * (len(lengths) - 1) // 10] if lengths else 0


def _margins(lines: Sequence[str]) -> set[int]:
    filled = [at for at, line in enumerate(lines) if line]
    return {*filled[:_MARGIN_LINES], *filled[-_MARGIN_LINES:]}


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line)
