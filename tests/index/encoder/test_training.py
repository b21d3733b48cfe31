"""Training from a handful of pairs."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from index.encoder.static import StaticEmbedder
from index.encoder.training.augmentation import misspelt, thinned
from index.encoder.training.contrastive import Course
from index.encoder.training.lexicon import Lexicon
from index.encoder.training.pairs import Pair
from index.encoder.training.recipe import Recipe, train_model
from index.errors import EncoderError

PAIRS = [
    Pair("où jeter un matelas ?", ("La déchèterie prend les encombrants.", "que faire d'un vieux lit")),
    Pair("combien de salariés ?", ("La collectivité compte 262 agents.", "effectif du personnel")),
    Pair("quand nager ?", ("La piscine ouvre à 9 heures.", "horaires du bassin")),
    Pair("prix du bus ?", ("Le ticket coûte un euro.", "tarif des transports")),
]
RECIPE = Recipe(dimension=16, words=100, pieces=50, batch=4, course=Course(epochs=30, rate=0.02))


def train(folder: Path, *, seed: int = 1) -> StaticEmbedder:
    """Return a model trained on the pairs and written to a folder."""
    recipe = Recipe(seed=seed, dimension=16, words=100, pieces=50, batch=4, course=RECIPE.course)
    train_model(folder, PAIRS, None, recipe, lambda _step: None, {"sources": {}})
    return StaticEmbedder.load(folder)


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of a folder's files."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_trainings_write_identical_files(tmp_path: Path) -> None:
    """The seed decides everything, and another seed gives another model."""
    train(tmp_path / "a")
    train(tmp_path / "b")
    train(tmp_path / "c", seed=2)
    names = {"config.json", "config_sentence_transformers.json", "model.safetensors", "modules.json", "tokenizer.json"}
    assert files(tmp_path / "a").keys() == names
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert files(tmp_path / "a")["model.safetensors"] != files(tmp_path / "c")["model.safetensors"]


def test_training_brings_questions_to_their_texts(tmp_path: Path) -> None:
    """After training, each question is nearest to its own text."""
    model = train(tmp_path / "model")
    scores = (
        model.encode_queries([pair.question for pair in PAIRS]) @ model.encode_passages([pair.texts[0] for pair in PAIRS]).T
    )
    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_a_lexicon_is_what_training_starts_from(tmp_path: Path) -> None:
    """Without pairs that speak of them, two words stay as near as the lexicon puts them."""
    words = ("poubelle", "dechet", "budget", "impot", *"klmnopqrstuvwxyz")
    vectors = np.random.default_rng(0).normal(size=(len(words), 32)).astype(np.float32)
    vectors[1], vectors[3] = vectors[0] + 0.1, vectors[2] + 0.1
    lexicon = Lexicon(words, np.full(len(words), 1e-5), vectors)
    lexicon.save(tmp_path / "lexicon.safetensors")
    train_model(tmp_path / "model", PAIRS, Lexicon.load(tmp_path / "lexicon.safetensors"), RECIPE, lambda _step: None, {})
    rows = StaticEmbedder.load(tmp_path / "model").encode_queries(["poubelles", "déchet", "budget"])
    assert rows[1] @ rows[0] > rows[1] @ rows[2]


def test_a_missing_lexicon_is_refused_with_the_command(tmp_path: Path) -> None:
    """The message says how to make one."""
    with pytest.raises(EncoderError, match=r"manque ; lancez : python -m index\.encoder\.teach"):
        Lexicon.load(tmp_path / "lexicon.safetensors")


def test_a_slip_changes_one_place_inside_a_word() -> None:
    """A letter is lost, doubled or swapped with the next; short words and years stay."""
    chance = random.Random(3)
    assert {misspelt("piscine", chance) for _ in range(40)} >= {"picsine", "piscin", "piscinne"}
    assert [misspelt(word, chance) for word in ("eau", "2021")] == ["eau", "2021"]


def test_thinning_leaves_at_least_a_word() -> None:
    """About a share of the words goes; a text never loses all of them."""
    assert thinned(["a", "b"], 1.0, random.Random(0)) == ["a", "b"]
    assert 280 < len(thinned(["mot"] * 400, 0.25, random.Random(0))) < 320
