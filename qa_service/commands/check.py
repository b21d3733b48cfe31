"""`qa-service check`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from qa_service.checking.checker import Check, CheckedClaim, Verdict
from qa_service.checking.drafts import read_draft
from qa_service.checking.explaining import NAMES, explanation
from qa_service.checking.reporting import FORMATS, summary
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.references import place
from qa_service.wiring import load_service

_STYLES = {Verdict.CONTRADICTED: "red", Verdict.NOT_FOUND: "yellow"}
_CONTRADICTED = 3  # the exit code where a figure is contradicted, so that a script can stop there


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of a draft: as written there, its verdict, why, and where the report gives its own."""

    figure: str
    start: int
    verdict: Verdict
    explanation: str
    place: str


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="RAPPORT", help="Écrire le contrôle en .docx ou en .md."
)
@json_option
@click.pass_context
def check(context: click.Context, file: Path, out: Path | None, as_json: bool) -> None:
    """Vérifie les chiffres d'un texte (.txt, .md, .docx ou .pdf) contre le rapport."""
    written = FORMATS.get(out.suffix.lstrip(".").lower()) if out else None
    if out and written is None:
        raise click.UsageError(f"--out : le contrôle s'écrit en {' ou '.join(f'.{name}' for name in FORMATS)}")
    checked = load_service(current_settings()).checker.check(read_draft(file.name, file.read_bytes()))
    if out and written:
        out.write_bytes(written(checked))
    if as_json:
        print_json(tuple(map(_line, checked.claims)), tuple[Line, ...])
    else:
        _show(checked)
    if any(one.verdict is Verdict.CONTRADICTED for one in checked.claims):
        context.exit(_CONTRADICTED)


def _line(one: CheckedClaim) -> Line:
    return Line(
        figure=one.claim.figure.text,
        start=one.claim.figure.span.start,
        verdict=one.verdict,
        explanation=explanation(one),
        place=place(one.nearest.unit.ref.passage) if one.nearest else "",
    )


def _show(checked: Check) -> None:
    out = console()
    table = Table("Chiffre", "Verdict", "Pourquoi", "Où")
    for one in checked.claims:
        line, style = _line(one), _STYLES.get(one.verdict, "green")
        table.add_row(
            escape(line.figure), f"[{style}]{NAMES[one.verdict]}[/{style}]", escape(line.explanation), escape(line.place)
        )
    if checked.claims:
        out.print(table)
    out.print(summary(checked))
