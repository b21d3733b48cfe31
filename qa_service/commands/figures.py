"""`qa-service figures`."""

from __future__ import annotations

import click
from rich.markup import escape
from rich.table import Table

from index.french.folding import fold
from index.model import Figure, FigureKind
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.wiring import open_indexes


@click.command()
@click.argument("words", nargs=-1)
@click.option("--kind", type=click.Choice([kind.value for kind in FigureKind]), help="Seulement les chiffres de cette sorte.")
@json_option
def figures(words: tuple[str, ...], kind: str | None, as_json: bool) -> None:
    """Affiche les chiffres du rapport dont le libellé contient tous les MOTS."""
    wanted = [fold(word) for word in words]
    found = tuple(
        figure
        for index in open_indexes(current_settings())
        for figure in index.figures
        if (kind is None or figure.kind == kind) and all(word in fold(f"{figure.label} {figure.text}") for word in wanted)
    )
    if as_json:
        print_json(found, tuple[Figure, ...])
        return
    table = Table("Chiffre", "Unité", "Période", "Ce qu'il compte", "Passage")
    for figure in found:
        shown = f"{figure.qualifier} {figure.text}" if figure.qualifier else figure.text
        table.add_row(*map(escape, (shown, figure.unit, figure.period or "", figure.label, figure.passage_id)))
    console().print(table)
