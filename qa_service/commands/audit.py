"""`qa-service audit`."""

from __future__ import annotations

from dataclasses import dataclass

import click
from rich.markup import escape
from rich.table import Table

from index.auditing import Finding, FindingCode
from index.store.report_index import ReportIndex
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.references import pages
from qa_service.wiring import open_indexes


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something to check: the figures as printed, with the section and pages of the first."""

    document: str
    code: FindingCode
    figures: tuple[str, ...]
    text: str
    section: str
    pages: str


@click.command()
@json_option
def audit(as_json: bool) -> None:
    """Affiche les chiffres du rapport à vérifier avant de les citer."""
    found = tuple(_point(finding, index) for index in open_indexes(current_settings()) for finding in index.findings)
    if as_json:
        print_json(found, tuple[Point, ...])
        return
    table = Table("Chiffres", "À vérifier", "Section", "Pages")
    for point in found:
        table.add_row(*map(escape, (" ; ".join(point.figures), point.text, point.section, point.pages)))
    console().print(table if found else "Rien à signaler.")


def _point(finding: Finding, index: ReportIndex) -> Point:
    text = index.document.text
    passage = next(passage for passage in index.passages if finding.figures[0] in passage.span)
    return Point(
        document=index.document.slug,
        code=finding.code,
        figures=tuple(span.of(text) for span in finding.figures),
        text=finding.text,
        section=" › ".join(passage.section_path),
        pages=pages(passage.pages),
    )
