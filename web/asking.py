"""One question from request to stored answer: what the page and the API share."""

from __future__ import annotations

from qa_service.model import Question
from qa_service.timing import Stage, Stopwatch
from web import observing
from web.conversations import AnsweredTurn, new_id
from web.schemas import AnswerOut, QuestionIn
from web.state import current_conversations, current_service, report_named


def ask(asked: QuestionIn, owner: str | None) -> AnsweredTurn:
    """Return the answer to `asked`, kept in its conversation.

    Raises:
        ConversationNotFoundError: the conversation is not the caller's.
        ProblemError: the document is not indexed.
        IndexStateError: there is no service to ask.
    """
    service, conversations = current_service(), current_conversations()
    if asked.document is not None:
        report_named(asked.document)
    history = conversations.history(asked.conversation_id, owner) if asked.conversation_id is not None else ()
    watch = Stopwatch()
    answer = service.ask(Question(asked.question, history, asked.document), watch)
    turn = AnsweredTurn(
        AnswerOut.of(
            answer,
            turn_id=new_id("q"),
            conversation_id=asked.conversation_id or new_id("c"),
            elapsed_ms=sum(watch.seconds.values()) * 1000,
        ),
        answer.kind,
    )
    conversations.add(turn, owner)
    watch.lap(Stage.STORE)
    observing.answered(turn.answer, turn.kind, watch.seconds)
    return turn
