"""What lies in a store's index file."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from iaposte_desktop.domain.search import DEFAULT_SEARCH
from iaposte_desktop.engine.index.documents import Document
from iaposte_desktop.engine.index.reader import IndexReader
from iaposte_desktop.engine.index.search import search_indexes
from iaposte_desktop.engine.index.staged import StagedRows
from iaposte_desktop.engine.index.writer import IndexWriter
from iaposte_desktop.engine.text.columns import columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def document(folder: Path, *texts: str) -> Document:
    """A chunk for each text."""
    parts, chunks, at = [], [], 0
    for text in texts:
        made = columns(text, "en")
        parts.append([at, text, None, None, None, []])
        chunks.append([at, at + len(text), None, None, None, [], made.words, made.stems])
        at += len(text)
    return staged(folder, parts, chunks)


def staged(folder: Path, parts: list[list[Any]], chunks: list[list[Any]]) -> Document:
    path = folder / f"{len(list(folder.iterdir()))}.staged"
    path.touch()
    with closing(StagedRows(path)) as rows:
        rows.add(parts, chunks)
        rows.finish()
    return Document(path, len(chunks), None, "en")


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "store" / "index.db"


@pytest.fixture
def writer(path: Path) -> Iterator[IndexWriter]:
    opened = IndexWriter(path)
    yield opened
    opened.close()


@pytest.fixture
def reader(path: Path, writer: IndexWriter) -> Iterator[IndexReader]:
    opened = IndexReader(path)
    yield opened
    opened.close()


def found(reader: IndexReader, query: str) -> list[str]:
    return [hit.file_id for hit in search_indexes({"vs": reader}, query, None, DEFAULT_SEARCH)]


def test_only_the_owner_may_read(folder: Path, path: Path, writer: IndexWriter) -> None:
    writer.put({"a": document(folder, "delivery")})
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {0o600}


def test_the_same_file_again_takes_its_own_place(folder: Path, writer: IndexWriter, reader: IndexReader) -> None:
    writer.put({"a": document(folder, "delivery of parcels", "refund of money")})
    writer.put({"a": document(folder, "warranty of lamps")})
    assert found(reader, "delivery") == found(reader, "refund") == []
    assert found(reader, "warranty") == ["a"]
    assert reader.size()[0] == 1


def test_nothing_of_a_removed_file_is_left_in_the_folder(
    folder: Path, path: Path, writer: IndexWriter, reader: IndexReader
) -> None:
    secret = "confidentialagreement with zebrafactory"
    for number in range(30):
        writer.put({f"kept {number}": document(folder, *(f"delivery number {n} of batch {number}" for n in range(20)))})
    writer.put({"gone": document(folder, *(f"{secret} page {page}" for page in range(50)))})
    assert found(reader, "zebrafactory")[0] == "gone"
    assert b"zebrafactory" in b"".join(each.read_bytes() for each in path.parent.iterdir())
    writer.remove(["gone", "unknown"])
    assert found(reader, "zebrafactory") == []
    left = b"".join(each.read_bytes() for each in path.parent.iterdir())
    # FTS5 keeps the start of a term apart from its end: parts of the words must be gone as well.
    assert not [part for part in (b"zebra", b"factory", b"confidential", b"agreement", b"yrotcaf") if part in left]
    assert found(reader, "delivery number 7")


def test_an_index_is_whole_after_changes_of_every_kind(folder: Path, path: Path, writer: IndexWriter) -> None:
    for turn in range(3):
        for number in range(20):
            writer.put({f"{number}": document(folder, f"turn {turn} of parcel {number}", "refund")})
        writer.remove([f"{number}" for number in range(0, 20, 2)])
    writer.close()
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("INSERT INTO terms(terms) VALUES('integrity-check')")
        assert connection.pragma("integrity_check") == "ok"
        assert connection.execute("SELECT count(*) FROM files").fetchone() == (10,)
        assert connection.execute("SELECT count(*) FROM chunks").fetchone() == (20,)
        assert connection.execute("SELECT count(*) FROM chunk_columns").fetchone() == (20,)
        assert connection.execute("SELECT files FROM vocabulary WHERE term = 'refund'").fetchone() == (10,)


def test_a_reader_sees_what_was_written_since(folder: Path, writer: IndexWriter, reader: IndexReader) -> None:
    assert found(reader, "delivery") == []
    writer.put({"a": document(folder, "delivery")})
    assert found(reader, "delivery") == ["a"]
    writer.put({"b": document(folder, "delivery of a delivery")})
    assert set(found(reader, "delivery")) == {"a", "b"}


def test_a_reader_cannot_write(reader: IndexReader, path: Path) -> None:
    with pytest.raises(Exception, match="readonly"):
        reader._connection.execute("DELETE FROM files")


def test_text_is_found_again_across_parts(folder: Path, writer: IndexWriter, reader: IndexReader) -> None:
    text = "one parcel two parcels"
    made = columns(text[4:18], "en")
    parts = [[at, text[at : at + 5], None, None, None, []] for at in range(0, len(text), 5)]
    chunks = [[4, 18, None, None, None, [], made.words, made.stems]]
    writer.put({"a": staged(folder, parts, chunks)})
    (hit,) = search_indexes({"vs": reader}, "parcel", None, DEFAULT_SEARCH)
    assert (chunk_found := reader.chunk(hit.chunk)) is not None
    assert chunk_found.text == "parcel two par"
    assert reader.chunk(hit.chunk + 1) is None
