"""Dense vectors: exact search, and a file that knows its size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexCorruptError
from index.store.dense import DenseIndex


def rows(count: int) -> np.ndarray:
    """Return `count` rows of length 1, always the same."""
    made = np.random.default_rng(7).normal(size=(count, 24)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def test_scores_are_the_exact_cosines() -> None:
    """For every text, in their order, as numpy computes them."""
    texts, query = rows(700), rows(701)[-1]
    scores = DenseIndex.build(texts).scores(query)
    assert (scores.shape, scores.dtype.name) == ((700,), "float32")
    np.testing.assert_allclose(scores, texts @ query, atol=1e-6)


def test_a_text_is_nearest_to_itself() -> None:
    """With a cosine of 1."""
    texts = rows(50)
    scores = DenseIndex.build(texts).scores(texts[31])
    assert int(scores.argmax()) == 31
    assert float(scores[31]) == pytest.approx(1.0, abs=1e-6)


def test_scores_of_some_texts() -> None:
    """Of those named, in that order, each as often as it is named; none for none."""
    texts, query = rows(700), rows(701)[-1]
    index = DenseIndex.build(texts)
    np.testing.assert_allclose(index.scores_of([31, 4, 31], query), texts[[31, 4, 31]] @ query, atol=1e-6)
    assert index.scores_of([], query).shape == (0,)


def test_means_of_runs() -> None:
    """From each start to the next, the last run to the end."""
    texts = rows(7)
    means = DenseIndex.build(texts).means(np.array([0, 2, 3]))
    np.testing.assert_allclose(means, [texts[:2].mean(0), texts[2], texts[3:].mean(0)], atol=1e-6)


def test_a_zero_row_is_near_to_nothing() -> None:
    """A text or a question without a known token scores 0."""
    texts = np.vstack([rows(3), np.zeros((1, 24), dtype=np.float32)])
    index = DenseIndex.build(texts)
    assert float(index.scores(texts[0])[3]) == 0
    assert not index.scores(texts[3]).any()


def test_the_index_comes_back_from_disk(tmp_path: Path) -> None:
    """The same scores to the last bit."""
    texts = rows(20)
    index = DenseIndex.build(texts)
    index.save(tmp_path / "dense.faiss")
    again = DenseIndex.load(tmp_path / "dense.faiss", size=20)
    assert again.size == 20
    np.testing.assert_array_equal(again.scores(texts[4]), index.scores(texts[4]))


def test_an_index_of_nothing(tmp_path: Path) -> None:
    """A report without cards has an index of no row."""
    DenseIndex.build(rows(0)).save(tmp_path / "dense.faiss")
    assert DenseIndex.load(tmp_path / "dense.faiss", size=0).scores(rows(1)[0]).shape == (0,)


def test_a_file_of_another_size_is_refused(tmp_path: Path) -> None:
    """Vectors of another report would rank texts that are not there."""
    DenseIndex.build(rows(20)).save(tmp_path / "dense.faiss")
    with pytest.raises(IndexCorruptError, match=r"« dense\.faiss » compte 20 vecteurs au lieu de 21"):
        DenseIndex.load(tmp_path / "dense.faiss", size=21)


@pytest.mark.parametrize("content", [None, b"", b"no index", b"IxFI" + 60 * b"\x7f"])
def test_a_missing_or_damaged_file_is_refused(content: bytes | None, tmp_path: Path) -> None:
    """By name, as an error of this project."""
    if content is not None:
        (tmp_path / "dense.faiss").write_bytes(content)
    with pytest.raises(IndexCorruptError, match=r"« dense\.faiss » est illisible"):
        DenseIndex.load(tmp_path / "dense.faiss", size=1)
