"""`qa-service doctor`."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import click
from rich.markup import escape
from rich.table import Table

from index.encoder.loading import load_embedder
from index.errors import QAError
from index.reading.limits import Limits
from index.reading.metadata import read_metadata, source_file
from qa_service.cli import FAILURE
from qa_service.commands.printing import console, current_settings, json_option, print_json
from qa_service.settings import Settings
from qa_service.wiring import open_current, seed_folders

_PACKAGES = (
    "llama-index-core",
    "faiss-cpu",
    "bm25s",
    "sentence-transformers",
    "torch",
    "pdfminer.six",
    "Flask",
    "gunicorn",
)
_FREE_BYTES = 500_000_000  # an index and its successor side by side, with room for conversations


@dataclass(frozen=True, slots=True)
class Check:
    """Something looked at, what was found, and whether the service can work with it."""

    name: str
    found: str
    well: bool


@click.command()
@click.option("--quiet", is_flag=True, help="Ne rien afficher ; le code de sortie dit tout.")
@json_option
def doctor(as_json: bool, quiet: bool) -> None:
    """Dit ce qui est installé, construit, périmé ou manquant, et quoi faire."""
    checks = tuple(_checks(current_settings()))
    if quiet:
        pass
    elif as_json:
        print_json(checks, tuple[Check, ...])
    else:
        table = Table("", "Point", "Constat")
        for check in checks:
            table.add_row("[green]✓[/green]" if check.well else "[red]✗[/red]", check.name, escape(check.found))
        console().print(table)
    if not all(check.well for check in checks):
        raise click.exceptions.Exit(FAILURE)


def _checks(settings: Settings) -> Iterator[Check]:
    yield Check("Python", platform.python_version(), well=True)
    for name in _PACKAGES:
        yield _package(name)
    yield _free_space(settings)
    try:
        embedder = load_embedder(settings.encoder)
    except QAError as error:
        yield Check("encodeur", str(error), well=False)
        return
    yield Check("encodeur", embedder.name, well=True)
    seeds = seed_folders(settings)
    if not seeds:
        yield Check("rapports", f"aucun dans « {settings.seeds_dir} » ; ajoutez-en un", well=False)
    for seed in seeds:
        try:
            path, title = source_file(seed), read_metadata(seed).title
            index = open_current(seed, settings, embedder)
        except QAError as error:
            yield Check(f"rapport {seed.name}", str(error), well=False)
        else:
            size = f"{path.stat().st_size / 1e6:.1f} Mo sur {Limits().max_bytes / 1e6:.0f}"
            yield Check(
                f"rapport {seed.name}",
                f"« {title} », {size}, index du {index.built_at}, vecteurs {index.unit_dense.kind}",
                well=True,
            )


def _package(name: str) -> Check:
    try:
        return Check(name, version(name), well=True)
    except PackageNotFoundError:
        return Check(name, "absent ; lancez : make install", well=False)


def _free_space(settings: Settings) -> Check:
    existing = next(path for path in (settings.var_dir.absolute(), *settings.var_dir.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return Check("espace libre", f"{free / 1e9:.1f} Go dans « {existing} »", well=free >= _FREE_BYTES)
