"""Counts announced before a list of another length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.auditing.finding import Certainty, Finding, FindingCode
from index.model import Figure, FigureKind, Passage, Unit, UnitKind

_LEAST, _MOST = 3, 20
_ANNOUNCED = re.compile(r"(?: [\w'-]+){1,5}(?: suivant(?:e?s))? ?: ?(?P<list>.*)", re.DOTALL)
_PLAIN_ITEM = re.compile(r"(?:[\w'’-]+ ?){1,7}")
_BULLET = re.compile(r"\s*[-–•*·]\s")


def wrong_counts(text: str, passage: Passage, unit: Unit, figures: Sequence[Figure]) -> Iterator[Finding]:
    """Yield each count that a list after it, of plain items with commas or of bullets, does not have."""
    for figure in figures:
        if figure.kind is not FigureKind.COUNT or figure.value is None or not _LEAST <= figure.value <= _MOST:
            continue
        announced = _ANNOUNCED.fullmatch(" " + " ".join(text[figure.span.end : unit.span.end].split()))
        if not announced:
            continue
        least, most = _enumerated(announced["list"]) if announced["list"] else _bulleted(text, passage, unit)
        if least and not least <= figure.value <= most:
            yield Finding(
                code=FindingCode.COUNT,
                figures=(figure.span,),
                text=f"« {figure.text} {figure.unit} » sont annoncés, mais la liste en compte {least}.",
                certainty=Certainty.LIKELY,
            )


def _enumerated(listed: str) -> tuple[int, int]:
    """Return the least and the most items that a list with commas may have, (0, 0) for one that is not plain."""
    items = [item.strip() for item in listed.rstrip(" .").split(",")]
    if len(items) < _LEAST or not all(_PLAIN_ITEM.fullmatch(item) for item in items):
        return 0, 0
    return len(items), len(items) + sum(item.count(" et ") for item in items)


def _bulleted(text: str, passage: Passage, unit: Unit) -> tuple[int, int]:
    """Return the number of items that a unit introduces, twice, (0, 0) if they have no bullets: such lists are cut short."""
    items = [one for one in passage.units if one.kind is UnitKind.ITEM and one.introduction_span == unit.span]
    bullets = all(_BULLET.match(one.span.of(text)) or _BULLET.match(text[max(0, one.span.start - 2) :]) for one in items)
    return (len(items), len(items)) if items and bullets else (0, 0)
