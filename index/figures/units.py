"""What stands after a number and makes it a measure: currency, percent, metres, months, and what it is per."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from index.figures.language import Table, alternation, read_table, tables, words
from index.model import FigureKind

_TABLE = read_table("units")
_SCALES = tables(_TABLE, "scales")
_MONEY = tables(_TABLE, "money")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as read after a number; `end` is where its printed form ends, `factor` what multiplies the number."""

    kind: FigureKind
    unit: str
    end: int
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale word that stands alone ("200 millions de ..."); `money` when it is followed by a kind of amount."""

    factor: Decimal
    end: int
    money: bool


def _forms(table: Mapping[str, Table]) -> dict[str, str]:
    return {form.lower(): name for name in table for form in words(table, name)}


def _unit_forms() -> tuple[dict[str, tuple[str, FigureKind]], dict[str, tuple[str, FigureKind]]]:
    symbols: dict[str, tuple[str, FigureKind]] = {}
    spelled: dict[str, tuple[str, FigureKind]] = {}
    units = _TABLE["units"]
    for unit in units if isinstance(units, list) else ():
        if isinstance(unit, Mapping):
            meaning = str(unit["name"]), FigureKind(str(unit["kind"]))
            symbols |= dict.fromkeys(words(unit, "symbols"), meaning)
            spelled |= dict.fromkeys(words(unit, "words"), meaning)
    percentage = tables(_TABLE, "percentage")
    symbols |= dict.fromkeys(words(percentage, "symbols"), ("%", FigureKind.PERCENTAGE))
    spelled |= dict.fromkeys(words(percentage, "words"), ("%", FigureKind.PERCENTAGE))
    return symbols, spelled


_SYMBOLS, _SPELLED = _unit_forms()
_PER = _forms(tables(_TABLE, "per"))
_TAXES = _forms(tables(_TABLE, "taxes"))
_SCALE_VALUES = {form: Decimal(str(value)) for key in ("symbols", "words") for form, value in tables(_SCALES, key).items()}
_SCALE_WORDS = alternation(tables(_SCALES, "words"))
_SCALE_SYMBOLS = alternation(tables(_SCALES, "symbols"))
_CURRENCY = rf"(?:{alternation(words(_MONEY, 'symbols'))}|(?i:{alternation(words(_MONEY, 'words'))}))(?!\w)"
_TAX = rf"(?: *(?P<tax>(?i:{alternation(_TAXES)}))(?!\w))?"
_TAXED = re.compile(_TAX)
_AMOUNT = re.compile(rf" *(?:(?P<word>(?i:{_SCALE_WORDS}))\b *|(?P<symbol>{_SCALE_SYMBOLS}) *)?(?:d'|de )?{_CURRENCY}{_TAX}")
_UNIT = re.compile(rf" *(?:(?P<symbol>{alternation(_SYMBOLS)})|(?P<word>(?i:{alternation(_SPELLED)})))(?![\w'^]|-[^\W\d])")
_AMOUNTS = alternation(words(_MONEY, "nouns"))
_SCALE = re.compile(rf" *(?P<word>{_SCALE_WORDS})\b(?= *(?:d'|de )(?P<noun>{_AMOUNTS})?)?", re.IGNORECASE)
_PER_WORDS = rf"(?P<per>{alternation(_PER)})(?![\w'^])"
_BY = re.compile(rf"(?: ?/ ?| par | à l'| chaque ){_PER_WORDS}", re.IGNORECASE)
_SLASH_WORD = re.compile(r"/[^\W\d_]+\b")
_AND_BY = re.compile(rf" et par {_PER_WORDS}", re.IGNORECASE)
_FOR_MANY = re.compile(r" pour (?P<many>1 ?000|10 000|100 000) (?P<per>[^\W\d_]+)")
# What may stand between a unit and what it is per: "1,8 kg de déchets par jour".
_GRAMMAR = read_table("grammar")
_NO_COMPLEMENT = alternation((*words(_GRAMMAR, "verbs"), *words(_GRAMMAR, "links"), "par"))
_COMPLEMENT = re.compile(
    rf"(?: (?:de |d')?(?!{_NO_COMPLEMENT}\b)[^\W\d_][\w/'-]*){{1,3}}(?= par | à l'| chaque )", re.IGNORECASE
)


def measure_after(text: str, position: int) -> Measure | None:
    """Return the unit that begins at `position` of a plain text, after a space or not; None where there is none."""
    measure = _amount(text, position) or _plain_unit(text, position)
    return measure and _per(text, measure)


def scale_after(text: str, position: int) -> Scale | None:
    """Return the scale word at `position` that no currency follows; None where there is none."""
    match = _SCALE.match(text, position)
    return match and Scale(_SCALE_VALUES[match["word"].lower()], match.end(), bool(match["noun"]))


def taxed_after(text: str, scale: Scale) -> Measure | None:
    """Return the amount that "HT" or "TTC" after a scale word makes it, though no currency is printed; else None."""
    match = _TAXED.match(text, scale.end)
    unit = f"{_MONEY['name']} {_TAXES[match['tax'].lower()]}" if match and match["tax"] else ""
    return Measure(FigureKind.MONEY, unit, match.end(), scale.factor) if match and unit else None


def rate_after(text: str, position: int) -> str:
    """Return what a counted noun that ends at `position` is said to be per ("/jour"), or ""."""
    complement = _COMPLEMENT.match(text, position)
    return _per_words(text, complement.end() if complement else position)[0]


def _amount(text: str, position: int) -> Measure | None:
    match = _AMOUNT.match(text, position)
    if match is None:
        return None
    factor = _SCALE_VALUES[match["symbol"] or (match["word"] or "").lower()] if match["symbol"] or match["word"] else 1
    unit = f"{_MONEY['name']} {_TAXES[match['tax'].lower()]}" if match["tax"] else str(_MONEY["name"])
    return Measure(FigureKind.MONEY, unit, match.end(), Decimal(factor))


def _plain_unit(text: str, position: int) -> Measure | None:
    match = _UNIT.match(text, position)
    if match is None:
        return None
    name, kind = _SYMBOLS[match["symbol"]] if match["symbol"] else _SPELLED[match["word"].lower()]
    return Measure(kind, name, match.end())


def _per(text: str, measure: Measure) -> Measure:
    per, end = _per_words(text, measure.end)
    if not per and (word := _SLASH_WORD.match(text, measure.end)):
        per, end = word.group(), word.end()
    if not per:
        per, end = rate_after(text, measure.end), measure.end
    return Measure(FigureKind.RATE, measure.unit + per, end, measure.factor) if per else measure


def _per_words(text: str, position: int) -> tuple[str, int]:
    if many := _FOR_MANY.match(text, position):
        return f"/{many['many']} {many['per']}", many.end()
    match = _BY.match(text, position)
    if match is None:
        return "", position
    per = "/" + _PER[match["per"].lower()]
    if also := _AND_BY.match(text, match.end()):
        return f"{per}/{_PER[also['per'].lower()]}", also.end()
    return per, match.end()
