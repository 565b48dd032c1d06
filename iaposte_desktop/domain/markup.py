"""HTML as a stream of tags and text, read once from left to right.

The standard library's parser needs the square of the time for tags, comments and quotes that are never closed (60 KB
take minutes), and raises on some. Here, what is not closed ends with the text, as in browsers.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_MARK: Final = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*)|(!--)|[!?])")
_BETWEEN: Final = re.compile(r"[\s/]*")
_NAME: Final = re.compile(r"=?[^\s/>=]*")
_EQUALS: Final = re.compile(r"\s*=\s*")
_BARE: Final = re.compile(r"[^\s>]*")
_LONG_REFERENCE: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_RAW: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}

Attributes = list[tuple[str, str | None]]


class HtmlReader:
    """Calls `handle_starttag`, `handle_endtag` and `handle_data` in order. Names are lower case; references are
    characters; an attribute without value has None."""

    def read(self, text: str) -> None:
        """The whole document."""
        at = 0
        while found := _MARK.search(text, at):
            self._data(text[at : found.start()])
            at = self._after(text, found)
        self._data(text[at:])

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        raise NotImplementedError

    def handle_endtag(self, tag: str) -> None:
        raise NotImplementedError

    def handle_data(self, data: str) -> None:
        raise NotImplementedError

    def _data(self, text: str) -> None:
        if text:
            self.handle_data(_plain(text))

    def _after(self, text: str, mark: re.Match[str]) -> int:
        """Where what begins with `mark` ends."""
        is_end, name, comment = mark.groups()
        if name is None:
            # `<!-->` is a comment too.
            start, closing = (mark.end() - 2, "-->") if comment else (mark.end(), ">")
            end = text.find(closing, start)
            return len(text) if end < 0 else end + len(closing)
        tag = name.lower()
        attributes, at = _attributes(text, mark.end())
        if attributes is None:
            return at
        if is_end:
            self.handle_endtag(tag)
            return at
        self.handle_starttag(tag, attributes)
        if text[at - 2] == "/":
            self.handle_endtag(tag)
        elif tag in _RAW:
            return self._after_raw(text, at, tag)
        return at

    def _after_raw(self, text: str, at: int, tag: str) -> int:
        closing = _RAW[tag].search(text, at)
        end = closing.start() if closing else len(text)
        if end > at:
            self.handle_data(text[at:end])
        return end


def _attributes(text: str, at: int) -> tuple[Attributes | None, int]:
    """And where the tag ends. None where it never does."""
    found: Attributes = []
    while True:
        at = _end(_BETWEEN, text, at)
        if at >= len(text):
            return None, at
        if text[at] == ">":
            return found, at + 1
        name, at = text[at : (end := _end(_NAME, text, at))], end
        value = None
        if equals := _EQUALS.match(text, at):
            at = equals.end()
            quote = text[at : at + 1]
            end = text.find(quote, at + 1) if quote in ("'", '"') else _end(_BARE, text, at)
            if end < 0:
                return None, len(text)
            value = _plain(text[at + 1 : end] if quote in ("'", '"') else text[at:end])
            at = end + (quote in ("'", '"'))
        found.append((name.lower(), value))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Of patterns that match anything, if only nothing."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _plain(text: str) -> str:
    return unescape(_LONG_REFERENCE.sub("\ufffd", text)) if "&" in text else text
