"""`qa-service passages`."""

from __future__ import annotations

import click
from rich.markup import escape
from rich.text import Text

from index.model import Passage
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.model import Question
from qa_service.references import place
from qa_service.wiring import load_service, open_indexes


@click.command()
@click.argument("words", nargs=-1)
@click.option("--section", metavar="NUMÉRO", help="Seulement cette section, par exemple 1-2.")
@click.option("--top-k", default=5, show_default=True, type=click.IntRange(1, 100), help="Combien, avec des MOTS.")
@json_option
def passages(words: tuple[str, ...], section: str | None, top_k: int, as_json: bool) -> None:
    """Affiche les passages du rapport : tous, ceux d'une section, ou les plus proches de MOTS."""
    settings = current_settings()
    if words:
        found = tuple(item.passage for item in load_service(settings).retrieve(Question(" ".join(words)), top_k=top_k))
    else:
        found = tuple(passage for index in open_indexes(settings) for passage in index.passages)
    found = tuple(passage for passage in found if section in (None, passage.section_id))
    if as_json:
        print_json(found, tuple[Passage, ...])
        return
    for passage in found:
        console().print(f"\n[bold]{passage.id}[/bold]  [dim]{escape(place(passage))}[/dim]")
        console().print(Text(passage.text))
