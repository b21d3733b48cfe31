"""The report reader: the whole report with its outline; the words that a citation names are highlighted exactly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from index.model import Passage, Section, Span
from index.store.report_index import ReportIndex
from web.links import cited_span
from web.rendering import Block, BlockKind, Overlay, blocks_of, first_shown, plain, render_block, render_line
from web.state import current_reports, report_named

bp = Blueprint("reader", __name__, url_prefix="/rapport")

MAX_CITATIONS = 20
_DEEPEST = 6
_SAME_TITLE = 0.7  # the contents and the body may differ in an ending, an accent, a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One block of the report, or a heading (`level` 2 to 6); `section` is set where an entry of the outline starts."""

    html: Markup
    level: int | None = None
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Above:
    """Where a block stands: the level of the outline's last heading, and the sub-headings before the next passage."""

    level: int
    headings: Sequence[str]


@bp.get("")
def reports() -> Response:
    """Lead to the only report, or list them."""
    documents = [report.document for report in current_reports()]
    if len(documents) == 1:
        return make_response(redirect(url_for("reader.report", slug=documents[0].slug)))
    return make_response(render_template("reports.html", documents=documents))


@bp.get("/<slug>")
def report(slug: str) -> Response:
    """Show one report, with the words highlighted that each `citation` of the address names."""
    found = report_named(slug)
    citations = request.args.getlist("citation")[:MAX_CITATIONS]
    marks = [mark for citation in citations if (mark := cited_span(citation, found.document.text))]
    page = render_template(
        "report.html",
        document=found.document,
        pieces=list(pieces_of(found, marks)),
        inexact=len(marks) < len(citations),
    )
    response = make_response(page)
    response.add_etag()
    response.make_conditional(request)
    return response


def pieces_of(report: ReportIndex, marks: Sequence[Span] = ()) -> Iterator[Piece]:
    """Yield the whole report in reading order; each passage has its anchor `p-<id>`."""
    text, passages = report.document.text, sorted(report.passages, key=lambda passage: passage.span)
    starts = [passage.span.start for passage in passages]
    sections = {first_shown(text, section.span.start): section for section in report.document.walk()}
    overlay = Overlay(marks, {first_shown(text, _landing(passage, marks)): f"p-{passage.id}" for passage in passages})
    level = 1
    for block in blocks_of(text, Span(0, len(text))):
        line = block.lines[0]
        following = bisect_right(starts, line.start)
        headings = passages[following].headings if following < len(passages) else ()
        piece = _piece(text, block, overlay, sections.get(line.start), Above(level, headings))
        level = piece.level or level if piece.section else level
        yield piece


def _landing(passage: Passage, marks: Sequence[Span]) -> int:
    """Return where a link to the passage leads: to its first highlighted words, else to its start."""
    return min((mark.start for mark in marks if mark in passage.span), default=passage.span.start)


def _piece(text: str, block: Block, overlay: Overlay, section: Section | None, above: Above) -> Piece:
    line = block.lines[0]
    title = _title(line.of(text)) if block.kind is BlockKind.PARAGRAPH else ""
    if section and _alike(title, section.title):
        return Piece(html=render_line(text, line, overlay), level=min(section.level + 1, _DEEPEST), section=section)
    if title and title in above.headings:
        level = min(above.level + 1 + above.headings.index(title), _DEEPEST)
        return Piece(html=render_line(text, line, overlay), level=level)
    return Piece(html=render_block(text, block, overlay), section=section)


def _title(line: str) -> str:
    return plain(line).lstrip("# ").rstrip(": ")


def _alike(line: str, title: str) -> bool:
    """Tell a section's heading from text: one that opens without heading starts with any line of the report."""
    return SequenceMatcher(None, line.casefold(), title.casefold()).ratio() > _SAME_TITLE
