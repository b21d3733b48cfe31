"""`qa-service evolutions`."""

from __future__ import annotations

from dataclasses import dataclass

import click
from rich.markup import escape
from rich.table import Table

from index.evolutions import Evolution
from index.french.writing import number_in_french
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.references import place
from qa_service.wiring import open_indexes


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The same thing at two times or more: values by period as printed, the change in percent, what the report says of it."""

    document: str
    label: str
    values: tuple[tuple[str, str], ...]
    percentage: str
    said: str
    agrees: bool | None
    place: str


@click.command()
@json_option
def evolutions(as_json: bool) -> None:
    """Affiche ce que le rapport donne pour plusieurs années, avec l'écart calculé."""
    lines = tuple(_line(one, index.document.slug) for index in open_indexes(current_settings()) for one in index.evolutions)
    if as_json:
        print_json(lines, tuple[Line, ...])
        return
    table = Table("Quoi", "Valeurs", "Écart", "Le rapport dit", "Où")
    for line in lines:
        values = " → ".join(f"{text} ({period})" for period, text in line.values)
        said = line.said if line.agrees is not False else f"{line.said} (faux)"
        table.add_row(*map(escape, (line.label, values, line.percentage, said, line.place)))
    console().print(table if lines else "Le rapport ne donne rien pour plusieurs années.")


def _line(evolution: Evolution, document: str) -> Line:
    change = evolution.percentage
    return Line(
        document=document,
        label=evolution.label,
        values=tuple((point.period or "", point.text) for point in evolution.points),
        percentage="" if change is None else f"{'+' if change > 0 else ''}{number_in_french(change)} %",
        said=evolution.said.text if evolution.said else "",
        agrees=evolution.agrees,
        place=place(evolution.passage),
    )
