"""French typography of the interface's own sentences; the report's words are never touched."""

from __future__ import annotations

import re

from index.model import FigureKind

NO_BREAK_SPACE = "\u00a0"
_BEFORE = re.compile(r" (?=[:;?!»%€])")
_AFTER = re.compile(r"(?<=«) ")


def french(text: str) -> str:
    """Return `text` with no-break spaces before high punctuation and inside guillemets."""
    return _AFTER.sub(NO_BREAK_SPACE, _BEFORE.sub(NO_BREAK_SPACE, text))


def thousands(number: int) -> str:
    """Return a whole number as French prints it: "1 204", with no-break spaces."""
    return f"{number:_}".replace("_", NO_BREAK_SPACE)


_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def pages_label(first: int | None, last: int | None) -> str:
    """Return "p. 36" or "p. 36 à 40"; "" when the report has no pages."""
    if first is None:
        return ""
    pages = f"p. {first}" if last in (None, first) else f"p. {first} à {last}"
    return pages.replace(" ", NO_BREAK_SPACE)


_KINDS = {
    FigureKind.MONEY: "montant",
    FigureKind.PERCENTAGE: "pourcentage",
    FigureKind.COUNT: "nombre",
    FigureKind.AREA: "surface",
    FigureKind.VOLUME: "volume",
    FigureKind.LENGTH: "longueur",
    FigureKind.MASS: "masse",
    FigureKind.DATE: "date",
    FigureKind.DURATION: "durée",
    FigureKind.RATE: "rapport",
}


def kind_label(kind: FigureKind) -> str:
    """Return what a kind of figure is called in French."""
    return _KINDS[kind]


def period_label(period: str | None) -> str:
    """Return an ISO 8601 period in French: "2021", "mars 2021", "31 décembre 2021", "2019 à 2024"; "" for None."""
    return " à ".join(_date_label(date) for date in period.split("/")) if period else ""


def _date_label(date: str) -> str:
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?", date)
    if not match:
        return date
    day = {None: "", "01": "1er "}.get(match[3], f"{int(match[3] or 0)} ")
    return f"{day}{_MONTHS[int(match[2]) - 1]} {match[1]}".replace(" ", NO_BREAK_SPACE)
