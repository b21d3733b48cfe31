"""Sentences printed twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from index.auditing.finding import Certainty, Finding, FindingCode
from index.model import Figure, FigureKind, Passage, Unit, UnitKind

_SHORTEST = 60  # characters; a shorter sentence may well be said twice


def repeated_sentences(passages: Sequence[Passage], figures: Mapping[str, Sequence[Figure]]) -> Iterator[Finding]:
    """A sentence with an amount that is printed twice: one of the two may be left over from the other."""
    seen: dict[str, list[tuple[Passage, Unit]]] = {}
    for passage in passages:
        for unit in passage.units:
            if unit.kind is UnitKind.SENTENCE and len(unit.text) >= _SHORTEST:
                seen.setdefault(unit.text, []).append((passage, unit))
    for printed in seen.values():
        amounts = [
            next((f.span for f in figures.get(passage.id, ()) if f.kind is FigureKind.MONEY and f.span in unit.span), None)
            for passage, unit in printed
        ]
        spans = tuple(span for span in amounts if span is not None)
        if len(spans) > 1:
            yield Finding(
                code=FindingCode.REPEATED,
                figures=spans,
                certainty=Certainty.LIKELY,
                text="La même phrase est imprimée deux fois avec ce montant : "
                "l'une des deux est peut-être une erreur de copie.",
            )
