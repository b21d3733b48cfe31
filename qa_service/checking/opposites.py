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


def opposed(drafted: str, printed: str) -> bool:
    """Tell whether one text says one side of a pair, and only that, and the other text only the other side."""
    one, other = fold(drafted), fold(printed)
    for first, second in _PAIRS:
        said = (bool(first.search(one)), bool(second.search(one)))
        if said[0] != said[1] and (bool(first.search(other)), bool(second.search(other))) == (said[1], said[0]):
            return True
    return False


def direction_of(text: str, sign: str) -> int:
    """Return 1 where something is said to have grown, -1 to have fallen, 0 where neither or both are said.

    `sign` is the first character of the figure as printed: it tells more than words.
    """
    if sign in "+-–−" and sign:
        return 1 if sign == "+" else -1
    folded = fold(text)
    return bool(_UP.search(folded)) - bool(_DOWN.search(folded))
