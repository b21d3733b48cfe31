"""What the service made before it had migrations, all of it or, in a database of an early version, what it lacks.

The index that found a turn by the id in its JSON is left out: SQLite's alone could be made, and the next revision drops it.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String, UniqueConstraint

revision, down_revision = "0001", None


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "conversation",
        Column("id", String, nullable=False),
        Column("owner", String),
        Column("title", String, nullable=False),
        Column("created_at", String, nullable=False),
        Column("updated_at", String, nullable=False),
        PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("ix_conversation_owner", "conversation", ["owner"], if_not_exists=True)
    op.create_table(
        "share",
        Column("token", String, nullable=False),
        Column("conversation_id", String, nullable=False),
        PrimaryKeyConstraint("token"),
        UniqueConstraint("conversation_id"),
        ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        if_not_exists=True,
    )
    op.create_table(
        "turn",
        Column("number", Integer, nullable=False),
        Column("conversation_id", String, nullable=False),
        Column("kind", String, nullable=False),
        Column("answer", String, nullable=False),
        PrimaryKeyConstraint("number"),
        ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE"),
        if_not_exists=True,
    )
    op.create_index("ix_turn_conversation_id", "turn", ["conversation_id"], if_not_exists=True)
    op.create_table(
        "feedback",
        Column("turn_number", Integer, nullable=False),
        Column("verdict", String, nullable=False),
        Column("comment", String, nullable=False),
        Column("given_at", String, nullable=False),
        PrimaryKeyConstraint("turn_number"),
        ForeignKeyConstraint(["turn_number"], ["turn.number"], ondelete="CASCADE"),
        if_not_exists=True,
    )
