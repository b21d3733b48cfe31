"""What those who ask think of the answers."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from web.conversations import ConversationNotFoundError, JudgedAnswer
from web.errors import SCRIPT_HEADER
from web.files import csv_file
from web.identity import owner
from web.metrics import current_metrics
from web.problems import unknown, validated
from web.schemas.conversations import FeedbackIn, FeedbackOut, FeedbackVerdict
from web.state import current_conversations

bp = Blueprint("feedback", __name__)

HEADERS = ("Quand", "Avis", "Remarque", "Question", "Question comprise", "Réponse")
_NAMES = {FeedbackVerdict.RIGHT: "juste", FeedbackVerdict.WRONG: "fausse", FeedbackVerdict.INCOMPLETE: "incomplète"}


@bp.post("/avis")
def give() -> Response:
    """Keep what the form says: lead back to the answer, or give our script the form as it now stands."""
    feedback = validated(FeedbackIn, {name: value.replace("\r\n", "\n") for name, value in request.form.items()})
    conversation_id = keep(feedback)
    if SCRIPT_HEADER in request.headers:
        given = FeedbackOut(verdict=feedback.verdict, comment=feedback.comment)
        return make_response(render_template("_feedback.html", question_id=feedback.question_id, feedback=given))
    address = url_for("pages.conversation", conversation_id=conversation_id, _anchor=feedback.question_id)
    return make_response(redirect(address, 303))


def as_csv(judged: Iterable[JudgedAnswer]) -> bytes:
    """Return opinions as CSV, below their headers."""
    return csv_file([HEADERS, *map(_row, judged)])


def keep(feedback: FeedbackIn) -> str:
    """Keep what the caller thinks of an answer and return the id of its conversation.

    Raises:
        ProblemError: there is no such question, or it is another's (404).
    """
    try:
        conversation_id = current_conversations().judge(feedback, owner())
    except ConversationNotFoundError:
        raise unknown("Cette question n'existe pas, ou n'est pas la vôtre.") from None
    current_metrics().count_verdict(feedback.verdict)
    return conversation_id


def _row(one: JudgedAnswer) -> tuple[str, ...]:
    answer, opinion = one.answer, one.feedback
    cells = (one.given_at, _NAMES[opinion.verdict], opinion.comment, answer.question, answer.understood_as, answer.answer)
    return tuple(" ".join(cell.split()) for cell in cells)
