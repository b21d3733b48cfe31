"""A trained encoder becomes a folder that sentence-transformers, model2vec and `index.encoder.static` read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from index.encoder.static import TOKENIZER, WEIGHTS
from index.encoder.training.vocabulary import Vocabulary

LARGEST = 127  # of int8, on both sides of zero
_MODULE = "sentence_transformers.sentence_transformer.modules"


def fold_stems(rows: np.ndarray, vocabulary: Vocabulary) -> np.ndarray:
    """Return the rows of the tokens alone, the stem's added to those of its words."""
    tokens = rows[: vocabulary.token_count].copy()
    tokens[[vocabulary.row_of(word) for word in vocabulary.words]] += rows[
        [vocabulary.stem_row(word) for word in vocabulary.words]
    ]
    return tokens


def save_model(folder: Path, rows: np.ndarray, vocabulary: Vocabulary, training: Mapping[str, object]) -> None:
    """Write the model; `training` says how it was made and stands in `config.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    scales = np.maximum(np.abs(rows).max(axis=1), np.finfo(np.float32).tiny) / LARGEST
    quantised = np.rint(rows / scales[:, np.newaxis]).astype(np.int8)
    save_file({"embeddings": quantised, "weights": scales.astype(np.float32)}, folder / WEIGHTS)
    vocabulary.tokenizer.save(str(folder / TOKENIZER), pretty=False)
    _write_json(folder / "config.json", {"model_type": "model2vec", "normalize": True, "training": dict(training)})
    _write_json(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{_MODULE}.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{_MODULE}.Normalize"},
    ]
    _write_json(folder / "modules.json", modules)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
