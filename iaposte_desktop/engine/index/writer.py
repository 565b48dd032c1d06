"""Writing to a store's index: what goes in together is in it whole or not at all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from iaposte_desktop.engine.index import schema
from iaposte_desktop.engine.index.connection import open_writing, transaction
from iaposte_desktop.engine.index.packing import pack_columns, pack_headings, unpack_columns
from iaposte_desktop.engine.text.words import TOKENISER_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import Anchor
    from iaposte_desktop.engine.index.documents import Document
    from iaposte_desktop.engine.text.columns import Columns

_LONGEST_VOCABULARY_TERM = 32
_STEP_PAGES: Final = 500
_STEPS_AT_ONCE: Final = 12
_UNSCRUBBED: Final = "unscrubbed"


class IndexWriter:
    """Used on the writer thread alone. Raises apsw.Error."""

    def __init__(self, path: Path) -> None:
        self._connection = open_writing(path)
        self._is_merging = False

    @property
    def is_readable(self) -> bool:
        """False where the tables are those of another version of the program."""
        return schema.meta(self._connection, "format_version") == schema.FORMAT_VERSION

    @property
    def is_current(self) -> bool:
        """False where another version of the tokeniser made it."""
        return schema.meta(self._connection, "tokeniser_version") == TOKENISER_VERSION

    def put(self, documents: Mapping[str, Document]) -> None:
        """File id → what was read of it. Durable on return, all of them or none. Takes the place of what was kept
        under the same ids."""
        with transaction(self._connection):
            self._remove(documents)
            vocabulary: Counter[str] = Counter()
            for file_id, document in documents.items():
                vocabulary.update(self._insert(file_id, document))
            self._connection.executemany(
                """INSERT INTO vocabulary VALUES(?, ?, ?)
                ON CONFLICT(term) DO UPDATE SET files = files + excluded.files""",
                ((term, term[::-1], files) for term, files in sorted(vocabulary.items())),
            )

    def remove(self, file_ids: Collection[str]) -> bool:
        """None of them is found any more; unknown ids are passed over. True: words of theirs are left in a large file,
        for `scrub` to take out; else nothing of their text is."""
        with transaction(self._connection):
            self._remove(file_ids)
        return all(self.scrub() for _ in range(_STEPS_AT_ONCE))

    def scrub(self) -> bool:
        """A step (tens of milliseconds) of taking the words of removed files out. True: there is more to do."""
        if schema.meta(self._connection, _UNSCRUBBED) is None:
            return False
        with transaction(self._connection):
            has_merged = self._merge(_STEP_PAGES if self._is_merging else -_STEP_PAGES)
            if not has_merged and not self._is_merging:
                schema.set_meta(self._connection, _UNSCRUBBED, None)
        if has_merged or self._is_merging:
            # What was deleted while it merged is seen by a merge that begins, not by one under way.
            self._is_merging = has_merged
            return True
        self._connection.wal_checkpoint(mode=3)  # SQLITE_CHECKPOINT_TRUNCATE: the log held the text too.
        return False

    def file_ids(self) -> frozenset[str]:
        return frozenset(file_id for (file_id,) in self._connection.execute("SELECT id FROM files"))

    def has(self, file_id: str) -> bool:
        return self._connection.execute("SELECT 1 FROM files WHERE id = ?", (file_id,)).get is not None

    def close(self) -> None:
        self._connection.close()

    def _insert(self, file_id: str, document: Document) -> set[str]:
        """The words a mistyped one may have been."""
        execute, many = self._connection.execute, self._connection.executemany
        tokens = sum(token_count(chunk.columns) for chunk in document.chunks)
        execute(
            "INSERT INTO files(id, pages, language, chunks, tokens) VALUES(?, ?, ?, ?, ?)",
            (file_id, document.pages, document.language, len(document.chunks), tokens),
        )
        file = self._connection.last_insert_rowid()
        many(
            "INSERT INTO parts VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (file, part.start, part.start + len(part.text), part.text, *_place(part.anchor))
                for part in document.parts
            ),
        )
        first = (execute("SELECT max(number) FROM chunks").get or 0) + 1
        numbered = list(enumerate(document.chunks, first))
        many(
            "INSERT INTO chunks VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            ((number, file, chunk.start, chunk.end, *_place(chunk.anchor)) for number, chunk in numbered),
        )
        many(
            "INSERT INTO chunk_columns VALUES(?, ?)",
            ((number, pack_columns(chunk.columns)) for number, chunk in numbered),
        )
        many(
            "INSERT INTO terms(rowid, words, stems) VALUES(?, ?, ?)",
            ((number, chunk.columns.words, chunk.columns.stems) for number, chunk in numbered),
        )
        return _spellable(chunk.columns for chunk in document.chunks)

    def _remove(self, file_ids: Iterable[str]) -> None:
        vocabulary: Counter[str] = Counter()
        for file_id in file_ids:
            file = self._connection.execute("SELECT number FROM files WHERE id = ?", (file_id,)).get
            if file is not None:
                vocabulary.update(self._delete(file))
        if not vocabulary:
            return
        gone = [(files, term) for term, files in sorted(vocabulary.items())]
        self._connection.executemany("UPDATE vocabulary SET files = files - ? WHERE term = ?", gone)
        self._connection.executemany(
            "DELETE FROM vocabulary WHERE term = ? AND files <= 0", ((term,) for _, term in gone)
        )

    def _delete(self, file: int) -> set[str]:
        """The words it held."""
        execute = self._connection.execute
        schema.set_meta(self._connection, _UNSCRUBBED, 1)
        packed = execute(
            "SELECT columns FROM chunk_columns WHERE chunk IN (SELECT number FROM chunks WHERE file = ?)", (file,)
        )
        words = _spellable(unpack_columns(columns) for (columns,) in packed)
        execute("DELETE FROM terms WHERE rowid IN (SELECT number FROM chunks WHERE file = ?)", (file,))
        execute("DELETE FROM chunk_columns WHERE chunk IN (SELECT number FROM chunks WHERE file = ?)", (file,))
        execute("DELETE FROM chunks WHERE file = ?", (file,))
        execute("DELETE FROM parts WHERE file = ?", (file,))
        execute("DELETE FROM files WHERE number = ?", (file,))
        return words

    def _merge(self, pages: int) -> bool:
        """Below 0: begin to merge everything into one segment. False where there was nothing to do."""
        before = self._connection.total_changes()
        self._connection.execute("INSERT INTO terms(terms, rank) VALUES('merge', ?)", (pages,))
        return self._connection.total_changes() - before > 1


def token_count(columns: Columns) -> int:
    """As bm25 sees the length of a chunk: words, stems, and pairs of stems."""
    stems = columns.stems.count(" ") + 1
    return columns.words.count(" ") + 1 + stems + max(0, stems - 1)


def _spellable(chunks: Iterable[Columns]) -> set[str]:
    """What a mistyped word may have been."""
    words: set[str] = set()
    for columns in chunks:
        words.update(columns.words.split(" "))
    return {word for word in words if 3 <= len(word) <= _LONGEST_VOCABULARY_TERM and word.isalpha()}


def _place(anchor: Anchor) -> tuple[int | None, str | None, int | None, str]:
    return anchor.page, anchor.sheet, anchor.row, pack_headings(anchor.headings)
