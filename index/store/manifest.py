"""The manifest: what an index folder holds and what it was built from. Written last, so that a folder with one is whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexCorruptError, IndexMissingError

FORMAT = 3  # raised when the files of an index change shape
NAME = "manifest.json"
_PACKAGES = ("bm25s", "faiss-cpu", "PyStemmer", "pdfminer.six")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`sources` and `files` give the SHA-256 of each file by name; `built_at` is RFC 3339."""

    format: int
    slug: str
    built_at: str
    encoder: str
    sources: dict[str, str]
    files: dict[str, str]
    packages: dict[str, str]
    passages: int
    units: int
    facts: int
    gaps: int
    figures: int


_ADAPTER = TypeAdapter(Manifest)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder` by its relative name, the manifest left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): sha256(path) for path in files}


def package_versions() -> dict[str, str]:
    """Return the versions of the packages that the files of an index depend on."""
    return {name: version(name) for name in _PACKAGES}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder whose other files are all there."""
    (folder / NAME).write_bytes(_ADAPTER.dump_json(manifest, indent=1))


def read_manifest(folder: Path, name: str) -> Manifest:
    """Return the manifest of the index called `name` in a folder.

    Raises:
        IndexMissingError: the folder or its manifest is missing.
        IndexCorruptError: the manifest is damaged or of another format.
    """
    try:
        manifest = _ADAPTER.validate_json((folder / NAME).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(f"L'index « {name} » n'est pas construit ; lancez : qa-service build") from None
    except ValidationError as error:
        raise IndexCorruptError(f"L'index « {name} » : « {NAME} » est illisible ; lancez : qa-service build") from error
    if manifest.format != FORMAT:
        raise IndexCorruptError(
            f"L'index « {name} » est au format {manifest.format}, ce logiciel lit le format {FORMAT} ; "
            "lancez : qa-service build"
        )
    return manifest


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Check that every file is the one that was built.

    Raises:
        IndexCorruptError: names the first file that is missing or changed.
    """
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise IndexCorruptError(
                f"Il manque le fichier « {name} » de l'index « {manifest.slug} » ; lancez : qa-service build"
            )
        if sha256(path) != expected:
            raise IndexCorruptError(
                f"Le fichier « {name} » de l'index « {manifest.slug} » est abîmé ; lancez : qa-service build"
            )
