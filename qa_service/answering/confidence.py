"""How likely an answer is right: a logistic model of its evidence, fitted on development questions."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

from qa_service.answering.evidence import EVIDENCE, Evidence

_DATA = files("qa_service.answering").joinpath("data", "confidence.json")


@dataclass(frozen=True, slots=True)
class Confidence:
    """`threshold` is the least likelihood worth answering with; below it the service says that it does not know."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    @classmethod
    def learnt(cls, *, with_cards: bool) -> Self:
        """Return the shipped model, fitted by `python -m evaluation.learning` with or without the fact cards."""
        table = json.loads(_DATA.read_text(encoding="utf-8"))["with_cards" if with_cards else "without_cards"]
        return cls(table["bias"], table["weights"], table["threshold"])

    def of(self, evidence: Evidence) -> float:
        """Return the likelihood, 0 to 1, that the answer is right."""
        values = zip(EVIDENCE, map(float, evidence.values), strict=True)
        score = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in values)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
