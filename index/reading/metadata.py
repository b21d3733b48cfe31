"""`report.toml`: what is known of a report beside its text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from index.errors import ReportFormatError, ReportNotFoundError

SOURCES = ("report.pdf", "report.md", "report.txt")  # in this order, where a folder holds several


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMetadata:
    """Title, authority and period of a report; `short_names` are the names users give the authority.

    `examples` are questions that the report answers, shown to a user who has none yet; `places` are the places that a
    question may name, each as "Full name|other writing"; `tour` are the titles of the sections that the guided tour visits.
    """

    slug: str
    title: str
    authority: str
    period: str
    short_names: tuple[str, ...] = ()
    published: str = ""
    examples: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tour: tuple[str, ...] = ()


def read_metadata(folder: Path) -> ReportMetadata:
    """Return the metadata of the report in `folder`; its slug is the folder's name.

    Raises:
        ReportNotFoundError: there is no `report.toml`.
        ReportFormatError: it is no TOML, or lacks a field or has one too many; the message names it.
    """
    path = folder / "report.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReportNotFoundError(f"Il manque « {path} » (titre, collectivité, période du rapport) ; créez-le.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReportFormatError(f"« {path} » n'est pas du TOML valable : {error}") from error
    return _parsed(path, table)


def _parsed(path: Path, table: dict[str, object]) -> ReportMetadata:
    needed, lists = {"title", "authority", "period"}, {"short_names", "examples", "places", "tour"}
    missing, unknown = needed - table.keys(), table.keys() - needed - lists - {"published"}
    if missing or unknown:
        what = f"il manque : {', '.join(sorted(missing))}" if missing else f"champ inconnu : {', '.join(sorted(unknown))}"
        raise ReportFormatError(f"« {path} » : {what}.")
    texts = {name: _string(path, name, table[name]) for name in needed}
    return ReportMetadata(
        slug=path.parent.name,
        **texts,
        published=_string(path, "published", table.get("published", "-")).strip("-"),
        short_names=_strings(path, "short_names", table),
        examples=_strings(path, "examples", table),
        places=_strings(path, "places", table),
        tour=_strings(path, "tour", table),
    )


def _string(path: Path, name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ReportFormatError(f"« {path} » : « {name} » doit être un texte entre guillemets.")
    return value


def _strings(path: Path, name: str, table: dict[str, object]) -> tuple[str, ...]:
    values = table.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ReportFormatError(f"« {path} » : « {name} » doit être une liste de textes.")
    return tuple(values)


def source_file(folder: Path) -> Path:
    """Return the report's file in `folder`.

    Raises:
        ReportNotFoundError: there is none of `SOURCES`.
    """
    for name in SOURCES:
        if (folder / name).exists():
            return folder / name
    raise ReportNotFoundError(f"Il n'y a pas de rapport dans « {folder} » ; ajoutez l'un de : {', '.join(SOURCES)}.")
