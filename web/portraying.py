"""Portraits of sections as the pages show them: the report's words, those of the glossary explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from index.model import Document, Section, Span
from qa_service.discovering.discovery import Discovery
from qa_service.discovering.portrait import Milestone, Portrait, Sentence
from web.explaining import Explainer
from web.figures import RowView
from web.figures import view as row_view
from web.links import report_url
from web.quoting import Quoted, quoted
from web.rendering import Overlay, blocks_of, render_block


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """A milestone ready for its template; `url` leads to it in the report."""

    heading: str
    words: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class PortraitView:
    """A portrait ready for its template; `mission` is "" and `mission_url` too where the report has no such passage."""

    portrait: Portrait
    mission: Markup
    mission_url: str
    figures: tuple[RowView, ...]
    milestones: tuple[MilestoneView, ...]
    plans: tuple[MilestoneView, ...]
    people: tuple[Quoted, ...]
    partners: tuple[Quoted, ...]


def portrait_view(found: Discovery, section: Section) -> PortraitView:
    """Return the portrait of a section; needs the application's context."""
    portrait, document = found.portrait(section), found.report.document
    explainer, mission = Explainer(found.terms), portrait.mission
    return PortraitView(
        portrait=portrait,
        mission=_passage(document, mission.span, explainer) if mission else Markup(),
        mission_url=report_url(document.slug, mission.id) if mission else "",
        figures=tuple(map(row_view, portrait.figures)),
        milestones=_milestones(document, portrait.milestones, explainer),
        plans=_milestones(document, portrait.plans, explainer),
        people=_sentences(document, portrait.people, explainer),
        partners=_sentences(document, portrait.partners, explainer),
    )


def _passage(document: Document, span: Span, explainer: Explainer) -> Markup:
    text, blocks = document.text, blocks_of(document.text, span)
    links = explainer.links(text, [line for block in blocks for line in block.lines])
    return Markup().join(render_block(text, block, Overlay(elements=links)) for block in blocks)


def _milestones(document: Document, milestones: Sequence[Milestone], explainer: Explainer) -> tuple[MilestoneView, ...]:
    words = _sentences(document, [milestone.opening for milestone in milestones], explainer)
    return tuple(
        MilestoneView(heading=milestone.heading, words=quote) for milestone, quote in zip(milestones, words, strict=True)
    )


def _sentences(document: Document, sentences: Sequence[Sentence], explainer: Explainer) -> tuple[Quoted, ...]:
    return tuple(
        quoted(document, one.passage, one.span, elements=explainer.links(document.text, [one.span])) for one in sentences
    )
