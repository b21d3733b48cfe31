"""French typography of the interface's own sentences; the report's words are never touched."""

from __future__ import annotations

import re

from index.french.writing import date_in_french
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
    """Return an ISO 8601 period in French, each of its dates on one line; "" for None."""
    dates = map(date_in_french, period.split("/")) if period else ()
    return " à ".join(date.replace(" ", NO_BREAK_SPACE) for date in dates)
