"""The JSON of the tools for assistants: what each takes and gives, beyond what the API has."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints

from index.model import FigureKind
from qa_service.model import Answer, AnswerStatus
from web.schemas.answers import AlternativeOut, CitationOut, FigureOut, QuestionText, Schema, WarningOut, answer_fields
from web.schemas.figures import MAX_LIMIT, FigureRow

_Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
_Document = Annotated[_Word | None, Field(description="Un seul rapport, par son nom ; sans lui, tous.")]


class _Arguments(Schema):
    model_config = ConfigDict(extra="forbid")


class AskIn(_Arguments):
    """A question, with those before it."""

    question: Annotated[QuestionText, Field(description="La question, en français.")]
    document: _Document = None
    history: Annotated[
        tuple[QuestionText, ...],
        Field(description="Les questions précédentes de la conversation, dans l'ordre, pour comprendre « Et en 2020 ? »."),
    ] = ()


class ToldOut(Schema):
    """An answer in the report's words with its citations, or a refusal (`not_found`) without any."""

    question: str
    understood_as: str
    status: AnswerStatus
    answer: str
    confidence: float
    figures: tuple[FigureOut, ...]
    citations: tuple[CitationOut, ...]
    alternatives: tuple[AlternativeOut, ...]
    warnings: tuple[WarningOut, ...]
    related: tuple[str, ...]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return an answer as JSON; needs the application's context."""
        return cls(**answer_fields(answer))


class FiguresIn(_Arguments):
    """What is asked of the register of figures."""

    words: Annotated[_Word, Field(description="Des mots, tous dans la phrase, ses titres ou ce que le chiffre compte.")] = ""
    kind: Annotated[FigureKind | None, Field(description="La sorte de chiffre.")] = None
    unit: Annotated[_Word, Field(description="L'unité, comme « EUR », « % » ou « agents ».")] = ""
    period: Annotated[
        str,
        StringConstraints(strip_whitespace=True, pattern=r"^(\d{4}(-\d{2}){0,2})?$"),
        Field(description="Une année (« 2021 ») ou une date (« 2021-06 »)."),
    ] = ""
    document: _Document = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="Combien de chiffres au plus.")] = 20


class FiguresOut(Schema):
    """The first figures found; `total` counts all."""

    figures: tuple[FigureRow, ...]
    total: int


class OutlineIn(_Arguments):
    """Whose outline."""

    document: _Document = None


class SectionIn(_Arguments):
    """Which section."""

    section_id: Annotated[_Word, Field(description="L'identifiant de la section, donné par list_sections.")]
    document: _Document = None
