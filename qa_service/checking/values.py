"""How the value of a draft's figure stands to one of the report's: the same, a fair rounding, or in which way another."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib.resources import files
from math import log10

from index.model import Figure, FigureKind

_TABLE = tomllib.loads(
    files("qa_service.checking").joinpath("data", "rounding.toml").read_text(encoding="utf-8"), parse_float=Decimal
)
_SOFTENED = {name: (Decimal(row["least"]), Decimal(row["most"])) for row in _TABLE["softened"] for name in row["names"]}
_BASES = {unit: (str(base), Decimal(factor)) for unit, (base, factor) in _TABLE["bases"].items()}
_ROUNDING = Decimal("0.025")  # share of a value that rounding may take or add where no word says "about"
_SCALES = frozenset({Decimal(10) ** power for power in (-9, -6, -3, 3, 6, 9)})
_POINTS = "points"
_FEW_DIGITS = 2  # numbers with no more are met by chance
_FAR = 4.0
_MILLIONS = re.compile(r"\b(?:million|milliard)s?$", re.IGNORECASE)
_YEAR = len("2021")
_COUNTS = frozenset({FigureKind.COUNT, FigureKind.RATE})


class Relation(StrEnum):
    """What two figures have to do with each other by their values."""

    EQUAL = "equal"
    ROUNDED = "rounded"
    TAX = "tax"  # the same, but HT for TTC
    UNIT = "unit"  # the same number of another unit: points for per cent
    SCALE = "scale"  # the same digits, a thousand or a million times more or less
    LESS_EXACT = "less exact"  # the report's date is less exact than the draft's
    OTHER = "other"


AGREEING = frozenset({Relation.EQUAL, Relation.ROUNDED})
SAME_NUMBER = AGREEING | {Relation.TAX, Relation.UNIT, Relation.SCALE}


@dataclass(frozen=True, slots=True)
class _Measured:
    value: Decimal
    unit: str
    tax: str
    per: str


def comparable(claim: Figure, report: Figure) -> bool:
    """Tell whether two figures may be of the same thing: of one kind, or the same number with another unit."""
    if claim.kind is report.kind is FigureKind.DATE:  # the year in a sentence is not the day that a draft gives
        return len(report.date or "") > _YEAR or len(claim.date or "") == _YEAR
    if claim.kind is report.kind or {claim.kind, report.kind} == _COUNTS or (_is_share(claim) and _is_share(report)):
        return True
    if claim.value is None or report.value is None:
        return False
    drafted, printed = _measured(claim), _measured(report)
    if _said_in_millions(claim) and report.kind is FigureKind.MONEY:
        return True
    is_rate = FigureKind.RATE in (claim.kind, report.kind)
    return (is_rate and drafted.unit == printed.unit) or (drafted.value == printed.value and _digits(claim.value) > _FEW_DIGITS)


def relation(claim: Figure, report: Figure) -> Relation:
    """Return how the value of a draft's figure stands to the report's; the words around them are not looked at."""
    if claim.value is None or report.value is None:
        return _of_dates(claim.date or "", report.date or "")
    drafted, printed = _measured(claim), _measured(report)
    agrees = _of_values(drafted.value, printed.value, claim.qualifier, report.qualifier)
    mixed = FigureKind.RATE in (claim.kind, report.kind) or _said_in_millions(claim)
    if drafted.unit != printed.unit or (claim.kind is not report.kind and not mixed):
        return Relation.UNIT if agrees in AGREEING else Relation.OTHER
    if drafted.per and printed.per and drafted.per != printed.per:
        return Relation.UNIT if agrees in AGREEING else Relation.OTHER
    if claim.value == report.value and claim.unit != report.unit and drafted.value != printed.value:  # "10 mm" for "10 cm"
        return Relation.UNIT
    if agrees in AGREEING and drafted.tax and printed.tax and drafted.tax != printed.tax:
        return Relation.TAX
    return agrees


def tax_of(figure: Figure) -> str:
    """Return "HT" or "TTC", "" for what is neither or does not say."""
    return _measured(figure).tax if figure.value is not None else ""


def apart(claim: Figure, report: Figure) -> float:
    """Return how many powers of ten part two values, at most 4, or how many of day, month and year two dates.

    Who errs mistakes a figure for one not too far from it.
    """
    if relation(claim, report) in SAME_NUMBER:
        return 0.0
    if claim.value is None or report.value is None:
        parts = zip((claim.date or "").split("-")[::-1], (report.date or "").split("-")[::-1], strict=False)
        return float(sum(bool(ours) and ours != theirs for ours, theirs in parts))
    drafted, printed = _measured(claim).value, _measured(report).value
    return min(_FAR, abs(log10(drafted / printed))) if drafted and printed else 0.0


def _said_in_millions(figure: Figure) -> bool:
    return figure.kind is FigureKind.COUNT and bool(_MILLIONS.search(figure.text))


def _is_share(figure: Figure) -> bool:
    return figure.kind is FigureKind.PERCENTAGE or figure.unit == _POINTS


def _measured(figure: Figure) -> _Measured:
    """Return a figure in the base unit of its kind; what is counted is no unit: "boutiques" may well be "commerces"."""
    unit, _, per = figure.unit.partition("/")
    name, _, tax = unit.partition(" ") if figure.kind is FigureKind.MONEY or unit.startswith("EUR") else (unit, "", "")
    counts = figure.kind in _COUNTS and not tax and name not in _BASES and name != "EUR"
    base, factor = _BASES.get(name, ("" if counts and name != _POINTS else name, Decimal(1)))
    per = "/".join(sorted(per.split("/")))  # "par an et par habitant" is "par habitant et par an"
    if not tax and _said_in_millions(figure):  # "63,7 millions d'équipement" may well be of euros
        base = "EUR"
    return _Measured(abs(figure.value or Decimal()) * factor, base, tax, per)


def _of_values(drafted: Decimal, printed: Decimal, softened: str | None, softened_there: str | None) -> Relation:
    if drafted == printed:
        return Relation.ROUNDED if softened and not softened_there else Relation.EQUAL
    if not drafted or not printed:
        return Relation.OTHER
    if softened in _SOFTENED:
        least, most = _SOFTENED[softened]
        if least * drafted <= printed <= most * drafted:
            return Relation.ROUNDED
    elif abs(drafted - printed) <= min(_step(drafted) / 2, _ROUNDING * printed):
        return Relation.ROUNDED
    return Relation.SCALE if (drafted / printed).normalize() in _SCALES else Relation.OTHER


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _step(value: Decimal) -> Decimal:
    """Return the place of the last digit that is not 0: 100 for 3300, 0.1 for 8.6."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _of_dates(drafted: str, printed: str) -> Relation:
    if drafted.startswith("--"):  # a day or month without its year
        return Relation.EQUAL if printed[4:].startswith(drafted[1:]) else Relation.OTHER
    if printed.startswith(drafted):
        return Relation.EQUAL
    return Relation.LESS_EXACT if drafted.startswith(printed) else Relation.OTHER
