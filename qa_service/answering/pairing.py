"""The second fact of a question that asks for two: "et lequel… et combien", a comparison."""

from __future__ import annotations

from collections.abc import Sequence

from index.french.tokens import terms
from qa_service.answering.excerpt import MAX_CHARS_LONG, Excerpt, unit_excerpt
from qa_service.model import QuestionKind
from qa_service.ranking.ranker import RankedUnit
from qa_service.understanding.query import Query

_CLOSE = 0.75  # share of the best score that a second fact needs
_AMONG = 8  # the second fact is looked for among so many units


def second_fact(query: Query, first: Excerpt, ranked: Sequence[RankedUnit]) -> tuple[RankedUnit, Excerpt] | None:
    """Return the next best unit that says what the first excerpt leaves open; None if the question asks for one fact."""
    if query.kind is not QuestionKind.COMPARISON:
        return None
    missing = set(query.own) - set(terms(first.text))
    for unit in ranked[1:_AMONG]:
        excerpt = unit_excerpt(unit)
        told = set(terms(excerpt.text)) | {term for fact in [unit.card] if fact for q in fact.questions for term in terms(q)}
        fits = len(first.text) + len(unit.ref.unit.text) + 3 <= MAX_CHARS_LONG
        if unit.ref.unit not in first.units and unit.score >= _CLOSE * ranked[0].score and missing & told and fits:
            return unit, excerpt
    return None


def told_together(first: Excerpt, second: RankedUnit) -> str:
    """Return both facts as one text; two items of one list share its introduction."""
    unit = second.ref.unit
    same_list = unit.list_id is not None and any(
        one.list_id == unit.list_id for one in first.units if second.ref.passage.id == first.passage.id
    )
    if same_list:
        return f"{first.text.rstrip(' ;,.')} ; {unit.text.rstrip(' ;,')}"
    return f"{first.text} {unit_excerpt(second).text}"
