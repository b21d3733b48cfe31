"""Citations as text to paste: the words of the report, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.references import readable
from web.schemas import CitationOut
from web.state import report_title
from web.typography import NO_BREAK_SPACE, pages_label

_LEFT_OUT = " […] "


def where(citation: CitationOut) -> str:
    """Return the report's title, the section and the pages; needs the application's context."""
    titles = " › ".join(filter(None, (*citation.section, citation.heading)))
    return ", ".join(
        filter(None, (report_title(citation.document), titles, pages_label(citation.page_first, citation.page_last)))
    )


def reference(citations: Sequence[CitationOut]) -> str:
    """Return the quotes of one passage with their place, on one line; needs the application's context."""
    quotes = _LEFT_OUT.join(readable(citation.quote) for citation in citations)
    return f"«{NO_BREAK_SPACE}{quotes}{NO_BREAK_SPACE}» ({where(citations[0])})"
