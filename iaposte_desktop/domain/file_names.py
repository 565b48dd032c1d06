"""Names of files from outside, made fit for the disks of every system."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import Final

_LONGEST_NAME: Final = 120
_LONGEST_SUFFIX: Final = 16
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """A name that every system takes, with the suffix it had."""
    cleaned = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).rstrip(" .")
    stem, dot, suffix = cleaned.rpartition(".")
    has_suffix = bool(dot) and len(suffix) <= _LONGEST_SUFFIX
    cleaned = f"{_cut(stem)}.{suffix}" if has_suffix else _cut(cleaned)
    return f"_{cleaned}" if _RESERVED.match(cleaned) else cleaned


def text_name(name: str) -> str:
    """What the text of a file is called where it stands for the file itself; plain text and Markdown are their own."""
    return name if PurePath(name).suffix.lower() in {".txt", ".md"} else f"{name}.txt"


def _cut(stem: str) -> str:
    return stem.encode()[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .") or "file"
