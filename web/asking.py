"""One question from request to stored answer: what the page and the API share."""

from __future__ import annotations

from qa_service.corrections import Correction, verified_answer
from qa_service.model import Answer, Question
from qa_service.timing import Stage, Stopwatch
from web import observing
from web.conversations import AnsweredTurn, new_id
from web.schemas.answers import AnswerOut, QuestionIn
from web.state import current_conversations, current_corrections, current_reports, current_service, report_named, section_named


def ask(asked: QuestionIn, owner: str | None) -> AnsweredTurn:
    """Return the answer to `asked`, kept in its conversation.

    Raises:
        ConversationNotFoundError: the conversation is not the caller's.
        ProblemError: the document is not indexed.
        IndexStateError: there is no service to ask.
    """
    conversations = current_conversations()
    if asked.section is not None:
        section_named(asked.document or "", asked.section)
    elif asked.document is not None:
        report_named(asked.document)
    history = conversations.history(asked.conversation_id, owner) if asked.conversation_id is not None else ()
    watch = Stopwatch()
    question = Question(asked.question, history, asked.document, asked.section)
    turn = answered(question, watch, conversation_id=asked.conversation_id or new_id("c"))
    conversations.add(turn, owner)
    watch.lap(Stage.STORE)
    observing.answered(turn.answer, turn.kind, watch.seconds)
    return turn


def answered(question: Question, watch: Stopwatch, *, conversation_id: str) -> AnsweredTurn:
    """Return the answer to a question, which is not kept, timed by `watch`; raises IndexStateError as `ask`."""
    answer, correction = _verified(current_service().ask(question, watch), question)
    told = AnswerOut.of(
        answer,
        turn_id=new_id("q"),
        conversation_id=conversation_id,
        elapsed_ms=sum(watch.seconds.values()) * 1000,
        correction=correction,
    )
    return AnsweredTurn(told, answer.kind)


def _verified(answer: Answer, question: Question) -> tuple[Answer, Correction | None]:
    """Return the verified answer to the same question and what it is by; the answer as it is where there is none."""
    if question.section is not None:  # what was verified of a whole report says nothing of a part of it
        return answer, None
    reports = {one.document.slug: one for one in current_reports() if question.document in (None, one.document.slug)}
    correction = current_corrections().find(answer.understood_as, reports)
    verified = verified_answer(answer, correction, reports[correction.document]) if correction else None
    return (verified, correction) if verified else (answer, None)
