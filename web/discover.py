"""Discovering an authority by its report: a page for each service, a guided tour, a quiz."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from qa_service.discovering.discovery import Discovery
from qa_service.discovering.quiz import SERIES, QuizItem
from qa_service.discovering.tour import services_of
from web.portraying import portrait_view
from web.problems import unknown
from web.quoting import Quoted, quoted
from web.state import current_reports, current_service, report_named, section_named
from web.typography import french

bp = Blueprint("discover", __name__, url_prefix="/decouvrir")

TOUR_COOKIE = "qa_tour"
_ONE_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item of the quiz; `chosen` is the number of the option taken, None before; then `source` quotes the answer."""

    question: str
    options: tuple[str, ...]
    right: int
    chosen: int | None
    has_gap: bool
    source: Quoted


@bp.get("")
def home() -> Response:
    """Lead to the only report, or list them."""
    documents = [report.document for report in current_reports()]
    if len(documents) == 1:
        return make_response(redirect(url_for("discover.report", slug=documents[0].slug)))
    return make_response(render_template("reports.html", documents=documents, endpoint="discover.report"))


@bp.get("/<slug>")
def report(slug: str) -> Response:
    """Show what there is to discover of one report."""
    found = _discovery(slug)
    document = found.report.document
    parts = [part for part in document.sections if part.title != document.title]
    page = render_template("discover.html", document=document, parts=parts, tour=found.tour, step=_step_of_cookie(found))
    return make_response(page)


@bp.get("/<slug>/<section_id>")
def section(slug: str, section_id: str) -> Response:
    """Show the portrait of one section."""
    found = _discovery(slug)
    document = found.report.document
    wanted = section_named(slug, section_id)
    services = list(services_of(document))
    place = services.index(wanted) if wanted in services else None
    page = render_template(
        "portrait.html",
        document=document,
        section=wanted,
        above=[one for one in document.walk() if wanted in one.children],
        shown=portrait_view(found, wanted),
        questions=found.questions(wanted),
        before=services[place - 1] if place else None,
        after=services[place + 1] if place is not None and place + 1 < len(services) else None,
    )
    return make_response(page)


@bp.get("/<slug>/visite")
def tour(slug: str) -> Response:
    """Lead to the step of the tour where this browser stopped."""
    found = _discovery(slug)
    return make_response(redirect(url_for("discover.step", slug=slug, number=_step_of_cookie(found) or 1)))


@bp.get("/<slug>/visite/<int:number>")
def step(slug: str, number: int) -> Response:
    """Show one step of the tour, and remember it."""
    found = _discovery(slug)
    if not 1 <= number <= len(found.tour):
        raise unknown(f"La visite a {len(found.tour)} étapes.")
    visited = found.tour[number - 1]
    page = render_template(
        "tour.html",
        document=found.report.document,
        section=visited,
        shown=portrait_view(found, visited),
        questions=found.questions(visited),
        number=number,
        tour=found.tour,
    )
    response = make_response(page)
    value = f"{slug}/{number}"
    response.set_cookie(TOUR_COOKIE, value, max_age=_ONE_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@bp.get("/<slug>/quiz")
def quiz(slug: str) -> Response:
    """Show one series of the quiz; with the options taken in the address, what the report says."""
    found = _discovery(slug)
    series = request.args.get("serie", 1, type=int)
    if not 1 <= series <= SERIES:
        raise unknown(f"Le quiz a {SERIES} séries.")
    items = [_item(found, item, request.args.get(f"r{number}")) for number, item in enumerate(found.quiz(series), start=1)]
    page = render_template(
        "quiz.html",
        document=found.report.document,
        items=items,
        series=series,
        following=series % SERIES + 1,
        answered=any(item.chosen is not None for item in items),
        score=sum(item.chosen == item.right for item in items),
    )
    return make_response(page)


def _discovery(slug: str) -> Discovery:
    return current_service().discoveries[report_named(slug).document.slug]


def _step_of_cookie(found: Discovery) -> int | None:
    """Return the step where this browser stopped, None if it never began, or if the tour has changed."""
    slug, _, number = request.cookies.get(TOUR_COOKIE, "").rpartition("/")
    if slug != found.report.document.slug or not number.isdecimal() or len(number) > len(str(len(found.tour))):
        return None
    return int(number) if 1 <= int(number) <= len(found.tour) else None


def _item(found: Discovery, item: QuizItem, taken: str | None) -> ItemView:
    valid = taken is not None and taken in map(str, range(len(item.options)))
    return ItemView(
        question=french(item.question) if not item.has_gap else item.question,
        options=item.options,
        right=item.right,
        chosen=int(taken) if taken is not None and valid else None,
        has_gap=item.has_gap,
        source=quoted(found.report.document, item.passage, item.quote, [item.marked]),
    )
