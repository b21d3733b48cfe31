"""API tokens, by their digests."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, String, UniqueConstraint

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "api_token",
        Column("id", String, nullable=False),
        Column("name", String, nullable=False),
        Column("role", String, nullable=False),
        Column("digest", String, nullable=False),
        Column("created_at", String, nullable=False),
        Column("expires_at", String, nullable=False),
        PrimaryKeyConstraint("id"),
        UniqueConstraint("digest"),
    )
