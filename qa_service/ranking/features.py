"""What the ranking weighs: a row of numbers for each unit of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from index.french.folding import fold
from index.model import FigureKind
from qa_service.model import QuestionKind
from qa_service.ranking.signals import Signals
from qa_service.ranking.traits import Traits
from qa_service.understanding.query import Query

_FUTURE = re.compile(
    r"\b(prevus?|prevues?|prevoit|prevoient|futurs?|future|projets?|prochaine?s?|bientot|demain|a venir|compte[nt]*|\w+(era|eront|ra|ront))\b"
)
_NOT_DATES = frozenset(FigureKind) - {FigureKind.DATE}

SIGNALS = tuple(field.name for field in fields(Signals))
FEATURES = (*SIGNALS, "kind", "year", "place", "plan")


def feature_rows(query: Query, signals: Signals, traits: Sequence[Traits], *, period: str) -> np.ndarray:
    """Return the features of each unit, float32, shape (units, features), in the order of `FEATURES`."""
    asks_plan = bool(_FUTURE.search(fold(query.text))) or any(year > period[:4] for year in query.constraints.years)
    columns = [getattr(signals, name) for name in SIGNALS]
    judged = [
        (can_answer(query, unit), fits_years(query, unit, period), fits_places(query, unit), unit.is_plan == asks_plan)
        for unit in traits
    ]
    return np.column_stack([*columns, np.array(judged, dtype=np.float32)]).astype(np.float32)


def can_answer(query: Query, unit: Traits) -> bool:
    """Tell whether a unit holds the sort of thing that is asked for: a figure of that kind, a date, a name, a place."""
    match query.kind:
        case QuestionKind.FIGURE:
            asked = query.constraints.figures | {FigureKind.RATE} if query.constraints.figures else _NOT_DATES
            return bool(unit.figure_kinds & asked)
        case QuestionKind.DATE:
            return FigureKind.DATE in unit.figure_kinds or FigureKind.DURATION in unit.figure_kinds
        case QuestionKind.PERSON | QuestionKind.PLACE:
            return unit.has_name or bool(unit.places)
        case QuestionKind.LIST:
            return unit.in_list
        case _:
            return True


def fits_years(query: Query, unit: Traits, period: str) -> bool:
    """Tell whether a unit may speak of the years asked for: the report's own year needs no mention."""
    asked = query.constraints.years
    if not asked:
        return True
    spoken = unit.years | ({period[:4]} if not unit.own_years or period[:4] in unit.own_years else set())
    return any(year in spoken for year in asked)


def fits_places(query: Query, unit: Traits) -> bool:
    """Tell whether a unit, with what stands over it, names a place asked for."""
    return not query.constraints.places or bool(unit.places.intersection(query.constraints.places))
