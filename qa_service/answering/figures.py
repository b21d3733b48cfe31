"""Which figure of several answers a question."""

from __future__ import annotations

from collections.abc import Sequence

from index.french.tokens import stem, tokenize
from index.model import Figure, FigureKind
from qa_service.model import QuestionKind
from qa_service.ranking.features import kinds_asked
from qa_service.ranking.ranker import RankedUnit
from qa_service.understanding.query import Query

_BEFORE, _AFTER = 60, 80  # characters around a figure that tell what it counts
_ADJACENT = 15  # a year no farther than this after a figure is the figure's own
_ARTICLES = frozenset({"le", "la", "les", "un", "une", "des", "de", "du", "d", "l", "et", "en", "a", "au", "aux", "ont", "ete"})
_LEAD = 0.6  # what a word before a figure says of it, beside one after: "3 en or", "dont 779 en 2021"


def asked_first(query: Query, found: Sequence[Figure], best: RankedUnit) -> tuple[Figure, ...]:
    """Return figures with the likeliest answer first, the others in the order given."""
    if not found:
        return ()
    asked = max(found, key=lambda figure: _fitness(query, figure, best, found))
    return (asked, *(figure for figure in found if figure is not asked))


def _fitness(query: Query, figure: Figure, best: RankedUnit, others: Sequence[Figure]) -> float:
    """Weigh one figure as the answer to the query; of equals, `max` keeps the first in the report."""
    fitness = 3.0 * _is_of_kind(query, figure)
    fitness += 2.0 * (best.card is not None and figure.span in best.card.span)
    fitness += 1.0 * (figure.span in best.ref.unit.span)
    fitness += 1.0 * _is_of_year(query, figure, best.index.document.period)
    fitness += 3.0 * _closeness(query, figure, best, others)
    if query.kind is QuestionKind.DATE:
        fitness += 0.3 * len(figure.date or "")  # of two dates the more exact one
    return fitness


def _is_of_kind(query: Query, figure: Figure) -> bool:
    if query.kind is QuestionKind.DATE:
        return figure.kind is FigureKind.DATE
    return figure.kind in kinds_asked(query)


def _is_of_year(query: Query, figure: Figure, period: str) -> bool:
    """Tell whether a figure is of the years asked for; who names no year means the report's own."""
    return (figure.period or "")[:4] in (query.constraints.years or (period[:4],))


def _closeness(query: Query, figure: Figure, best: RankedUnit, others: Sequence[Figure]) -> float:
    """Return the share of the question's words, by weight, that stand by the figure, nearer than the next figure."""
    text = best.index.document.text
    start = max([figure.span.start - _BEFORE, 0, *(o.span.end for o in others if o.span.end <= figure.span.start)])
    end = min([figure.span.end + _AFTER, *(o.span.start for o in others if o.span.start >= figure.span.end)])
    before, after = _words(text[start : figure.span.start]), _words(text[figure.span.end : end])
    told = _words(f"{figure.label} {figure.unit}")
    weights = {word: query.terms.get(word, 1.0) for word in _words(query.text)} | dict(query.terms)
    total = sum(weights.values())
    near = sum(weight * (1.0 if word in after | told else _LEAD * (word in before)) for word, weight in weights.items())
    own_year = any(year in text[figure.span.end : figure.span.end + _ADJACENT] for year in query.constraints.years)
    return (near / total if total else 0.0) + 0.3 * own_year


def _words(text: str) -> set[str]:
    """Return the stems of all words but articles: "or" tells gold from silver, though a question never turns on it."""
    return {stem(token.text) for token in tokenize(text) if token.text.isalpha() and token.text not in _ARTICLES}
