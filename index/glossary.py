"""The glossary: acronyms and house words of a report, each with an explanation and the quote it is read from."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from index.errors import FactsError
from index.model import Document, GlossaryEntry, Passage, Span

NAME = "glossary.toml"


class _Source(StrEnum):
    REPORT = "rapport"
    GENERAL = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """An `[[entry]]` of the file."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    term: str
    explanation: str
    quote: str
    source: _Source
    expansion: str = ""
    writings: tuple[str, ...] = ()


_ADAPTER = TypeAdapter(list[_Row])


def read_glossary(path: Path, document: Document) -> tuple[GlossaryEntry, ...]:
    """Return the entries of a glossary in the order of the file; () if there is no such file.

    Raises:
        FactsError: the file is no glossary, or a quote is not verbatim; the message names the entry.
    """
    if not path.exists():
        return ()
    try:
        rows = _ADAPTER.validate_python(tomllib.loads(path.read_text(encoding="utf-8")).get("entry", []))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise FactsError(f"« {path} » n'est pas un glossaire valable : {error}") from error
    return tuple(_placed(row, document) for row in rows)


def cited_place(entry: GlossaryEntry, passages: Sequence[Passage]) -> tuple[Passage, Span] | None:
    """Return the passage to cite and the words in it: the entry's quote, or the sentence under a heading that is the quote.

    `passages` are in reading order. None if there is no passage there or after.
    """
    for passage in passages:
        if entry.span in passage.span:
            return passage, entry.span
    under = next((passage for passage in passages if passage.span.end > entry.span.start), None)
    return (under, under.units[0].span) if under else None


def _placed(row: _Row, document: Document) -> GlossaryEntry:
    start = document.text.find(row.quote)
    if start < 0:
        raise FactsError(f"Glossaire, « {row.term} » : la citation n'est pas dans le rapport mot pour mot ; corrigez-la.")
    return GlossaryEntry(
        term=row.term,
        writings=row.writings,
        expansion=row.expansion,
        explanation=row.explanation,
        quote=row.quote,
        span=Span(start, start + len(row.quote)),
        is_general=row.source is _Source.GENERAL,
    )
