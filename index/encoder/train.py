"""`python -m index.encoder.train`: makes the French encoder that is shipped, in a minute or two on two cores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from index.encoder.hashing import short_hash
from index.encoder.loading import SHIPPED_FOLDER
from index.encoder.training.cases import questions_of
from index.encoder.training.lexicon import PATH, Lexicon
from index.encoder.training.pairs import Pair, card_pairs, everyday_pairs, gap_pairs, squad_pairs, without_questions
from index.encoder.training.recipe import Recipe, train_model
from index.errors import QAError

EVERYDAY = Path(__file__).parent / "training" / "data" / "everyday.jsonl"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files that pairs are read from."""

    squads: tuple[Path, ...]
    everyday: Path
    cards: tuple[Path, ...]
    gaps: tuple[Path, ...]

    def paths(self) -> tuple[Path, ...]:
        """Return all files in the order in which they are read."""
        return (*self.squads, self.everyday, *self.cards, *self.gaps)

    def pairs(self) -> list[Pair]:
        """Return the pairs of all files; raises as the readers of `index.encoder.training.pairs`."""
        return [
            *(pair for path in self.squads for pair in squad_pairs(path)),
            *everyday_pairs(self.everyday),
            *(pair for path in self.cards for pair in card_pairs(path)),
            *(pair for path in self.gaps for pair in gap_pairs(path)),
        ]


@click.command()
@click.option("--piaf", type=_FILE, required=True, help="Les questions de PIAF (format SQuAD).")
@click.option("--service-public", type=_FILE, help="D'autres questions au format SQuAD.")
@click.option("--cards", type=_FILE, multiple=True, help="Des fiches (facts.jsonl) ; plusieurs fois au besoin.")
@click.option("--gaps", type=_FILE, multiple=True, help="Des lacunes (gaps.jsonl) ; plusieurs fois au besoin.")
@click.option("--everyday", type=_FILE, default=EVERYDAY, help="Des textes administratifs avec des questions courantes.")
@click.option("--without", type=_FILE, multiple=True, help="Des cas d'évaluation dont aucune question ne sert.")
@click.option("--lexicon", type=click.Path(path_type=Path), default=PATH, show_default=True, help="Le lexique de départ.")
@click.option("--out", type=click.Path(path_type=Path), default=SHIPPED_FOLDER, help="Le dossier du modèle.")
@click.option("--seed", default=1, show_default=True, help="La graine du tirage au sort.")
def train(
    piaf: Path,
    service_public: Path | None,
    cards: tuple[Path, ...],
    gaps: tuple[Path, ...],
    everyday: Path,
    without: tuple[Path, ...],
    lexicon: Path,
    out: Path,
    seed: int,
) -> None:
    """Entraîne l'encodeur français."""
    squads = (piaf, *([service_public] if service_public else ()))
    sources = Sources(squads=squads, everyday=everyday, cards=cards, gaps=gaps)
    try:
        start = Lexicon.load(lexicon)
        pairs = without_questions(sources.pairs(), (q for path in without for q in questions_of(path)))
        hashes = {path.name: short_hash([path]) for path in (*sources.paths(), lexicon)}
        train_model(out, pairs, start, Recipe(seed=seed), click.echo, {"sources": hashes})
    except QAError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    train()
