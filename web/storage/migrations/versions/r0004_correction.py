"""Answers that an editor put right."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, String

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "correction",
        Column("document", String, nullable=False),
        Column("key", String, nullable=False),
        Column("question", String, nullable=False),
        Column("told", String, nullable=False),
        Column("quote", String, nullable=False),
        Column("author", String, nullable=False),
        Column("owner", String, nullable=True),
        Column("corrected_at", String, nullable=False),
        PrimaryKeyConstraint("document", "key"),
    )
