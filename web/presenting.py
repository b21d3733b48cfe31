"""An answer as the pages show it: the figure set off, and for each passage cited the words that answer, marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from index.model import FigureKind, Span
from qa_service.model import QuestionKind
from web.citing import reference
from web.conversations import AnsweredTurn
from web.explaining import Explainer
from web.links import citation_key, report_url
from web.rendering import Block, BlockKind, Overlay, blocks_of, plain, render_block, render_line
from web.schemas.answers import AnswerOut, CitationOut, FigureOut
from web.schemas.conversations import FeedbackOut
from web.state import report_terms
from web.typography import period_label

_ASKING_FOR_FIGURES = (QuestionKind.FIGURE, QuestionKind.DATE, QuestionKind.COMPARISON)
_MAX_NEIGHBOUR_CHARS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The figure asked for: as printed with its unit, what it counts, its period, the word that softens it."""

    figure: Markup
    label: str
    period: str
    qualifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage cited: `excerpt` is the part that answers, `whole` the whole passage ("" if it is the same).

    `reference` is what "copier" gives.
    """

    citation: CitationOut
    excerpt: Markup
    whole: Markup
    url: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """One turn of a conversation, ready for its template; `text` is the answer in the report's words."""

    answer: AnswerOut
    text: Markup
    headline: Headline | None
    evidence: tuple[Evidence, ...]
    feedback: FeedbackOut | None

    @property
    def reread(self) -> bool:
        """Whether the question was understood as other words than those typed."""
        return _folded(self.answer.understood_as) != _folded(self.answer.question)


def view(turn: AnsweredTurn) -> TurnView:
    """Return a turn as the pages show it."""
    answer = turn.answer
    figures = answer.figures if turn.kind in _ASKING_FOR_FIGURES else ()
    by_passage = groupby(answer.citations, key=lambda citation: citation.passage_id)
    return TurnView(
        answer=answer,
        text=_answer(answer),
        headline=_headline(figures[0]) if figures else None,
        evidence=tuple(_evidence(tuple(citations)) for _, citations in by_passage),
        feedback=turn.feedback,
    )


def _answer(answer: AnswerOut) -> Markup:
    """Return the words that answer, those of the glossary explained."""
    text = answer.answer
    blocks = blocks_of(text, Span(0, len(text)))
    terms = report_terms(answer.citations[0].document) if answer.citations else None
    lines = [line for block in blocks for line in block.lines]
    overlay = Overlay(elements=Explainer(terms).links(text, lines) if terms else {})
    return Markup().join(render_block(text, block, overlay) for block in blocks)


def _headline(figure: FigureOut) -> Headline:
    # A count is printed without what it counts, other figures with their sign; "une quarantaine agents" is no French.
    unit = figure.unit if figure.kind is FigureKind.COUNT and figure.text[-1:].isdigit() else ""
    printed = f"{figure.text} {unit}".strip()
    period = "" if figure.kind is FigureKind.DATE else period_label(figure.period)
    return Headline(
        figure=render_line(printed, Span(0, len(printed)), Overlay()),
        label="" if figure.label == figure.unit else plain(figure.label),
        period=period,
        qualifier=figure.qualifier or "",
    )


def _evidence(citations: Sequence[CitationOut]) -> Evidence:
    cited = citations[0]
    text = cited.passage
    marks = [mark for citation in citations if (mark := _mark(citation))]
    blocks = blocks_of(text, Span(0, len(text)))
    shown = _around(blocks, marks) or blocks
    keys = [citation_key(Span(citation.start, citation.end), citation.quote) for citation in citations]
    return Evidence(
        citation=cited,
        excerpt=_rendered(text, shown, marks),
        whole=_rendered(text, blocks, marks) if shown != blocks else Markup(),
        url=report_url(cited.document, cited.passage_id, *keys),
        reference=reference(citations),
    )


def _mark(citation: CitationOut) -> Span | None:
    """Return where the quote stands in its passage; None when the same words stand there twice."""
    start = citation.passage.find(citation.quote)
    if start < 0 or citation.passage.find(citation.quote, start + 1) >= 0:
        return None
    return Span(start, start + len(citation.quote))


def _around(blocks: Sequence[Block], marks: Sequence[Span]) -> tuple[Block, ...]:
    """Return the blocks that hold marks, with their short neighbours: an introduction, the lines of a bare list."""
    cited = {index for index, block in enumerate(blocks) if block.touches(marks)}
    near = {index + step for index in cited for step in (-1, 1)}
    return tuple(
        _narrowed(block, marks) if index in cited else block
        for index, block in enumerate(blocks)
        if index in cited or (index in near and len(block) <= _MAX_NEIGHBOUR_CHARS)
    )


def _narrowed(block: Block, marks: Sequence[Span]) -> Block:
    """Return of a table the header and the rows that hold marks; other blocks as they are."""
    if block.kind is not BlockKind.ROW:
        return block
    header, *rows = block.lines
    cited = [row for row in rows if Block(block.kind, (row,)).touches(marks)]
    return Block(block.kind, (header, *cited))


def _rendered(text: str, blocks: Sequence[Block], marks: Sequence[Span]) -> Markup:
    return Markup().join(render_block(text, block, Overlay(marks)) for block in blocks)


def _folded(question: str) -> str:
    return re.sub(r"\W+", " ", question).strip().casefold()
