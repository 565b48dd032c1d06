"""Reading a store's index. What the index does not change between two queries is counted once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.domain.knowledge import Anchor
from iaposte_desktop.engine.index.connection import open_reading
from iaposte_desktop.engine.index.documents import Part
from iaposte_desktop.engine.index.packing import unpack_columns, unpack_headings
from iaposte_desktop.engine.text.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path


Term: TypeAlias = "tuple[str, str]"
"""A column of the index, and a token in it. The column `bigrams` is none: `left_right` are neighbours in `stems`."""

_COUNTS_KEPT = 50_000
_PAIRS_SAMPLE = 20_000
_IN_FILES = """AND EXISTS(
    SELECT 1 FROM chunks JOIN files ON files.number = chunks.file
    WHERE chunks.number = terms.rowid AND files.id IN (SELECT value FROM json_each(?)))"""


@dataclass(frozen=True, slots=True)
class Candidate:
    chunk: int
    file_id: str
    columns: Columns


@dataclass(frozen=True, slots=True)
class FoundChunk:
    text: str
    start: int
    end: int
    anchor: Anchor


class IndexReader:
    """Used on the reader thread alone. Raises apsw.Error."""

    def __init__(self, path: Path) -> None:
        self._connection = open_reading(path)
        self._data_version = 0
        self._counts: dict[Term, int] = {}
        self._size = (0, 0)

    def close(self) -> None:
        self._connection.close()

    def size(self) -> tuple[int, int]:
        """Chunks, and tokens in all of them."""
        self._forget_outdated()
        return self._size

    def chunks_with(self, terms: Iterable[Term]) -> dict[Term, int]:
        """How many chunks hold each term."""
        self._forget_outdated()
        for term in terms:
            if term not in self._counts:
                self._counts[term] = self._count(*term)
        return {term: self._counts[term] for term in terms}

    def words_starting(self, prefix: str, lengths: range) -> list[tuple[str, int]]:
        """Words of the vocabulary with the number of files that hold them."""
        return self._words("term", prefix, lengths)

    def words_ending(self, suffix: str, lengths: range) -> list[tuple[str, int]]:
        return self._words("reversed", suffix[::-1], lengths)

    def candidates(self, terms: Iterable[Term], limit: int, files: Collection[str] | None) -> list[Candidate]:
        """The best chunks by bm25 that hold any of the terms, in these files (None: in all)."""
        # The best are chosen before anything is joined to them: else every match would be, and there are many.
        found = self._connection.execute(
            f"""
            SELECT c.number, f.id, cc.columns FROM (
                SELECT rowid AS number FROM terms WHERE terms MATCH ? {"" if files is None else _IN_FILES}
                ORDER BY rank LIMIT ?
            ) best
            CROSS JOIN chunks c ON c.number = best.number
            JOIN files f ON f.number = c.file
            JOIN chunk_columns cc ON cc.chunk = c.number
            """,
            (_match(terms), *(() if files is None else (json.dumps(list(files)),)), limit),
        )
        return [Candidate(chunk, file_id, unpack_columns(packed)) for chunk, file_id, packed in found]

    def chunk(self, number: int) -> FoundChunk | None:
        """None where it was removed since it was found."""
        found = self._connection.execute(
            "SELECT file, start, end, page, sheet, row, headings FROM chunks WHERE number = ?", (number,)
        ).fetchone()
        if found is None:
            return None
        file, start, end, page, sheet, row, headings = found
        texts = self._connection.execute(
            """SELECT substr(text, max(:start - start, 0) + 1, min(:end, end) - max(:start, start)) FROM parts
            WHERE file = :file AND start < :end AND end > :start ORDER BY start""",
            {"file": file, "start": start, "end": end},
        )
        anchor = Anchor(page, sheet, row, unpack_headings(headings))
        return FoundChunk("".join(text for (text,) in texts), start, end, anchor)

    def spans(self) -> Iterator[tuple[str, int, int, int]]:
        """Of every chunk: its file's id, its number, where it starts and ends."""
        return self._connection.execute(
            "SELECT f.id, c.number, c.start, c.end FROM chunks c JOIN files f ON f.number = c.file"
        )

    def parts(self, file_id: str) -> tuple[Part, ...]:
        """Nothing for a file that is not in the index."""
        rows = self._connection.execute(
            """SELECT start, text, page, sheet, row, headings FROM parts
            WHERE file = (SELECT number FROM files WHERE id = ?) ORDER BY start""",
            (file_id,),
        )
        return tuple(
            Part(start, text, Anchor(page, sheet, row, unpack_headings(headings)))
            for start, text, page, sheet, row, headings in rows
        )

    def _count(self, column: str, token: str) -> int:
        if column == "bigrams":
            return self._count_pair(token)
        count: int | None = self._connection.execute(
            "SELECT doc FROM term_counts WHERE term = ? AND col = ?", (token, column)
        ).get
        return count or 0

    def _count_pair(self, token: str) -> int:
        """In a large index from its latest chunks: a phrase is looked for in every chunk with its words."""
        chunks = self._size[0]
        last: int = self._connection.execute("SELECT coalesce(max(number), 0) FROM chunks").get
        count: int = self._connection.execute(
            "SELECT count(*) FROM terms WHERE terms MATCH ? AND rowid > ?",
            (_match([("bigrams", token)]), last - _PAIRS_SAMPLE if chunks > _PAIRS_SAMPLE else 0),
        ).get
        return count if chunks <= _PAIRS_SAMPLE else round(count * chunks / _PAIRS_SAMPLE)

    def told_of(self, file_id: str) -> tuple[int | None, str | None]:
        """Its pages and its language; nothing of a file that is not in the index."""
        found = self._connection.execute("SELECT pages, language FROM files WHERE id = ?", (file_id,))
        told: tuple[int | None, str | None] | None = found.get
        return told or (None, None)

    def chunks_of(self, file_id: str) -> tuple[FoundChunk, ...]:
        """In order."""
        rows = self._connection.execute(
            "SELECT number FROM chunks WHERE file = (SELECT number FROM files WHERE id = ?) ORDER BY number", (file_id,)
        )
        numbers: list[int] = [number for (number,) in rows]
        found = (self.chunk(number) for number in numbers)
        return tuple(chunk for chunk in found if chunk is not None)

    def _words(self, column: str, prefix: str, lengths: range) -> list[tuple[str, int]]:
        rows = self._connection.execute(
            f"""SELECT term, files FROM vocabulary
            WHERE {column} >= ? AND {column} < ? AND length(term) BETWEEN ? AND ?""",
            (prefix, prefix + chr(0x10FFFF), lengths.start, lengths.stop - 1),
        )
        return [(term, files) for term, files in rows]

    def _forget_outdated(self) -> None:
        version = self._connection.pragma("data_version")
        if version == self._data_version and len(self._counts) < _COUNTS_KEPT:
            return
        self._data_version = version
        self._counts.clear()
        self._size = self._connection.execute(
            "SELECT coalesce(sum(chunks), 0), coalesce(sum(tokens), 0) FROM files"
        ).get


def _match(terms: Iterable[Term]) -> str:
    by_column: dict[str, list[str]] = {}
    for column, token in terms:
        is_pair = column == "bigrams"
        phrase = token.replace("_", " ") if is_pair else token
        by_column.setdefault("stems" if is_pair else column, []).append(f'"{phrase}"')
    return " OR ".join(f"{column} : ({' OR '.join(tokens)})" for column, tokens in by_column.items())
