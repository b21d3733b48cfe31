"""The words that soften a figure: "près de 600 emplois", "1 500 emplois environ", "une quarantaine"."""

from __future__ import annotations

import re

from index.figures.language import alternation, read_table, tables, words
from index.figures.quantities import Quantity
from index.french.numbers import NumberForm

_TABLE = read_table("qualifiers")
_CONTRACTIONS = {" de": (" de", " d'", " des", " du"), "à": ("à", "au", "aux")}


def _variants(form: str) -> tuple[str, ...]:
    for ending, contracted in _CONTRACTIONS.items():
        if form.endswith(ending):
            return tuple(form.removesuffix(ending) + other for other in contracted)
    return (form, f"{form} de", f"{form} d'")


def _names(key: str) -> dict[str, str]:
    table = tables(_TABLE, key)
    return {form: name for name in table for form in words(table, name)}


_BEFORE = {variant: name for form, name in _names("before").items() for variant in _variants(form)}
_AFTER = _names("after")
_BEFORE_NUMBER = re.compile(rf"(?<!\w)(?<!\ben )(?P<form>{alternation(_BEFORE)})(?: (?:les?|la|des))? *$", re.I)
_AFTER_UNIT = re.compile(rf"(?: *[^\W\d_][\w'-]*)? +(?P<form>{alternation(_AFTER)})\b", re.I)
_LONGEST = max(map(len, _BEFORE)) + 6


def start_with_qualifier(text: str, position: int) -> int:
    """Return where the softening word before `position` of a plain text begins; `position` where there is none."""
    first = max(0, position - _LONGEST)
    match = _BEFORE_NUMBER.search(text[first:position])
    return first + match.start() if match else position


def qualifier_before(text: str, position: int) -> str | None:
    """Return the name of the word that softens what begins at `position` of a plain text, or None."""
    match = _BEFORE_NUMBER.search(text[max(0, position - _LONGEST) : position])
    return _BEFORE[match["form"].lower()] if match else None


def qualifier_of(text: str, quantity: Quantity) -> str | None:
    """Return the name of the word that softens `quantity` in a plain text ("près de" for "près d'un"), or None."""
    if before := qualifier_before(text, quantity.span.start):
        return before
    if match := _AFTER_UNIT.match(text, quantity.after):
        return _AFTER[match["form"].lower()]
    if quantity.number.form is NumberForm.APPROXIMATE:
        return str(tables(_TABLE, "approximate")["name"])
    return None
