"""An HTML mail as the text a human sees: no scripts, no hidden elements, blocks as lines, quotes behind `> `."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from iaposte_desktop.domain.markup import HtmlReader
from iaposte_desktop.mail.charsets import clean, has_hidden_characters
from iaposte_desktop.mail.visibility import Look, StyleSheet, look_of

MAX_HTML_CHARACTERS = 2_000_000
MAX_URL_CHARACTERS = 300
MAX_QUOTE_DEPTH = 5

_UNSEEN = frozenset({"script", "style", "title", "template", "object", "svg", "audio", "video", "select", "iframe"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"}
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre"})
_BLOCKS = _PARAGRAPHS | frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dt"}
    | {"fieldset", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "section", "summary"}
    | {"tbody", "tfoot", "thead", "tr"}
)
_CLOSE_THEMSELVES = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"})
_SOURCES = ("src", "background", "poster", "data", "srcset")
_REMOTE = re.compile(r"\s*(?:https?:|ftp:|file:|//|\\\\)", re.IGNORECASE)
_REMOTE_STYLE = re.compile(r"url\(\s*['\"]?(?:https?:|file:|//)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")


@dataclass(frozen=True, slots=True)
class SeenText:
    """`has_hidden`: text was there that nobody sees. `has_remote`: it points to content elsewhere, or on this
    machine, which was not fetched."""

    text: str
    has_hidden: bool
    has_remote: bool
    is_truncated: bool


def html_to_text(html: str, limit: int) -> SeenText:
    """At most `limit` characters."""
    reader = _Reader(limit)
    reader.read(html[:MAX_HTML_CHARACTERS])
    reader.close()
    text = re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", reader.lines.joined()).strip("\n")
    return SeenText(
        clean(text)[:limit],
        reader.has_hidden or has_hidden_characters(text),
        reader.has_remote,
        reader.lines.is_full or len(html) > MAX_HTML_CHARACTERS,
    )


class _Lines:
    """Text laid out: white space folded, a line for each block, an empty one around paragraphs."""

    def __init__(self, limit: int) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._room = limit
        self.quote_depth = 0
        self.keeps_space = 0

    @property
    def is_full(self) -> bool:
        return self._room <= 0

    def add(self, text: str) -> None:
        if self.keeps_space:
            *lines, text = text.replace("\r\n", "\n").split("\n")
            for line in lines:
                self._line += line
                self.end_line(is_forced=True)
        else:
            text = _SPACE.sub(" ", text)
            if not self._line or self._line.endswith((" ", "\t")):
                text = text.lstrip(" ")
        self._room -= len(text)
        if not self.is_full:
            self._line += text

    def end_line(self, *, is_forced: bool = False) -> None:
        if not is_forced and not self._line.strip():
            self._line = ""
            return
        quoting = "> " * min(self.quote_depth, MAX_QUOTE_DEPTH)
        self._room -= len(quoting) + 1
        if not self.is_full:
            self._lines.append((quoting + self._line).rstrip())
        self._line = ""

    def end_paragraph(self) -> None:
        self.end_line()
        if self._lines and self._lines[-1].strip("> "):
            self.end_line(is_forced=True)

    def joined(self) -> str:
        self.end_line()
        return "\n".join(self._lines)


@dataclass(slots=True)
class _Element:
    tag: str
    look: Look
    is_unseen: bool


@dataclass(slots=True)
class _Anchor:
    url: str
    text: str = ""


class _Reader(HtmlReader):
    def __init__(self, limit: int) -> None:
        self.lines = _Lines(limit)
        self.has_hidden = False
        self.has_remote = False
        self._open: list[_Element] = [_Element("", Look(), is_unseen=False)]
        self._open_count: Counter[str] = Counter()
        self._sheet = StyleSheet()
        self._anchor: _Anchor | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._note_remote(attributes)
        if tag in _CLOSE_THEMSELVES and self._open[-1].tag == tag:
            self.handle_endtag(tag)
        outer = self._open[-1]
        look = look_of(tag, attributes, outer.look, self._sheet)
        if look.is_visible and not outer.is_unseen:
            self._begin(tag, attributes)
        if tag not in _VOID:
            self._open.append(_Element(tag, look, outer.is_unseen or tag in _UNSEEN))
            self._open_count[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if not self._open_count[tag]:
            return
        while True:
            element = self._open.pop()
            self._open_count[element.tag] -= 1
            if element.look.is_visible and not element.is_unseen:
                self._end(element.tag)
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        element = self._open[-1]
        if element.tag == "style":
            self._sheet.add(data)
        if element.is_unseen:
            return
        if not element.look.is_visible:
            self.has_hidden = self.has_hidden or bool(clean(data).strip("\u200c\u200d\u034f \t\r\n\xa0"))
            return
        self.lines.add(data)
        if self._anchor:
            self._anchor.text += data

    def close(self) -> None:
        self._end_anchor()

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self.lines.end_line(is_forced=True)
        elif tag in ("td", "th"):
            self.lines.add("\t" if self.lines.keeps_space else " ")
        elif tag == "a":
            self._end_anchor()
            self._anchor = _Anchor(attributes.get("href", "").strip())
        elif tag in _BLOCKS:
            self._end_block(tag)
        if tag == "li":
            self.lines.add("- ")
        elif tag == "blockquote":
            self.lines.quote_depth += 1
        elif tag == "pre":
            self.lines.keeps_space += 1

    def _end(self, tag: str) -> None:
        if tag == "a":
            self._end_anchor()
        elif tag in _BLOCKS:
            self._end_block(tag)
        if tag == "blockquote":
            self.lines.quote_depth -= 1
        elif tag == "pre":
            self.lines.keeps_space -= 1

    def _end_block(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.lines.end_paragraph()
        else:
            self.lines.end_line()

    def _end_anchor(self) -> None:
        anchor, self._anchor = self._anchor, None
        if anchor is None or not _LINK.match(anchor.url):
            return
        shown, url = _SPACE.sub(" ", anchor.text).strip(), clean(anchor.url)
        if shown and not _is_same(shown, url):
            self.lines.add(f" ({url if len(url) <= MAX_URL_CHARACTERS else url[:MAX_URL_CHARACTERS] + '…'})")

    def _note_remote(self, attributes: dict[str, str]) -> None:
        if (
            any(_REMOTE.match(attributes[name]) for name in _SOURCES if name in attributes)
            or _REMOTE_STYLE.search(attributes.get("style", ""))
            or attributes.get("href", "").strip().lower().startswith(("file:", "\\\\"))
        ):
            self.has_remote = True


def _is_same(shown: str, url: str) -> bool:
    return _bare(shown) == _bare(url)


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?://|mailto:|tel:)(?:www\.)?|^www\.|/$", "", url.lower().replace(" ", ""))
