"""The shipped encoder, as serving uses it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.encoder.embedder import Embedder
from index.encoder.loading import SHIPPED_FOLDER, load_embedder
from index.encoder.static import StaticEmbedder
from index.errors import EncoderError

QUESTION = "Combien de décrocheurs ont été repris en main ?"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    """Return the shipped encoder."""
    return load_embedder("")


def test_a_row_per_text_of_length_one(embedder: Embedder) -> None:
    """Each text gets a float32 row of length 1, as many numbers long as the encoder says."""
    rows = embedder.encode_passages([QUESTION, "La collecte des déchets"])
    assert (rows.dtype, rows.shape) == (np.dtype(np.float32), (2, embedder.dimension))
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)


def test_a_text_without_a_known_token_gives_a_zero_row(embedder: Embedder) -> None:
    """Nothing, a bare figure and letters of another script have no direction."""
    assert embedder.encode_queries(["", "13 056 633,72", "ωψ"]).any() == np.False_


def test_no_text_gives_no_row(embedder: Embedder) -> None:
    """An empty list is not an error."""
    assert embedder.encode_passages([]).shape == (0, embedder.dimension)


def test_the_same_text_gives_the_same_bytes(embedder: Embedder) -> None:
    """Neither the other texts of a call nor an earlier call changes a row."""
    alone = embedder.encode_queries([QUESTION])
    among = load_embedder("french-static").encode_queries(["autre chose", QUESTION])[1:]
    assert alone.tobytes() == among.tobytes()


@pytest.mark.parametrize(
    "careless",
    [
        "COMBIEN DE DÉCROCHEURS ONT ÉTÉ REPRIS EN MAIN",
        "combien de decrocheurs ont ete repris en main",
        "Combien de  décrocheurs, ont été repris en main…",
    ],
)
def test_careless_typing_changes_nothing(embedder: Embedder, careless: str) -> None:
    """Case, accents, punctuation and spaces do not count."""
    assert embedder.encode_queries([careless]).tobytes() == embedder.encode_queries([QUESTION]).tobytes()


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("où jeter mes poubelles ?", "La déchèterie accueille les usagers.", "La piscine accueille les nageurs."),
        ("combien d'embauches ?", "42 agents ont été recrutés.", "42 logements ont été démolis."),
        ("les impots", "La fiscalité des ménages reste stable.", "Le réseau de bus reste stable."),
    ],
)
def test_everyday_words_find_official_ones(embedder: Embedder, question: str, near: str, far: str) -> None:
    """A question is nearer to the sentence that answers it than to another, though they share no word."""
    rows = embedder.encode_passages([near, far])
    nearer, further = rows @ embedder.encode_queries([question])[0]
    assert nearer > further


def test_the_name_tells_models_apart(embedder: Embedder, tmp_path: Path) -> None:
    """The name carries a hash of the files: an index built with another model of the same name is noticed."""
    other = shutil.copytree(SHIPPED_FOLDER, tmp_path / "french-static")
    (other / "tokenizer.json").write_text((other / "tokenizer.json").read_text("utf-8") + "\n", "utf-8")
    assert embedder.name.startswith("french-static-")
    assert StaticEmbedder.load(other).name != embedder.name


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path, name: str) -> None:
    """An incomplete folder is refused."""
    other = shutil.copytree(SHIPPED_FOLDER, tmp_path / "french-static")
    (other / name).unlink()
    with pytest.raises(EncoderError, match=rf"incomplet .*{name}.*python -m index.encoder.train"):
        StaticEmbedder.load(other)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    """A file cut short is noticed when it is loaded, not in the middle of a question."""
    other = shutil.copytree(SHIPPED_FOLDER, tmp_path / "french-static")
    (other / name).write_bytes((SHIPPED_FOLDER / name).read_bytes()[:1000])
    with pytest.raises(EncoderError, match=r"endommagé .*python -m index.encoder.train"):
        StaticEmbedder.load(other)


def test_serving_imports_no_torch() -> None:
    """A process that uses the shipped encoder never imports torch, transformers or sentence-transformers."""
    code = (
        "import sys; from index.encoder.loading import load_embedder; load_embedder('').encode_queries(['bonjour']);"
        "print({'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys() or 'none')"
    )
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed == "none\n"
