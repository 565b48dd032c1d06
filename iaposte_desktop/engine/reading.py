"""The job that reads one file in a worker: extraction, chunks, and their columns in the index.

It yields, in batches far below 256 KB so that the program never works on one for long:

    {"progress": 0.4}
    {"parts":  [[start, text, page, sheet, row, headings], …]}
    {"chunks": [[start, end, page, sheet, row, headings, words, stems], …]}
    {"summary": {"pages": 3, "scanned_pages": 0, "language": "fr", "characters": 5120, "tokens": 1180,
                 "signature": "03f1…"}}               last, once

`pages` are those of the file, or its sheets, or None; `scanned_pages` those that show something and have no text;
`tokens` is ≈; `signature` is that of `engine.text.signature`.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.chunking import TextChunk, TextPart, split
from iaposte_desktop.engine.extraction.blocks import Block, Pages, Progress, clean, one_line, refused
from iaposte_desktop.engine.extraction.decoding import MAX_CHARACTERS
from iaposte_desktop.engine.extraction.magic import format_of
from iaposte_desktop.engine.text.columns import columns
from iaposte_desktop.engine.text.language import language_of
from iaposte_desktop.engine.text.signature import signature
from iaposte_desktop.engine.text.words import normalise, split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iaposte_desktop.domain.json import JsonValue
    from iaposte_desktop.domain.knowledge import Anchor
    from iaposte_desktop.engine.extraction.blocks import Extracted

EXTRACTORS = {
    ".txt": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".pptx": "pptx",
    ".xlsx": "spreadsheet",
    ".xls": "spreadsheet",
    ".ods": "spreadsheet",
    ".csv": "csv_table",
    ".json": "json_tree",
}
"""Suffix → module of `engine.extraction`."""

BY_CONTENT = frozenset({".doc"})
"""Suffixes of files that are often another format, which is then read; what they promise is not."""

JOB = "iaposte_desktop.engine.reading:read_file"
_BATCH_CHARACTERS = 32_000
_LANGUAGE_CHARACTERS = 20_000
_LONGEST_TITLE_LINE = 120


@dataclass(slots=True)
class _Read:
    """What was found in a file."""

    blocks: list[Block] = field(default_factory=list)
    characters: int = 0
    pages: Pages | None = None

    def add(self, block: Block) -> None:
        """Raises JobRefused when that makes it too much."""
        self.blocks.append(block)
        # Headings are told again with every block under them.
        self.characters += len(block.text) + 2 + sum(map(len, block.headings))
        if self.characters > MAX_CHARACTERS:
            raise refused(FileProblem.TOO_LARGE, f"more than {MAX_CHARACTERS} characters of text")


def read_file(path: str, name: str, extractor: str = "") -> Iterator[JsonValue]:
    """`name` is what the user knows the file by. `extractor` names a job of another room (`package.module:function`)
    that is called with `path` and yields blocks as objects; it is for files whose content is not certainly of a format
    that is known here. Raises JobRefused."""
    read = _Read()
    for item in _extract(Path(path), Path(name).suffix.lower(), extractor):
        match item:
            case Progress(fraction):
                yield {"progress": fraction}
            case Pages():
                read.pages = item
            case Block():
                read.add(item)
    if not read.blocks:
        raise refused(FileProblem.EMPTY, "no text in it")
    yield from _prepared(read, name)


def _extract(path: Path, suffix: str, extractor: str) -> Extracted:
    found = format_of(path, suffix)
    if extractor and found == suffix:
        return _foreign(extractor, str(path))
    # A worker loads the libraries of the formats it meets, no others.
    module = importlib.import_module(f"iaposte_desktop.engine.extraction.{EXTRACTORS[found]}")
    extracted: Extracted = module.extract(path)
    return extracted


def _foreign(extractor: str, path: str) -> Iterator[Block]:
    module, _, function = extractor.partition(":")
    for item in getattr(importlib.import_module(module), function)(path):
        text = clean(item["text"]).strip()
        if text:
            yield Block(
                text,
                item.get("page"),
                item.get("sheet"),
                item.get("row"),
                tuple(map(clean, item.get("headings") or ())),
            )


def _prepared(read: _Read, name: str) -> Iterator[JsonValue]:
    blocks = read.blocks
    language = _language(blocks)
    title = title_of(blocks, name)
    counts = _Counts()
    for kind, rows in batched(counts.counted(split(blocks)), title, language or "en"):
        yield {kind: rows}
    yield {
        "summary": {
            "pages": read.pages.total if read.pages else _pages(blocks),
            "scanned_pages": read.pages.scanned if read.pages else 0,
            "language": language,
            "characters": counts.characters,
            "tokens": counts.tokens,
            "signature": signature(word for block in blocks for word in block.text.lower().split()),
        }
    }


def _pages(blocks: Iterable[Block]) -> int | None:
    """The last page with text, else the sheets."""
    pages = [block.page for block in blocks if block.page]
    sheets = {block.sheet for block in blocks if block.sheet}
    return max(pages, default=len(sheets)) or None


@dataclass(slots=True)
class _Counts:
    """Of the whole text, while it passes."""

    characters: int = 0
    tokens: int = 0

    def counted(self, items: Iterable[TextPart | TextChunk]) -> Iterator[TextPart | TextChunk]:
        for item in items:
            match item:
                case TextPart():
                    self.characters += len(item.text)
                case TextChunk():
                    self.tokens += item.tokens
            yield item


def batched(items: Iterable[TextPart | TextChunk], title: str, language: str) -> Iterator[tuple[str, list[JsonValue]]]:
    waiting: dict[str, list[JsonValue]] = {"parts": [], "chunks": []}
    sizes = {"parts": 0, "chunks": 0}
    for item in items:
        kind = "parts" if isinstance(item, TextPart) else "chunks"
        row = (
            [item.start, item.text, *_place(item.anchor)]
            if isinstance(item, TextPart)
            else _chunk_row(item, title, language)
        )
        size = len(item.text) + sum(map(len, item.anchor.headings))
        if sizes[kind] + size > _BATCH_CHARACTERS and waiting[kind]:
            yield kind, waiting[kind]
            waiting[kind], sizes[kind] = [], 0
        waiting[kind].append(row)
        sizes[kind] += size * (1 if kind == "parts" else 2)
    yield from ((kind, rows) for kind, rows in waiting.items() if rows)


def _chunk_row(chunk: TextChunk, title: str, language: str) -> list[JsonValue]:
    above = [heading for heading in chunk.anchor.headings if heading not in chunk.own_headings]
    made = columns("\n".join([title, chunk.anchor.sheet or "", *above, chunk.text]), language)
    return [chunk.start, chunk.end, *_place(chunk.anchor), made.words, made.stems]


def _place(anchor: Anchor) -> list[JsonValue]:
    return [anchor.page, anchor.sheet, anchor.row, list(anchor.headings)]


def _language(blocks: Iterable[Block]) -> str | None:
    words: list[str] = []
    characters = 0
    for block in blocks:
        words += split_words(normalise(block.text[:_LANGUAGE_CHARACTERS]))
        characters += len(block.text)
        if characters > _LANGUAGE_CHARACTERS:
            break
    return language_of(words)


def title_of(blocks: list[Block], name: str) -> str:
    """What every chunk is also found by: the file's name, and its first heading or the line it opens with."""
    stem = Path(name).stem.replace("_", " ").replace("-", " ")
    heading = next((block.headings[0] for block in blocks if block.headings), "")
    opening = one_line(blocks[0].text.partition("\n")[0]) if not blocks[0].row else ""
    return f"{stem}\n{heading or (opening if len(opening) <= _LONGEST_TITLE_LINE else '')}"
