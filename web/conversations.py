"""Conversations: each answer is kept as it was given.

Who asked with a browser's cookie owns the conversation, and nobody else sees it. Without a cookie (a program that uses
the API) it belongs to nobody: who knows its id, which cannot be guessed, may read, continue and delete it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Engine, delete, func, insert, select
from sqlalchemy.orm import Session, sessionmaker

from qa_service.model import QuestionKind, Turn
from web.schemas.answers import AnswerOut
from web.schemas.conversations import ConversationSummary, FeedbackIn, FeedbackOut, FeedbackVerdict
from web.storage.engine import WRITING, insert_into
from web.storage.tables import ConversationRow, FeedbackRow, ShareRow, TurnRow, as_kept
from web.unanswered import Unanswered, grouped_by_words

_LAST_REFUSALS = 2000  # looked through for questions without answer
_JUDGED = select(FeedbackRow, TurnRow.answer).join(TurnRow).order_by(FeedbackRow.given_at.desc())
_FEW_AT_ONCE = {"yield_per": 50}  # rows held while answers are looked through, of which there may be any number
HISTORY_TURNS = 20  # turns given to the service with a question: about what its author still has in mind


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
    """The conversations of one database; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # One statement: two writers cannot both make a conversation.
        making = insert_into(engine, ConversationRow)
        touched = {"updated_at": making.excluded.updated_at}
        self._make_or_touch = making.on_conflict_do_update(index_elements=["id"], set_=touched)
        self._add_turn = insert(TurnRow)
        self._reading = sessionmaker(engine)
        self._writing_engine = engine.execution_options(**WRITING)
        self._writing = sessionmaker(self._writing_engine)

    def list_of(self, owner: str | None) -> tuple[ConversationSummary, ...]:
        """Return the owner's conversations, the last used first; none for nobody."""
        if owner is None:
            return ()
        newest_first = ConversationRow.updated_at.desc()
        with self._reading() as session:
            rows = session.scalars(select(ConversationRow).filter_by(owner=owner).order_by(newest_first))
            return tuple(map(_summary, rows))

    def read(self, conversation_id: str, owner: str | None) -> Conversation:
        """Return a conversation that `owner` may see.

        Raises:
            ConversationNotFoundError: there is none, or it is another's.
        """
        with self._reading() as session:
            return _conversation(_visible(session, conversation_id, owner))

    def history(self, conversation_id: str, owner: str | None) -> tuple[Turn, ...]:
        """Return the last questions of a conversation, oldest first; raises as `read`."""
        with self._reading() as session:
            _visible(session, conversation_id, owner)
            last = select(TurnRow.answer).filter_by(conversation_id=conversation_id).order_by(TurnRow.number.desc())
            answers = [AnswerOut.model_validate_json(answer) for answer in session.scalars(last.limit(HISTORY_TURNS))]
        return tuple(Turn(answer.question, answer.understood_as) for answer in reversed(answers))

    def add(self, turn: AnsweredTurn, owner: str | None) -> None:
        """Keep a turn; its conversation is made if it is the first."""
        answer, now = turn.answer, as_kept(datetime.now(UTC))
        made = {"id": answer.conversation_id, "owner": owner, "title": answer.question, "created_at": now, "updated_at": now}
        kept = {"conversation_id": answer.conversation_id, "kind": turn.kind, "question_id": answer.id}
        kept["answer"] = answer.model_dump_json()
        with self._writing_engine.begin() as connection:
            # First, which locks the row: the turns are numbered in the order in which they are kept.
            connection.execute(self._make_or_touch, made)
            connection.execute(self._add_turn, kept)

    def rename(self, conversation_id: str, title: str, owner: str | None) -> None:
        """Give a conversation another title; raises as `read`."""
        with self._writing.begin() as session:
            _locked(session, conversation_id, owner).title = title

    def judge(self, feedback: FeedbackIn, owner: str | None) -> str:
        """Keep what the asker thinks of an answer, in the place of what they thought before; return its conversation's id.

        Raises:
            ConversationNotFoundError: there is no such answer, or it is another's.
        """
        with self._writing.begin() as session:
            row = session.scalar(select(TurnRow).filter_by(question_id=_known(feedback.question_id)))
            if row is None:
                raise ConversationNotFoundError(feedback.question_id)
            _locked(session, row.conversation_id, owner)
            # One statement: of a double click, both find no opinion yet.
            given = {"verdict": feedback.verdict, "comment": feedback.comment, "given_at": as_kept(datetime.now(UTC))}
            upsert = insert_into(self._engine, FeedbackRow).values(turn_number=row.number, **given)
            session.execute(upsert.on_conflict_do_update(index_elements=["turn_number"], set_=given))
            return row.conversation_id

    def opinions(self) -> dict[FeedbackVerdict, int]:
        """Return how many answers were judged how; a verdict that nobody gave is not in it."""
        query = select(FeedbackRow.verdict, func.count()).group_by(FeedbackRow.verdict)
        with self._reading() as session:
            return {FeedbackVerdict(verdict): count for verdict, count in session.execute(query)}

    def judged(self) -> tuple[JudgedAnswer, ...]:
        """Return every answer that somebody gave an opinion of, the last opinion first; for those who keep the service."""
        with self._reading() as session:
            return tuple(_judged(row, answer) for row, answer in session.execute(_JUDGED))

    def judged_wrong(self, waits: Callable[[AnswerOut], bool], most: int) -> tuple[JudgedAnswer, ...]:
        """Return the last `most` answers judged wrong or incomplete for which `waits` says so, the last opinion first."""
        query = _JUDGED.where(FeedbackRow.verdict != FeedbackVerdict.RIGHT)
        with self._reading() as session, session.execute(query, execution_options=_FEW_AT_ONCE) as rows:
            judged = (_judged(row, answer) for row, answer in rows)
            return tuple(islice((one for one in judged if waits(one.answer)), most))

    def unanswered(self, owner: str | None, *, by_all: bool = False) -> tuple[Unanswered, ...]:
        """Return the questions that the reports did not answer, the most asked first: the owner's, and those of several.

        A question that one person asked may tell of that person: only who answers for the service sees those `by_all`.
        """
        refused = TurnRow.answer.contains('"status":"not_found"', autoescape=True)
        query = select(ConversationRow.owner, TurnRow.answer).join(ConversationRow).where(refused)
        query = query.order_by(TurnRow.number.desc()).limit(_LAST_REFUSALS)
        with self._reading() as session, session.execute(query, execution_options=_FEW_AT_ONCE) as rows:
            return grouped_by_words(((asker, AnswerOut.model_validate_json(answer)) for asker, answer in rows), owner, by_all)

    def share(self, conversation_id: str, owner: str | None) -> None:
        """Let whoever has its link read a conversation; raises as `read`."""
        with self._writing.begin() as session:
            _locked(session, conversation_id, owner)
            link = insert_into(self._engine, ShareRow).values(token=new_id("p"), conversation_id=conversation_id)
            session.execute(link.on_conflict_do_nothing())

    def withdraw(self, conversation_id: str, owner: str | None) -> None:
        """Take the link of a conversation back, if it has one; raises as `read`."""
        with self._writing.begin() as session:
            _locked(session, conversation_id, owner)
            session.execute(delete(ShareRow).filter_by(conversation_id=conversation_id))

    def shared(self, token: str) -> Conversation:
        """Return the conversation that a link leads to.

        Raises:
            ConversationNotFoundError: there is no such link, or it was taken back.
        """
        with self._reading() as session:
            row = session.scalar(select(ConversationRow).join(ShareRow).where(ShareRow.token == _known(token)))
            if row is None:
                raise ConversationNotFoundError(token)
            return _conversation(row)

    def delete(self, conversation_id: str, owner: str | None) -> None:
        """Delete a conversation and its turns; raises as `read`."""
        with self._writing.begin() as session:
            session.delete(_locked(session, conversation_id, owner))


def _visible(session: Session, conversation_id: str, owner: str | None, *, lock: bool = False) -> ConversationRow:
    row = session.get(ConversationRow, _known(conversation_id), with_for_update=lock or None)
    if row is None or row.owner not in (None, owner):
        raise ConversationNotFoundError(conversation_id)
    return row


def _locked(session: Session, conversation_id: str, owner: str | None) -> ConversationRow:
    """Return a conversation that nobody else changes or deletes until the session ends (SQLite locks the whole database)."""
    return _visible(session, conversation_id, owner, lock=True)


def _known(name: str) -> str:
    """Return an id that a database can be asked for; PostgreSQL refuses a text with NUL."""
    if "\0" in name:
        raise ConversationNotFoundError(name)
    return name


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(_summary(row), tuple(map(_turn, row.turns)), row.share.token if row.share else None)


def _summary(row: ConversationRow) -> ConversationSummary:
    return ConversationSummary(id=row.id, title=row.title, created_at=row.created_at, updated_at=row.updated_at)


def _turn(row: TurnRow) -> AnsweredTurn:
    feedback = _feedback(row.feedback) if row.feedback else None
    return AnsweredTurn(AnswerOut.model_validate_json(row.answer), QuestionKind(row.kind), feedback)


def _judged(row: FeedbackRow, answer: str) -> JudgedAnswer:
    return JudgedAnswer(AnswerOut.model_validate_json(answer), _feedback(row), row.given_at)


def _feedback(row: FeedbackRow) -> FeedbackOut:
    return FeedbackOut(verdict=FeedbackVerdict(row.verdict), comment=row.comment)
