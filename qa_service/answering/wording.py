"""How units read one after the other: the report's own words, with no more than the punctuation that a list needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.model import Span, Unit, UnitKind

_ELLIPSIS = "…"
_ENDS = (".", "!", "?", ":", "…", ";")


def shown_alone(unit: Unit) -> str:
    """Return a unit as it can be read by itself: after the words that introduce it, where they are the report's own."""
    if not unit.introduction_span:
        return unit.text
    return f"{unit.introduction} {unit.text.rstrip(' ;,') if unit.kind is UnitKind.ITEM else unit.text}"


def listed(units: Sequence[Unit]) -> str:
    """Return the items of a list in one line."""
    last = len(units) - 1
    return " ; ".join(_item(unit.text, is_last=position == last) for position, unit in enumerate(units))


def _item(text: str, *, is_last: bool) -> str:
    """Return an item without the mark that ends it; a full stop stays after the last one and after "etc."."""
    shown = text.rstrip(" ;,")
    ends_sentence = shown.endswith(".") and not shown.endswith(("...", "etc.")) and not re.search(r"\b[A-Z]\.$", shown)
    return shown[:-1] if ends_sentence and not is_last else shown


def joined(units: Sequence[Unit]) -> str:
    """Return consecutive units as a running text."""
    if len(units) == 1:
        return shown_alone(units[0]).rstrip(" ,;")
    parts = [units[0].text]
    for before, unit in pairwise(units):
        parts.append(_between(before, unit) + unit.text)
    return "".join(parts)


def _between(before: Unit, unit: Unit) -> str:
    if before.text.endswith(_ENDS):
        return " "
    in_list = before.kind is not UnitKind.SENTENCE and unit.kind is not UnitKind.SENTENCE
    return " ; " if in_list and not before.text.endswith(",") else " " if before.text.endswith(",") else ". "


def window(unit: Unit, focus: Span, limit: int) -> str:
    """Return the part of a long unit around `focus`, at most `limit` characters, cut between words and marked as cut."""
    text = unit.text
    # Places in the unit's reading form are near enough to those in the document for a cut between words.
    start = max(0, focus.start - unit.span.start)
    length = min(focus.end - focus.start, limit - 2 * len(_ELLIPSIS))
    first = max(0, min(start - (limit - length) // 2, len(text) - limit + 2))
    last = min(len(text), first + limit - 2 * len(_ELLIPSIS))
    if first > 0:
        first = text.find(" ", first) + 1
    if last < len(text):
        last = text.rfind(" ", first, last)
    shown = text[first:last].strip(" ,;")
    return f"{_ELLIPSIS if first > 0 else ''}{shown}{_ELLIPSIS if last < len(text) else ''}"
