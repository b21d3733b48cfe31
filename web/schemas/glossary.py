"""The JSON of the glossary."""

from __future__ import annotations

from typing import Self

from index.glossary import cited_place
from index.model import GlossaryEntry
from index.store.report_index import ReportIndex
from web.schemas.answers import Schema
from web.schemas.insights import Stated


class GlossaryEntryOut(Schema):
    """An acronym or house word. `is_general` says that the explanation is general knowledge and not the report's.

    `source` is where the report uses or explains it: None where no passage does.
    """

    term: str
    writings: tuple[str, ...]
    expansion: str
    explanation: str
    is_general: bool
    source: Stated | None

    @classmethod
    def of(cls, entry: GlossaryEntry, report: ReportIndex) -> Self:
        """Return an entry as JSON; needs the application's context."""
        place = cited_place(entry, report.passages)
        return cls(
            term=entry.term,
            writings=entry.writings,
            expansion=entry.expansion,
            explanation=entry.explanation,
            is_general=entry.is_general,
            source=Stated.of(report, *place) if place else None,
        )


class Glossary(Schema):
    """The entries of the reports' glossaries, in their order."""

    entries: tuple[GlossaryEntryOut, ...]
