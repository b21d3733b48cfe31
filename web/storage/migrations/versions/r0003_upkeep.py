"""When the purge was last begun, so that one process does it and the others know."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, String

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "upkeep",
        Column("task", String, nullable=False),
        Column("begun_at", String, nullable=False),
        PrimaryKeyConstraint("task"),
    )
