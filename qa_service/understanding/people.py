"""People's names in French text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from index.french.folding import fold
from index.model import Span

_PAIR = re.compile(r"\b([A-ZÀ-Þ][\w'’-]+)(?= (?:(?:de|du|des|d'|Le|La|Van|Ben|El) ?)?[A-ZÀ-Þ][\w'’-]+)")


def _first_names() -> frozenset[str]:
    text = files("qa_service.understanding").joinpath("data", "first_names.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())


_FIRST_NAMES = _first_names()


def names_person(text: str) -> bool:
    """Tell whether `text` has a common French first name with a capitalised word after it."""
    return next(persons(text), None) is not None


def persons(text: str) -> Iterator[Span]:
    """Yield where each common French first name stands that has a capitalised word after it."""
    for match in _PAIR.finditer(text):
        if fold(match[1]).split("-")[0] in _FIRST_NAMES:
            yield Span(*match.span())
