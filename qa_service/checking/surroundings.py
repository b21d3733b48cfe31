"""What stands around a figure and says what it is of, read once for each figure of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.french.tokens import said, terms
from index.model import Figure, FigureKind, Span, Unit
from qa_service.checking.clauses import words_about
from qa_service.checking.opposites import direction_of, sides_of
from qa_service.understanding.kinds import is_generic

_BESIDE = 90  # characters around a figure that say what it is of
_COUNTED = frozenset({FigureKind.COUNT, FigureKind.RATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Of one figure: the stems beside it, the sides of opposites they take, 1 or -1 where it grew or fell, the stems of what it
    counts, `noun` the first of its unit, "" for none or one that could count anything.
    """

    words: frozenset[str]
    sides: frozenset[int]
    direction: int
    nouns: frozenset[str]
    noun: str

    @classmethod
    def of(cls, figure: Figure, text: str) -> Surroundings:
        """Return those of a figure with that text beside it."""
        counts = figure.kind in _COUNTED
        heads = terms(figure.unit.partition("/")[0]) if counts and not is_generic(figure.unit) else []
        return cls(
            words=frozenset(said(text)),
            sides=sides_of(text),
            direction=direction_of(text, figure.text[:1]) if figure.kind is FigureKind.PERCENTAGE else 0,
            nouns=frozenset(terms(f"{figure.unit} {figure.label}")) if counts else frozenset(),
            noun=heads[0] if heads else "",
        )


def printed_beside(text: str, unit: Unit, figure: Figure, figures: Sequence[Figure]) -> str:
    """Return the words of a report that say what a figure of `unit` is of, and none of the other `figures` there."""
    others = [other.span for other in figures if other is not figure]
    whole = unit.span
    near = Span(max(whole.start, figure.span.start - _BESIDE), max(figure.span.end, min(whole.end, figure.span.end + _BESIDE)))
    return " ".join((unit.introduction, figure.label, *words_about(text, figure.span, others, near)))
