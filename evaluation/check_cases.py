"""`python -m evaluation.check_cases FILE --report FILE`: is a set of cases fit to measure with?"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from evaluation.cases import Case, CaseKind, Persona, Style
from evaluation.errors import EvaluationError
from evaluation.files import read_jsonl
from evaluation.matching import fold, occurs
from evaluation.wording import percent

NEAR_CHARS = 400  # an answer stands in its evidence or within this distance of it
COPIED_WORDS = 7  # as many words of the report in a row are its sentence, not a user's question
TOLERANCE = 0.05  # of a share of the mix
_STYLES = {Style.DIRECT: 0.30, Style.PARAPHRASE: 0.45, Style.COLLOQUIAL: 0.15, Style.TYPO: 0.10}


def problems(cases: Sequence[Case], report: str) -> Iterator[str]:
    """Yield a line for each thing wrong with `cases` or their mix; nothing when they are fit."""
    ids = Counter(case.id for case in cases)
    yield from (f"{name} : identifiant donné {count} fois" for name, count in ids.items() if count > 1)
    folded = fold(report)
    runs = _runs_of_words(folded)
    for case in cases:
        if not _runs_of_words(fold(case.question)).isdisjoint(runs):
            yield f"{case.id} : reprend {COPIED_WORDS} mots de suite du rapport"
        if fold(case.section) not in folded:
            yield f"{case.id} : section inconnue du rapport : {case.section!r}"
        yield from (f"{case.id} : {problem}" for problem in _evidence_problems(case, report))
    yield from _mix_problems(cases)


def _evidence_problems(case: Case, report: str) -> Iterator[str]:
    for quote in case.evidence:
        if quote not in report or "\n" in quote:
            yield f"preuve absente du rapport, ou sur plusieurs lignes : {quote!r}"
    stretches = list(_stretches(case, report))
    for first, *_ in case.answers:
        if not any(occurs(first, stretch) for stretch in stretches):
            yield f"réponse loin de toute preuve : {first!r}"


def _stretches(case: Case, report: str) -> Iterator[str]:
    for quote in case.evidence:
        for found in re.finditer(re.escape(quote), report):
            yield report[max(found.start() - NEAR_CHARS, 0) : found.end() + NEAR_CHARS]


def _runs_of_words(folded: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", folded)
    return set(zip(*(words[start:] for start in range(COPIED_WORDS)), strict=False))


def _mix_problems(cases: Sequence[Case]) -> Iterator[str]:
    answerable = [case for case in cases if case.answerable]
    for style, target in _STYLES.items():
        yield from _off(f"style {style}", [case.style is style for case in answerable], target)
    for persona in Persona:
        yield from _off(f"persona {persona}", [case.persona is persona for case in cases], 1 / len(Persona))
    yield from _off("questions de suite", [bool(case.history) for case in cases], 1 / 6)
    yield from _off("sans réponse", [not case.answerable for case in cases], 1 / 5)
    if 2 * sum(case.kind is CaseKind.FIGURE for case in cases) > len(cases):
        yield "plus de la moitié des cas porte sur des chiffres"


def _off(name: str, hits: Sequence[bool], target: float) -> Iterator[str]:
    share = sum(hits) / len(hits) if hits else 0.0
    if abs(share - target) > TOLERANCE:
        yield f"{name} : {percent(share)} des cas au lieu de {percent(target)}"


@click.command()
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--report", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(questions: Path, report: Path) -> None:
    """Vérifie les cas du fichier QUESTIONS contre le texte du rapport : une ligne par défaut, code 1 s’il y en a."""
    try:
        cases = read_jsonl(questions, Case)
    except EvaluationError as error:
        raise click.ClickException(str(error)) from None
    found = list(problems(cases, report.read_text(encoding="utf-8")))
    for problem in found:
        click.echo(problem)
    click.echo(f"{len(cases)} cas, {len(found)} défaut(s)", err=True)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
