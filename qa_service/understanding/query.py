"""A question as the service reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.model import FigureKind, GlossaryEntry
from qa_service.model import QuestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What the answer must satisfy: years ("2020"), places (folded names), kinds of figure, a person's name.

    `counted` is the stem of what "combien de …" counts, "" if it does not say.
    """

    years: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    figures: frozenset[FigureKind] = frozenset()
    human: bool = False
    counted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`terms` are stems with weights: 1 for the question's own content words, less for related and earlier ones.

    `own` are the stems typed in this question, in order; `text` is the question completed and corrected, `understood_as`
    the same for a reader. `small_talk` is the reply to a greeting or thanks, "" for a real question;
    `entries` are the glossary's for the word whose meaning is asked.
    """

    text: str
    understood_as: str
    kind: QuestionKind
    terms: Mapping[str, float]
    own: tuple[str, ...]
    constraints: Constraints = Constraints()
    small_talk: str = ""
    entries: tuple[GlossaryEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that state a figure: `clause` those about it, `told` its whole sentence, both without it; `before` and `title` what
    came first.

    `kind` is the figure's, `years` those it is said to be of, `noun` what it counts, "" if it counts nothing.
    """

    clause: str
    told: str
    before: str
    title: str
    kind: FigureKind
    years: tuple[str, ...]
    noun: str
