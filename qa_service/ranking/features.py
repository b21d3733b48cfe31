"""What the ranking weighs: a row of numbers for each unit of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import fields

import numpy as np

from index.french.folding import fold
from index.model import FigureKind
from qa_service.model import QuestionKind
from qa_service.ranking.signals import Signals
from qa_service.ranking.traits import Traits, speaks_of_total
from qa_service.understanding.query import Query

# Words of plans: "prévu", "futur", "va ouvrir", verbs in the future tense.
_FUTURE = re.compile(
    r"\b(?:prev(?:us?|ues?|oit|oient|oyait)|futur(?:e?s?)|prochaine?s?|bientot|demain|a venir|projets?|comptent?)\b"
    r"|\b\w+r(?:a|ont)\b"
)
_NOT_DATES = frozenset(FigureKind) - {FigureKind.DATE}

SIGNALS = tuple(field.name for field in fields(Signals))
FEATURES = (*SIGNALS, "kind", "quantity", "year", "place", "plan", "total", "says")


class FeatureReader:
    """Reads the features of all units of one report at once; what does not depend on the query is computed once."""

    def __init__(self, traits: Sequence[Traits], *, period: str) -> None:
        self._size = len(traits)
        self._kinds = _columns(traits, lambda unit: unit.figure_kinds)
        self._years = _columns(traits, lambda unit: spoken_years(unit, period))
        self._places = _columns(traits, lambda unit: unit.places)
        self._persons = np.array([unit.has_person for unit in traits], dtype=bool)
        self._names = np.array([unit.has_name or bool(unit.places) for unit in traits], dtype=bool)
        self._in_list = np.array([unit.in_list for unit in traits], dtype=bool)
        self._totals = np.array([unit.gives_total for unit in traits], dtype=bool)
        self._says = np.array([not unit.is_bare for unit in traits], dtype=bool)
        self._plans = np.array([unit.is_plan for unit in traits], dtype=bool)
        self._period = period[:4]

    def read(self, query: Query, signals: Signals) -> np.ndarray:
        """Return the features of each unit, float32, shape (units, features), in the order of `FEATURES`."""
        asks_plan = bool(_FUTURE.search(fold(query.text))) or any(y > self._period for y in query.constraints.years)
        years, places = query.constraints.years, query.constraints.places
        named = quantities_named(query)
        judged = [
            self._can_answer(query),
            self._any(self._kinds, named) if named else self._all(),
            self._any(self._years, years) if years else self._all(),
            self._any(self._places, places) if places else self._all(),
            self._plans == asks_plan,
            self._totals if speaks_of_total(query.text) else self._all(),
            self._says,
        ]
        return np.array([*(getattr(signals, name) for name in SIGNALS), *judged], dtype=np.float32).T

    def _can_answer(self, query: Query) -> np.ndarray:
        match query.kind:
            case QuestionKind.FIGURE:
                return self._any(self._kinds, kinds_asked(query))
            case QuestionKind.DATE:
                return self._any(self._kinds, (FigureKind.DATE, FigureKind.DURATION))
            case QuestionKind.PERSON | QuestionKind.PLACE:
                return self._persons if query.constraints.human else self._names
            case QuestionKind.LIST:
                return self._in_list
            case _:
                return self._all()

    def _any(self, columns: dict[Hashable, np.ndarray], names: Iterable[Hashable]) -> np.ndarray:
        found = [columns[name] for name in names if name in columns]
        return np.any(found, axis=0) if found else np.zeros(self._size, dtype=bool)

    def _all(self) -> np.ndarray:
        return np.ones(self._size, dtype=bool)


def _columns(traits: Sequence[Traits], values: Callable[[Traits], Iterable[Hashable]]) -> dict[Hashable, np.ndarray]:
    """Return, for each value that some unit has, which units have it."""
    columns: dict[Hashable, np.ndarray] = {}
    for position, unit in enumerate(traits):
        for value in values(unit):
            columns.setdefault(value, np.zeros(len(traits), dtype=bool))[position] = True
    return columns


def kinds_asked(query: Query) -> frozenset[FigureKind]:
    """Return the kinds of figure that would answer; a rate answers whatever quantity it is of."""
    asked = query.constraints.figures
    return asked | {FigureKind.RATE} if asked else _NOT_DATES


def quantities_named(query: Query) -> frozenset[FigureKind]:
    """Return the kinds of figure that the question asks for by name: a price, a date, a percentage; not a mere number."""
    return query.constraints.figures - {FigureKind.COUNT}


def spoken_years(unit: Traits, period: str) -> frozenset[str]:
    """Return the years that a unit may speak of: the report's own year needs no mention."""
    return unit.years | {period[:4]} if not unit.own_years else unit.years
