"""The schema as revision `REVISION` leaves it. A new database is made from this; an older one is migrated to it.

Names of columns are the names of the domain's fields; `number` columns keep the order of insertion.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    true,
)

from iaposte_desktop.domain.assistants import AssistantSettings, ModelRef
from iaposte_desktop.domain.drafts import RevisionReason
from iaposte_desktop.domain.json import Metadata
from iaposte_desktop.domain.knowledge import Attribute, ExpiresAfter, FileError, FileStatus
from iaposte_desktop.domain.runs import Run, RunStatus, StepKind, StepStatus
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.domain.threads import Attachment, MailHeaders, Role, ThreadStatus
from iaposte_desktop.domain.usage import Usage
from iaposte_desktop.workspace.columns import Amount, Choice, Instant, Json, Words

REVISION = "0003"

# Names of constraints are fixed, so that a migration can name what it drops.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", String, primary_key=True)


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True)


def _owner(name: str, parent: str, **options: Any) -> Column[str]:
    return Column(name, String, ForeignKey(parent, ondelete="CASCADE"), nullable=False, **options)


def _instant(name: str, *, nullable: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, Instant, nullable=nullable, index=index)


def _words(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, Words, nullable=False, index=index)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _json(name: str, shape: Any, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Json(shape), nullable=nullable)


def _usage() -> list[Column[Any]]:
    """The fields of Usage, by their names."""
    counts = ["input_tokens", "output_tokens", "cached_input_tokens", "cache_write_tokens", "reasoning_tokens"]
    return [*map(_count, [*counts, "search_calls"]), Column("estimated", Boolean, nullable=False)]


customers = Table(
    "customers",
    metadata,
    _id(),
    _words("name"),
    _words("email"),
    _words("email_folded", index=True),
    _instant("created_at"),
    _words("notes"),
    _json("metadata", Metadata),
)

assistants = Table(
    "assistants",
    metadata,
    _id(),
    _count("current_version"),
    _instant("created_at"),
    _instant("deleted_at", nullable=True),
    _instant("last_used_at", nullable=True),
)

assistant_versions = Table(
    "assistant_versions",
    metadata,
    _owner("assistant_id", "assistants.id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _words("name"),
    _json("settings", AssistantSettings),
    _words("note"),
    _instant("created_at"),
    Column("restored_from", Integer),
)

threads = Table(
    "threads",
    metadata,
    _id(),
    _owner("customer_id", "customers.id", index=True),
    _words("subject"),
    _words("normalised_subject"),
    Column("status", Choice(ThreadStatus), nullable=False),
    _instant("created_at"),
    _instant("updated_at", index=True),
    Column("reply_language", String),
    Column("assistant_id", String),
    _json("metadata", Metadata),
    _instant("deleted_at", nullable=True),
)

messages = Table(
    "messages",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True),
    _owner("thread_id", "threads.id"),
    Column("role", Choice(Role), nullable=False),
    _words("text"),
    _instant("created_at"),
    _words("quoted"),
    _words("signature"),
    Column("language", String),
    _json("headers", MailHeaders, nullable=True),
    Column("message_id", Words, unique=True),
    _json("attachments", tuple[Attachment, ...]),
    _json("warnings", tuple[str, ...]),
    Column("run_id", String),
    Index(None, "thread_id", "created_at", "number"),
)

runs = Table(
    "runs",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True),
    _owner("thread_id", "threads.id", index=True),
    Column("assistant_id", String, nullable=False),
    Column("assistant_version", Integer, nullable=False),
    Column("provider", String, nullable=False),
    Column("model", String, nullable=False),
    Column("status", Choice(RunStatus), nullable=False, index=True),
    _count("sequence"),
    _instant("created_at"),
    _instant("started_at", nullable=True),
    _instant("ended_at", nullable=True),
    *_usage(),
    Column("cost_usd", Amount),
    # Written once, when the run is over; until then a run is what its events add up to.
    _json("snapshot", Run, nullable=True),
)

events = Table(
    "events",
    metadata,
    _owner("run_id", "runs.id", primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    _instant("at"),
    Column("kind", String, nullable=False),
    Column("payload", Text, nullable=False),
)

run_steps = Table(
    "run_steps",
    metadata,
    _owner("run_id", "runs.id", primary_key=True),
    Column("id", String, primary_key=True),
    Column("kind", Choice(StepKind), nullable=False),
    Column("status", Choice(StepStatus), nullable=False),
    _instant("started_at"),
    _instant("ended_at", nullable=True),
    _json("detail", dict[str, Any]),
    _json("usage", Usage, nullable=True),
)

usage = Table(
    "usage",
    metadata,
    _owner("run_id", "runs.id", primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    _instant("at", index=True),
    *_usage(),
    Column("cost_usd", Amount),  # Of the whole run so far.
)

drafts = Table(
    "drafts",
    metadata,
    _owner("thread_id", "threads.id", primary_key=True),
    _words("text"),
    _instant("updated_at"),
    _count("sequence"),
    Column("run_id", String),
    Column("suggestion_run_id", String),
)

draft_revisions = Table(
    "draft_revisions",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True),
    _owner("thread_id", "threads.id", index=True),
    _words("text"),
    Column("reason", Choice(RevisionReason), nullable=False),
    _instant("created_at"),
    Column("run_id", String),
)

vector_stores = Table(
    "vector_stores",
    metadata,
    _id(),
    Column("provider", String, nullable=False, index=True),
    _words("name"),
    _instant("created_at"),
    _instant("last_active_at"),
    Column("is_internal", Boolean, nullable=False),
    _json("expires_after", ExpiresAfter, nullable=True),
    _json("metadata", Metadata),
    _instant("deleted_at", nullable=True),
    Column("keeps_copies", Boolean, nullable=False, server_default=true()),
    Column("takes_past_answers", Boolean, nullable=False, server_default=false()),
    _json("embedding_model", ModelRef, nullable=True),
)

files = Table(
    "files",
    metadata,
    _id(),
    _owner("store_id", "vector_stores.id", index=True),
    _words("name"),
    # JSON, because a path whose bytes are no text must come back as it was.
    _json("source_path", str),
    Column("sha256", String, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("status", Choice(FileStatus), nullable=False),
    _instant("created_at"),
    _json("error", FileError, nullable=True),
    Column("pages", Integer),
    _count("chunks"),
    Column("language", String),
    _json("attributes", Mapping[str, Attribute]),
    _instant("last_cited_at", nullable=True),
    Column("replaces", String),
    _instant("source_modified_at", nullable=True),
    Column("scanned_pages", Integer, nullable=False, server_default="0"),
    Column("tokens", Integer),
    Column("citations", Integer, nullable=False, server_default="0"),
    Column("signature", String, nullable=False, server_default=""),
)

tasks = Table(
    "tasks",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True),
    Column("kind", Choice(TaskKind), nullable=False),
    _words("subject"),
    Column("target_id", String, nullable=False),
    Column("status", Choice(TaskStatus), nullable=False),
    _instant("created_at", index=True),
    _instant("updated_at"),
    _count("done"),
    Column("total", Integer),
    _count("failed"),
    Column("reason", String, nullable=False),
    _json("details", Metadata),
)

alembic_version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))

uploads = Table(
    "uploads",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True),
    Column("provider", String, nullable=False),
    Column("store_id", String, nullable=False),
    _words("name"),
    _json("source_path", str),
    Column("sha256", String, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("status", Choice(FileStatus), nullable=False),
    _instant("created_at"),
    Column("file_id", String),
    Column("is_attached", Boolean, nullable=False),
    Column("is_converted", Boolean, nullable=False),
    _json("error", FileError, nullable=True),
    _json("attributes", Mapping[str, Attribute]),
    Column("replaces", String),
    Index(None, "provider", "store_id"),
)
# Made last: a new database then has the tables of revision 0001 at the same pages as one that was made at that
# revision, whose schema may have to be put back.
uploads.add_is_dependent_on(usage)

search_tests = Table(
    "search_tests",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True),
    # Of any provider: a hosted store has no row here.
    Column("store_id", String, nullable=False, index=True),
    _words("query"),
    _words("file_name"),
    _instant("created_at"),
    _instant("run_at", nullable=True),
    Column("rank", Integer),
)

questions = Table(
    "questions",
    metadata,
    _number(),
    Column("id", String, nullable=False, unique=True),
    _instant("asked_at", index=True),
    _words("query"),
    _json("store_ids", tuple[str, ...]),
    Column("thread_id", String, nullable=False),
    _count("passages"),
    Column("best_score", Float, nullable=False),
)

synced_folders = Table(
    "synced_folders",
    metadata,
    _id(),
    Column("store_id", String, nullable=False, index=True),
    _json("path", str),
    Column("is_watched", Boolean, nullable=False),
    _instant("synced_at", nullable=True),
)
# Rows outlive the files: a draft may cite one that was replaced, and so was the one in its place.
replaced_files = Table(
    "replaced_files",
    metadata,
    Column("file_id", String, primary_key=True),
    Column("by_file_id", String, nullable=False),
)
for earlier, later in pairwise((uploads, search_tests, questions, synced_folders, replaced_files)):
    later.add_is_dependent_on(earlier)
