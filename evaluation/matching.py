"""Whether a writing stands in a text: case, accents and kinds of space ignored, digits bounded."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_NUMBER = re.compile(r"(\d+(?: \d{3})*)(?:[.,](\d+))? ?(k€|m ?€|millier|million|milliard)?")
_SCALES = {"k€": 10**3, "m€": 10**6, "millier": 10**3, "million": 10**6, "milliard": 10**9}


def fold(text: str) -> str:
    """Return `text` in lower case without accents, every run of white space one space."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def occurs(writing: str, text: str) -> bool:
    """Say whether `writing` stands in `text`; its digits are bounded: "13" is not in "130"."""
    return re.search(rf"(?<!\d){re.escape(fold(writing))}(?!\d)", fold(text)) is not None


def same_figure(writing: str, printed: str, value: Decimal | None) -> bool:
    """Say whether the figure printed as `printed`, worth `value`, is the one that `writing` gives.

    Either writing may say more than the other ("46 stagiaires", "46"); a value is compared with its scale resolved.
    """
    return _within(writing, printed) or _within(printed, writing) or (value is not None and _value_of(writing) == value)


def _within(part: str, whole: str) -> bool:
    # Stricter than `occurs`: half of a number is another figure ("707" in "707 710", "50" in "1,50").
    return re.search(rf"(?<!\d)(?<!\d[ .,]){re.escape(fold(part))}(?![ .,]?\d)", fold(whole)) is not None


def _value_of(writing: str) -> Decimal | None:
    number = _NUMBER.match(fold(writing))
    if number is None:
        return None
    digits, decimals, scale = (group.replace(" ", "") for group in number.groups(default=""))
    return Decimal(f"{digits}.{decimals or 0}") * _SCALES.get(scale, 1)
