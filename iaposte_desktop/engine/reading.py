"""The job that reads one file in a worker: extraction, chunks, and their columns in the index.

It yields, in batches far below 256 KB so that the program never works on one for long:

    {"progress": 0.4}
    {"parts":  [[start, text, page, sheet, row, headings], …]}
    {"chunks": [[start, end, page, sheet, row, headings, words, stems], …]}
    {"summary": {"pages": 3, "language": "fr"}}        last, once
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.chunking import TextChunk, TextPart, split
from iaposte_desktop.engine.extraction.blocks import Block, Progress, clean, one_line, refused
from iaposte_desktop.engine.extraction.decoding import MAX_CHARACTERS
from iaposte_desktop.engine.text.columns import columns
from iaposte_desktop.engine.text.language import language_of
from iaposte_desktop.engine.text.words import normalise, split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iaposte_desktop.domain.json import JsonValue
    from iaposte_desktop.domain.knowledge import Anchor

EXTRACTORS = {
    ".txt": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".xlsx": "spreadsheet",
    ".csv": "csv_table",
}
"""Suffix → module of `engine.extraction`."""

JOB = "iaposte_desktop.engine.reading:read_file"
_BATCH_CHARACTERS = 32_000
_LANGUAGE_CHARACTERS = 20_000
_LONGEST_TITLE_LINE = 120


def read_file(path: str, name: str, extractor: str = "") -> Iterator[JsonValue]:
    """`name` is what the user knows the file by. `extractor` names a job of another room (`package.module:function`)
    that is called with `path` and yields blocks as objects. Raises JobRefused."""
    blocks: list[Block] = []
    characters = 0
    for item in _foreign(extractor, path) if extractor else _extract(Path(path), Path(name).suffix.lower()):
        if isinstance(item, Progress):
            yield {"progress": item.fraction}
            continue
        blocks.append(item)
        characters += len(item.text) + 2
        if characters > MAX_CHARACTERS:
            raise refused(FileProblem.TOO_LARGE, f"more than {MAX_CHARACTERS} characters of text")
    if not blocks:
        raise refused(FileProblem.EMPTY, "no text in it")
    yield from _prepared(blocks, name)


def _extract(path: Path, suffix: str) -> Iterator[Block | Progress]:
    # A worker loads the libraries of the formats it meets, no others.
    module = importlib.import_module(f"iaposte_desktop.engine.extraction.{EXTRACTORS[suffix]}")
    extracted: Iterator[Block | Progress] = module.extract(path)
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


def _prepared(blocks: list[Block], name: str) -> Iterator[JsonValue]:
    language = _language(blocks)
    title = title_of(blocks, name)
    for kind, rows in batched(split(blocks), title, language or "en"):
        yield {kind: rows}
    pages = [block.page for block in blocks if block.page]
    sheets = {block.sheet for block in blocks if block.sheet}
    yield {"summary": {"pages": max(pages, default=len(sheets)) or None, "language": language}}


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
        if sizes[kind] + len(item.text) > _BATCH_CHARACTERS and waiting[kind]:
            yield kind, waiting[kind]
            waiting[kind], sizes[kind] = [], 0
        waiting[kind].append(row)
        sizes[kind] += len(item.text) * (1 if kind == "parts" else 2)
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
