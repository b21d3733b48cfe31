"""`qa-service audit`."""

from __future__ import annotations

from dataclasses import dataclass

import click
from rich.markup import escape
from rich.table import Table

from index.auditing import Certainty, Finding, FindingCode
from index.store.report_index import ReportIndex
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.references import place, readable
from qa_service.wiring import open_indexes

_NAMES = {Certainty.SURE: "certain", Certainty.LIKELY: "à vérifier"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something to check: the figures as printed, what is wrong with them, how sure it is, the sentences and where."""

    document: str
    code: FindingCode
    certainty: Certainty
    figures: tuple[str, ...]
    text: str
    quotes: tuple[str, ...]
    place: str


@click.command()
@json_option
def audit(as_json: bool) -> None:
    """Affiche les points du rapport à vérifier avant de le citer."""
    found = tuple(_point(finding, index) for index in open_indexes(current_settings()) for finding in index.findings)
    if as_json:
        print_json(found, tuple[Point, ...])
        return
    table = Table("À vérifier", "Sûreté", "Le rapport imprime", "Où", show_lines=True)
    for point in found:
        quotes = "\n".join(f"« {quote} »" for quote in point.quotes)
        table.add_row(*map(escape, (point.text, _NAMES[point.certainty], quotes, point.place)))
    console().print(table if found else "Rien à signaler.")


def _point(finding: Finding, index: ReportIndex) -> Point:
    text = index.document.text
    around = [index.sentence_around(span) for span in finding.figures]
    return Point(
        document=index.document.slug,
        code=finding.code,
        certainty=finding.certainty,
        figures=tuple(span.of(text) for span in finding.figures),
        text=finding.text,
        quotes=tuple(dict.fromkeys(readable(span.of(text)) for _, span in around)),
        place=place(around[0][0]),
    )
