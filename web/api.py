"""The JSON API, version 1, and the health checks."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel

from index.store.report_index import ReportIndex
from web import openapi
from web.asking import ask
from web.bodies import json_body
from web.exporting import as_csv
from web.feedback import keep
from web.figures import figures_query, found_rows
from web.files import file_to_save
from web.identity import owner
from web.problems import unknown
from web.readiness import check_ready
from web.schemas.answers import Health, QuestionIn
from web.schemas.checks import CheckIn, CheckOut
from web.schemas.conversations import ConversationList, ConversationOut, FeedbackIn, FeedbackOut
from web.schemas.figures import FigureList, FigureRow
from web.schemas.glossary import Glossary, GlossaryEntryOut
from web.schemas.insights import EvolutionList, EvolutionOut, FindingList, FindingOut
from web.schemas.reports import DocumentList, DocumentOut, PassageOut, SectionList, SectionOut, section_detail
from web.state import current_conversations, current_reports, current_service, report_named
from web.transcripts import exported

bp = Blueprint("api", __name__, url_prefix="/api/v1")
health = Blueprint("health", __name__, url_prefix="/health")


@bp.post("/questions")
def create_question() -> Response:
    """Answer a question."""
    return _json(ask(json_body(QuestionIn), owner()).answer)


@bp.post("/checks")
def create_check() -> Response:
    """Check the figures of a text."""
    return _json(CheckOut.of(current_service().checker.check(json_body(CheckIn).text)))


@bp.get("/conversations")
def list_conversations() -> Response:
    """List the caller's conversations."""
    return _json(ConversationList(conversations=current_conversations().list_of(owner())))


@bp.get("/conversations/<conversation_id>")
def get_conversation(conversation_id: str) -> Response:
    """Give one conversation."""
    conversation = current_conversations().read(conversation_id, owner())
    turns = tuple(turn.answer for turn in conversation.turns)
    return _json(ConversationOut(**dict(conversation.summary), turns=turns))


@bp.delete("/conversations/<conversation_id>")
def delete_conversation(conversation_id: str) -> Response:
    """Delete one conversation."""
    current_conversations().delete(conversation_id, owner())
    return Response(status=204)


@bp.get("/conversations/<conversation_id>/export")
def export_conversation(conversation_id: str) -> Response:
    """Give one conversation as a file."""
    return exported(current_conversations().read(conversation_id, owner()), request.args.get("format", "md"))


@bp.post("/feedback")
def create_feedback() -> Response:
    """Keep what the asker thinks of an answer."""
    given = json_body(FeedbackIn)
    keep(given)
    response = _json(FeedbackOut(verdict=given.verdict, comment=given.comment))
    response.status_code = 201
    return response


@bp.get("/documents")
def list_documents() -> Response:
    """List the indexed reports."""
    return _json(DocumentList(documents=tuple(map(DocumentOut.of, current_reports()))))


@bp.get("/figures")
def list_figures() -> Response:
    """Give a page of the register of figures, or all rows found as CSV."""
    query = figures_query(request.args)
    found = found_rows(query)
    if request.accept_mimetypes.best_match(["application/json", "text/csv"]) == "text/csv":
        return file_to_save(as_csv(found), "chiffres", "csv")
    shown = found[query.cursor : query.cursor + query.limit]
    following = query.cursor + query.limit
    return _json(
        FigureList(
            figures=tuple(map(FigureRow.of, shown)),
            total=len(found),
            next_cursor=following if following < len(found) else None,
        )
    )


@bp.get("/evolutions")
def list_evolutions() -> Response:
    """Give what the reports state for several years."""
    found = tuple(EvolutionOut.of(one, report) for report in _asked_reports() for one in report.evolutions)
    return _json(EvolutionList(evolutions=found))


@bp.get("/findings")
def list_findings() -> Response:
    """Give what in the reports to check before quoting."""
    found = tuple(FindingOut.of(one, report) for report in _asked_reports() for one in report.findings)
    return _json(FindingList(findings=found))


@bp.get("/glossary")
def list_glossary() -> Response:
    """Give the acronyms and house words."""
    found = tuple(GlossaryEntryOut.of(one, report) for report in _asked_reports() for one in report.glossary)
    return _json(Glossary(entries=found))


@bp.get("/sections")
def list_sections() -> Response:
    """Give the outline."""
    return _json(
        SectionList(
            sections=tuple(
                SectionOut.of(section, report.document.slug)
                for report in _asked_reports()
                for section in report.document.sections
            )
        )
    )


@bp.get("/sections/<section_id>")
def get_section(section_id: str) -> Response:
    """Give one section with its passages."""
    for report in _asked_reports():
        if section := report.document.section(section_id):
            return _json(section_detail(section, report))
    raise unknown(f"Aucune section ne porte l'identifiant « {section_id} ».")


@bp.get("/passages/<passage_id>")
def get_passage(passage_id: str) -> Response:
    """Give one passage."""
    for report in _asked_reports():
        if passage := report.passage(passage_id):
            return _json(PassageOut.of(passage))
    raise unknown(f"Aucun passage ne porte l'identifiant « {passage_id} ».")


@bp.get("/openapi.json")
def get_openapi() -> Response:
    """Describe this API."""
    return Response(json.dumps(openapi.document(current_app), ensure_ascii=False), mimetype="application/json")


@health.get("/live")
def live() -> Response:
    """Tell that the process answers."""
    return _json(Health(status="live"))


@health.get("/ready")
def ready() -> Response:
    """Tell that questions can be answered."""
    return _json(Health(status="ready", documents=check_ready()))


def _json(body: BaseModel) -> Response:
    return Response(body.model_dump_json(), mimetype="application/json")


def _asked_reports() -> tuple[ReportIndex, ...]:
    """Return the report that `?document=` names, every report without it."""
    slug = request.args.get("document")
    return current_reports() if slug is None else (report_named(slug),)
