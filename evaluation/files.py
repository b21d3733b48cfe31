"""JSON and JSONL files to and from frozen dataclasses, each value checked against its type."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from evaluation.errors import EvaluationError

T = TypeVar("T")


def read_jsonl(path: Path, kind: type[T]) -> tuple[T, ...]:
    """Return one `kind` a line, blank lines left out.

    Raises:
        EvaluationError: the file cannot be read, or a line is no `kind`; the message gives its number.
    """
    adapter = TypeAdapter(kind)
    lines = enumerate(_read(path).splitlines(), start=1)
    return tuple(_parse(adapter, line, f"{path}, ligne {number}") for number, line in lines if line.strip())


def read_json(path: Path, kind: type[T]) -> T:
    """Return the one `kind` in the file.

    Raises:
        EvaluationError: the file cannot be read or holds no `kind`.
    """
    return _parse(TypeAdapter(kind), _read(path), str(path))


def to_json(value: object) -> str:
    """Return a dataclass as indented JSON that ends with a line feed."""
    return TypeAdapter(type(value)).dump_json(value, indent=2).decode() + "\n"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} : fichier illisible ({error}).") from error


def _parse(adapter: TypeAdapter[T], text: str, place: str) -> T:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        wrong = " ; ".join(f"{'.'.join(map(str, e['loc'])) or 'objet'} : {e['msg']}" for e in error.errors())
        raise EvaluationError(f"{place} : {wrong}") from None
