"""The figures of a report against a list made by hand: which are found, and how exactly.

A figure is found when its span overlaps and its value (or date), kind and unit are equal. The unit of a count is the
noun counted, which has no one right form ("agents", "agents titulaires"): it is compared folded and scored apart, as
period and qualifier are, among the figures found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from evaluation.errors import EvaluationError
from evaluation.files import read_jsonl
from evaluation.matching import fold
from index.model import Document, Figure, FigureKind, Span

FIGURES_DIR = Path(__file__).parent / "figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenFigure:
    """A figure as read by a person; the fields are those of `Figure`, with offsets into the document."""

    text: str
    start: int
    end: int
    value: Decimal | None
    date: str | None
    unit: str
    kind: FigureKind
    period: str | None
    qualifier: str | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A stretch of the document with every figure in it, none for a stretch of traps."""

    start: int
    end: int
    excerpt: str
    figures: tuple[GoldenFigure, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A golden figure and the extracted one; no `figure`: missed; no `golden`: not a figure, or not this one."""

    golden: GoldenFigure | None
    figure: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureScores:
    """Shares from 0 to 1, None over nothing; `kind` is None for all kinds together.

    `golden` and `extracted` count the figures in the excerpts.
    """

    kind: FigureKind | None
    golden: int
    extracted: int
    recall: float | None
    precision: float | None
    period: float | None
    qualifier: float | None
    count_unit: float | None


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """The scores of one report's figures: of all together, then of each kind."""

    document: str
    scores: tuple[FigureScores, ...]


def golden_path(document: Document) -> Path:
    """Return where the golden list of `document` is, if it has one."""
    return FIGURES_DIR / f"{document.slug}.jsonl"


def load_excerpts(path: Path, document: Document) -> tuple[Excerpt, ...]:
    """Return the excerpts of a golden list.

    Raises:
        EvaluationError: the file is no golden list, or of another text than `document`.
    """
    excerpts = read_jsonl(path, Excerpt)
    for excerpt in excerpts:
        texts = [(excerpt.start, excerpt.end, excerpt.excerpt), *((f.start, f.end, f.text) for f in excerpt.figures)]
        for start, end, text in texts:
            if document.text[start:end] != text:
                raise EvaluationError(f"{path} : {text!r} n’est pas en {start}-{end} dans {document.slug}.")
    return excerpts


def match_figures(excerpts: Sequence[Excerpt], figures: Sequence[Figure]) -> tuple[Match, ...]:
    """Return each golden figure with its match, then each extracted figure of the excerpts that matches none."""
    return tuple(match for excerpt in excerpts for match in _match_excerpt(excerpt, figures))


def score_figures(matches: Sequence[Match]) -> tuple[FigureScores, ...]:
    """Return the scores over all `matches`, then those of each kind."""
    by_kind = [(kind, [match for match in matches if _kind_of(match) is kind]) for kind in FigureKind]
    return (_score(None, matches), *(_score(kind, of_kind) for kind, of_kind in by_kind if of_kind))


def _score(kind: FigureKind | None, matches: Sequence[Match]) -> FigureScores:
    pairs = [(match.golden, match.figure) for match in matches if match.golden and match.figure]
    golden = sum(match.golden is not None for match in matches)
    extracted = sum(match.figure is not None for match in matches)
    return FigureScores(
        kind=kind,
        golden=golden,
        extracted=extracted,
        recall=len(pairs) / golden if golden else None,
        precision=len(pairs) / extracted if extracted else None,
        period=_share([g.period == f.period for g, f in pairs]),
        qualifier=_share([fold(g.qualifier or "") == fold(f.qualifier or "") for g, f in pairs]),
        count_unit=_share([fold(g.unit) == fold(f.unit) for g, f in pairs if g.kind is FigureKind.COUNT]),
    )


def _match_excerpt(excerpt: Excerpt, figures: Sequence[Figure]) -> list[Match]:
    stretch = Span(excerpt.start, excerpt.end)
    left = [figure for figure in figures if figure.span in stretch]
    matches = []
    for golden in excerpt.figures:
        figure = next((figure for figure in left if _is_found(golden, figure)), None)
        if figure is not None:
            left.remove(figure)
        matches.append(Match(golden, figure))
    return matches + [Match(None, figure) for figure in left]


def _is_found(golden: GoldenFigure, figure: Figure) -> bool:
    return (
        figure.span.start < golden.end
        and golden.start < figure.span.end
        and figure.kind is golden.kind
        and (figure.value, figure.date) == (golden.value, golden.date)
        and (golden.kind is FigureKind.COUNT or figure.unit == golden.unit)
    )


def _kind_of(match: Match) -> FigureKind | None:
    figure = match.golden or match.figure
    return figure.kind if figure else None


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
