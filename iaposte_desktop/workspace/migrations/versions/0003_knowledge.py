"""What a store does with originals, sent replies and meaning; more of each file; tests of searches, questions that
drafts asked, and folders that stores follow."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    stores: list[sa.Column[Any]] = [
        sa.Column("keeps_copies", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("takes_past_answers", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("embedding_model", sa.Text()),
    ]
    files: list[sa.Column[Any]] = [
        sa.Column("replaces", sa.String()),
        sa.Column("source_modified_at", sa.String()),
        sa.Column("scanned_pages", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("tokens", sa.Integer()),
        sa.Column("citations", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("signature", sa.String(), nullable=False, server_default=""),
    ]
    for table, columns in (("vector_stores", stores), ("files", files)):
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "search_tests",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("store_id", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("run_at", sa.String()),
        sa.Column("rank", sa.Integer()),
        sa.PrimaryKeyConstraint("number", name="pk_search_tests"),
        sa.UniqueConstraint("id", name="uq_search_tests_id"),
    )
    op.create_index("ix_search_tests_store_id", "search_tests", ["store_id"])
    op.create_table(
        "questions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("store_ids", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("best_score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_questions"),
        sa.UniqueConstraint("id", name="uq_questions_id"),
    )
    op.create_index("ix_questions_asked_at", "questions", ["asked_at"])
    op.create_table(
        "synced_folders",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("store_id", sa.String(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("is_watched", sa.Boolean(), nullable=False),
        sa.Column("synced_at", sa.String()),
        sa.PrimaryKeyConstraint("id", name="pk_synced_folders"),
    )
    op.create_index("ix_synced_folders_store_id", "synced_folders", ["store_id"])
    op.create_table(
        "replaced_files",
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("by_file_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_replaced_files"),
    )
