"""`qa-service add`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import click
from rich.markup import escape

from index.errors import QAError, ReportFormatError
from index.french.folding import fold
from index.reading.limits import Limits
from index.reading.metadata import SOURCES
from index.reading.report import read_source
from qa_service.commands.printing import console, current_settings
from qa_service.wiring import build_one


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", required=True, help="Titre du rapport, par exemple « Rapport d'activité 2022 ».")
@click.option("--authority", required=True, help="La collectivité.")
@click.option("--period", required=True, help="L'année du rapport.")
@click.option("--slug", help="Nom du dossier ; par défaut tiré du titre.")
def add(file: Path, title: str, authority: str, period: str, slug: str | None) -> None:
    """Ajoute le rapport FILE (.pdf, .md ou .txt) et construit son index."""
    settings = current_settings()
    if not re.fullmatch(r"(?:19|20)\d{2}", period):
        raise click.UsageError(f"la période est une année, pas « {period} »")
    name = slug or re.sub(r"[^a-z0-9]+", "-", fold(f"{title} {authority}")).strip("-")
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        raise click.UsageError(f"le nom de dossier « {name} » n'a que des lettres simples, des chiffres et des tirets")
    seed = settings.seeds_dir / name
    if seed.exists():
        raise click.UsageError(f"« {seed} » existe déjà ; choisissez un autre nom avec --slug")
    if f"report{file.suffix.lower()}" not in SOURCES:
        raise ReportFormatError(f"« {file.name} » : type inconnu ; acceptés : .pdf, .md, .txt.")
    read_source(file, limits=Limits())  # what cannot be read leaves no folder behind
    seed.mkdir(parents=True)
    try:
        shutil.copyfile(file, seed / f"report{file.suffix.lower()}")
        (seed / "report.toml").write_text(_metadata(title, authority, period), encoding="utf-8")
        index = build_one(settings, seed)
    except (QAError, OSError):
        shutil.rmtree(seed)
        raise
    console().print(f"{escape(title)} : {len(index.passages)} passages, {len(index.figures)} chiffres, dans « {seed} ».")


def _metadata(title: str, authority: str, period: str) -> str:
    # A JSON string without control characters is a TOML string.
    fields = {"title": title, "authority": authority, "period": period}
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
