"""Writing differences that do not change a word: case, accents, ligatures, kinds of space and apostrophe."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans({
    "’": "'", "ʼ": "'", "‘": "'", "´": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\n": " ", "\r": " ",
    "–": "-", "—": "-", "‑": "-", "−": "-",
})  # fmt: skip
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def same_length_fold(text: str) -> str:
    """Return `text` in lower case without accents, character for character: offsets stay true.

    Ligatures keep their one character; apostrophes, dashes and spaces of all kinds become the plain one.
    """
    return text.translate(_FOLDED)


@lru_cache(maxsize=1024)  # a question is looked at in many ways
def fold(text: str) -> str:
    """Return `text` in lower case without accents or ligatures, spaces collapsed: for comparing, not for offsets."""
    return " ".join(same_length_fold(text.translate(_LIGATURES)).split())


class _Folded(dict[int, str]):
    """The plain form of each character by its number, worked out when first met; only those of European scripts are kept."""

    def __missing__(self, code: int) -> str:
        plain = chr(code).translate(_ALIKE)
        base = unicodedata.normalize("NFD", plain)[:1].lower()
        folded = base if len(base) == 1 else plain  # lower() of a few letters is two characters long
        if code < _KEPT:
            self[code] = folded
        return folded


_KEPT = 0x2500
_FOLDED = _Folded()
