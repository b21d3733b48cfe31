"""What an audit finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.model import Span


class FindingCode(StrEnum):
    """What is wrong."""

    UNIT = "unit"
    SUM = "sum"
    CHANGE = "change"
    RATE = "rate"
    COUNT = "count"
    DATES = "dates"
    REPEATED = "repeated"


class Certainty(StrEnum):
    """How sure it is: arithmetic that cannot be right, or what a reader would ask about."""

    SURE = "sure"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong with some figures, at `figures` in the report; `text` says it in French, with the arithmetic."""

    code: FindingCode
    figures: tuple[Span, ...]
    text: str
    certainty: Certainty = Certainty.SURE
