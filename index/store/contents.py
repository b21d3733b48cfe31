"""What an index says in words: document, passages, figures, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexCorruptError
from index.gaps import Gap
from index.model import Document, Fact, Figure, GlossaryEntry, Passage
from index.reading.metadata import ReportMetadata

NAME = "contents.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A report and what was found in it; passages and figures in reading order."""

    metadata: ReportMetadata
    document: Document
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()


_ADAPTER = TypeAdapter(Contents)


def write_contents(folder: Path, contents: Contents) -> None:
    """Write the contents into an index folder."""
    (folder / NAME).write_bytes(_ADAPTER.dump_json(contents))


def read_contents(folder: Path) -> Contents:
    """Return the contents of an index folder.

    Raises:
        IndexCorruptError: the file is missing or damaged.
    """
    try:
        return _ADAPTER.validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexCorruptError(f"« {NAME} » est illisible ; lancez : qa-service build") from error
