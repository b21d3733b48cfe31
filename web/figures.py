"""The register of figures as pages: search, sort, page through, one row by its own address, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup

from index.model import FigureKind
from qa_service.register import Order, Row
from web.citing import place
from web.exporting import as_csv, as_xlsx
from web.files import file_to_save
from web.links import citation_key, cited_span, report_url
from web.problems import ProblemError, unknown, validated
from web.quoting import marked_sentence
from web.rendering import plain
from web.schemas.figures import FiguresQuery
from web.state import current_register, current_reports, report_named
from web.typography import period_label

bp = Blueprint("figures", __name__, url_prefix="/chiffres")

_FILES = {"csv": as_csv, "xlsx": as_xlsx}
_COLUMNS = {Order.VALUE: "Chiffre", Order.LABEL: "Ce qu'il compte", Order.PERIOD: "Période", Order.PLACE: "Place"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row ready for its template: `key` names its figure for good, `sentence` has the figure marked, `reference` is what
    "copier" gives.
    """

    row: Row
    key: str
    sentence: Markup
    reference: str
    address: str
    url: str


@bp.get("")
def register() -> Response:
    """Show a page of the register, with the form that it was searched by."""
    complaint, query = "", FiguresQuery()
    try:
        query = figures_query(request.args)
    except ProblemError as error:
        if error.problem.status != 422:
            raise
        problem = error.problem.errors[0]
        complaint = f"{problem.field} : {problem.message}"
    found = found_rows(query)
    page = render_template(
        "figures.html",
        query=query,
        complaint=complaint,
        rows=[view(row) for row in found[query.cursor : query.cursor + query.limit]],
        total=len(found),
        columns=_COLUMNS,
        kinds=list(FigureKind),
        units=current_register().units(),
        documents=[report.document for report in current_reports()],
        search=_search,
    )
    return make_response(page, 422 if complaint else 200)


@bp.get("/<slug>/<row_id>")
def figure(slug: str, row_id: str) -> Response:
    """Show one row by its own address."""
    span = cited_span(row_id, report_named(slug).document.text)
    row = current_register().row(slug, span) if span else None
    if row is None:
        raise unknown("Ce chiffre n'est plus dans le rapport : cherchez-le dans le registre.")
    return make_response(render_template("figure.html", shown=view(row)))


@bp.get("/export.<ending>")
def export(ending: str) -> Response:
    """Give all rows found as a file for a spreadsheet."""
    if ending not in _FILES:
        raise unknown("Le registre s'exporte en CSV ou en XLSX.")
    return file_to_save(_FILES[ending](found_rows(figures_query(request.args))), "chiffres", ending)


def figures_query(args: Mapping[str, str]) -> FiguresQuery:
    """Return what an address asks of the register; an empty field asks nothing.

    Raises:
        ProblemError: a field is unknown or has a value that it cannot have (422).
    """
    return validated(FiguresQuery, {name: value for name, value in args.items() if value})


def found_rows(query: FiguresQuery) -> tuple[Row, ...]:
    """Return the rows that a query asks for; raises as `report_named` for a report that there is not."""
    if query.document:
        report_named(query.document)
    return current_register().search(query.wanted())


def view(row: Row) -> RowView:
    """Return a row as the pages show it."""
    text, figure = row.document.text, row.figure
    key = citation_key(figure.span, figure.text)
    return RowView(
        row=row,
        sentence=marked_sentence(text, row.sentence, [figure.span]),
        reference=_reference(row),
        key=key,
        address=url_for("figures.figure", slug=row.document.slug, row_id=key),
        url=report_url(row.document.slug, row.passage.id, key),
    )


def _reference(row: Row) -> str:
    """Return the figure, what it counts, its period, sentence, report, section and pages as one text to paste."""
    figure, pages = row.figure, row.passage.pages
    # A unit is in the text as printed, in what the figure counts, or a code ("EUR") that nobody prints.
    counted = figure.unit if figure.kind is FigureKind.COUNT and not figure.label else figure.label
    head = [f"{figure.text} {counted}".strip() if figure.kind is FigureKind.COUNT else figure.text]
    head += [figure.label] if figure.kind is not FigureKind.COUNT else []
    head += [period_label(figure.period or figure.date)] if figure.kind is not FigureKind.DATE else []
    where = place(row.document.title, row.passage.section_path, pages.first if pages else None, pages.last if pages else None)
    sentence = " ".join(plain(row.text).split())
    return f"{', '.join(filter(None, head))} : « {sentence} » ({where})"


def _search(query: FiguresQuery, **changes: object) -> str:
    """Return the same search with some fields changed, as the query of an address; defaults are left out."""
    values = query.model_copy(update=changes).model_dump(mode="json", exclude_defaults=True)
    return urlencode({name: "true" if value is True else value for name, value in values.items()})
