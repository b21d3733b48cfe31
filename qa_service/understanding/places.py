"""The places that a report knows, and which of them a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.french.folding import fold

_BETWEEN = re.compile(r"[ '-]+")


class Places:
    """Places by all their writings. A name inside a longer hyphenated one ("Saint-Paris") is another name."""

    def __init__(self, places: Iterable[str]) -> None:
        """Take places as "Full name|other writing|…", as `report.toml` lists them."""
        self._canonical: dict[str, str] = {}
        for place in places:
            canonical, *others = (_BETWEEN.sub(" ", fold(writing)) for writing in place.split("|"))
            self._canonical |= dict.fromkeys((canonical, *others), canonical)
        longest_first = sorted(self._canonical, key=len, reverse=True)
        alternatives = "|".join(re.escape(name).replace(r"\ ", "[ '-]") for name in longest_first) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the places named in `text`, folded, in the order of their first mention."""
        found = self._pattern.finditer(fold(text))
        return tuple(dict.fromkeys(self._canonical[_BETWEEN.sub(" ", match[0])] for match in found))
