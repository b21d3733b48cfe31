"""The tables of the conversations' database; one that an earlier version made lacks only what is made when it is opened."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, func, literal_column
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """What SQLAlchemy knows of the tables."""


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
    """A question with its answer, as JSON."""

    __tablename__ = "turn"
    number: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    answer: Mapped[str]
    feedback: Mapped[FeedbackRow | None] = relationship(cascade="all, delete-orphan", lazy="joined")


class FeedbackRow(Base):
    """What the asker thinks of an answer."""

    __tablename__ = "feedback"
    turn_number: Mapped[int] = mapped_column(ForeignKey("turn.number", ondelete="CASCADE"), primary_key=True)
    verdict: Mapped[str]
    comment: Mapped[str]
    given_at: Mapped[str]


question_id = func.json_extract(TurnRow.answer, literal_column("'$.id'"))
BY_QUESTION = Index("turn_by_question", question_id)
