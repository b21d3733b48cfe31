"""The tables of the conversations' database, as the last migration leaves them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """What SQLAlchemy knows of the tables."""


def as_kept(moment: datetime) -> str:
    """Return a moment of UTC as the tables keep it: RFC 3339 to the millisecond; such texts sort as the moments do."""
    return moment.isoformat(timespec="milliseconds")


class ConversationRow(Base):
    """A conversation; `owner` is None where nobody owns it."""

    __tablename__ = "conversation"
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    created_at: Mapped[str]
    updated_at: Mapped[str]
    turns: Mapped[list[TurnRow]] = relationship(order_by="TurnRow.number", cascade="all, delete-orphan")
    share: Mapped[ShareRow | None] = relationship(cascade="all, delete-orphan")


class ShareRow(Base):
    """The link by which others read a conversation."""

    __tablename__ = "share"
    token: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), unique=True)


class TurnRow(Base):
    """A question with its answer, as JSON; `question_id` is the answer's id."""

    __tablename__ = "turn"
    number: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    answer: Mapped[str]
    question_id: Mapped[str] = mapped_column(index=True, server_default=text("''"))  # see the migration that added it
    feedback: Mapped[FeedbackRow | None] = relationship(cascade="all, delete-orphan", lazy="joined")


class FeedbackRow(Base):
    """What the asker thinks of an answer."""

    __tablename__ = "feedback"
    turn_number: Mapped[int] = mapped_column(ForeignKey("turn.number", ondelete="CASCADE"), primary_key=True)
    verdict: Mapped[str]
    comment: Mapped[str]
    given_at: Mapped[str]


class CorrectionRow(Base):
    """A verified answer to the question whose words have this key, in one report; `owner` is its author's id."""

    __tablename__ = "correction"
    document: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    told: Mapped[str]
    quote: Mapped[str]
    author: Mapped[str]
    owner: Mapped[str | None]
    corrected_at: Mapped[str]


class ApiTokenRow(Base):
    """An API token, by the digest of its secret. Not put back from a backup: what was revoked stays so."""

    __tablename__ = "api_token"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[str]
    expires_at: Mapped[str]


class UpkeepRow(Base):
    """When something that is due from time to time was last begun, by whichever process."""

    __tablename__ = "upkeep"
    task: Mapped[str] = mapped_column(primary_key=True)
    begun_at: Mapped[str]


# What people gave us, in the order in which it can be written.
KEPT = (ConversationRow, ShareRow, TurnRow, FeedbackRow, CorrectionRow)
