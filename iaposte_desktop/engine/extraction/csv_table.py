"""CSV: each row as `header: value; …`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import refused
from iaposte_desktop.engine.extraction.decoding import read_text
from iaposte_desktop.engine.extraction.rows import describe_rows

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_DELIMITERS = ";,\t|"
_SAMPLE_LINES = 30
_LONGEST_FIELD = 1_000_000


def extract(path: Path) -> Extracted:
    text = read_text(path)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield from describe_rows(csv.reader(io.StringIO(text, newline=""), delimiter=sniff_delimiter(text)))
    except csv.Error as error:
        raise refused(FileProblem.DAMAGED, str(error)) from error


def sniff_delimiter(text: str) -> str:
    """The one that splits the first lines into the same number of fields, the more the better."""
    lines = list(csv.reader(io.StringIO(text[:65_536], newline=""), delimiter="\0"))[:_SAMPLE_LINES]
    sample = "\n".join(line[0] for line in lines if line)
    return max(_DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
    most = max(set(widths), key=widths.count, default=1)
    return (widths.count(most) / len(widths) if most > 1 else 0.0, most)
