"""Shares said as "un habitant sur quatre" or "six sur dix"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from index.figures.language import plain
from index.figures.numerals import Numeral, numerals_in
from index.figures.qualifiers import qualifier_before
from index.model import Figure, FigureKind, Span

_MOST = 100  # "un sur mille" is a rate
_REACH = 40  # characters before the whole in which its part stands
_ONE = re.compile(r"\b(?P<part>une?) (?:[^\W\d]+ ){0,2}sur $", re.IGNORECASE)
_BETWEEN = re.compile(r" (?:[^\W\d]+ ){0,2}sur ")
_HUNDREDTH = Decimal("0.01")


def shares_in(text: str) -> Iterator[Figure]:
    """Yield the shares of a text as percentages, each at the place of the whole phrase."""
    uniform = plain(text)
    numerals = numerals_in(uniform)
    for before, whole in zip([None, *numerals], numerals, strict=False):
        part = _part(uniform, before, whole)
        if part and 0 < part.value < whole.value <= _MOST:
            span = Span(part.span.start, whole.span.end)
            value = (100 * part.value / whole.value).quantize(_HUNDREDTH)
            softened = qualifier_before(uniform, span.start)
            yield Figure(text=span.of(text), value=value, unit="%", kind=FigureKind.PERCENTAGE, span=span, qualifier=softened)


def _part(text: str, before: Numeral | None, whole: Numeral) -> Numeral | None:
    if before and _BETWEEN.fullmatch(text, before.span.end, whole.span.start):
        return before
    start = max(0, whole.span.start - _REACH)
    one = _ONE.search(text[start : whole.span.start])
    return Numeral(Span(start + one.start("part"), start + one.end("part")), Decimal(1)) if one else None
