"""Links into the report, and the check that a link still points at the words that it was made for."""

from __future__ import annotations

import re
from zlib import crc32

from flask import url_for

from index.model import Span

_CITATION = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?:-([0-9a-f]{8}))?")


def report_url(document: str, passage_id: str, *citations: str) -> str:
    """Return the reader's address of a passage, where the words of `citations` (see `citation_key`) are highlighted."""
    return url_for("reader.report", slug=document, citation=list(citations), _anchor=f"p-{passage_id}")


def citation_key(span: Span, quote: str) -> str:
    """Return how a link names the words at `span`.

    It carries a checksum of the quote: after a rebuild from another text, other words there are not taken for it.
    """
    return f"{span.start}-{span.end}-{_checksum(quote)}"


def cited_span(citation: str, text: str) -> Span | None:
    """Return the range of `text` that a link's `citation` names; None unless the words it was made for are there."""
    match = _CITATION.fullmatch(citation)
    if not match:
        return None
    start, end = int(match[1]), int(match[2])
    if not start < end <= len(text) or match[3] not in (None, _checksum(text[start:end])):
        return None
    return Span(start, end)


def _checksum(text: str) -> str:
    return f"{crc32(text.encode()):08x}"
