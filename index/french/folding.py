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
    return "".join(_fold_character(character) for character in text)


def fold(text: str) -> str:
    """Return `text` in lower case without accents or ligatures, spaces collapsed: for comparing, not for offsets."""
    return " ".join(same_length_fold(text.translate(_LIGATURES)).split())


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    plain = character.translate(_ALIKE)
    base = unicodedata.normalize("NFD", plain)[:1].lower()
    return base if len(base) == 1 else plain  # lower() of a few letters is two characters long
