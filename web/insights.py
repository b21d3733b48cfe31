"""What is seen when a report's figures are held against one another: evolutions, and points to check."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, Response, make_response, render_template

from index.auditing import Certainty, Finding
from index.evolutions import Evolution
from index.french.writing import number_in_french
from index.model import Figure, FigureKind, Passage, Span
from index.store.report_index import ReportIndex
from web.quoting import Quoted, quoted
from web.rendering import plain
from web.state import current_reports
from web.typography import period_label

bp = Blueprint("insights", __name__)

_BAR_WIDTH, _BAR_HEIGHT, _BAR_STEP = 180, 18, 28  # units of the drawing
_LABEL_WIDTH = 90
_CERTAINTY = {Certainty.SURE: "certain", Certainty.LIKELY: "à vérifier"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a chart: what it is of, how it is printed, and where and how wide its bar is drawn."""

    period: str
    printed: str
    y: int
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EvolutionView:
    """An evolution ready for its template; `change` and `verdict` are French sentences, "" for none."""

    title: str
    bars: tuple[Bar, ...]
    height: int
    change: str
    verdict: str
    agrees: bool | None
    source: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A point to check ready for its template."""

    text: str
    certainty: str
    sources: tuple[Quoted, ...]


@bp.get("/evolutions")
def evolutions() -> Response:
    """Show what the reports give for several years, as charts with their numbers."""
    views = [evolution_view(one, report) for report in current_reports() for one in report.evolutions]
    return make_response(render_template("evolutions.html", evolutions=views, bar_height=_BAR_HEIGHT, label_width=_LABEL_WIDTH))


@bp.get("/points-de-vigilance")
def findings() -> Response:
    """Show what in the reports to check before quoting."""
    views = [finding_view(one, report) for report in current_reports() for one in report.findings]
    return make_response(render_template("findings.html", findings=views))


def evolution_view(evolution: Evolution, report: ReportIndex) -> EvolutionView:
    """Return an evolution as the page shows it; needs the application's context."""
    title = plain(evolution.label) or evolution.passage.heading or evolution.passage.section_path[-1]
    bars = _bars(evolution)
    return EvolutionView(
        title=title[:1].upper() + title[1:],
        bars=bars,
        height=_BAR_STEP * len(bars),
        change=_change(evolution),
        verdict=_verdict(evolution),
        agrees=evolution.agrees,
        source=quoted(report.document, evolution.passage, evolution.span, [point.span for point in evolution.points]),
    )


def finding_view(finding: Finding, report: ReportIndex) -> FindingView:
    """Return a point to check as the page shows it; needs the application's context."""
    sentences: dict[tuple[Passage, Span], list[Span]] = {}
    for figure in finding.figures:
        sentences.setdefault(report.sentence_around(figure), []).append(figure)
    return FindingView(
        text=finding.text,
        certainty=_CERTAINTY[finding.certainty],
        sources=tuple(quoted(report.document, *place, figures) for place, figures in sentences.items()),
    )


def _bars(evolution: Evolution) -> tuple[Bar, ...]:
    sizes = [float(abs(point.value or Decimal())) for point in evolution.points]
    names = ["avant", "après"] if not evolution.is_dated and len(sizes) == 2 else []
    return tuple(
        Bar(
            period=names[place] if names else period_label(point.period),
            printed=_printed(point),
            y=_BAR_STEP * place,
            width=round(size / (max(sizes) or 1.0) * _BAR_WIDTH, 1),
        )
        for place, (point, size) in enumerate(zip(evolution.points, sizes, strict=True))
    )


def _printed(figure: Figure) -> str:
    counted = figure.kind is FigureKind.COUNT and figure.text[-1:].isdigit()
    softened = f"{figure.qualifier} " if figure.qualifier and "…" not in figure.qualifier else ""
    return softened + (f"{figure.text} {figure.unit}".strip() if counted else figure.text)


def _change(evolution: Evolution) -> str:
    """Return by how much it changed from the first value to the last."""
    if not evolution.difference:
        return "Inchangé."
    sign = "+" if evolution.difference > 0 else "−"
    unit = "points" if evolution.points[0].kind is FigureKind.PERCENTAGE else _unit(evolution.points[-1])
    change = f"{sign} {number_in_french(abs(evolution.difference))} {unit}".strip()
    if evolution.percentage is None:
        return f"{change}."
    return f"{change}, soit {sign} {number_in_french(abs(evolution.percentage))} %."


def _unit(figure: Figure) -> str:
    return figure.unit.replace("EUR", "€") if figure.kind is FigureKind.MONEY else figure.unit


def _verdict(evolution: Evolution) -> str:
    if evolution.said is None or evolution.agrees is None:
        return ""
    right = "c'est juste" if evolution.agrees else "ses nombres donnent autre chose"
    return f"Le rapport dit « {evolution.said.text} » : {right}."
