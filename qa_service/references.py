"""How a place in a report is named to a reader."""

from __future__ import annotations

from index.french.clean import reading_form
from index.model import PageRange, Passage, Span


def pages(printed: PageRange | None) -> str:
    """Return "p. 5" or "p. 5 à 8", "" without pages."""
    if printed is None:
        return ""
    return f"p. {printed.first}" if printed.first == printed.last else f"p. {printed.first} à {printed.last}"


def place(passage: Passage) -> str:
    """Return where a passage stands: its titles and its pages."""
    titles = " › ".join((*passage.section_path, *passage.headings))
    return f"{titles} ({pages(passage.pages)})" if passage.pages else titles


def readable(text: str) -> str:
    """Return words of a report as they are read: on one line, without mark-up."""
    return reading_form(text, [Span(0, len(text))]).text
