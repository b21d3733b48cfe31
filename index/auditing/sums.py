"""Totals that their parts do not make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from index.auditing.finding import Finding, FindingCode
from index.french.writing import number_in_french
from index.model import Figure, FigureKind, Passage

_PARTS = re.compile(r"[^.;:\d]{0,60}\(?\b(?:soit|répartis? en|se répartissant en)\b[^.;\d]*$")
_SOME = re.compile(r"[^.;:\d]{0,120}\(?\bdont\b[^.;\d]*$")
_NOT_COUNTED = frozenset({FigureKind.DATE, FigureKind.PERCENTAGE, FigureKind.RATE})
_FEWEST = 3  # amounts under a total, of which the sum misses it by too little for chance
_MISSED = Decimal("0.001")  # share of the total


def wrong_sums(text: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    """A total whose parts follow "soit": they make another sum."""
    for place, total in enumerate(figures):
        parts = _parts_of(text, total, figures[place + 1 :], _PARTS)
        values = [part.value for part in parts if part.value is not None]
        if total.kind in _NOT_COUNTED or total.value is None or len(values) < 2 or sum(values) == total.value:
            continue
        printed = " + ".join(part.text for part in parts)
        yield Finding(
            code=FindingCode.SUM,
            figures=(total.span, *(part.span for part in parts)),
            text=f"Le total annoncé est {total.text}, mais {printed} font {number_in_french(sum(values, Decimal()))}.",
        )


def totals_in(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, list[Figure]]]:
    """Yield each total of a sentence, whose figures are `figures`, with those of its parts that the sentence gives."""
    for place, total in enumerate(figures):
        parts = _parts_of(text, total, figures[place + 1 :], _PARTS) or _parts_of(text, total, figures[place + 1 :], _SOME)
        if parts and total.kind not in _NOT_COUNTED:
            yield total, parts


def _parts_of(text: str, total: Figure, following: Sequence[Figure], opening: re.Pattern[str]) -> list[Figure]:
    """Return the figures of the same kind and unit that part a total, up to the end of their enumeration."""
    parts: list[Figure] = []
    for figure in following:
        between = text[(parts[-1] if parts else total).span.end : figure.span.start]
        goes_on = re.fullmatch(r"[^.;:()]{0,60}(?:,|\bet\b)[^.;:()]{0,20}", between) if parts else opening.fullmatch(between)
        # "321 propriétaires, dont 312 occupants": what is but a part may bear a name of its own.
        alike = figure.unit == total.unit or (opening is _SOME and figure.kind is FigureKind.COUNT)
        if not goes_on or not alike or figure.kind is not total.kind:
            break
        parts.append(figure)
    return parts


def wrong_totals(text: str, passage: Passage, figures: Sequence[Figure]) -> Iterator[Finding]:
    """Yield each total announced with a colon that the amounts after it nearly make, but not quite."""
    for unit in passage.units:
        if not unit.text.rstrip().endswith(":"):
            continue
        total = next((figure for figure in figures if figure.span in unit.span and figure.kind is FigureKind.MONEY), None)
        if total is None or not total.value:
            continue
        alike = [figure for figure in figures if figure.span.start >= unit.span.end and figure.unit == total.unit]
        sums = list(accumulate(figure.value or Decimal() for figure in alike))
        near = [place for place, added in enumerate(sums) if place + 1 >= _FEWEST and _misses(added, total.value)]
        if near and total.value not in sums:
            parts = alike[: near[0] + 1]
            yield Finding(
                code=FindingCode.SUM,
                figures=(total.span, *(part.span for part in parts)),
                text=f"Le total annoncé est {total.text}, mais {' + '.join(part.text for part in parts)} "
                f"font {number_in_french(sums[near[0]])} €.",
            )


def _misses(added: Decimal, total: Decimal) -> bool:
    return 0 < abs(added - total) <= _MISSED * abs(total)
