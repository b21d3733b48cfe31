"""What crosses from a question to its answer: frozen values, each closed choice an enum."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.model import Figure, PageRange, Passage, Span


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, as typed and as it was understood."""

    question: str
    understood_as: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as typed, with the turns before it, oldest first; `document` limits the search to one report.

    `section` is the id of the section of that report that it is asked about; the rest answers where that section does not.
    """

    text: str
    history: tuple[Turn, ...] = ()
    document: str | None = None
    section: str | None = None


class QuestionKind(StrEnum):
    """What sort of answer is asked for."""

    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    DEFINITION = "definition"
    EXPLANATION = "explanation"
    COMPARISON = "comparison"
    YESNO = "yesno"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievedPassage:
    """A passage with its place in a ranking; `sources` are the signals that found it ("lexical", "dense")."""

    passage: Passage
    rank: int
    score: float
    sources: tuple[str, ...]


class AnswerStatus(StrEnum):
    """Whether the report answers."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where an answer stands: the words that answer (`quote`, verbatim, at `span`) inside their passage."""

    number: int
    passage: Passage
    quote: str
    span: Span

    def __post_init__(self) -> None:
        if self.span not in self.passage.span:
            raise ValueError(f"citation {self.number}: its quote lies outside passage {self.passage.id}")


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A figure of an answer and the number of the citation it stands in."""

    figure: Figure
    citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another reading: what the report says of a neighbouring thing, year or place."""

    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Warning:
    """What a careful reader must know before quoting; `text` is a French sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the report says, or, with status NOT_FOUND, that it does not say (then without citations and figures).

    `confidence` is between 0 and 1. `understood_as` is the question as it was read.
    """

    status: AnswerStatus
    question: str
    understood_as: str
    kind: QuestionKind
    text: str
    confidence: float
    citations: tuple[Citation, ...] = ()
    figures: tuple[CitedFigure, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    warnings: tuple[Warning, ...] = ()
    related: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.status is AnswerStatus.ANSWERED) != bool(self.citations):
            raise ValueError("an answer has citations, a refusal has none")


__all__ = [
    "Alternative", "Answer", "AnswerStatus", "Citation", "CitedFigure", "Figure", "PageRange", "Question",
    "QuestionKind", "RetrievedPassage", "Turn", "Warning",
]  # fmt: skip
