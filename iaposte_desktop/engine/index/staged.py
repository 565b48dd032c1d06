"""What was read of one file, as rows that are ready for an index, in a SQLite file of their own.

A worker writes it; the program's writer copies it table by table, each in one statement of SQLite's, during which other
threads have the interpreter. It is thrown away after that, so that nothing of it need survive a crash.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import apsw

from iaposte_desktop.engine.index.packing import pack_columns, pack_headings
from iaposte_desktop.engine.text.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LONGEST_VOCABULARY_TERM: Final = 32

_TABLES: Final = """
CREATE TABLE parts(start, end, text, page, sheet, row, headings);
CREATE TABLE chunks(number INTEGER PRIMARY KEY, start, end, page, sheet, row, headings, tokens);
CREATE TABLE chunk_columns(number INTEGER PRIMARY KEY, columns);
CREATE TABLE terms(number INTEGER PRIMARY KEY, words, stems);
CREATE TABLE vocabulary(term, reversed);
"""


class StagedRows:
    """Raises apsw.Error. The empty file at `path` must be there: one that was taken away is not made again."""

    def __init__(self, path: Path) -> None:
        self._connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READWRITE)
        self._connection.pragma("journal_mode", "off")
        self._connection.pragma("synchronous", "off")
        self._connection.execute("BEGIN")
        self._connection.execute(_TABLES)
        self._words: set[str] = set()
        self.chunks = 0

    def add(self, parts: Iterable[Any], chunks: Iterable[Any]) -> None:
        """In the shapes that `engine.reading` yields."""
        many = self._connection.executemany
        many(
            "INSERT INTO parts VALUES(?, ?, ?, ?, ?, ?, ?)",
            ((start, start + len(text), text, *_place(place)) for start, text, *place in parts),
        )
        numbered = [
            (number, (start, end, *_place(place)), Columns(words, stems))
            for number, (start, end, *place, words, stems) in enumerate(chunks, self.chunks)
        ]
        many(
            "INSERT INTO chunks VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            ((number, *place, token_count(columns)) for number, place, columns in numbered),
        )
        many(
            "INSERT INTO chunk_columns VALUES(?, ?)",
            ((number, pack_columns(columns)) for number, _, columns in numbered),
        )
        many(
            "INSERT INTO terms VALUES(?, ?, ?)",
            ((number, columns.words, columns.stems) for number, _, columns in numbered),
        )
        self._words |= words_of(columns for _, _, columns in numbered)
        self.chunks += len(numbered)

    def finish(self) -> None:
        """Whole on return."""
        self._connection.executemany(
            "INSERT INTO vocabulary VALUES(?, ?)", ((word, word[::-1]) for word in spellable(self._words))
        )
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def token_count(columns: Columns) -> int:
    """As bm25 sees the length of a chunk: words, stems, and pairs of stems."""
    stems = columns.stems.count(" ") + 1
    return columns.words.count(" ") + 1 + stems + max(0, stems - 1)


def words_of(chunks: Iterable[Columns]) -> set[str]:
    words: set[str] = set()
    for columns in chunks:
        words.update(columns.words.split(" "))
    return words


def spellable(words: Iterable[str]) -> set[str]:
    """What a mistyped word may have been."""
    return {word for word in words if 3 <= len(word) <= _LONGEST_VOCABULARY_TERM and word.isalpha()}


def _place(place: list[Any]) -> tuple[int | None, str | None, int | None, str]:
    page, sheet, row, headings = place
    return page, sheet, row, pack_headings(tuple(headings))
