"""Words looked for in a report: each sentence that has them, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, make_response, render_template, request

from qa_service.concordance import Occurrence
from web.links import citation_key, report_url
from web.quoting import marked_sentence, where
from web.state import current_service, report_named
from web.typography import thousands

bp = Blueprint("report_search", __name__, url_prefix="/rapport")

_MAX_QUERY_CHARS = 200
_MOST = 100  # sentences on the page


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences of one passage with the words looked for, marked; `url` leads to them in the report."""

    where: str
    sentences: tuple[str, ...]
    url: str


@bp.get("/<slug>/recherche")
def search(slug: str) -> Response:
    """Show where the words of `?q=` stand in a report."""
    document = report_named(slug).document
    query = request.args.get("q", "").strip()[:_MAX_QUERY_CHARS]
    found = current_service().concordance.find(slug, query) if query else ()
    groups = groupby(found[:_MOST], key=lambda one: one.passage)
    page = render_template(
        "report_search.html",
        document=document,
        query=query,
        total=thousands(len(found)),
        shown=_MOST if len(found) > _MOST else None,
        found=[_found(document.text, list(group)) for _, group in groups],
    )
    return make_response(page)


def _found(text: str, occurrences: list[Occurrence]) -> Found:
    passage = occurrences[0].passage
    keys = [citation_key(word, word.of(text)) for one in occurrences for word in one.words]
    return Found(
        where=where(passage),
        sentences=tuple(marked_sentence(text, one.sentence, one.words) for one in occurrences),
        url=report_url(passage.document, passage.id, *keys),
    )
