"""The JSON of a checked text."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints

from qa_service.checking.checker import MAX_CHARS, Check, CheckedClaim, Verdict
from qa_service.checking.explaining import explanation
from qa_service.checking.matching import Candidate
from qa_service.checking.reporting import summary
from qa_service.model import Citation
from web.schemas.answers import CitationOut, FigureBase, Schema, WithoutControlCharacters, figure_fields


class CheckIn(Schema):
    """A text to check, line breaks included."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "La fourrière a recueilli 400 chiens en 2021."}]}
    )

    text: Annotated[
        str,
        StringConstraints(min_length=1, max_length=MAX_CHARS, pattern=r"\S"),
        WithoutControlCharacters(),
    ]


class ClaimOut(Schema):
    """A figure of the text, at offsets `start` to `end` (half-open), with its verdict; `explanation` is French.

    `report_figure` and `citation` are what the verdict goes by; of a figure not found, what the report says nearest to it. Both
    are None where it says nothing near. `confidence` is how sure the verdict is.
    """

    sentence: str
    start: int
    end: int
    figure: FigureBase
    verdict: Verdict
    confidence: Annotated[float, Field(ge=0, le=1)]
    explanation: str
    report_figure: FigureBase | None
    citation: CitationOut | None

    @classmethod
    def of(cls, checked: CheckedClaim, text: str, number: int) -> Self:
        """Return a checked figure as JSON; needs the application's context for the citation's address."""
        claim, nearest = checked.claim, checked.nearest
        return cls(
            sentence=claim.sentence.of(text),
            start=claim.figure.span.start,
            end=claim.figure.span.end,
            figure=FigureBase(**figure_fields(claim.figure)),
            verdict=checked.verdict,
            confidence=round(min(1.0, checked.likelihood), 3),
            explanation=explanation(checked),
            report_figure=FigureBase(**figure_fields(nearest.figure)) if nearest else None,
            citation=_citation(nearest, number) if nearest else None,
        )


class CheckOut(Schema):
    """The figures of a text in reading order; `summary` counts the verdicts in a French sentence."""

    summary: str
    claims: tuple[ClaimOut, ...]

    @classmethod
    def of(cls, check: Check) -> Self:
        """Return a check as JSON; needs the application's context."""
        claims = tuple(ClaimOut.of(one, check.text, number) for number, one in enumerate(check.claims, start=1))
        return cls(summary=summary(check), claims=claims)


def _citation(nearest: Candidate, number: int) -> CitationOut:
    passage, span = nearest.unit.ref.passage, nearest.unit.ref.unit.span
    quote = span.of(nearest.unit.index.document.text)
    return CitationOut.of(Citation(number=number, passage=passage, quote=quote, span=span))
