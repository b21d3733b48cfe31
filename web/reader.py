"""The report reader: the whole report with its outline; the words that a citation names are highlighted exactly."""

from __future__ import annotations

from enum import StrEnum

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from index.model import Figure, Span
from index.store.report_index import ReportIndex
from web.links import citation_key, cited_span
from web.page_images import page_image, pdf_of
from web.pieces import pieces_of
from web.problems import unknown
from web.state import current_reports, report_named, settings_in_force

bp = Blueprint("reader", __name__, url_prefix="/rapport")

MAX_CITATIONS = 20
_ONE_HOUR_S = 3600  # a page changes with its report only


class Extra(StrEnum):
    """What a reader may have shown besides the report's words."""

    FIGURES = "chiffres"
    LINKS = "liens"


@bp.get("")
def reports() -> Response:
    """Lead to the only report, or list them."""
    documents = [report.document for report in current_reports()]
    if len(documents) == 1:
        return make_response(redirect(url_for("reader.report", slug=documents[0].slug)))
    return make_response(render_template("reports.html", documents=documents, endpoint="reader.report"))


@bp.get("/<slug>")
def report(slug: str) -> Response:
    """Show one report, with the words highlighted that each `citation` of the address names."""
    found = report_named(slug)
    citations = request.args.getlist("citation")[:MAX_CITATIONS]
    marks = [mark for citation in citations if (mark := cited_span(citation, found.document.text))]
    wanted = {Extra(name) for name in request.args.getlist("montrer") if name in list(Extra)}
    page = render_template(
        "report.html",
        document=found.document,
        pieces=list(pieces_of(found, marks, _figure_links(found) if Extra.FIGURES in wanted else {})),
        inexact=len(marks) < len(citations),
        extras=[(extra, extra in wanted, sorted(wanted ^ {extra})) for extra in Extra],
        wanted=wanted,
        citations=citations,
        has_pictures=pdf_of(found, settings_in_force().seeds_dir) is not None,
    )
    response = make_response(page)
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/<slug>/pages/<int:number>.png")
def page_picture(slug: str, number: int) -> Response:
    """Show a page of a PDF report as it was printed."""
    found = report_named(slug)
    path = pdf_of(found, settings_in_force().seeds_dir)
    picture = page_image(path, number) if path and number in {page.number for page in found.document.pages} else None
    if picture is None:
        raise unknown("Ce rapport n'a pas d'image de cette page.")
    response = Response(picture, mimetype="image/png")
    response.cache_control.private, response.cache_control.max_age = True, _ONE_HOUR_S
    return response


def _figure_links(report: ReportIndex) -> dict[Span, Markup]:
    """Return a link to the page of each figure, to put around it."""
    slug, text = report.document.slug, report.document.text
    keys = {figure.span: citation_key(figure.span, figure.text) for figure in report.figures if _is_whole(figure, text)}
    addresses = {span: url_for("figures.figure", slug=slug, row_id=key) for span, key in keys.items()}
    return {span: Markup('<a class="printed" href="{}">{{}}</a>').format(address) for span, address in addresses.items()}


def _is_whole(figure: Figure, text: str) -> bool:
    """Tell whether a figure stands on one line: an element cannot be put around two."""
    return "\n" not in figure.span.of(text) and "\t" not in figure.span.of(text)
