"""Percentages that the two numbers they compare do not give."""

from __future__ import annotations

from collections.abc import Iterator

from index.auditing.finding import Finding, FindingCode
from index.evolutions import Evolution
from index.french.writing import number_in_french


def wrong_change(evolution: Evolution) -> Iterator[Finding]:
    """Yield what is wrong with what is said of a change."""
    if evolution.agrees is False and evolution.said and evolution.percentage is not None:
        first, last = evolution.points[0], evolution.points[-1]
        yield Finding(
            code=FindingCode.CHANGE,
            figures=(evolution.said.span, first.span, last.span),
            text=f"De {first.text} à {last.text}, l'évolution est de {number_in_french(evolution.percentage)} %, "
            f"et non de {evolution.said.text}.",
        )
