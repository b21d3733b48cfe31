"""Verified answers as pages: what was judged wrong or left without answer, and the form that puts it right."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from index.model import Span
from index.store.report_index import ReportIndex
from qa_service.corrections import Correction, checked, question_key, still_holds
from qa_service.errors import CorrectionError
from qa_service.model import Question
from web.correction_cases import as_cases
from web.files import file_to_save
from web.identity import Role, current_identity, owner, require
from web.problems import ProblemError, validated
from web.quoting import marked_sentence
from web.schemas.corrections import CorrectionIn
from web.state import current_conversations, current_corrections, current_reports, current_service, report_named
from web.storage.corrections import now

bp = Blueprint("corrections", __name__, url_prefix="/corrections")

_CANDIDATES = 8  # sentences offered as the proof
_JUDGED = 50  # answers shown that were judged wrong


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be the proof: `words` as the report prints it, `shown` as it is read."""

    words: str
    shown: str


@bp.before_request
def _editors_only() -> None:
    require(Role.EDITOR)


@bp.get("")
def overview() -> Response:
    """Show what waits to be put right, and what was."""
    conversations, corrections = current_conversations(), current_corrections().all()
    verified = {question_key(one.question) for one in corrections}
    judged = conversations.judged_wrong(lambda answer: question_key(answer.understood_as) not in verified, _JUDGED)
    unanswered = conversations.unanswered(None, by_all=True)
    reports = {report.document.slug: report for report in current_reports()}
    page = render_template(
        "corrections.html",
        judged=judged,
        there_may_be_more=len(judged) == _JUDGED,
        unanswered=[one for one in unanswered if question_key(one.question) not in verified],
        corrections=[(one, _holds(one, reports)) for one in corrections],
    )
    return make_response(page)


@bp.get("/nouvelle")
def form() -> Response:
    """Show the form for one question, filled with what is known."""
    question = request.args.get("question", "").strip()[:1000]
    return _form(question, request.args.get("document", ""))


@bp.post("")
def keep() -> Response:
    """Keep a verified answer, or show the form again with what is wrong."""
    values = {name: value.replace("\r\n", "\n") for name, value in request.form.items() if value}
    try:
        asked = validated(CorrectionIn, values)
        report = report_named(asked.document)
        correction = Correction(
            document=asked.document,
            question=asked.question,
            told=asked.told,
            quote="" if asked.silent else asked.quote or asked.sentence,
            author=current_identity().name,
            corrected_at=now(),
        )
        if not asked.silent and not correction.quote:
            raise CorrectionError("Choisissez la phrase du rapport qui répond, ou dites que le rapport ne le dit pas.")
        current_corrections().keep(checked(correction, report), owner())
    except CorrectionError as error:
        return _form(values.get("question", ""), values.get("document", ""), complaint=str(error))
    except ProblemError as error:
        if error.problem.status != 422:
            raise
        problem = error.problem.errors[0]
        return _form(values.get("question", ""), values.get("document", ""), complaint=f"{problem.field} : {problem.message}")
    return make_response(redirect(url_for("corrections.overview", _anchor="verifiees"), 303))


@bp.post("/retirer")
def withdraw() -> Response:
    """Take a verified answer back."""
    current_corrections().withdraw(request.form.get("question", ""), request.form.get("document", ""))
    return make_response(redirect(url_for("corrections.overview", _anchor="verifiees"), 303))


@bp.get("/cas.jsonl")
def cases() -> Response:
    """Give every verified answer as a case for `qa-service evaluate --questions`."""
    return file_to_save(as_cases(current_corrections().all(), current_service()), "cas", "jsonl")


def _form(question: str, document: str, complaint: str = "") -> Response:
    reports = current_reports()
    report = next((one for one in reports if one.document.slug == document), reports[0])
    known = current_corrections().find(question, {report.document.slug}) if question else None
    page = render_template(
        "correction.html",
        question=question,
        documents=[one.document for one in reports],
        document=report.document,
        answer=current_service().ask(Question(question, document=report.document.slug)) if question else None,
        candidates=_candidates(question, report) if question else (),
        known=known,
        typed=request.form,
        complaint=complaint,
    )
    response = make_response(page)
    response.status_code = 422 if complaint else 200
    return response


def _candidates(question: str, report: ReportIndex) -> tuple[Candidate, ...]:
    """Return the sentences nearest to a question, best first."""
    (ranking,) = current_service().rank(Question(question, document=report.document.slug))
    text = report.document.text
    spans: list[Span] = [unit.ref.unit.span for unit in ranking.units(_CANDIDATES)]
    return tuple(Candidate(span.of(text), marked_sentence(text, span, ())) for span in spans)


def _holds(correction: Correction, reports: dict[str, ReportIndex]) -> bool:
    report = reports.get(correction.document)
    return report is not None and still_holds(correction, report)
