"""Evaluation cases, as far as training needs them: to keep their questions out, and to measure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import EncoderError


@dataclass(frozen=True, slots=True)
class Case:
    """A question, those before it in its conversation, and the quotes that answer it, none if the report does not."""

    question: str
    history: tuple[str, ...]
    evidence: tuple[str, ...]


_ADAPTER = TypeAdapter(Case)


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a JSONL file.

    Raises:
        EncoderError: the file is missing or a line is no case.
    """
    try:
        return [_ADAPTER.validate_json(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise EncoderError(f"« {path} » n'est pas un fichier de cas d'évaluation ; vérifiez le chemin.") from error


def questions_of(path: Path) -> list[str]:
    """Return the questions of a file of cases, earlier ones of conversations included; raises as `read_cases`."""
    return [question for case in read_cases(path) for question in (case.question, *case.history)]
