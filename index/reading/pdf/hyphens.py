"""Words cut at the end of a line, put together again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CUT = re.compile(rf"({_WORD.pattern})[-\u2010\u00ad]$")
_SOFT = "\u00ad"

_FRENCH: dict[str, list[str]] = tomllib.loads(
    files("index.reading.pdf").joinpath("data", "hyphens.toml").read_text(encoding="utf-8")
)
_KEEPS_AFTER = frozenset(_FRENCH["keeps_after"])
_KEEPS_BEFORE = frozenset(_FRENCH["keeps_before"])


class Hyphens:
    """Joins lines, knowing the words that the document prints within its lines."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = {_folded(word) for text in texts for word in _WORD.findall(text)}

    def join(self, texts: Iterable[str]) -> str:
        """Return the lines as one: a space between two, nothing within a word that was cut."""
        joined = ""
        for text in texts:
            cut, following = _CUT.search(joined), _WORD.match(text)
            if cut and following:
                joined = (joined if self._keeps(cut, following[0]) else joined[:-1]) + text
            else:
                joined = f"{joined} {text}" if joined else text
        return joined.replace(_SOFT, "")

    def _keeps(self, cut: re.Match[str], rest: str) -> bool:
        """Tell whether the hyphen belongs to the word: "Saint-/Malo", "rendez-/vous", not "établisse-/ments"."""
        if cut[0].endswith(_SOFT):
            return False
        before, after = _folded(cut[1]), _folded(rest)
        if rest[0].isupper():
            return not cut[1].isupper()  # in capitals the next letter says nothing: "COMMU-/NAUTÉ"
        if before + after in self._known:
            return False
        return f"{before}-{after}" in self._known or before in _KEEPS_AFTER or after in _KEEPS_BEFORE


def ends_cut(text: str) -> bool:
    """Tell whether a line ends within a word."""
    return _CUT.search(text) is not None


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")
