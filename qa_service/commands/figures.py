"""`qa-service figures`."""

from __future__ import annotations

import click
from rich.markup import escape
from rich.table import Table

from index.model import Figure, FigureKind
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.register import Register, Wanted
from qa_service.wiring import open_indexes


@click.command()
@click.argument("words", nargs=-1)
@click.option("--kind", type=click.Choice([kind.value for kind in FigureKind]), help="Seulement les chiffres de cette sorte.")
@click.option("--unit", default="", help="Seulement ceux de cette unité, par exemple EUR.")
@click.option("--period", default="", help="Seulement ceux de cette année ou de cette date, par exemple 2021.")
@click.option("--section", default="", help="Seulement ceux de la section de cet identifiant (voir « sections »).")
@json_option
def figures(words: tuple[str, ...], kind: str | None, unit: str, period: str, section: str, as_json: bool) -> None:
    """Affiche les chiffres du rapport dont la phrase ou le libellé contient tous les MOTS."""
    wanted = Wanted(words=" ".join(words), kind=FigureKind(kind) if kind else None, unit=unit, period=period, section=section)
    found = tuple(row.figure for row in Register(open_indexes(current_settings())).search(wanted))
    if as_json:
        print_json(found, tuple[Figure, ...])
        return
    table = Table("Chiffre", "Unité", "Période", "Ce qu'il compte", "Passage")
    for figure in found:
        shown = f"{figure.qualifier} {figure.text}" if figure.qualifier else figure.text
        table.add_row(*map(escape, (shown, figure.unit, figure.period or "", figure.label, figure.passage_id)))
    console().print(table)
