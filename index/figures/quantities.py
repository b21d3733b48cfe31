"""From a number to what it measures: its unit, or the noun it counts, or that of the figure before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.figures.context import (
    is_house_number,
    is_name_in_words,
    is_part_of_word,
    line_before,
    may_lack_noun,
    may_lack_plural,
    sign_before,
)
from index.figures.language import alternation, read_table, words
from index.figures.nouns import Noun, noun_after
from index.figures.numerals import Numeral, numerals_in
from index.figures.units import Measure, measure_after, rate_after, scale_after, taxed_after
from index.french.numbers import NumberForm
from index.model import FigureKind, Span

_COUNTER = re.compile(
    rf"\b{alternation(words(read_table('grammar'), 'counters'))} (?:de |des |d')(?P<noun>[^\W\d_][\w-]*)", re.IGNORECASE
)
_HEADING_UNIT = re.compile(r"\((?:en )?(?P<unit>[^()]+)\)|\ben (?P<last>\S+)$")
_SERIES = re.compile(r" ?[-–] ?| à | ou |, ")
_OF = re.compile(r" (?:de |d')")
_OF_THEM = re.compile(r" (?:des|de ces|de nos|de ses) ")
_PART_OF = re.compile(r" (?:de|des|du|d'(?!heure))\b")
_SURELY_PART = re.compile(r"^(?:deux|trois|quatre) |moitié$", re.IGNORECASE)  # "un tiers" may be a third party
_LIST_REACH, _LINE_REACH = 2000, 400  # characters looked back at in a list and in a line
_SERIES_NUMBERS = 12  # more numbers in a row are a table that lost its lines
_LAST_COUNTS = 40  # figures back that a number without a noun may repeat
_MILLION = Decimal(10**6)
_HUNDREDTH = Decimal("0.01")  # "un tiers" has no exact decimal form


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what it measures.

    `span` covers what is printed of sign, number and unit; `after` is where the text goes on behind the unit or, for a
    count, where the counted noun begins. An empty `unit` says that nothing tells what is counted.
    """

    span: Span
    number: Numeral
    value: Decimal
    kind: FigureKind
    unit: str
    after: int


def quantities_in(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a plain text whose names and dates are blanked, in reading order."""
    numerals = numerals_in(text)
    found: list[Quantity] = []
    for index, numeral in enumerate(numerals):
        within = found and numeral.span.start < found[-1].span.end  # "10 000" of "133 m² pour 10 000 habitants"
        is_name = is_part_of_word(text, numeral.span) or is_house_number(text, numeral.span.end)
        if within or is_name or is_name_in_words(text, numeral) or _is_slogan(numeral):
            continue
        quantity = _measured(text, numerals, index) or _counted(text, numerals, index) or _bare(text, numeral, found)
        if quantity:
            found.append(quantity)
    return tuple(found)


def said_measure(text: str) -> Measure | None:
    """Return what a heading says of the bare numbers under it: "Nombre de dossiers", "Montant (en k€)"; or None."""
    if named := _COUNTER.search(text):
        return measure_after(named["noun"], 0) or Measure(FigureKind.COUNT, str(named["noun"]), named.end())
    unit = _HEADING_UNIT.search(text)
    return measure_after(unit["unit"] or unit["last"], 0) if unit else None


def _is_slogan(numeral: Numeral) -> bool:
    """Return whether it is "zéro" in words: "objectif zéro déchet" counts nothing."""
    return numeral.form is not None and numeral.value == 0


def _measured(text: str, numerals: Sequence[Numeral], index: int) -> Quantity | None:
    numeral = numerals[index]
    if numeral.form is NumberForm.FRACTION:
        return _fraction(text, numeral)
    of = _OF.match(text, numeral.span.end) if numeral.form is NumberForm.APPROXIMATE else None
    if measure := measure_after(text, of.end() if of else numeral.span.end):
        return _quantity(text, numeral, measure, measure.end)
    if (scale := scale_after(text, numeral.span.end)) and scale.money:
        return _quantity(text, numeral, Measure(FigureKind.MONEY, "EUR", scale.end, scale.factor), scale.end)
    if scale and (measure := taxed_after(text, scale)):  # "1,38 million TTC"
        return _quantity(text, numeral, measure, measure.end)
    of = _OF.match(text, scale.end) if scale else None
    if scale and of and (measure := measure_after(text, of.end())):  # "12 millions de m³"
        return _quantity(text, numeral, replace(measure, factor=measure.factor * scale.factor), measure.end)
    end = _end_of_series(text, numerals, index)
    if end and (measure := measure_after(text, end)):
        return _quantity(text, numeral, measure, numeral.span.end)
    noun = noun_after(text, numeral.span.end)
    if noun and noun.adjectives and (measure := measure_after(text, noun.start)):  # "les 3 prochaines années"
        return _quantity(text, numeral, measure, numeral.span.end)
    return None


def _quantity(text: str, numeral: Numeral, measure: Measure, end: int) -> Quantity:
    sign = sign_before(text, numeral.span, changes=measure.kind in (FigureKind.PERCENTAGE, FigureKind.MONEY))
    negative = sign is not None and sign.of(text) != "+"
    return Quantity(
        span=Span(sign.start if sign else numeral.span.start, end),
        number=numeral,
        value=_plain_value(numeral.value * measure.factor * (-1 if negative else 1)),
        kind=measure.kind,
        unit=measure.unit,
        after=measure.end,
    )


def _plain_value(value: Decimal) -> Decimal:
    """Return the same value without the zeros that a factor leaves: 3,8 millions is 3800000, not 3800000.0."""
    whole = value.to_integral_value()
    return whole if value == whole else value


def _fraction(text: str, numeral: Numeral) -> Quantity | None:
    said_so = _SURELY_PART.search(text[numeral.span.start : numeral.span.end])
    if not said_so and _PART_OF.match(text, numeral.span.end) is None:
        return None
    percent = Measure(FigureKind.PERCENTAGE, "%", numeral.span.end, Decimal(100))
    quantity = _quantity(text, numeral, percent, numeral.span.end)
    return replace(quantity, value=_plain_value(quantity.value.quantize(_HUNDREDTH)))


def _counted(text: str, numerals: Sequence[Numeral], index: int) -> Quantity | None:
    numeral = numerals[index]
    scale = scale_after(text, numeral.span.end)
    end = scale.end if scale else numeral.span.end
    noun = _counted_noun(text, numerals, index, end)
    if noun is None or text[end : end + 1].isalpha() or not (noun.is_plural or may_lack_plural(text, numeral)):
        return None
    counted = noun.text.split("/")[0]
    per = rate_after(text, noun.start + len(counted))
    unit, kind = (counted + per, FigureKind.RATE) if per else (noun.text, FigureKind.COUNT)
    measure = Measure(kind, unit, noun.start, scale.factor if scale else Decimal(1))
    return _quantity(text, numeral, measure, end)


def _counted_noun(text: str, numerals: Sequence[Numeral], index: int, end: int) -> Noun | None:
    numeral = numerals[index]
    if numeral.form is NumberForm.APPROXIMATE:
        return noun_after(text, end, of=True)
    of = end > numeral.span.end or numeral.value >= _MILLION
    if noun := (noun_after(text, end, of=True) if of else None) or noun_after(text, end):
        return noun
    if them := _OF_THEM.match(text, end):  # "cinq des huit systèmes", "10 des 13 cités"
        inner = numerals[index + 1 : index + 2]
        return noun_after(text, inner[0].span.end if inner and inner[0].span.start == them.end() else them.end())
    series_end = _end_of_series(text, numerals, index)
    return noun_after(text, series_end) if series_end else None


def _end_of_series(text: str, numerals: Sequence[Numeral], index: int) -> int | None:
    """Return where the range or list that a number begins ends: "5 à 6", "60, 70 ou 95" share the last one's unit."""
    first, last = numerals[index], index
    both = line_before(text, first.span.start).endswith("entre ")
    while last + 1 < min(len(numerals), index + _SERIES_NUMBERS):
        between = text[numerals[last].span.end : numerals[last + 1].span.start]
        if not (_SERIES.fullmatch(between) or (both and between == " et ")):
            break
        last += 1
    return numerals[last].span.end if last > index else None


def _bare(text: str, numeral: Numeral, found: Sequence[Quantity]) -> Quantity | None:
    if not may_lack_noun(text, numeral):
        return None
    unit = _unit_said_before(text, numeral.span.start, found)
    if numeral.form is NumberForm.APPROXIMATE and not unit:
        return None
    scale = scale_after(text, numeral.span.end)
    end = scale.end if scale else numeral.span.end
    again = measure_after(unit, 0)  # "nombre de journées": days are a duration
    kind, name = (again.kind, again.unit) if again else (FigureKind.COUNT, unit)
    return _quantity(text, numeral, Measure(kind, name, end, scale.factor if scale else Decimal(1)), end)


def _unit_said_before(text: str, position: int, found: Sequence[Quantity]) -> str:
    """Return what a number without a noun counts: the noun of the last count, or of "nombre de ...", before it."""
    start = text.rfind("\n", 0, position) + 1
    if "\t" in text[start:position]:
        return ""
    named = list(_COUNTER.finditer(text, max(start, position - _LINE_REACH), position))
    last = next(
        (earlier for earlier in reversed(found[-_LAST_COUNTS:]) if earlier.kind is FigureKind.COUNT and earlier.unit),
        None,
    )
    if named and (last is None or last.span.start < named[-1].start()):
        return str(named[-1]["noun"])
    if last is None:
        return ""
    return last.unit if last.span.start >= start or _introduces(text, last.span.end, position) else ""


def _introduces(text: str, end: int, position: int) -> bool:
    """Return whether the line of `end` introduces the list that the item at `position` belongs to."""
    _, *lines = text[end:position].split("\n") if position - end < _LIST_REACH else ("", "")
    return lines[-1].lstrip().startswith("-") and all(not line.strip() or line.lstrip()[0] == "-" for line in lines)
