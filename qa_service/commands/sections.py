"""`qa-service sections`."""

from __future__ import annotations

import click
from rich.markup import escape
from rich.tree import Tree

from index.model import Section
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.references import pages
from qa_service.wiring import open_indexes


@click.command()
@json_option
def sections(as_json: bool) -> None:
    """Affiche le plan de chaque rapport, avec les pages."""
    indexes = open_indexes(current_settings())
    if as_json:
        print_json({index.document.slug: index.document.sections for index in indexes}, dict[str, tuple[Section, ...]])
        return
    for index in indexes:
        tree = Tree(f"[bold]{escape(index.document.title)}[/bold]")
        for section in index.document.sections:
            _grow(tree, section)
        console().print(tree)


def _grow(tree: Tree, section: Section) -> None:
    printed = pages(section.pages)
    branch = tree.add(f"{section.id}  {escape(section.title)}" + (f"  [dim]{printed}[/dim]" if printed else ""))
    for child in section.children:
        _grow(branch, child)
