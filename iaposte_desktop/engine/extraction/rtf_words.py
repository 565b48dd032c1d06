"""The control words of RTF that matter to its text."""

from __future__ import annotations

import codecs
from typing import Final

CHARACTERS: Final = {
    "line": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
SYMBOLS: Final = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\"}

PARAGRAPH_ENDS: Final = frozenset({"par", "sect", "page", "\r", "\n"})

SKIPPED: Final = frozenset(
    [
        "colortbl",
        "info",
        "pict",
        "objdata",
        "objclass",
        "filetbl",
        "revtbl",
        "listtable",
        "listoverridetable",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "annotation",
        "atnid",
        "atnauthor",
        "themedata",
        "datastore",
        "generator",
        "shprslt",
        "nonesttables",
        "fldinst",
        "xe",
        "tc",
        "rxe",
        "bkmkstart",
        "bkmkend",
        "sp",
        "background",
        "private",
        "template",
        "docvar",
        "ftnsep",
        "ftnsepc",
        "ftncn",
    ]
)
"""Destinations whose text is none of the document's. A `\\*` marks others as ignorable."""

_CHARSETS: Final = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}


def codec_of_charset(number: int, default: str) -> str:
    """Of a font's `\\fcharset`; 0 and unknown ones are the document's."""
    return _CHARSETS.get(number, default)


def codec_of_page(number: int) -> str:
    """Of `\\ansicpg`."""
    try:
        return codecs.lookup("utf-8" if number == 65001 else f"cp{number}").name
    except LookupError:
        return "cp1252"
