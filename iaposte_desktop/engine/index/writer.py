"""Writing to a store's index: one transaction a file, so that a file is in it whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.index import schema
from iaposte_desktop.engine.index.connection import open_writing
from iaposte_desktop.engine.index.packing import pack_columns, pack_headings, unpack_columns
from iaposte_desktop.engine.text.columns import bigrams
from iaposte_desktop.engine.text.words import TOKENISER_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import Anchor
    from iaposte_desktop.engine.index.documents import Document
    from iaposte_desktop.engine.text.columns import Columns

_LONGEST_VOCABULARY_TERM = 32


class IndexWriter:
    """Used on the writer thread alone. Raises apsw.Error."""

    def __init__(self, path: Path) -> None:
        self._connection = open_writing(path)

    @property
    def is_current(self) -> bool:
        """False where another version of the tokeniser made it."""
        return schema.tokeniser_version(self._connection) == TOKENISER_VERSION

    def put(self, file_id: str, document: Document) -> None:
        """Durable on return. Takes the place of what was kept under the same id."""
        with self._connection:
            self._remove(file_id)
            self._insert(file_id, document)

    def remove(self, file_ids: Iterable[str]) -> None:
        """Nothing of their text is left in the file on return; unknown ids are passed over."""
        with self._connection:
            for file_id in file_ids:
                self._remove(file_id)
        self._connection.wal_checkpoint(mode=3)  # SQLITE_CHECKPOINT_TRUNCATE: the log held the text too.

    def file_ids(self) -> frozenset[str]:
        return frozenset(file_id for (file_id,) in self._connection.execute("SELECT id FROM files"))

    def close(self) -> None:
        self._connection.close()

    def _insert(self, file_id: str, document: Document) -> None:
        execute = self._connection.execute
        execute(
            "INSERT INTO files(id, pages, language, chunks, tokens) VALUES(?, ?, ?, ?, 0)",
            (file_id, document.pages, document.language, len(document.chunks)),
        )
        file = self._connection.last_insert_rowid()
        self._connection.executemany(
            "INSERT INTO parts VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (file, part.start, part.start + len(part.text), part.text, *_place(part.anchor))
                for part in document.parts
            ),
        )
        tokens = 0
        vocabulary: set[str] = set()
        for chunk in document.chunks:
            execute(
                "INSERT INTO chunks(file, start, end, page, sheet, row, headings) VALUES(?, ?, ?, ?, ?, ?, ?)",
                (file, chunk.start, chunk.end, *_place(chunk.anchor)),
            )
            number = self._connection.last_insert_rowid()
            execute("INSERT INTO chunk_columns VALUES(?, ?)", (number, pack_columns(chunk.columns)))
            execute(
                "INSERT INTO terms(rowid, words, stems, bigrams) VALUES(?, ?, ?, ?)",
                (number, *_fts_values(chunk.columns)),
            )
            tokens += token_count(chunk.columns)
            vocabulary.update(chunk.columns.words.split(" "))
        execute("UPDATE files SET tokens = ? WHERE number = ?", (tokens, file))
        self._connection.executemany(
            "INSERT INTO vocabulary VALUES(?, ?, 1) ON CONFLICT(term) DO UPDATE SET files = files + 1",
            ((term, term[::-1]) for term in _spellable(vocabulary)),
        )

    def _remove(self, file_id: str) -> None:
        execute = self._connection.execute
        file = execute("SELECT number FROM files WHERE id = ?", (file_id,)).get
        if file is None:
            return
        vocabulary: set[str] = set()
        for number, packed in execute(
            "SELECT chunk, columns FROM chunk_columns WHERE chunk IN (SELECT number FROM chunks WHERE file = ?)",
            (file,),
        ):
            columns = unpack_columns(packed)
            execute(
                "INSERT INTO terms(terms, rowid, words, stems, bigrams) VALUES('delete', ?, ?, ?, ?)",
                (number, *_fts_values(columns)),
            )
            vocabulary.update(columns.words.split(" "))
        terms = [(term,) for term in _spellable(vocabulary)]
        self._connection.executemany("DELETE FROM vocabulary WHERE term = ? AND files = 1", terms)
        self._connection.executemany("UPDATE vocabulary SET files = files - 1 WHERE term = ?", terms)
        execute("DELETE FROM chunk_columns WHERE chunk IN (SELECT number FROM chunks WHERE file = ?)", (file,))
        execute("DELETE FROM chunks WHERE file = ?", (file,))
        execute("DELETE FROM parts WHERE file = ?", (file,))
        execute("DELETE FROM files WHERE number = ?", (file,))


def token_count(columns: Columns) -> int:
    """Over all three columns, as bm25 sees the length of a chunk."""
    stems = columns.stems.count(" ") + 1
    return columns.words.count(" ") + 1 + stems + max(0, stems - 1)


def _fts_values(columns: Columns) -> tuple[str, str, str]:
    return columns.words, columns.stems, bigrams(columns.stems)


def _spellable(words: Iterable[str]) -> list[str]:
    """What a mistyped word may have been."""
    return sorted(word for word in words if 3 <= len(word) <= _LONGEST_VOCABULARY_TERM and word.isalpha())


def _place(anchor: Anchor) -> tuple[int | None, str | None, int | None, str]:
    return anchor.page, anchor.sheet, anchor.row, pack_headings(anchor.headings)
