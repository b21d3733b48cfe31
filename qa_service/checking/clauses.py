"""Which words of a sentence with several figures are about which of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import Span

# What parts the words after one figure from those before the next, the strongest first.
_SEPARATORS = (
    re.compile(r"[;.!?\n\t](?!\d)"),
    re.compile(r"[,)](?!\d)| [-–—] |\((?= ?(?:contre|soit|dont)\b)"),  # "la cité (193 logements)": the name is the figure's
    re.compile(r"\b(?:et|contre|dont|soit|puis|mais|ou|tandis que|alors que|parmi lesquel(?:le)?s)\b", re.IGNORECASE),
)


def words_about(text: str, figure: Span, others: Sequence[Span], within: Span) -> tuple[str, str]:
    """Return the words before and after a figure that are about it and none of the `others` of the stretch `within`."""
    before = [other.end for other in others if within.start <= other.end <= figure.start]
    after = [other.start for other in others if figure.end <= other.start <= within.end]
    start = _parting(text, max(before), figure.start)[1] if before else within.start
    end = _parting(text, figure.end, min(after))[0] if after else within.end
    return text[start : figure.start], text[figure.end : end]


def _parting(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words after the first of two figures end and those before the second begin; where nothing parts them,
    both have all.
    """
    for separator in _SEPARATORS:
        found = list(separator.finditer(text, start, end))
        if found:
            return found[-1].start(), found[-1].end()
    return end, start
