"""The JSON of the API: one model validates a request or serialises a response, and describes it in OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from index.model import Figure, FigureKind, Passage
from qa_service.corrections import Correction
from qa_service.model import Alternative, Answer, AnswerStatus, Citation, CitedFigure
from web.links import citation_key, report_url

MAX_QUESTION_CHARS = 1000
LINE_BREAKS = frozenset("\t\n\r")


class Schema(BaseModel):
    """A frozen JSON object."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class WithoutControlCharacters:
    """Refuses a text with a control character other than line breaks and tabs, and says so in the JSON schema."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the check, after those of the annotations before it."""
        return core_schema.no_info_after_validator_function(_without_control_characters, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema with what it may not match."""
        return {**handler(schema), "not": {"pattern": r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"}}


def _without_control_characters(text: str) -> str:
    if any(not char.isprintable() and ord(char) < 0xA0 and char not in LINE_BREAKS for char in text):
        raise PydanticCustomError("control_character", "control character")
    return text


QuestionText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION_CHARS, pattern=r"\S"),
    WithoutControlCharacters(),
]


class QuestionIn(Schema):
    """A question, in a new conversation unless `conversation_id` is given, to every report unless `document` is.

    `section` is the id of a section of that report: the rest of it answers where the section does not.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "Combien de chiens la fourrière a-t-elle recueillis ?"}]},
    )

    question: QuestionText
    conversation_id: Annotated[str, StringConstraints(max_length=64)] | None = None
    document: Annotated[str, StringConstraints(max_length=200)] | None = None
    section: Annotated[str, StringConstraints(max_length=64)] | None = None


class FigureBase(Schema):
    """A figure as printed and as a value; for a date, `value` is ISO 8601 cut where the report is less exact."""

    text: str
    value: str
    unit: str
    kind: FigureKind
    period: str | None
    qualifier: str | None
    label: str


class FigureOut(FigureBase):
    """A figure of an answer; `citation` is the number of the one that prints it."""

    citation: int

    @classmethod
    def of(cls, cited: CitedFigure) -> Self:
        """Return a figure of an answer as JSON."""
        return cls(**figure_fields(cited.figure), citation=cited.citation)


def figure_fields(figure: Figure) -> dict[str, Any]:
    """Return the fields of `FigureBase`."""
    return {
        "text": figure.text,
        "value": figure.date or "" if figure.value is None else f"{figure.value:f}",
        "unit": figure.unit,
        "kind": figure.kind,
        "period": figure.period,
        "qualifier": figure.qualifier,
        "label": figure.label,
    }


def place_fields(passage: Passage) -> dict[str, Any]:
    """Return the fields that say where a passage stands."""
    pages = passage.pages
    return {
        "document": passage.document,
        "section": passage.section_path,
        "heading": passage.heading,
        "page_first": pages.first if pages else None,
        "page_last": pages.last if pages else None,
    }


class CitationOut(Schema):
    """Where an answer stands: `quote` is verbatim, at offsets `start` to `end` (half-open) of the document's text."""

    number: int
    document: str
    section: tuple[str, ...]
    heading: str
    page_first: int | None
    page_last: int | None
    passage_id: str
    passage: str
    quote: str
    start: int
    end: int
    url: str

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """Return a citation as JSON; needs the application's context for `url`."""
        passage = citation.passage
        return cls(
            number=citation.number,
            **place_fields(passage),
            passage_id=passage.id,
            passage=passage.text,
            quote=citation.quote,
            start=citation.span.start,
            end=citation.span.end,
            url=report_url(passage.document, passage.id, citation_key(citation.span, citation.quote)),
        )


class AlternativeOut(Schema):
    """Another reading of the question and where it stands."""

    text: str
    citation: CitationOut

    @classmethod
    def of(cls, alternative: Alternative) -> Self:
        """Return another reading as JSON."""
        return cls(text=alternative.text, citation=CitationOut.of(alternative.citation))


class WarningOut(Schema):
    """What a careful reader must know before quoting."""

    code: str
    text: str


class VerifiedOut(Schema):
    """Who verified an answer ("" where nothing says), and when (RFC 3339)."""

    author: str
    at: str


class AnswerOut(Schema):
    """An answer in the report's words with its citations, or a refusal (`not_found`) without any."""

    id: str
    conversation_id: str
    question: str
    understood_as: str
    status: AnswerStatus
    answer: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    figures: tuple[FigureOut, ...]
    citations: tuple[CitationOut, ...]
    alternatives: tuple[AlternativeOut, ...]
    warnings: tuple[WarningOut, ...]
    related: tuple[str, ...]
    mode: Literal["extractive", "verified"] = "extractive"
    verified: VerifiedOut | None = None
    elapsed_ms: float

    @classmethod
    def of(
        cls, answer: Answer, *, turn_id: str, conversation_id: str, elapsed_ms: float, correction: Correction | None = None
    ) -> Self:
        """Return an answer as JSON; `elapsed_ms` is the time that the service took, `correction` what verified it."""
        return cls(
            id=turn_id,
            conversation_id=conversation_id,
            **answer_fields(answer),
            mode="verified" if correction else "extractive",
            verified=VerifiedOut(author=correction.author, at=correction.corrected_at) if correction else None,
            elapsed_ms=round(elapsed_ms, 1),
        )


def answer_fields(answer: Answer) -> dict[str, Any]:
    """Return the fields that say what is answered and why; needs the application's context."""
    return {
        "question": answer.question,
        "understood_as": answer.understood_as,
        "status": answer.status,
        "answer": answer.text,
        "confidence": answer.confidence,
        "figures": tuple(map(FigureOut.of, answer.figures)),
        "citations": tuple(map(CitationOut.of, answer.citations)),
        "alternatives": tuple(map(AlternativeOut.of, answer.alternatives)),
        "warnings": tuple(WarningOut(code=warning.code, text=warning.text) for warning in answer.warnings),
        "related": answer.related,
    }


class FieldProblem(Schema):
    """What is wrong with one field of a request."""

    field: str
    message: str


class Problem(Schema):
    """RFC 9457 problem details; `title` and `detail` are French. `request_id` finds a failure (5xx) in the log."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: tuple[FieldProblem, ...] = ()
    request_id: Annotated[str, Field(exclude_if=lambda value: not value)] = ""


class Health(Schema):
    """The state of the service; `documents` is how many reports it can answer from."""

    status: Literal["live", "ready"]
    documents: int | None = None
