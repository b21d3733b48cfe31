"""The chat: questions and answers as pages that need no script, and as fragments for the script that improves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from index.model import Section
from web.asking import ask
from web.conversations import Conversation
from web.errors import SCRIPT_HEADER
from web.identity import owner, remembered
from web.presenting import view
from web.problems import ProblemError, validated
from web.schemas.answers import QuestionIn
from web.schemas.conversations import TitleIn
from web.security import new_owner
from web.state import current_conversations, current_reports, current_service, section_named, settings_in_force
from web.transcripts import exported

bp = Blueprint("pages", __name__)


@dataclass(frozen=True, slots=True)
class SectionAsked:
    """The section of a report that the questions of a form are about."""

    slug: str
    section: Section


@bp.get("/")
def home() -> Response:
    """Show an empty conversation."""
    return _chat(section=_section_of(request.args))


@bp.post("/")
def ask_question() -> Response:
    """Answer the form's question: as a fragment for our script, else by leading on to the conversation."""
    try:
        asked = _question_of_form()
    except ProblemError as error:
        return _refused(error)
    owner_id = owner() or new_owner()
    turn = ask(asked, owner_id)
    if SCRIPT_HEADER in request.headers:
        response = make_response(render_template("_turn.html", turn=view(turn)))
    else:
        section = request.form.get("section") or None
        address = url_for("pages.conversation", conversation_id=turn.answer.conversation_id, section=section, _anchor="last")
        response = make_response(redirect(address, 303))
    return remembered(response, owner_id)


@bp.get("/conversations/<conversation_id>")
def conversation(conversation_id: str) -> Response:
    """Show one conversation."""
    return _chat(current_conversations().read(conversation_id, owner()), section=_section_of(request.args))


@bp.post("/conversations/<conversation_id>/supprimer")
def delete_conversation(conversation_id: str) -> Response:
    """Delete one conversation."""
    current_conversations().delete(conversation_id, owner())
    return make_response(redirect(url_for("pages.home"), 303))


@bp.post("/conversations/<conversation_id>/renommer")
def rename_conversation(conversation_id: str) -> Response:
    """Give one conversation another title."""
    named = validated(TitleIn, {"title": request.form.get("title", "")})
    current_conversations().rename(conversation_id, named.title, owner())
    return make_response(redirect(url_for("pages.conversation", conversation_id=conversation_id), 303))


@bp.get("/conversations/<conversation_id>/export.<ending>")
def export_conversation(conversation_id: str, ending: str) -> Response:
    """Give one conversation as a file."""
    return exported(current_conversations().read(conversation_id, owner()), ending)


@bp.get("/aide")
def help_page() -> Response:
    """Show what the service can and cannot do."""
    return make_response(render_template("help.html", retention_days=settings_in_force().retention_days))


@bp.get("/accessibilite")
def accessibility_statement() -> Response:
    """Show the accessibility statement."""
    return make_response(render_template("accessibility.html"))


def _question_of_form() -> QuestionIn:
    asked = {"question": request.form.get("question", "")}
    if conversation_id := request.form.get("conversation_id"):
        asked["conversation_id"] = conversation_id
    if section := request.form.get("section"):
        asked["document"], _, asked["section"] = section.partition("/")
    return validated(QuestionIn, asked)


def _section_of(values: Mapping[str, str]) -> SectionAsked | None:
    """Return the section that an address or a form names as "slug/id", None if it names none.

    Raises:
        ProblemError: there is no such section (404).
    """
    slug, _, section_id = values.get("section", "").partition("/")
    return SectionAsked(slug, section_named(slug, section_id)) if slug else None


def _refused(error: ProblemError) -> Response:
    """Show the form again with what was typed and what is wrong with it."""
    if SCRIPT_HEADER in request.headers:
        raise error
    typed = request.form.get("question", "")
    complaint = error.problem.errors[0].message if error.problem.errors else error.problem.detail
    response = _chat(typed=typed, complaint=complaint)
    response.status_code = error.problem.status
    return response


def _chat(
    shown: Conversation | None = None, *, typed: str = "", complaint: str = "", section: SectionAsked | None = None
) -> Response:
    service = current_service()
    page = render_template(
        "chat.html",
        conversation=shown,
        turns=[view(turn) for turn in shown.turns] if shown else [],
        conversations=current_conversations().list_of(owner()),
        documents=[report.document for report in current_reports()],
        section=section,
        examples=service.discoveries[section.slug].questions(section.section) if section else service.example_questions(),
        typed=typed,
        complaint=complaint,
    )
    response = make_response(page)
    # A browser shows what it has kept to who goes back, without asking: answers given since would not be there.
    response.headers["Cache-Control"] = "private, no-store"
    return response
