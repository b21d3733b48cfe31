"""What a report is made of. Every text keeps its place: half-open offsets into `Document.text`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into `Document.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}, {self.end}")

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """Return the characters of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class PageRange:
    """First and last page, both included, as the report numbers them."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last:
            raise ValueError(f"a page range needs 1 <= first <= last, not {self.first}, {self.last}")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a source that has pages (a PDF)."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A line that the source itself marks as a heading: Markdown `#`, a larger font in a PDF."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as read, before its structure is known.

    One paragraph, list item ("- …") or tab-separated table row a line; blank lines between blocks. `pages` is empty when
    the source has none; `headings` is empty when the source marks none.
    """

    text: str
    pages: tuple[Page, ...] = ()
    headings: tuple[HeadingMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry of the report's outline; level 1 is the outermost."""

    id: str
    title: str
    level: int
    span: Span
    pages: PageRange | None
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield this section, then those below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class UnitKind(StrEnum):
    """The smallest pieces that can answer by themselves."""

    SENTENCE = "sentence"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row with the header of its column ("" where the table has none)."""

    header: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, a list item or a table row; `text` is its reading form (joined, without mark-up).

    `introduction` is the sentence that introduces the list, the title over the table, or the label that opens the
    paragraph ("Piscine : …") of a later sentence; `list_id` is shared by the items of one list (or rows of one table).
    """

    kind: UnitKind
    span: Span
    text: str
    introduction: str = ""
    introduction_span: Span | None = None
    list_id: int | None = None
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of one section that is retrieved and cited as a whole.

    `section_path` goes from the outermost section inwards, `headings` from the outermost sub-heading to the nearest,
    `heading` ("" if none); `text` is `span` of the document's text, unchanged.
    """

    id: str
    document: str
    section_id: str
    section_path: tuple[str, ...]
    heading: str
    pages: PageRange | None
    span: Span
    text: str
    units: tuple[Unit, ...]
    headings: tuple[str, ...] = ()


class FigureKind(StrEnum):
    """What a figure measures."""

    MONEY = "money"
    PERCENTAGE = "percentage"
    COUNT = "count"
    AREA = "area"
    VOLUME = "volume"
    LENGTH = "length"
    MASS = "mass"
    DATE = "date"
    DURATION = "duration"
    RATE = "rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the report, as printed and as a value.

    `value` has scale and separators resolved ("3,8 M€" is Decimal("3800000"), unit "EUR") and carries the sign; for a date
    it is None and `date` is ISO 8601, cut where the report is less exact ("2021", "2021-03", "2021-10-01"). `period` is the
    year or date the figure is of, as ISO 8601 or a range "2019/2024". `qualifier` is the word that softens it ("près de").
    `label` says what is counted, in the report's words.
    """

    text: str
    value: Decimal | None
    unit: str
    kind: FigureKind
    span: Span
    date: str | None = None
    period: str | None = None
    qualifier: str | None = None
    label: str = ""
    passage_id: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != (self.kind is FigureKind.DATE):
            raise ValueError(f"figure {self.text!r}: a date has a date and no value, all others a value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Words of the report that state a fact, at `span`, with questions they answer and everyday keywords they lack.

    `answers` has the place of the figure that each question asks for, None where it asks for none or for several; () if no
    question of the card says.
    """

    quote: str
    span: Span
    questions: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    answers: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry:
    """An acronym or house word. `is_general` says that the explanation is general knowledge, not the report's.

    `quote`, at `span`, is where the report uses or explains it; `expansion` is "" where there is none.
    """

    term: str
    writings: tuple[str, ...]
    expansion: str
    explanation: str
    quote: str
    span: Span
    is_general: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as read: its text, unchanged, and its outline."""

    slug: str
    title: str
    authority: str
    period: str
    text: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """Yield every section in reading order."""
        for section in self.sections:
            yield from section.walk()

    def section(self, section_id: str) -> Section | None:
        """Return a section by its id, None if there is none."""
        return next((section for section in self.walk() if section.id == section_id), None)
