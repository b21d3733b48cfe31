"""Where French sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.model import Span

_END = re.compile(r"(?<![.!?…])[.!?…]++[»\")\]]?(?=\s+[\"«(]?\s?[A-ZÀ-ÖØ-ÞŒ\d])")
# A full stop after these is part of the word: titles, initials, "etc.", "H.T.".
_ABBREVIATION = re.compile(
    r"(?:\b(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|St|Ste|art|cf|ex|env|p|pp|n|no|tél|fig|av|bd|resp)\.|\b(?:[A-ZÀ-Þ]\.)+)$",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a running text, in order, without the spaces between them."""
    start = 0
    for end in _END.finditer(text):
        before = text[max(0, end.start() - 12) : end.start() + 1]
        if end[0] == "." and _ABBREVIATION.search(before) and not _ends_anyway(text, end.end()):
            continue
        yield _stripped(text, start, end.end())
        start = end.end()
    if text[start:].strip():
        yield _stripped(text, start, len(text))


def _ends_anyway(text: str, position: int) -> bool:
    # "... 823 158 € H.T. Le chantier": an article in upper case begins a sentence even after an abbreviation.
    return re.match(r"\s+(?:L[ae]s?|L'|Un|Une|Des|Il|Elle|Ce|Cette|Ces|En|Au|Aux|Pour)\b", text[position:]) is not None


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip())))
