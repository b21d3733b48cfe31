"""The JSON of the reports themselves: documents, outline, sections and passages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from index.model import Document, PageRange, Passage, Section
from index.store.report_index import ReportIndex
from web.links import report_url
from web.schemas.answers import Schema, place_fields


class DocumentOut(Schema):
    """An indexed report; `pages` is the last page known, `built_at` is RFC 3339."""

    slug: str
    title: str
    authority: str
    period: str
    pages: int | None
    passages: int
    figures: int
    built_at: str

    @classmethod
    def of(cls, report: ReportIndex) -> Self:
        """Return a report as JSON."""
        document = report.document
        return cls(
            slug=document.slug,
            title=document.title,
            authority=document.authority,
            period=document.period,
            pages=_last_page(document),
            passages=len(report.passages),
            figures=len(report.figures),
            built_at=report.built_at,
        )


class DocumentList(Schema):
    """The indexed reports."""

    documents: tuple[DocumentOut, ...]


class SectionBase(Schema):
    """One entry of an outline; level 1 is the outermost, `start` and `end` are offsets into the document's text."""

    document: str
    id: str
    title: str
    level: int
    page_first: int | None
    page_last: int | None
    start: int
    end: int


class SectionOut(SectionBase):
    """A section with those below it."""

    children: tuple[SectionOut, ...]

    @classmethod
    def of(cls, section: Section, document: str) -> Self:
        """Return a section and those below it as JSON."""
        return cls(
            document=document,
            id=section.id,
            title=section.title,
            level=section.level,
            page_first=_first(section.pages),
            page_last=_last(section.pages),
            start=section.span.start,
            end=section.span.end,
            children=tuple(cls.of(child, document) for child in section.children),
        )


class SectionList(Schema):
    """The outline: the outermost sections of every report, in reading order."""

    sections: tuple[SectionOut, ...]


class PassageOut(Schema):
    """A passage as the report prints it; `section` goes from the outermost section inwards."""

    id: str
    document: str
    section_id: str
    section: tuple[str, ...]
    heading: str
    page_first: int | None
    page_last: int | None
    start: int
    end: int
    text: str
    url: str

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """Return a passage as JSON; needs the application's context for `url`."""
        return cls(
            id=passage.id,
            section_id=passage.section_id,
            **place_fields(passage),
            start=passage.span.start,
            end=passage.span.end,
            text=passage.text,
            url=report_url(passage.document, passage.id),
        )


class SectionDetail(SectionOut):
    """A section with its passages and those of the sections below it."""

    passages: tuple[PassageOut, ...]


def section_detail(section: Section, report: ReportIndex) -> SectionDetail:
    """Return a section of `report` with its passages, in reading order."""
    inside = {below.id for below in section.walk()}
    passages = tuple(PassageOut.of(passage) for passage in report.passages if passage.section_id in inside)
    outline = SectionOut.of(section, report.document.slug)
    return SectionDetail(**{name: getattr(outline, name) for name in SectionOut.model_fields}, passages=passages)


def _first(pages: PageRange | None) -> int | None:
    return pages.first if pages else None


def _last(pages: PageRange | None) -> int | None:
    return pages.last if pages else None


def _page_numbers(document: Document) -> Iterator[int]:
    yield from (page.number for page in document.pages)
    yield from (section.pages.last for section in document.walk() if section.pages)


def _last_page(document: Document) -> int | None:
    return max(_page_numbers(document), default=None)
