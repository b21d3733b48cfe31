"""What the commands print with: tables for people on stdout, JSON for programs, progress on stderr."""

from __future__ import annotations

import os
from typing import TypeVar

import click
from pydantic import TypeAdapter
from rich.console import Console

from qa_service.settings import Settings

T = TypeVar("T")

json_option = click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
document_option = click.option("--document", metavar="RAPPORT", help="Un seul rapport, par son nom de dossier.")


def current_settings() -> Settings:
    """Return the settings of the environment; raises SettingsError."""
    return Settings.from_env(os.environ)


def console() -> Console:
    """Return the console for results; it leaves out colours and frames where the output is no terminal."""
    return Console(highlight=False)


def print_json(value: T, kind: type[T]) -> None:
    """Print a value of the domain as JSON, numbers of the report as strings."""
    click.echo(TypeAdapter(kind).dump_json(value, indent=1).decode())
