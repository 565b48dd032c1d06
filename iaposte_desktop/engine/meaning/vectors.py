"""The vectors of a store, in a file beside its index: float32, by model and by the SHA-256 of the text they stand for.

Invariant: a vector is there only while a chunk of the store has its text, and all of one model have one dimension.
"""

from __future__ import annotations

import array
import hashlib
import json
import os
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

import apsw
import sqlite_vec

from iaposte_desktop.engine.index.connection import BUSY_MILLISECONDS, transaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS chunks(
    file TEXT NOT NULL, chunk INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY(file, chunk)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS chunks_by_hash ON chunks(hash);
CREATE TABLE IF NOT EXISTS vectors(
    number INTEGER PRIMARY KEY, model TEXT NOT NULL, dimension INTEGER NOT NULL, hash BLOB NOT NULL,
    vector BLOB NOT NULL, UNIQUE(model, hash)
);
"""
_MOST_MAPPED_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class ChunkSpan:
    """A chunk of the index: which it is, and the characters of its file that it holds."""

    file_id: str
    chunk: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of a chunk with a query: the cosine of their vectors, -1 to 1."""

    file_id: str
    chunk: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Nearest:
    """The chunks most like a query, best first, and the mean cosine over all `count` chunks looked at."""

    chunks: tuple[Likeness, ...]
    count: int
    mean: float


class Vectors:
    """Used on one thread. Raises apsw.Error."""

    def __init__(self, path: Path) -> None:
        """Creates the file, readable by its owner alone, when it is not there."""
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._connection = apsw.Connection(os.fspath(path))
        self._connection.set_busy_timeout(BUSY_MILLISECONDS)
        self._connection.enable_load_extension(True)
        self._connection.load_extension(sqlite_vec.loadable_path())
        self._connection.enable_load_extension(False)
        self._connection.pragma("journal_mode", "wal")
        self._connection.pragma("secure_delete", "on")
        self._connection.pragma("mmap_size", _MOST_MAPPED_BYTES)
        self._connection.execute(_TABLES)

    def close(self) -> None:
        self._connection.close()

    def spans(self) -> frozenset[ChunkSpan]:
        return frozenset(
            ChunkSpan(*row) for row in self._connection.execute("SELECT file, chunk, start, end FROM chunks")
        )

    def size(self) -> int:
        """Chunks."""
        count: int = self._connection.execute("SELECT count(*) FROM chunks").get
        return count

    def add(self, chunks: Iterable[tuple[ChunkSpan, str]]) -> None:
        """Chunks with the text that stands for each."""
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT OR REPLACE INTO chunks VALUES(?, ?, ?, ?, ?)",
                ((span.file_id, span.chunk, span.start, span.end, hash_of(text)) for span, text in chunks),
            )

    def remove(self, spans: Iterable[ChunkSpan]) -> None:
        with transaction(self._connection):
            self._connection.executemany(
                "DELETE FROM chunks WHERE file = ? AND chunk = ?", ((span.file_id, span.chunk) for span in spans)
            )
        self._drop_unused()

    def remove_files(self, file_ids: Iterable[str]) -> None:
        """No byte of their vectors is left in the file on return, but of text that other files have too."""
        with transaction(self._connection):
            self._connection.executemany("DELETE FROM chunks WHERE file = ?", ((file_id,) for file_id in file_ids))
        self._drop_unused()

    def keep_only(self, model: str) -> None:
        """Vectors of other models are removed; an empty `model` removes all."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM vectors WHERE model <> ?", (model,))
        self._truncate_log()

    def without_vector(self, model: str, limit: int) -> tuple[ChunkSpan, ...]:
        """Chunks whose text has none of this model, each text once."""
        rows = self._connection.execute(
            """SELECT file, chunk, start, end FROM chunks
            WHERE hash NOT IN (SELECT hash FROM vectors WHERE model = ?) GROUP BY hash LIMIT ?""",
            (model, limit),
        )
        return tuple(ChunkSpan(*row) for row in rows)

    def counts(self, model: str) -> tuple[int, int]:
        """Chunks whose text has a vector of this model, and all chunks."""
        found: tuple[int, int] = self._connection.execute(
            "SELECT coalesce(sum(hash IN (SELECT hash FROM vectors WHERE model = ?)), 0), count(*) FROM chunks",
            (model,),
        ).get
        return found

    def put(self, model: str, texts: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """Of texts that were removed meanwhile nothing is kept. Where the model has another dimension now, its older
        vectors are removed."""
        dimension = len(vectors[0])
        with transaction(self._connection):
            self._connection.execute("DELETE FROM vectors WHERE model = ? AND dimension <> ?", (model, dimension))
            self._connection.executemany(
                """INSERT OR REPLACE INTO vectors(model, dimension, hash, vector)
                SELECT ?1, ?2, ?3, ?4 WHERE EXISTS(SELECT 1 FROM chunks WHERE hash = ?3)""",
                (
                    (model, dimension, hash_of(text), packed(vector))
                    for text, vector in zip(texts, vectors, strict=True)
                ),
            )

    def nearest(self, model: str, query: Sequence[float], files: Collection[str] | None, limit: int) -> Nearest | None:
        """In these files (None: in all). None where a vector is missing, or has another dimension than `query`."""
        if not self._is_complete(model, len(query)):
            return None
        rows = self._connection.execute(
            "SELECT hash, 1 - vec_distance_cosine(vector, ?) FROM vectors WHERE model = ?", (packed(query), model)
        )
        cosines: dict[bytes, float] = dict(rows)
        places = self._connection.execute(
            f"""SELECT file, chunk, hash FROM chunks
            {"" if files is None else "WHERE file IN (SELECT value FROM json_each(?))"}""",
            () if files is None else (json.dumps(list(files)),),
        )
        best = nsmallest(limit, ((-cosines[hash], file_id, chunk) for file_id, chunk, hash in places))
        count = len(cosines)
        return Nearest(
            tuple(Likeness(file_id, chunk, -distance) for distance, file_id, chunk in best),
            count,
            sum(cosines.values()) / count if count else 0.0,
        )

    def _is_complete(self, model: str, dimension: int) -> bool:
        """`put` sees to it that one vector's dimension is that of all of its model."""
        found = self._connection.execute("SELECT dimension FROM vectors WHERE model = ? LIMIT 1", (model,)).get
        return (
            found == dimension
            and self._connection.execute(
                "SELECT 1 FROM chunks WHERE hash NOT IN (SELECT hash FROM vectors WHERE model = ?) LIMIT 1", (model,)
            ).get
            is None
        )

    def _drop_unused(self) -> None:
        with transaction(self._connection):
            self._connection.execute("DELETE FROM vectors WHERE hash NOT IN (SELECT hash FROM chunks)")
        self._truncate_log()

    def _truncate_log(self) -> None:
        self._connection.wal_checkpoint(mode=3)  # SQLITE_CHECKPOINT_TRUNCATE: the log held the vectors too.


def hash_of(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def packed(vector: Sequence[float]) -> bytes:
    """As sqlite-vec reads it: float32 in the byte order of the machine, which no store leaves with its vectors."""
    return array.array("f", vector).tobytes()
