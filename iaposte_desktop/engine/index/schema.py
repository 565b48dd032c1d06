"""The tables of a store's index.

`terms` keeps no text of its own (`content=''`): to delete a chunk it must be told the very columns that went in, and
those are kept, compressed, in `chunk_columns`. `detail=full`, its default, is needed: with less, bm25 is always 0.
Invariant: a row of `files` is there if and only if all its parts, chunks and terms are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.engine.text.words import TOKENISER_VERSION

if TYPE_CHECKING:
    import apsw

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
CREATE VIRTUAL TABLE terms USING fts5(words, stems, bigrams, content='', tokenize="ascii tokenchars '_@.-+/'");
CREATE VIRTUAL TABLE term_counts USING fts5vocab(terms, col);
INSERT INTO terms(terms, rank) VALUES('secure-delete', 1);
"""


def create(connection: apsw.Connection) -> None:
    """Does nothing where the tables are there."""
    with connection:
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get is None:
            connection.execute(_TABLES)
            connection.execute("INSERT INTO meta VALUES('tokeniser_version', ?)", (TOKENISER_VERSION,))


def tokeniser_version(connection: apsw.Connection) -> int:
    version: int = connection.execute("SELECT value FROM meta WHERE key = 'tokeniser_version'").get
    return version
