"""The glossary as a page: every acronym and house word, what it means, and where the report uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, make_response, render_template, request

from index.french.folding import fold
from index.glossary import cited_place
from index.model import GlossaryEntry
from index.store.report_index import ReportIndex
from web.quoting import Quoted, quoted
from web.state import current_reports

bp = Blueprint("glossary", __name__)

_MAX_QUERY_CHARS = 200
_OTHER = "#"  # the heading of what opens with no letter


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry ready for its template; `source` is None where the report has no passage to show."""

    entry: GlossaryEntry
    key: str
    source: Quoted | None


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading: their first letter, or "" for what a search found."""

    heading: str
    entries: tuple[EntryView, ...]


@bp.get("/glossaire")
def entries() -> Response:
    """Show the glossary, or what of it answers `?q=`, terms before explanations."""
    query = request.args.get("q", "").strip()[:_MAX_QUERY_CHARS]
    views = _views(current_reports())
    page = render_template(
        "glossary.html", query=query, groups=_found(views, query) if query else _by_letter(views), total=len(views)
    )
    return make_response(page)


def _views(reports: Iterable[ReportIndex]) -> list[EntryView]:
    """Return every entry in alphabetical order, each with a key of its own for links."""
    named = sorted(((fold(entry.term).strip(), entry, report) for report in reports for entry in report.glossary), key=_order)
    views: list[EntryView] = []
    for key, same in groupby(named, key=lambda one: _key(one[0])):
        for number, (_, entry, report) in enumerate(same, start=1):
            place = cited_place(entry, report.passages)
            source = quoted(report.document, *place) if place else None
            views.append(EntryView(entry, key if number == 1 else f"{key}-{number}", source))
    return views


def _order(named: tuple[str, GlossaryEntry, ReportIndex]) -> tuple[bool, str]:
    key = _key(named[0])
    return not key[:1].isalpha(), key


def entry_key(term: str) -> str:
    """Return the anchor of a term's entry, the first one where several bear it."""
    return _key(fold(term).strip())


def _key(folded: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def _by_letter(views: Sequence[EntryView]) -> list[Group]:
    lettered = groupby(views, key=lambda view: view.key[0].upper() if view.key[:1].isalpha() else _OTHER)
    return [Group(letter, tuple(group)) for letter, group in lettered]


def _found(views: Sequence[EntryView], query: str) -> list[Group]:
    words = fold(query).split()
    named = [view for view in views if _holds(view, words, (view.entry.term, *view.entry.writings, view.entry.expansion))]
    told = [view for view in views if view not in named and _holds(view, words, (view.entry.term, view.entry.explanation))]
    return [Group("", (*named, *told))] if named or told else []


def _holds(view: EntryView, words: Sequence[str], texts: Sequence[str]) -> bool:
    text = fold(" ".join(texts))
    return all(word in text for word in words)
