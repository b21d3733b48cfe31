"""A generated collection: reports made from a real one by recombining its sentences and altering its names and figures.

Titles, lengths and layout stay those of the real report, so that what is generated is read, split and searched as it is; half
the sentences come from elsewhere in it, every figure has other digits, every name is another one, and each report has its own.
The same seed gives the same collection, and report number n is the same whatever the size of the collection.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.model import Span, UnitKind
from index.reading.metadata import ReportMetadata
from index.reading.report import Report
from index.store.fields import unit_refs

T = TypeVar("T")
SEED = 1
_MOVED = 0.5  # of the sentences come from elsewhere in the report
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-zà-ÿ,;'’] )[A-ZÀ-Þ][a-zà-ÿ]{3,}|(?<=['’-])[A-ZÀ-Þ][a-zà-ÿ]{3,}")  # a capital inside a sentence


@dataclass(frozen=True)
class Generator:
    """Makes reports out of `report`."""

    report: Report
    seed: int = SEED

    def text(self, number: int) -> str:
        """Return the text of the generated report of that number."""
        rng = np.random.default_rng((self.seed, number))
        names, years = self._new_names(rng), int(rng.integers(-15, 16))
        real, parts, end = self.report.document.text, [], 0
        for span, kind in self._units:
            moved = kind is UnitKind.SENTENCE and rng.random() < _MOVED
            said = _one_of(self._sentences, rng) if moved else span.of(real)
            parts += [real[end : span.start], _altered(said, names, years, rng)]
            end = span.end
        return "".join((*parts, real[end:]))

    def write(self, folder: Path, number: int) -> Path:
        """Return a new seed folder in `folder` with the generated report of that number, without cards."""
        seed = folder / f"generated-{number:04}"
        seed.mkdir(parents=True)
        (seed / "report.txt").write_text(self.text(number), encoding="utf-8")
        metadata = replace(self.report.metadata, title=f"{self.report.metadata.title} ({number})")
        (seed / "report.toml").write_text(_toml(metadata), encoding="utf-8")
        return seed

    @cached_property
    def _units(self) -> tuple[tuple[Span, UnitKind], ...]:
        return tuple(_apart((ref.unit.span, ref.unit.kind) for ref in unit_refs(self.report.passages)))

    @cached_property
    def _sentences(self) -> list[str]:
        """The sentences of the report that stand on one line."""
        text = self.report.document.text
        said = (span.of(text) for span, kind in self._units if kind is UnitKind.SENTENCE)
        return [sentence for sentence in said if "\n" not in sentence]

    @cached_property
    def _names(self) -> list[str]:
        text = self.report.document.text
        return sorted({name for span, _ in self._units for name in _NAME.findall(span.of(text))})

    def _new_names(self, rng: np.random.Generator) -> dict[str, str]:
        """Return another name for each: the beginning of one and the end of another."""
        return {name: _half(_one_of(self._names, rng), 0) + _half(_one_of(self._names, rng), 1) for name in self._names}


def _apart(units: Iterator[tuple[Span, UnitKind]]) -> Iterator[tuple[Span, UnitKind]]:
    """Yield the units in reading order, those that overlap one before left out."""
    end = 0
    for span, kind in sorted(units):
        if span.start >= end:
            yield span, kind
            end = span.end


def _one_of(values: Sequence[T], rng: np.random.Generator) -> T:
    return values[int(rng.integers(len(values)))]


def _half(name: str, which: int) -> str:
    middle = (len(name) + 1) // 2
    return name[:middle] if which == 0 else name[middle:]


def _altered(text: str, names: dict[str, str], years: int, rng: np.random.Generator) -> str:
    renamed = _NAME.sub(lambda found: names.get(found[0], found[0]), text)
    return _NUMBER.sub(lambda found: _other_number(found[0], years, rng), renamed)


def _other_number(digits: str, years: int, rng: np.random.Generator) -> str:
    if _YEAR.fullmatch(digits):
        return str(int(digits) + years)
    first = digits[0] if digits[0] == "0" else str(rng.integers(1, 10))
    return first + "".join(str(rng.integers(10)) for _ in digits[1:])


def _toml(metadata: ReportMetadata) -> str:
    fields = {"title": metadata.title, "authority": metadata.authority, "period": metadata.period}
    # A JSON string is a TOML string as well.
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
