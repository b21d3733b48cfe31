"""Sentences of a report as the pages quote them, with figures marked, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from index.model import Document, Passage, Span
from web.links import citation_key, report_url
from web.rendering import Overlay, render_line
from web.typography import pages_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A sentence of a report with figures marked, and where it stands."""

    sentence: Markup
    where: str
    url: str


def quoted(
    document: Document,
    passage: Passage,
    span: Span,
    figures: Sequence[Span] = (),
    elements: Mapping[Span, Markup] | None = None,
) -> Quoted:
    """Return a passage's words at `span`, with `figures` marked and `elements` laid over; needs the application's context."""
    return Quoted(
        sentence=marked_sentence(document.text, span, figures, elements),
        where=where(passage),
        url=report_url(document.slug, passage.id, citation_key(span, span.of(document.text))),
    )


def where(passage: Passage) -> str:
    """Return the section and the pages of a passage."""
    label = pages_label(passage.pages.first, passage.pages.last) if passage.pages else ""
    return " · ".join(filter(None, (" › ".join(passage.section_path), label)))


def marked_sentence(
    text: str, sentence: Span, figures: Sequence[Span], elements: Mapping[Span, Markup] | None = None
) -> Markup:
    """Return the lines of a sentence with its figures marked, in one paragraph."""
    lines, start = [], sentence.start
    for line in sentence.of(text).split("\n"):
        if line.strip():
            lines.append(render_line(text, Span(start, start + len(line)), Overlay(figures, elements=elements or {})))
        start += len(line) + 1
    return Markup(" ").join(lines)
