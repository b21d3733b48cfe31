"""Numbers, ISO 8601 dates and periods as French writes them."""

from __future__ import annotations

import re
from decimal import Decimal

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_DATE = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?")


def period_in_french(period: str | None) -> str:
    """Return "2021", "mars 2021", "31 décembre 2021" or "2019 à 2024"; "" for None."""
    return " à ".join(map(date_in_french, period.split("/"))) if period else ""


def date_in_french(date: str) -> str:
    """Return a date, cut where it is less exact, in French."""
    match = _DATE.fullmatch(date)
    if not match:
        return date
    day = {None: "", "01": "1er "}.get(match[3], f"{int(match[3] or 0)} ")
    return f"{day}{_MONTHS[int(match[2]) - 1]} {match[1]}"


def number_in_french(number: Decimal) -> str:
    """Return a number with at most two decimals: "16 069,63"."""
    whole, decimals = f"{number:,.2f}".replace(",", " ").split(".")
    return f"{whole},{decimals.rstrip('0')}".rstrip(",")
