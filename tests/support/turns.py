"""Turns made by hand, as a conversation keeps them."""

from __future__ import annotations

from qa_service.model import AnswerStatus, QuestionKind
from web.conversations import AnsweredTurn, new_id
from web.schemas.answers import AnswerOut

ALICE, BOB = "a" * 43, "b" * 43


def turn(question: str, conversation_id: str = "c_1") -> AnsweredTurn:
    """A refusal, as it is stored."""
    return AnsweredTurn(
        AnswerOut(
            id=new_id("q"), conversation_id=conversation_id, question=question, understood_as=question.upper(),
            status=AnswerStatus.NOT_FOUND, answer="Le rapport ne le dit pas.", confidence=0.1, figures=(), citations=(),
            alternatives=(), warnings=(), related=(), elapsed_ms=1.5,
        ),
        QuestionKind.DATE,
    )  # fmt: skip
