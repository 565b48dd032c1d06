"""Vector stores, their files, and the passages a search finds in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.domain.json import Metadata

Attribute: TypeAlias = str | float | bool


class FileStatus(StrEnum):
    """The four states of the hosted contract."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"


class UploadStage(StrEnum):
    QUEUED = "queued"
    PREFLIGHT = "preflight"
    READING = "reading"
    UPLOADING = "uploading"
    INDEXING = "indexing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ExpiresAfter:
    """`days` (1 to 365) after the store was last used."""

    days: int


@dataclass(frozen=True, slots=True)
class FileCounts:
    in_progress: int = 0
    completed: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return self.in_progress + self.completed + self.failed + self.cancelled


@dataclass(frozen=True, slots=True)
class VectorStore:
    """`provider` names the VectorStores implementation that holds it (`embedded` on this machine). `is_internal`
    stores may inform a reply but their text is not for customers. `keeps_copies`: originals are copied, else only the
    path they were added from is known. `takes_past_answers`: replies that were sent are added to it, masked.
    `embedding_model` set means that it is searched by meaning, too. `deleted_at` set means it is in the bin."""

    id: str
    provider: str
    name: str
    created_at: datetime
    last_active_at: datetime
    is_internal: bool = False
    keeps_copies: bool = True
    takes_past_answers: bool = False
    embedding_model: ModelRef | None = None
    expires_after: ExpiresAfter | None = None
    metadata: Metadata = field(default_factory=dict)
    counts: FileCounts = field(default_factory=FileCounts)
    bytes: int = 0
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileError:
    """`problem` is what happened; `detail` is technical and untranslated, for experts and bug reports."""

    problem: FileProblem
    detail: str = ""


@dataclass(frozen=True, slots=True)
class VectorStoreFile:
    """`name` is what citations show. `source_path` is where it was added from; it may be gone. `pages` counts pages,
    sheets or slides where the format has them, `scanned_pages` those of them without text. `tokens` is an estimate.
    `replaces` is the id that the file had before a newer version of it took its place. `source_modified_at` is that of
    the file on the disk when it was read. `citations` counts the drafts that cited it. `signature` compares with those
    of other files: what is alike to the eye has nearly the same. `is_converted`: the store holds its text, not the file
    itself."""

    id: str
    store_id: str
    name: str
    source_path: str
    sha256: str
    bytes: int
    status: FileStatus
    created_at: datetime
    error: FileError | None = None
    pages: int | None = None
    chunks: int = 0
    language: str | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    last_cited_at: datetime | None = None
    is_converted: bool = False
    replaces: str | None = None
    source_modified_at: datetime | None = None
    scanned_pages: int = 0
    tokens: int | None = None
    citations: int = 0
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of a text in its file, as far as the format has one. `page` and `row` count from 1; `headings` go
    from the outermost in."""

    page: int | None = None
    sheet: str | None = None
    row: int | None = None
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that a search found. `start` and `end` are character offsets into the file's extracted text, so that
    `text == content[start:end]`; both are 0 where the place is not known. `score` is 0 to 1 and comparable between
    stores."""

    store_id: str
    file_id: str
    file_name: str
    text: str
    start: int
    end: int
    score: float
    anchor: Anchor = field(default_factory=Anchor)
    is_internal: bool = False
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContentPart:
    """A page, sheet or section of a file's extracted text, starting at offset `start` of the whole."""

    start: int
    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class FileContent:
    """The extracted text in parts; joined they are the whole text that passages' offsets point into."""

    file: VectorStoreFile
    parts: tuple[ContentPart, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    def anchor_at(self, offset: int) -> Anchor | None:
        """The place of the part that holds character `offset`; None where it says nothing."""
        anchor = next((part.anchor for part in reversed(self.parts) if part.start <= offset), None)
        return None if anchor == Anchor() else anchor


class Comparator(StrEnum):
    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    IN = "in"
    NIN = "nin"


class Connective(StrEnum):
    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Comparison:
    """On a file's attribute; `value` is a tuple for IN and NIN alone. A file without the key satisfies only NE and
    NIN."""

    key: str
    comparator: Comparator
    value: Attribute | tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Compound:
    connective: Connective
    filters: tuple[Filter, ...]


Filter: TypeAlias = "Comparison | Compound"


@dataclass(frozen=True, slots=True)
class FileToAdd:
    """One file to read. `replaces` is the id of the file it takes the place of, once it is ready."""

    path: Path
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class UploadEvent:
    """Progress of one file. `fraction` is 0 to 1 within its stage, None where it cannot be known. The last event of a
    file has stage DONE, and `file.status` says how it ended."""

    file: VectorStoreFile
    stage: UploadStage
    fraction: float | None = None
