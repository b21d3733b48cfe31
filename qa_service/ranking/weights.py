"""Learnt weights: of the ranking of units, and of the choice of the figure asked for (`python -m evaluation.learning`)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

import numpy as np

_DATA = files("qa_service.ranking").joinpath("data", "weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts; one that is not named counts nothing."""

    values: Mapping[str, float]

    @classmethod
    def learnt(cls, of: str, *, with_cards: bool) -> Self:
        """Return the shipped weights of "units" or "figures", learnt with or without the fact cards' signals."""
        table = json.loads(_DATA.read_text(encoding="utf-8"))[of]
        return cls(table["with_cards" if with_cards else "without_cards"])

    def limited_to(self, names: Set[str]) -> Self:
        """Return the same weights with all others at 0; a name whose weight is 0 or less counts 1, to be seen by itself."""
        return type(self)({name: max(self.values.get(name, 0.0), 0.0) or 1.0 for name in names})

    def vector(self, names: Sequence[str]) -> np.ndarray:
        """Return the weights in the order of `names`, float32."""
        return np.array([self.values.get(name, 0.0) for name in names], dtype=np.float32)
