"""Conversations in SQLite: each answer is kept as it was given.

Who asked with a browser's cookie owns the conversation, and nobody else sees it. Without a cookie (a program that uses
the API) it belongs to nobody: who knows its id, which cannot be guessed, may read, continue and delete it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

from sqlalchemy import URL, ForeignKey, NullPool, create_engine, event, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, sessionmaker

from index.errors import QAError
from qa_service.model import QuestionKind, Turn
from web.schemas import AnswerOut, ConversationSummary

HISTORY_TURNS = 20  # turns given to the service with a question: about what its author still has in mind


class StorageError(QAError):
    """The database file cannot be made or opened."""


class ConversationNotFoundError(LookupError):
    """There is no such conversation, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class AnsweredTurn:
    """An answer as it was given and what kind of question it answers."""

    answer: AnswerOut
    kind: QuestionKind


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation and its turns, oldest first."""

    summary: ConversationSummary
    turns: tuple[AnsweredTurn, ...]


class _Base(DeclarativeBase):
    pass


class _ConversationRow(_Base):
    __tablename__ = "conversation"
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    created_at: Mapped[str]
    updated_at: Mapped[str]
    turns: Mapped[list[_TurnRow]] = relationship(order_by="_TurnRow.number", cascade="all, delete-orphan")


class _TurnRow(_Base):
    __tablename__ = "turn"
    number: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    answer: Mapped[str]


def new_id(prefix: str) -> str:
    """Return an id that nobody can guess (128 random bits)."""
    return f"{prefix}_{secrets.token_urlsafe(16)}"


class ConversationStore:
    """The conversations of one database file; safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        # Without a pool no connection outlives a request, so that none is shared by forked server processes.
        engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
        event.listen(engine, "connect", _configure)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # what people ask is nobody else's to read
            _Base.metadata.create_all(engine)
        except (OSError, DatabaseError) as error:
            raise StorageError(
                f"La base des conversations « {path} » ne s'ouvre pas ({error.__class__.__name__}) ; "
                "vérifiez que son dossier existe et que vous pouvez y écrire (QA_VAR_DIR)."
            ) from error
        self._session = sessionmaker(engine)

    def list_of(self, owner: str | None) -> tuple[ConversationSummary, ...]:
        """Return the owner's conversations, the last used first; none for nobody."""
        if owner is None:
            return ()
        newest_first = _ConversationRow.updated_at.desc()
        with self._session() as session:
            rows = session.scalars(select(_ConversationRow).filter_by(owner=owner).order_by(newest_first))
            return tuple(map(_summary, rows))

    def read(self, conversation_id: str, owner: str | None) -> Conversation:
        """Return a conversation that `owner` may see.

        Raises:
            ConversationNotFoundError: there is none, or it is another's.
        """
        with self._session() as session:
            row = _visible(session, conversation_id, owner)
            return Conversation(_summary(row), tuple(map(_turn, row.turns)))

    def history(self, conversation_id: str, owner: str | None) -> tuple[Turn, ...]:
        """Return the last questions of a conversation, oldest first; raises as `read`."""
        with self._session() as session:
            _visible(session, conversation_id, owner)
            last = select(_TurnRow).filter_by(conversation_id=conversation_id).order_by(_TurnRow.number.desc())
            answers = [_turn(row).answer for row in session.scalars(last.limit(HISTORY_TURNS))]
        return tuple(Turn(answer.question, answer.understood_as) for answer in reversed(answers))

    def add(self, turn: AnsweredTurn, owner: str | None) -> None:
        """Keep a turn; its conversation is made if it is the first."""
        answer, now = turn.answer, datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._session.begin() as session:
            # An update first takes SQLite's write lock, so that two writers cannot both make the conversation.
            touch = update(_ConversationRow).filter_by(id=answer.conversation_id).values(updated_at=now)
            if session.scalar(touch.returning(_ConversationRow.id)) is None:
                session.add(_conversation_row(answer, owner, now))
            session.add(_TurnRow(conversation_id=answer.conversation_id, kind=turn.kind, answer=answer.model_dump_json()))

    def rename(self, conversation_id: str, title: str, owner: str | None) -> None:
        """Give a conversation another title; raises as `read`."""
        with self._session.begin() as session:
            _visible(session, conversation_id, owner).title = title

    def delete(self, conversation_id: str, owner: str | None) -> None:
        """Delete a conversation and its turns; raises as `read`."""
        with self._session.begin() as session:
            session.delete(_visible(session, conversation_id, owner))


def _configure(connection: Connection, _: object) -> None:
    # Readers do not wait for a writer (WAL), a writer waits for another (busy_timeout).
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _conversation_row(answer: AnswerOut, owner: str | None, now: str) -> _ConversationRow:
    return _ConversationRow(id=answer.conversation_id, owner=owner, title=answer.question, created_at=now, updated_at=now)


def _visible(session: Session, conversation_id: str, owner: str | None) -> _ConversationRow:
    row = session.get(_ConversationRow, conversation_id)
    if row is None or row.owner not in (None, owner):
        raise ConversationNotFoundError(conversation_id)
    return row


def _summary(row: _ConversationRow) -> ConversationSummary:
    return ConversationSummary(id=row.id, title=row.title, created_at=row.created_at, updated_at=row.updated_at)


def _turn(row: _TurnRow) -> AnsweredTurn:
    return AnsweredTurn(AnswerOut.model_validate_json(row.answer), QuestionKind(row.kind))
