"""Which figures of an excerpt answer, the one asked for first."""

from __future__ import annotations

from collections.abc import Sequence

from index.french.tokens import terms
from index.model import Figure, FigureKind, Span
from qa_service.answering.excerpt import Excerpt
from qa_service.model import QuestionKind
from qa_service.ranking.features import kinds_asked
from qa_service.ranking.ranker import RankedUnit
from qa_service.understanding.query import Query

_BEFORE, _AFTER = 60, 50  # characters around a figure that tell what it counts


def figures_of(query: Query, excerpt: Excerpt, best: RankedUnit) -> tuple[Figure, ...]:
    """Return the figures printed in the excerpt, the likeliest answer first, the others in the report's order."""
    spans = [unit.span for unit in excerpt.units]
    found = [figure for figure in best.index.figures_of(excerpt.passage) if any(figure.span in span for span in spans)]
    if not found:
        return ()
    asked = max(found, key=lambda figure: _fitness(query, figure, best, found))
    return (asked, *(figure for figure in found if figure is not asked))


def _fitness(query: Query, figure: Figure, best: RankedUnit, others: Sequence[Figure]) -> float:
    """Weigh one figure as the answer to the query; of equals, `max` keeps the first in the report."""
    fitness = 3.0 * _is_of_kind(query, figure)
    fitness += 2.0 * (best.card is not None and figure.span in best.card.span)
    fitness += 1.0 * (figure.span in best.ref.unit.span)
    fitness += 1.5 * _is_of_year(query, figure)
    fitness += 2.0 * _closeness(query, figure, best, others)
    fitness += 0.1 * len(figure.date or "")  # of two dates the more exact one
    return fitness


def _is_of_kind(query: Query, figure: Figure) -> bool:
    if query.kind is QuestionKind.DATE:
        return figure.kind is FigureKind.DATE
    return figure.kind in kinds_asked(query)


def _is_of_year(query: Query, figure: Figure) -> bool:
    return bool(query.constraints.years) and (figure.period or "")[:4] in query.constraints.years


def _closeness(query: Query, figure: Figure, best: RankedUnit, others: Sequence[Figure]) -> float:
    """Return the share of the question's words that stand by the figure, nearer than the next figure."""
    text = best.index.document.text
    start = max([figure.span.start - _BEFORE, *(o.span.end for o in others if o.span.end <= figure.span.start)])
    end = min([figure.span.end + _AFTER, *(o.span.start for o in others if o.span.start >= figure.span.end)])
    nearby = set(terms(Span(max(start, 0), min(end, len(text))).of(text))) | set(terms(f"{figure.label} {figure.unit}"))
    weights = {word: weight for word, weight in query.terms.items() if weight > 0}
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in nearby) / total if total else 0.0
