"""What a report gives for the same thing at two times or more: "835 interventions, contre 1 150 en 2020"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from index.model import Figure, FigureKind, Passage, Span, Unit, UnitKind

_ROUNDED = Decimal("0.6")  # of the last decimal: what rounding may hide, and a little of what hurry does
_NOT_COMPARED = frozenset({FigureKind.DATE, FigureKind.DURATION})
_LEAD = 110  # characters before the first of two numbers in which "passée de" stands
_REACH = 80  # characters between a series and the percentage that sums it up
_MOVES = "hausse|baisse|augmentation|diminution|progression|recul"
_AGAINST = re.compile(r"[^.;]{0,140}\b(?:contre|au lieu de|après)\b[^.;\d]{0,20}")
_FROM = re.compile(r"\b(?:de|d'|entre) ?$", re.IGNORECASE)
_PASSES = re.compile(
    rf"\b(?:pass(?:e|ent|er|ée?s?|ant)|(?:{_MOVES})\b[^.;\d]*,?) (?:de |d')[^.;\d]*$",
    re.IGNORECASE,
)
_TO = re.compile(r"[^.;:]{0,60}(?:\bà|\bet|->|→) ")
_YEAR_AFTER = re.compile(r"[^.;:\d]{0,40} en (?:19|20)\d\d ?(?:[-–,;/]|et) ?")
_NEXT_YEAR = re.compile(r"[^.;:\d]{0,40}[,;/] *(?:et )?(?:en )?(?:19|20)\d\d ?: ?")
_AND = re.compile(r"(?: en)? (?:19|20)\d\d,?(?: et|,)[^.;\d]{0,10}")
_CHANGE = re.compile(
    r"[^.;\d]*\b(?:soit\b.*|en (?:\w+ )?)\b(?:hausse|baisse|augmentation|diminution|progression|recul|évolution)\b[^.;\d]*",
    re.I,
)
_SIGNED = re.compile(r"[^.;\d]{0,40}(?:\(|soit |, )")
_FALL = re.compile(r"\b(?:baisse|diminution|recul)\b", re.IGNORECASE)
_VARIATION = re.compile(r"\b(?:variation|évolution)\b", re.IGNORECASE)
_YEARLY = re.compile(r"^[\s>•*-]*(?:en |année )?(?:19|20)\d\d\b|\ben (?:19|20)\d\d[\s,.;]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evolution:
    """The same thing at two times or more, in the order of time; `said` is the percentage that the report gives of the change
    from the first to the last, `unit` the sentence, the row or the first item of the list that states it.
    """

    points: tuple[Figure, ...]
    passage: Passage
    unit: Unit
    said: Figure | None = None
    falls: bool = False

    @property
    def span(self) -> Span:
        """Where it is stated: its sentence or row, or all items of its list."""
        return Span(
            min(self.unit.span.start, *(point.span.start for point in self.points)),
            max(self.unit.span.end, *(point.span.end for point in self.points)),
        )

    @property
    def label(self) -> str:
        """What is counted, in the report's words; "" where nothing tells."""
        label = next((point.label for point in sorted(self.points, key=lambda point: point.span) if point.label), "")
        return label.partition(" · ")[0] if self.unit.kind is UnitKind.ROW else label  # without the column's year

    @property
    def is_dated(self) -> bool:
        """Whether the report gives each value its time; else they are the value before and the value after."""
        return len({point.period for point in self.points}) == len(self.points)

    @property
    def difference(self) -> Decimal:
        """The last value less the first."""
        return _value(self.points[-1]) - _value(self.points[0])

    @property
    def percentage(self) -> Decimal | None:
        """The change from the first value to the last in percent; None from nothing, and of percentages: they have points."""
        first = _value(self.points[0])
        return None if not first or self.points[0].kind is FigureKind.PERCENTAGE else self.difference / abs(first) * 100

    @property
    def agrees(self) -> bool | None:
        """Whether what the report says of the change is what its numbers give, rounded to the last decimal printed."""
        if self.said is None or self.said.value is None or self.percentage is None:
            return None
        said = -abs(self.said.value) if self.falls else self.said.value
        exponent = self.said.value.as_tuple().exponent
        return abs(self.percentage - said) <= _ROUNDED.scaleb(exponent if isinstance(exponent, int) else 0)


def _value(figure: Figure) -> Decimal:
    return figure.value if figure.value is not None else Decimal()


def evolutions(text: str, passages: Sequence[Passage], figures: Mapping[str, Sequence[Figure]]) -> tuple[Evolution, ...]:
    """Return the evolutions that a report states, in its order.

    `text` is the report's, `figures` has those of each passage by its id.
    """
    found: list[Evolution] = []
    for passage in passages:
        numbers = [figure for figure in figures.get(passage.id, ()) if figure.kind not in _NOT_COMPARED]
        for unit in passage.units:
            inside = [figure for figure in numbers if figure.span in unit.span]
            if unit.kind is UnitKind.ROW:
                found += [_evolution(series, passage, unit, _said_in_row(unit, inside)) for series in _in_row(inside)]
                continue
            for series in _in_sentence(text, inside):
                said, falls = _said_of(text, series, inside)
                found.append(_evolution(series, passage, unit, said, falls=falls))
        found += _in_lists(text, passage, numbers)
    return tuple(sorted(found, key=lambda evolution: evolution.unit.span))


def _evolution(
    series: Sequence[Figure], passage: Passage, unit: Unit, said: Figure | None = None, *, falls: bool = False
) -> Evolution:
    points = tuple(sorted(series, key=lambda figure: figure.period or ""))
    return Evolution(points=points, passage=passage, unit=unit, said=said, falls=falls)


def _in_sentence(text: str, figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield the figures that words compare: "A contre B", "de A en 2020 à B", "2020 : A, 2021 : B"."""
    series: list[Figure] = []
    for figure in figures:
        if series and _continues(text, series, figure):
            series.append(figure)
            continue
        yield from _when_two(series)
        series = [figure]
    yield from _when_two(series)


def _continues(text: str, series: Sequence[Figure], figure: Figure) -> bool:
    last = series[-1]
    if (last.kind, last.unit) != (figure.kind, figure.unit):
        return False
    between = text[last.span.end : figure.span.start].replace("\n", " ")
    lead = text[max(0, last.span.start - _LEAD) : last.span.start]
    if _PASSES.search(lead) and _TO.fullmatch(between):
        return True
    compared = (
        _AGAINST.fullmatch(between)
        or (_FROM.search(lead) and _TO.fullmatch(between))
        or _NEXT_YEAR.fullmatch(between)
        or _YEAR_AFTER.fullmatch(between)
        or (len(series) > 1 and _AND.fullmatch(between))
    )
    return bool(compared) and _at_other_times([*series, figure])


def _at_other_times(figures: Sequence[Figure]) -> bool:
    """Tell whether each figure is of a time of its own."""
    return all(map(_is_one_time, figures)) and len({figure.period for figure in figures}) == len(figures)


def _is_one_time(figure: Figure) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:-\d\d){0,2}", figure.period or ""))


def _when_two(series: Sequence[Figure]) -> Iterator[list[Figure]]:
    if len(series) > 1:
        yield list(series)


def _in_row(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield the figures of a table row whose columns are years."""
    for _, group in groupby(figures, key=lambda figure: (figure.kind, figure.unit)):
        row = [figure for figure in group if _is_one_time(figure)]
        if _at_other_times(row):
            yield from _when_two(row)


def _said_in_row(unit: Unit, figures: Sequence[Figure]) -> Figure | None:
    """Return the percentage in the column that gives the change."""
    cells = [cell for cell in unit.cells if _VARIATION.search(cell.header)]
    shares = (f for f in figures if f.kind is FigureKind.PERCENTAGE and any(f.span in cell.span for cell in cells))
    return next(shares, None)


def _in_lists(text: str, passage: Passage, figures: Sequence[Figure]) -> Iterator[Evolution]:
    """Yield the evolutions of lists whose every item gives a figure its year."""
    for list_id, items in groupby(passage.units, key=lambda unit: unit.list_id):
        rows = [(unit, [figure for figure in figures if figure.span in unit.span]) for unit in items]
        if list_id is None or not all(inside and _YEARLY.search(unit.span.of(text)) for unit, inside in rows):
            continue
        series = [figure for _, inside in rows for figure in inside]
        if len({(figure.kind, figure.unit) for figure in series}) == 1 < len(series) and _at_other_times(series):
            yield _evolution(series, passage, rows[0][0])


def _said_of(text: str, series: Sequence[Figure], figures: Iterable[Figure]) -> tuple[Figure | None, bool]:
    """Return the percentage that sums a series up, and whether it is that of a fall."""
    end = max(figure.span.end for figure in series)
    share = next((figure for figure in figures if figure.span.start >= end), None)
    if share is None or share.kind is not FigureKind.PERCENTAGE or series[0].kind is FigureKind.PERCENTAGE:
        return None, False
    between = text[end : share.span.start].replace("\n", " ")
    signed = share.text[:1] in "+-–" and _SIGNED.fullmatch(_without_year(between))
    if len(between) > _REACH or not (signed or _CHANGE.fullmatch(_without_year(between))):
        return None, False
    return share, bool(_FALL.search(between))


def _without_year(between: str) -> str:
    return re.sub(r"\b(?:19|20)\d\d\b", "", between)
