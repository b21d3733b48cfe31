"""What a careful reader would stop at: figures of a report that cannot be right, or that contradict one another.

Few checks, each on what the report prints: a wrong alarm costs more trust than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from index.evolutions import Evolution
from index.model import Figure, FigureKind, Passage, Span, Unit, UnitKind

_LARGEST = Decimal("1e10")  # euros; no local authority has as much: a million was counted twice
_SHORTEST = 60  # characters; a shorter sentence may well be said twice
_PARTS = re.compile(r"[^.;:\d]{0,60}\(?\b(?:soit|répartis? en|se répartissant en)\b[^.;\d]*$")
_NOT_COUNTED = frozenset({FigureKind.DATE, FigureKind.PERCENTAGE, FigureKind.RATE})


class FindingCode(StrEnum):
    """What is wrong."""

    UNIT = "unit"
    SUM = "sum"
    CHANGE = "change"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong with some figures, at `figures` in the report; `text` says it in French, with the arithmetic."""

    code: FindingCode
    figures: tuple[Span, ...]
    text: str


def audit(
    text: str,
    passages: Sequence[Passage],
    figures: Mapping[str, Sequence[Figure]],
    evolutions: Iterable[Evolution],
) -> tuple[Finding, ...]:
    """Return what is wrong with the figures of a report, in the order of the first figure concerned.

    `text` is the report's, `figures` has those of each passage by its id.
    """
    found = [*chain.from_iterable(map(_wrong_change, evolutions)), *_impossible_units(chain.from_iterable(figures.values())), *_repeated(passages, figures)]
    for passage in passages:
        for unit in passage.units:
            inside = [figure for figure in figures.get(passage.id, ()) if figure.span in unit.span]
            found += _wrong_sums(text, inside)
    return tuple(sorted(found, key=lambda finding: finding.figures[0]))


def _impossible_units(figures: Iterable[Figure]) -> Iterator[Finding]:
    for figure in figures:
        if figure.kind is FigureKind.MONEY and figure.value is not None and abs(figure.value) >= _LARGEST:
            yield Finding(
                code=FindingCode.UNIT,
                figures=(figure.span,),
                text=f"« {figure.text} » ferait {_french(figure.value / 10**9)} milliards d'euros : "
                "l'unité imprimée est sans doute fausse.",
            )


def _wrong_sums(text: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    """A total whose parts follow "soit": they make another sum."""
    for place, total in enumerate(figures):
        parts = _parts_of(text, total, figures[place + 1 :])
        values = [part.value for part in parts if part.value is not None]
        if total.kind in _NOT_COUNTED or total.value is None or len(values) < 2 or sum(values) == total.value:
            continue
        printed = " + ".join(part.text for part in parts)
        yield Finding(
            code=FindingCode.SUM,
            figures=(total.span, *(part.span for part in parts)),
            text=f"Le total annoncé est {total.text}, mais {printed} font {_french(sum(values, Decimal()))}.",
        )


def _parts_of(text: str, total: Figure, following: Sequence[Figure]) -> list[Figure]:
    """Return the figures of the same kind and unit that part a total, up to the end of their enumeration."""
    parts: list[Figure] = []
    for figure in following:
        between = text[(parts[-1] if parts else total).span.end : figure.span.start]
        goes_on = re.fullmatch(r"[^.;:()]{0,60}(?:,|\bet\b)[^.;:()]{0,20}", between) if parts else _PARTS.fullmatch(between)
        if not goes_on or (figure.kind, figure.unit) != (total.kind, total.unit):
            break
        parts.append(figure)
    return parts


def _wrong_change(evolution: Evolution) -> Iterator[Finding]:
    """A percentage that its two numbers do not give."""
    if evolution.agrees is False and evolution.said and evolution.percentage is not None:
        first, last = evolution.points[0], evolution.points[-1]
        yield Finding(
            code=FindingCode.CHANGE,
            figures=(evolution.said.span, first.span, last.span),
            text=f"De {first.text} à {last.text}, l'évolution est de {_french(evolution.percentage)} %, "
            f"et non de {evolution.said.text}.",
        )


def _repeated(passages: Sequence[Passage], figures: Mapping[str, Sequence[Figure]]) -> Iterator[Finding]:
    """A sentence with an amount that is printed twice: one of the two may be left over from the other."""
    seen: dict[str, list[tuple[Passage, Unit]]] = {}
    for passage in passages:
        for unit in passage.units:
            if unit.kind is UnitKind.SENTENCE and len(unit.text) >= _SHORTEST:
                seen.setdefault(unit.text, []).append((passage, unit))
    for printed in seen.values():
        amounts = [
            next((f.span for f in figures.get(passage.id, ()) if f.kind is FigureKind.MONEY and f.span in unit.span), None)
            for passage, unit in printed
        ]
        spans = tuple(span for span in amounts if span is not None)
        if len(spans) > 1:
            yield Finding(
                code=FindingCode.REPEATED,
                figures=spans,
                text="La même phrase est imprimée deux fois avec ce montant : "
                "l'une des deux est peut-être une erreur de copie.",
            )


def _french(number: Decimal) -> str:
    """Return a number with at most two decimals, as French prints it."""
    whole, decimals = f"{number:,.2f}".replace(",", " ").split(".")
    return f"{whole},{decimals.rstrip('0')}".rstrip(",")
