"""How far the answers can be trusted, in words that need no explaining, and what nobody could be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template

from index.model import Document
from qa_service.quality import Quality, read_quality
from web.identity import owner
from web.state import current_conversations, current_reports, settings_in_force

bp = Blueprint("quality", __name__)

_SMALL = 0.1

# What each metric of an evaluation says to who asks; "{n}" is how many times in a hundred.
_WORDS = (
    ("right", "La réponse est juste", "Sur les questions d'essai auxquelles le rapport répond."),
    ("figure_exact", "Le chiffre demandé est le bon", "Celui que la réponse met en avant, avec son unité et sa période."),
    ("cite@1", "Le passage montré en premier contient la réponse", "Il est toujours cité avec sa section et ses pages."),
    ("verbatim", "La citation est mot pour mot dans le rapport", "C'est vérifié pour chaque réponse."),
    (
        "follow_up_right",
        "Une question qui suit la précédente est bien comprise",
        "« Et en 2020 ? » : relisez la question comprise.",
    ),
    ("refused", "Quand le rapport ne répond pas, le service le dit", "Le reste du temps, il montre à tort un passage voisin."),
    ("false_refusals", "Le service dit à tort ne pas savoir", "Posez alors la question avec d'autres mots."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing measured: `times` in a hundred, as French prints it."""

    times: str
    told: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured on one report; `quality` is None where nobody measured."""

    document: Document
    quality: Quality | None
    measures: tuple[Measure, ...]


@bp.get("/qualite")
def report() -> Response:
    """Show what the last evaluation found, the opinions given, and the questions left without an answer."""
    conversations = current_conversations()
    page = render_template(
        "quality.html",
        measured=[_measured(report.document) for report in current_reports()],
        opinions=Counter(conversations.opinions()),
        unanswered=conversations.unanswered(owner()),
    )
    return make_response(page)


def _measured(document: Document) -> Measured:
    quality = read_quality(settings_in_force(), document.slug)
    return Measured(document=document, quality=quality, measures=tuple(_measures(quality)) if quality else ())


def _measures(quality: Quality) -> Iterator[Measure]:
    for name, told, advice in _WORDS:
        if name in quality.totals:
            yield Measure(times=_in_a_hundred(quality.totals[name]), told=told, advice=advice)


def _in_a_hundred(share: float) -> str:
    """Return a share as so many in a hundred, small ones to a tenth."""
    digits = 0 if share >= _SMALL else 1
    return f"{share * 100:.{digits}f}".replace(".", ",")
