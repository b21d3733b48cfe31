"""Checking a text, as pages: a form for a text or a file, the figures marked with their verdicts, and the check as a file.

Nothing of a text checked is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup

from index.model import Span
from qa_service.checking.checker import Check, CheckedClaim
from qa_service.checking.drafts import MAX_FILE_BYTES, SUFFIXES, read_draft
from qa_service.checking.explaining import NAMES, explanation
from qa_service.checking.reporting import FORMATS, stretches, summary
from qa_service.errors import DraftError
from web.files import file_to_save
from web.links import citation_key, report_url
from web.problems import ProblemError, problem_of, unknown, validated
from web.quoting import where
from web.rendering import Overlay, blocks_of, render_block
from web.schemas.checks import CheckIn
from web.state import current_service

bp = Blueprint("checks", __name__, url_prefix="/verifier")

_ROOM = 64 * 1024  # for what a form sends beside its file
# A PDF may take half a minute and a gigabyte: the other threads are for those who ask.
_reading = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A figure of the text ready for its template; `quote` is the report's sentence with its figure marked."""

    number: int
    checked: CheckedClaim
    name: str
    explanation: str
    quote: Markup
    where: str
    url: str


@bp.get("")
def form() -> Response:
    """Show the empty form."""
    return _page("")


@bp.post("")
def check() -> Response:
    """Check the text, or the file, of the form."""
    request.max_content_length = MAX_FILE_BYTES + _ROOM
    text = request.form.get("text", "")
    try:
        text = _draft(text)
        checked = check_text(text)
    except ProblemError as error:
        problem = error.problem.errors[0].message if error.problem.errors else error.problem.detail
        return _page(text, complaint=problem, status=error.problem.status)
    except DraftError as error:
        return _page(text, complaint=str(error), status=422)
    return _page(checked.text, checked=checked)


@bp.post("/export.<ending>")
def export(ending: str) -> Response:
    """Give the check of the form's text as a file."""
    if ending not in FORMATS:
        raise unknown("Un contrôle s'exporte en .docx ou en .md.")
    content = FORMATS[ending](check_text(_one_line_break(request.form.get("text", ""))))
    return file_to_save(content, "verification", ending)


def check_text(text: str) -> Check:
    """Return the check of a text.

    Raises:
        ProblemError: it is empty, too long or holds a control character (422).
        IndexStateError: there is no report to check it against.
    """
    return current_service().checker.check(validated(CheckIn, {"text": text}).text)


def _draft(text: str) -> str:
    """Return the text of the form, or of its file; where others are being read, nobody waits for them: 503."""
    file = request.files.get("file")
    if not file or not file.filename:
        return _one_line_break(text)
    if not _reading.acquire(blocking=False):
        raise ProblemError(problem_of(503, "D'autres fichiers sont en cours de lecture ; renvoyez le vôtre dans un instant."))
    try:
        return read_draft(file.filename, file.read())
    finally:
        _reading.release()


def _one_line_break(text: str) -> str:
    return text.replace("\r\n", "\n")  # as forms send it


def _page(text: str, *, checked: Check | None = None, complaint: str = "", status: int = 200) -> Response:
    page = render_template(
        "check.html",
        text=text,
        complaint=complaint,
        check=checked,
        summary=summary(checked) if checked else "",
        claims=[_view(one, number) for number, one in enumerate(checked.claims, start=1)] if checked else (),
        pieces=list(stretches(checked)) if checked else (),
        suffixes=SUFFIXES,
        formats=tuple(FORMATS),
    )
    return make_response(page, status)


def _view(checked: CheckedClaim, number: int) -> ClaimView:
    nearest = checked.nearest
    quote, place, url = Markup(), "", ""
    if nearest:
        document, passage, span = nearest.unit.index.document, nearest.unit.ref.passage, nearest.unit.ref.unit.span
        blocks = blocks_of(document.text, span)
        quote = Markup().join(render_block(document.text, block, Overlay((nearest.figure.span,))) for block in blocks)
        place = where(passage)
        url = report_url(document.slug, passage.id, citation_key(Span(span.start, span.end), span.of(document.text)))
    return ClaimView(
        number=number,
        checked=checked,
        name=NAMES[checked.verdict],
        explanation=explanation(checked),
        quote=quote,
        where=place,
        url=url,
    )
