"""Bytes to text as mail readers see them, and text without what they do not show."""

from __future__ import annotations

import codecs
import re

# Not character sets of mails; some of them cost the square of their input.
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def decode_text(content: bytes, charset: str | None, *, is_pasted: bool = False) -> str:
    """By the declared charset, else UTF-8, else Windows-1252. Of pasted text (which became UTF-8 when it was pasted)
    the declaration is the last to be believed. Never raises."""
    tried = [charset, "utf-8"] if not is_pasted else ["utf-8", charset]
    for name in tried:
        if name and _is_charset(name):
            try:
                return content.decode(name)
            except (LookupError, ValueError):
                continue
    return content.decode("cp1252", "replace")


def clean(text: str) -> str:
    """Line ends as `\\n`; without control characters and those that reorder or hide text."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str, limit: int) -> str:
    """One line of at most `limit` characters."""
    return " ".join(clean(text).split())[:limit]


def has_hidden_characters(text: str) -> bool:
    """Whether it carries a text in tag characters, which nobody sees and a model reads."""
    return _TAGS.search(text) is not None


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name).name.replace("-", "_") not in _NOT_CHARSETS
    except (LookupError, ValueError):
        return False
