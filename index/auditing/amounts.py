"""Amounts of money that cannot be right by themselves, or by the rate that is said to give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from index.auditing.finding import Finding, FindingCode
from index.french.tokens import terms
from index.french.writing import number_in_french
from index.model import Figure, FigureKind

_LARGEST = Decimal("1e10")  # euros; no local authority has as much: a million was counted twice
_BASIS = re.compile(r"[^.;\d]{0,20}\((?:sur la )?base (?:de|d') ?", re.IGNORECASE)
_POWERS = (Decimal(10), Decimal(100), Decimal(1000))
_NEARLY = Decimal("0.05")  # share by which a product may miss a power of ten: counts and amounts are rounded


def impossible_unit(figure: Figure) -> Iterator[Finding]:
    """Yield what is wrong with an amount that no local authority can have."""
    if figure.kind is FigureKind.MONEY and figure.value is not None and abs(figure.value) >= _LARGEST:
        yield Finding(
            code=FindingCode.UNIT,
            figures=(figure.span,),
            text=f"« {figure.text} » ferait {number_in_french(figure.value / 10**9)} milliards d'euros : "
            "l'unité imprimée est sans doute fausse.",
        )


def wrong_rates(text: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    """Yield each amount "(base de … par …)" that the number beside it makes ten, a hundred or a thousand times otherwise."""
    for amount, rate in pairwise(figures):
        basis = _BASIS.fullmatch(text[amount.span.end : rate.span.start].replace("\n", " "))
        if not basis or amount.kind is not FigureKind.MONEY or rate.kind is not FigureKind.RATE or not amount.value:
            continue
        products = [(one, one.value * rate.value) for one in _counted(figures, rate) if one.value and rate.value]
        if any(_alike(product, amount.value) for _, product in products):
            continue
        for count, product in products:
            if any(_alike(product * power, amount.value) or _alike(product, amount.value * power) for power in _POWERS):
                yield Finding(
                    code=FindingCode.RATE,
                    figures=(amount.span, rate.span, count.span),
                    text=f"{count.text} {count.unit} à {rate.text} font {number_in_french(product)} €, et non {amount.text} : "
                    "il y a un zéro de trop ou de moins.",
                )


def _counted(figures: Sequence[Figure], rate: Figure) -> list[Figure]:
    """Return the counts of what a rate is per."""
    per = terms(rate.unit.rpartition("/")[2])
    return [figure for figure in figures if figure.kind is FigureKind.COUNT and terms(figure.unit)[:1] == per[:1]]


def _alike(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _NEARLY * abs(other)
