"""The tables of a store's index.

`terms` keeps no text of its own (`content=''`); what a chunk is scored by is kept, compressed, in `chunk_columns`.
`detail=full`, its default, is needed: with less, bm25 is always 0, and pairs of stems are looked up as phrases.
A deleted chunk leaves a tombstone (`contentless_delete`), found no more; its words leave the file when the segments
that hold them are merged, and until then `meta` holds `unscrubbed`.
Invariant: a row of `files` is there if and only if all its parts, chunks and terms are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iaposte_desktop.engine.text.words import TOKENISER_VERSION

if TYPE_CHECKING:
    import apsw

FORMAT_VERSION: Final = 2
"""Of the tables. An index of another one is read from the originals again."""

# Tokens come separated by spaces; what is not ASCII is a token character to the `ascii` tokenizer.
_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pages INTEGER, language TEXT,
    chunks INTEGER NOT NULL, tokens INTEGER NOT NULL
);
CREATE TABLE parts(
    file INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    page INTEGER, sheet TEXT, row INTEGER, headings TEXT NOT NULL
);
CREATE INDEX parts_by_place ON parts(file, start, end);
CREATE TABLE chunks(
    number INTEGER PRIMARY KEY, file INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    page INTEGER, sheet TEXT, row INTEGER, headings TEXT NOT NULL
);
CREATE INDEX chunks_by_file ON chunks(file);
CREATE TABLE chunk_columns(chunk INTEGER PRIMARY KEY, columns BLOB NOT NULL);
CREATE TABLE vocabulary(
    term TEXT PRIMARY KEY, reversed TEXT NOT NULL, files INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX vocabulary_reversed ON vocabulary(reversed);
CREATE VIRTUAL TABLE terms USING fts5(
    words, stems, content='', contentless_delete=1, tokenize="ascii tokenchars '_@.-+/'"
);
CREATE VIRTUAL TABLE term_counts USING fts5vocab(terms, col);
"""


def create(connection: apsw.Connection) -> None:
    """Does nothing where the tables are there."""
    with connection:
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get is None:
            connection.execute(_TABLES)
            set_meta(connection, "tokeniser_version", TOKENISER_VERSION)
            set_meta(connection, "format_version", FORMAT_VERSION)


def meta(connection: apsw.Connection, key: str) -> int | None:
    value: int | None = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).get
    return value


def set_meta(connection: apsw.Connection, key: str, value: int | None) -> None:
    if value is None:
        connection.execute("DELETE FROM meta WHERE key = ?", (key,))
    else:
        connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))
