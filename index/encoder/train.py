"""`python -m index.encoder.train`: makes the French encoder that is shipped, in a minute or two on two cores."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from index.encoder.hashing import short_hash
from index.encoder.loading import SHIPPED_FOLDER
from index.encoder.training.cases import questions_of
from index.encoder.training.lexicon import PATH, Lexicon
from index.encoder.training.pairs import Pair, card_pairs, squad_pairs, without_questions
from index.encoder.training.recipe import Recipe, train_model
from index.errors import QAError

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--piaf", type=_FILE, required=True, help="Les questions de PIAF (format SQuAD).")
@click.option("--service-public", type=_FILE, help="D'autres questions au format SQuAD.")
@click.option("--cards", type=_FILE, multiple=True, help="Des fiches (facts.jsonl) ; plusieurs fois au besoin.")
@click.option("--without", type=_FILE, multiple=True, help="Des cas d'évaluation dont aucune question ne sert.")
@click.option("--lexicon", type=click.Path(path_type=Path), default=PATH, show_default=True, help="Le lexique de départ.")
@click.option("--out", type=click.Path(path_type=Path), default=SHIPPED_FOLDER, help="Le dossier du modèle.")
@click.option("--seed", default=1, show_default=True, help="La graine du tirage au sort.")
def train(
    piaf: Path,
    service_public: Path | None,
    cards: tuple[Path, ...],
    without: tuple[Path, ...],
    lexicon: Path,
    out: Path,
    seed: int,
) -> None:
    """Entraîne l'encodeur français."""
    squads = [piaf, *([service_public] if service_public else [])]
    try:
        start = Lexicon.load(lexicon)
        pairs = without_questions(read_pairs(squads, cards), (q for path in without for q in questions_of(path)))
        sources = {path.name: short_hash([path]) for path in (*squads, *cards, lexicon)}
        train_model(out, pairs, start, Recipe(seed=seed), click.echo, {"sources": sources})
    except QAError as error:
        raise click.ClickException(str(error)) from error


def read_pairs(squads: Iterable[Path], cards: Iterable[Path]) -> list[Pair]:
    """Return the pairs of files in SQuAD's format and of files of fact cards, in the order given."""
    return [
        *(pair for path in squads for pair in squad_pairs(path)),
        *(pair for path in cards for pair in card_pairs(path)),
    ]


if __name__ == "__main__":
    train()
