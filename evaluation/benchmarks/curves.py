"""How a cost grows: measured points, and the exponent of the power that fits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True, slots=True)
class Point:
    """A cost `y` at a size `x`."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The points of one cost; it grows as `x` to the power `exponent` (0: not at all, 1: in proportion).

    `of` says what `x` counts, `unit` what `y` is in.
    """

    name: str
    of: str
    unit: str
    points: tuple[Point, ...]
    exponent: float

    @classmethod
    def through(cls, points: Sequence[Point], *, name: str, of: str, unit: str) -> Self:
        """Return the curve through measured points, two or more, all above 0."""
        return cls(name=name, of=of, unit=unit, points=tuple(points), exponent=exponent(points))


def exponent(points: Sequence[Point]) -> float:
    """Return the exponent of the power law fitted to the logarithms by least squares.

    Raises:
        ValueError: fewer than two sizes, or a size or cost that is not above 0.
    """
    if len({point.x for point in points}) < 2 or min(min(point.x, point.y) for point in points) <= 0:
        raise ValueError("an exponent needs two sizes or more, and sizes and costs above 0")
    logarithms = np.log([[point.x, point.y] for point in points])
    slope, _ = np.polyfit(logarithms[:, 0], logarithms[:, 1], 1)
    return round(float(slope), 2)
