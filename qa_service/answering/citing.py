"""Citations: the verbatim words of an excerpt, in their passage."""

from __future__ import annotations

from qa_service.answering.excerpt import Excerpt
from qa_service.model import Citation


def cite(number: int, excerpt: Excerpt, document_text: str) -> Citation:
    """Return the citation of an excerpt; its quote is the document's own characters."""
    return Citation(number=number, passage=excerpt.passage, quote=excerpt.span.of(document_text), span=excerpt.span)
