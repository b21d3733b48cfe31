"""Everyday words and the words of public administration for the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from index.french.tokens import stem

RELATED = 0.3  # what a related word weighs beside the question's own; 0.1 to 0.3 differed by less than a point on dev


def _groups() -> dict[str, frozenset[str]]:
    lines = files("qa_service.understanding").joinpath("data", "synonyms.txt").read_text(encoding="utf-8").splitlines()
    related: dict[str, frozenset[str]] = {}
    for line in lines:
        if not line.startswith("#"):
            group = frozenset(map(stem, line.split()))
            for word in group:
                related[word] = related.get(word, frozenset()) | group
    return related


_RELATED = _groups()


def related_stems(stems: Iterable[str]) -> set[str]:
    """Return the stems that mean about the same as some of `stems`, those themselves left out."""
    own = set(stems)
    return {other for word in own for other in _RELATED.get(word, ())} - own


def is_everyday(word_stem: str) -> bool:
    """Tell whether the language data know this stem."""
    return word_stem in _RELATED
