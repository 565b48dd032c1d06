"""What extractors yield: blocks of text in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.domain.ports.isolation import JobRefused

if TYPE_CHECKING:
    from iaposte_desktop.domain.errors import FileProblem

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a whole list or table, or a row of a sheet; never empty. A heading is the last of its
    own `headings`."""

    text: str
    page: int | None = None
    sheet: str | None = None
    row: int | None = None
    headings: tuple[str, ...] = ()

    @property
    def is_heading(self) -> bool:
        return bool(self.headings) and self.text == self.headings[-1]


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the file was read, 0 to 1."""

    fraction: float


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages a file has, and how many of them show something and have no text."""

    total: int
    scanned: int


Extracted: TypeAlias = Iterator[Block | Progress | Pages]


def refused(problem: FileProblem, detail: str = "") -> JobRefused:
    return JobRefused(problem.value, detail)


def clean(text: str) -> str:
    """NFC, one kind of line end, no soft hyphens, control characters or lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    return " ".join(text.split())
