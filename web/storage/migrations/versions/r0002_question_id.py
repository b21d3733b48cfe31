"""A turn's question has its id in a column: an index on JSON is written otherwise for each database."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, String, text

revision, down_revision = "0002", "0001"
_ID = {"sqlite": "json_extract(answer, '$.id')", "postgresql": "answer::json ->> 'id'"}


def upgrade() -> None:
    """Add the column and fill it."""
    op.drop_index("turn_by_question", "turn", if_exists=True)
    # With a default, for SQLite adds no other column that may not be null. To make the table anew would take the opinions
    # along: dropping the old one deletes its rows.
    op.add_column("turn", Column("question_id", String, nullable=False, server_default=text("''")))
    found = _ID[op.get_context().dialect.name]
    op.execute(f"UPDATE turn SET question_id = coalesce({found}, '')")  # nosec B608  # of the two written above
    op.create_index("ix_turn_question_id", "turn", ["question_id"])
