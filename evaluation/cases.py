"""Cases: questions with known answers, and where their files are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict

from evaluation.errors import EvaluationError
from evaluation.files import read_jsonl

QUESTIONS_DIR = Path(__file__).parent / "questions"


class Persona(StrEnum):
    """Who asks: staff, the communications team, a new hire."""

    AGENT = "agent"
    COM = "com"
    NOUVEAU = "nouveau"


class CaseKind(StrEnum):
    """What is asked for; UNANSWERABLE is what the report does not say."""

    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    DEFINITION = "definition"
    EXPLANATION = "explanation"
    COMPARISON = "comparison"
    YESNO = "yesno"
    UNANSWERABLE = "unanswerable"


class Style(StrEnum):
    """How it is asked."""

    DIRECT = "direct"
    PARAPHRASE = "paraphrase"
    COLLOQUIAL = "colloquial"
    TYPO = "typo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question with its known answer.

    `answers` are the required pieces, each a tuple of accepted writings; `evidence` holds verbatim quotes, any one of
    which is enough; both are empty when the report does not say. `history` holds the user's earlier questions.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    persona: Persona
    kind: CaseKind
    style: Style
    question: str
    history: tuple[str, ...] = ()
    answers: tuple[tuple[str, ...], ...]
    evidence: tuple[str, ...]
    section: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.answerable != bool(self.answers) or self.answerable != bool(self.evidence) or not all(self.answers):
            raise ValueError(f"case {self.id}: all but the unanswerable need answers and evidence, and no empty piece")

    @property
    def answerable(self) -> bool:
        """Whether the report says it."""
        return self.kind is not CaseKind.UNANSWERABLE


@dataclass(frozen=True, slots=True)
class CaseSet:
    """The cases of one file; `document` is the report they are asked of, "" for every indexed report."""

    path: Path
    document: str
    cases: tuple[Case, ...]


def questions_of(case_sets: Iterable[CaseSet]) -> list[str]:
    """Return the question of each case, by itself."""
    return [case.question for case_set in case_sets for case in case_set.cases]


def load_case_sets(questions: str, documents: Collection[str], *, root: Path = QUESTIONS_DIR) -> tuple[CaseSet, ...]:
    """Return the sets that `questions` names: "dev" or "test" of every report in `documents`, or the path of one file.

    Raises:
        EvaluationError: there is no such set, or its file is not made of cases.
    """
    paths = (
        [path for slug in sorted(documents) if (path := root / slug / f"{questions}.jsonl").exists()]
        if questions in ("dev", "train", "test")
        else [Path(questions)]
    )
    if not paths:
        raise EvaluationError(f"Aucun fichier {root}/<rapport>/{questions}.jsonl pour un rapport indexé.")
    return tuple(CaseSet(path, _document_of(path, documents), read_jsonl(path, Case)) for path in paths)


def _document_of(path: Path, documents: Collection[str]) -> str:
    slug = path.absolute().parent.name
    return slug if slug in documents else ""
