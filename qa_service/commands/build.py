"""`qa-service build`."""

from __future__ import annotations

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from qa_service.commands.printing import console, current_settings
from qa_service.wiring import build_indexes


@click.command()
def build() -> None:
    """Construit l'index de chaque rapport ; l'ancien sert jusqu'à ce que le nouveau soit prêt."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("préparation", total=None)
        built = list(build_indexes(current_settings(), lambda step: bar.update(task, description=step)))
    for index in built:
        counts = f"{len(index.passages)} passages, {len(index.figures)} chiffres, {len(index.facts)} fiches"
        console().print(f"{escape(index.document.title)} : {counts}.")
