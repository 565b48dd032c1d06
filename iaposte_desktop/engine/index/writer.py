"""Writing to a store's index: what goes in together is in it whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Final

from iaposte_desktop.engine.index import schema
from iaposte_desktop.engine.index.connection import open_writing, transaction
from iaposte_desktop.engine.index.packing import unpack_columns
from iaposte_desktop.engine.index.staged import spellable, words_of
from iaposte_desktop.engine.text.words import TOKENISER_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from iaposte_desktop.engine.index.documents import Document

MOST_DOCUMENTS: Final = 100
"""Attached at once: SQLite takes 125."""

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
        under the same ids. No more than MOST_DOCUMENTS."""
        attached = {file_id: f"staged_{number}" for number, file_id in enumerate(documents)}
        try:
            for file_id, rows in attached.items():
                self._connection.execute(f"ATTACH ? AS {rows}", (os.fspath(documents[file_id].staged),))
            with transaction(self._connection):
                self._remove(documents)
                for file_id, rows in attached.items():
                    self._insert(file_id, documents[file_id], rows)
                self._spell(attached.values())
        finally:
            self._detach()

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

    def _insert(self, file_id: str, document: Document, rows: str) -> None:
        """`rows` is what its staged rows are attached as."""
        execute = self._connection.execute
        execute(
            f"""INSERT INTO files(id, pages, language, chunks, tokens)
            SELECT ?, ?, ?, count(*), coalesce(sum(tokens), 0) FROM {rows}.chunks""",
            (file_id, document.pages, document.language),
        )
        file = self._connection.last_insert_rowid()
        execute(f"INSERT INTO parts SELECT ?, start, end, text, page, sheet, row, headings FROM {rows}.parts", (file,))
        first = (execute("SELECT max(number) FROM chunks").get or 0) + 1
        execute(
            f"""INSERT INTO chunks SELECT number + ?, ?, start, end, page, sheet, row, headings
            FROM {rows}.chunks ORDER BY number""",
            (first, file),
        )
        execute(
            f"INSERT INTO chunk_columns SELECT number + ?, columns FROM {rows}.chunk_columns ORDER BY number", (first,)
        )
        execute(
            f"""INSERT INTO terms(rowid, words, stems)
            SELECT number + ?, words, stems FROM {rows}.terms ORDER BY number""",
            (first,),
        )

    def _spell(self, staged: Iterable[str]) -> None:
        """Words of these files may be meant by a mistyped one."""
        every = " UNION ALL ".join(f"SELECT term, reversed FROM {rows}.vocabulary" for rows in staged)
        self._connection.execute(
            f"""INSERT INTO vocabulary SELECT term, reversed, count(*) FROM ({every}) GROUP BY term ORDER BY term
            ON CONFLICT(term) DO UPDATE SET files = files + excluded.files"""
        )

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
        words = spellable(words_of(unpack_columns(columns) for (columns,) in packed))
        execute("DELETE FROM terms WHERE rowid IN (SELECT number FROM chunks WHERE file = ?)", (file,))
        execute("DELETE FROM chunk_columns WHERE chunk IN (SELECT number FROM chunks WHERE file = ?)", (file,))
        execute("DELETE FROM chunks WHERE file = ?", (file,))
        execute("DELETE FROM parts WHERE file = ?", (file,))
        execute("DELETE FROM files WHERE number = ?", (file,))
        return words

    def _detach(self) -> None:
        attached = self._connection.execute("SELECT name FROM pragma_database_list WHERE name LIKE 'staged%'")
        for (name,) in attached.fetchall():
            self._connection.execute(f"DETACH {name}")

    def _merge(self, pages: int) -> bool:
        """Below 0: begin to merge everything into one segment. False where there was nothing to do."""
        before = self._connection.total_changes()
        self._connection.execute("INSERT INTO terms(terms, rank) VALUES('merge', ?)", (pages,))
        return self._connection.total_changes() - before > 1
