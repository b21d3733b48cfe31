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

from sqlalchemy import URL, NullPool, create_engine, delete, event, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.schema import CreateIndex

from index.errors import QAError
from qa_service.model import QuestionKind, Turn
from web.conversation_schemas import ConversationSummary, FeedbackIn, FeedbackOut, FeedbackVerdict
from web.schemas import AnswerOut
from web.tables import BY_QUESTION, Base, ConversationRow, FeedbackRow, ShareRow, TurnRow, question_id
from web.unanswered import Unanswered, grouped_by_words

DATABASE = "conversations.db"
_LAST_REFUSALS = 2000  # looked through for questions without answer
HISTORY_TURNS = 20  # turns given to the service with a question: about what its author still has in mind


class StorageError(QAError):
    """The database file cannot be made or opened."""


class ConversationNotFoundError(LookupError):
    """There is no such conversation, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class AnsweredTurn:
    """An answer as it was given, what kind of question it answers, and what its asker thinks of it."""

    answer: AnswerOut
    kind: QuestionKind
    feedback: FeedbackOut | None = None


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer, what its asker thinks of it, and when (RFC 3339)."""

    answer: AnswerOut
    feedback: FeedbackOut
    given_at: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation and its turns, oldest first; `share` is the token of its link for others, None while it has none."""

    summary: ConversationSummary
    turns: tuple[AnsweredTurn, ...]
    share: str | None = None


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
            Base.metadata.create_all(engine)
            with engine.begin() as connection:  # a database of an earlier version lacks it
                connection.execute(CreateIndex(BY_QUESTION, if_not_exists=True))
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
        newest_first = ConversationRow.updated_at.desc()
        with self._session() as session:
            rows = session.scalars(select(ConversationRow).filter_by(owner=owner).order_by(newest_first))
            return tuple(map(_summary, rows))

    def read(self, conversation_id: str, owner: str | None) -> Conversation:
        """Return a conversation that `owner` may see.

        Raises:
            ConversationNotFoundError: there is none, or it is another's.
        """
        with self._session() as session:
            return _conversation(_visible(session, conversation_id, owner))

    def history(self, conversation_id: str, owner: str | None) -> tuple[Turn, ...]:
        """Return the last questions of a conversation, oldest first; raises as `read`."""
        with self._session() as session:
            _visible(session, conversation_id, owner)
            last = select(TurnRow.answer).filter_by(conversation_id=conversation_id).order_by(TurnRow.number.desc())
            answers = [AnswerOut.model_validate_json(answer) for answer in session.scalars(last.limit(HISTORY_TURNS))]
        return tuple(Turn(answer.question, answer.understood_as) for answer in reversed(answers))

    def add(self, turn: AnsweredTurn, owner: str | None) -> None:
        """Keep a turn; its conversation is made if it is the first."""
        answer, now = turn.answer, _now()
        with self._session.begin() as session:
            # An update first takes SQLite's write lock, so that two writers cannot both make the conversation.
            touch = update(ConversationRow).filter_by(id=answer.conversation_id).values(updated_at=now)
            if session.scalar(touch.returning(ConversationRow.id)) is None:
                session.add(_conversation_row(answer, owner, now))
            session.add(TurnRow(conversation_id=answer.conversation_id, kind=turn.kind, answer=answer.model_dump_json()))

    def rename(self, conversation_id: str, title: str, owner: str | None) -> None:
        """Give a conversation another title; raises as `read`."""
        with self._session.begin() as session:
            _visible(session, conversation_id, owner).title = title

    def judge(self, feedback: FeedbackIn, owner: str | None) -> str:
        """Keep what the asker thinks of an answer, in the place of what they thought before; return its conversation's id.

        Raises:
            ConversationNotFoundError: there is no such answer, or it is another's.
        """
        with self._session.begin() as session:
            row = session.scalar(select(TurnRow).where(question_id == feedback.question_id))
            if row is None:
                raise ConversationNotFoundError(feedback.question_id)
            _visible(session, row.conversation_id, owner)
            # One statement: of a double click, both find no opinion yet.
            given = {"verdict": feedback.verdict, "comment": feedback.comment, "given_at": _now()}
            upsert = insert(FeedbackRow).values(turn_number=row.number, **given)
            session.execute(upsert.on_conflict_do_update(index_elements=["turn_number"], set_=given))
            return row.conversation_id

    def judged(self) -> tuple[JudgedAnswer, ...]:
        """Return every answer that somebody gave an opinion of, the last opinion first; for those who keep the service."""
        with self._session() as session:
            query = select(FeedbackRow, TurnRow.answer).join(TurnRow).order_by(FeedbackRow.given_at.desc())
            return tuple(
                JudgedAnswer(AnswerOut.model_validate_json(answer), _feedback(row), row.given_at)
                for row, answer in session.execute(query)
            )

    def unanswered(self, owner: str | None) -> tuple[Unanswered, ...]:
        """Return the questions that the reports did not answer, the most asked first: the owner's, and those of several.

        A question that one person asked may tell of that person: nobody else is shown it.
        """
        refused = TurnRow.answer.contains('"status":"not_found"', autoescape=True)
        query = select(ConversationRow.owner, TurnRow.answer).join(ConversationRow).where(refused)
        with self._session() as session:
            rows = session.execute(query.order_by(TurnRow.number.desc()).limit(_LAST_REFUSALS)).all()
        return grouped_by_words(((asker, AnswerOut.model_validate_json(answer)) for asker, answer in rows), owner)

    def share(self, conversation_id: str, owner: str | None) -> None:
        """Let whoever has its link read a conversation; raises as `read`."""
        with self._session.begin() as session:
            _visible(session, conversation_id, owner)
            link = insert(ShareRow).values(token=new_id("p"), conversation_id=conversation_id)
            session.execute(link.on_conflict_do_nothing())

    def withdraw(self, conversation_id: str, owner: str | None) -> None:
        """Take the link of a conversation back, if it has one; raises as `read`."""
        with self._session.begin() as session:
            _visible(session, conversation_id, owner)
            session.execute(delete(ShareRow).filter_by(conversation_id=conversation_id))

    def shared(self, token: str) -> Conversation:
        """Return the conversation that a link leads to.

        Raises:
            ConversationNotFoundError: there is no such link, or it was taken back.
        """
        with self._session() as session:
            row = session.scalar(select(ConversationRow).join(ShareRow).where(ShareRow.token == token))
            if row is None:
                raise ConversationNotFoundError(token)
            return _conversation(row)

    def delete(self, conversation_id: str, owner: str | None) -> None:
        """Delete a conversation and its turns; raises as `read`."""
        with self._session.begin() as session:
            session.delete(_visible(session, conversation_id, owner))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _configure(connection: Connection, _: object) -> None:
    # Readers do not wait for a writer (WAL), a writer waits for another (busy_timeout).
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _conversation_row(answer: AnswerOut, owner: str | None, now: str) -> ConversationRow:
    return ConversationRow(id=answer.conversation_id, owner=owner, title=answer.question, created_at=now, updated_at=now)


def _visible(session: Session, conversation_id: str, owner: str | None) -> ConversationRow:
    row = session.get(ConversationRow, conversation_id)
    if row is None or row.owner not in (None, owner):
        raise ConversationNotFoundError(conversation_id)
    return row


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(_summary(row), tuple(map(_turn, row.turns)), row.share.token if row.share else None)


def _summary(row: ConversationRow) -> ConversationSummary:
    return ConversationSummary(id=row.id, title=row.title, created_at=row.created_at, updated_at=row.updated_at)


def _turn(row: TurnRow) -> AnsweredTurn:
    feedback = _feedback(row.feedback) if row.feedback else None
    return AnsweredTurn(AnswerOut.model_validate_json(row.answer), QuestionKind(row.kind), feedback)


def _feedback(row: FeedbackRow) -> FeedbackOut:
    return FeedbackOut(verdict=FeedbackVerdict(row.verdict), comment=row.comment)
