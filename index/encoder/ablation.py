"""`python -m index.encoder.ablation`: what each source is worth, the table in the shipped model's README."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from index.encoder.static import StaticEmbedder
from index.encoder.train import EVERYDAY
from index.encoder.training.cases import questions_of, read_cases
from index.encoder.training.lexicon import PATH, Lexicon
from index.encoder.training.pairs import Pair, card_pairs, everyday_pairs, gap_pairs, squad_pairs, without_questions
from index.encoder.training.recall import Bench
from index.encoder.training.recipe import Recipe, train_model
from index.facts import NAME as FACTS
from index.gaps import NAME as GAPS

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
VIEWS = ("passages", "unités", "fiches", "unités et fiches")
LEXICON = "lexique"


@dataclass(frozen=True, slots=True)
class Sources:
    """The pairs of each source by its name, and the lexicon."""

    pairs: dict[str, list[Pair]]
    lexicon: Lexicon

    def variants(self) -> Iterator[tuple[str, ...]]:
        """Yield the names of the sources of each training: one more at a time, then all but one."""
        names = (LEXICON, *self.pairs)
        yield (names[1],)
        yield from (names[:size] for size in range(1, len(names) + 1))
        yield from (tuple(name for name in names if name != left_out) for left_out in names)


@click.command()
@click.option("--piaf", type=_FILE, required=True)
@click.option("--service-public", type=_FILE, required=True)
@click.option("--report", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--questions", type=_FILE, required=True, help="Les cas sur lesquels mesurer.")
@click.option("--without", type=_FILE, multiple=True, help="Des cas d'évaluation dont aucune question ne sert.")
@click.option("--lexicon", type=click.Path(path_type=Path), default=PATH)
def ablation(piaf: Path, service_public: Path, report: Path, questions: Path, without: tuple[Path, ...], lexicon: Path) -> None:
    """Entraîne l'encodeur avec plus ou moins de sources et mesure chacun."""
    banned = [question for path in (questions, *without) for question in questions_of(path)]
    read = {
        "PIAF": squad_pairs(piaf),
        "service-public": squad_pairs(service_public),
        "questions courantes": everyday_pairs(EVERYDAY),
        "fiches": card_pairs(report / FACTS),
        "lacunes": gap_pairs(report / GAPS),
    }
    sources = Sources({name: without_questions(pairs, banned) for name, pairs in read.items()}, Lexicon.load(lexicon))
    bench = Bench(report, read_cases(questions))
    click.echo(f"| sources | {' | '.join(VIEWS)} |\n|{' --- |' * (len(VIEWS) + 1)}")
    for names in dict.fromkeys(sources.variants()):
        click.echo(f"| {' + '.join(names)} | {' | '.join(_measured(names, sources, bench))} |")


def _measured(names: Sequence[str], sources: Sources, bench: Bench) -> list[str]:
    pairs = [pair for name in names if name != LEXICON for pair in sources.pairs[name]]
    lexicon = sources.lexicon if LEXICON in names else None
    with tempfile.TemporaryDirectory() as folder:
        train_model(Path(folder), pairs, lexicon, Recipe(), lambda step: click.echo(step, file=sys.stderr), {})
        recalls = bench.recalls(StaticEmbedder.load(Path(folder)))
    return [" / ".join(f"{share:.0%}".rstrip("%") for share in recalls[view]) for view in VIEWS]


if __name__ == "__main__":
    ablation()
