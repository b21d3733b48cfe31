"""Words that part two figures of one subject: what was asked for and what was granted, what rose and what fell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

from index.french.folding import fold

_TABLE = tomllib.loads(files("qa_service.checking").joinpath("data", "opposites.toml").read_text(encoding="utf-8"))


def _any_of(beginnings: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(beginnings)})")


_PAIRS = tuple(tuple(_any_of(side) for side in row["sides"]) for row in _TABLE["pair"])
_UP, _DOWN = _any_of(_TABLE["direction"]["up"]), _any_of(_TABLE["direction"]["down"])


def sides_of(text: str) -> frozenset[int]:
    """Return the sides that a text takes: of the pair n, 2n for the first and 2n + 1 for the second; none of a pair of which it
    says both.
    """
    folded = fold(text)
    said = [(bool(first.search(folded)), bool(second.search(folded))) for first, second in _PAIRS]
    return frozenset(2 * number + second for number, (first, second) in enumerate(said) if first != second)


def opposed(drafted: frozenset[int], printed: frozenset[int]) -> bool:
    """Tell whether two texts take the two sides of a pair."""
    return any(side ^ 1 in printed for side in drafted)


def direction_of(text: str, sign: str) -> int:
    """Return 1 where something is said to have grown, -1 to have fallen, 0 where neither or both are said.

    `sign` is the first character of the figure as printed: it tells more than words.
    """
    if sign in "+-–−" and sign:
        return 1 if sign == "+" else -1
    folded = fold(text)
    return bool(_UP.search(folded)) - bool(_DOWN.search(folded))
