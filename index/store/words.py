"""The words of a report as they are written, with how often: what a careless question is spelled against."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from index.errors import IndexCorruptError
from index.french.tokens import words_in
from index.model import Passage
from index.store.fields import heading_text, reading_text


def write_words(path: Path, passages: Iterable[Passage]) -> None:
    """Write the folded words of a report, its headings included, with their counts."""
    counts = Counter(
        word for passage in passages for word in words_in(f"{heading_text(passage)} {reading_text(passage)}") if word.isalpha()
    )
    path.write_text(json.dumps(counts, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def read_words(path: Path) -> Mapping[str, int]:
    """Return the folded words of a report with their counts.

    Raises:
        IndexCorruptError: the file is missing or damaged.
    """
    try:
        words: Mapping[str, int] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexCorruptError(f"« {path.name} » est illisible ; lancez : qa-service build") from error
    return words
