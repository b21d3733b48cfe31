"""Citations as text to paste: the words of the report, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.references import readable
from web.schemas.answers import CitationOut
from web.state import report_title
from web.typography import NO_BREAK_SPACE, pages_label

_LEFT_OUT = " […] "


def place(title: str, titles: Sequence[str], first: int | None, last: int | None) -> str:
    """Return a report's title, the titles down to a passage, and its pages."""
    return ", ".join(filter(None, (title, " › ".join(filter(None, titles)), pages_label(first, last))))


def where(citation: CitationOut) -> str:
    """Return the report's title, the section and the pages; needs the application's context."""
    titles = (*citation.section, citation.heading)
    return place(report_title(citation.document), titles, citation.page_first, citation.page_last)


def reference(citations: Sequence[CitationOut]) -> str:
    """Return the quotes of one passage with their place, on one line; needs the application's context."""
    quotes = _LEFT_OUT.join(readable(citation.quote) for citation in citations)
    return f"«{NO_BREAK_SPACE}{quotes}{NO_BREAK_SPACE}» ({where(citations[0])})"
