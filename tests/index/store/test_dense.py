"""Dense vectors: exact search, and a file that knows its size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexCorruptError
from index.store.dense import EXACT_UP_TO, build_dense, build_exact, load_dense, load_exact


def rows(count: int) -> np.ndarray:
    """Return `count` rows of length 1, always the same."""
    made = np.random.default_rng(7).normal(size=(count, 24)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def test_scores_are_the_exact_cosines() -> None:
    """For every text, in their order, as numpy computes them."""
    texts, query = rows(700), rows(701)[-1]
    scores = build_exact(texts).scores(query)
    assert (scores.shape, scores.dtype.name) == ((700,), "float32")
    np.testing.assert_allclose(scores, texts @ query, atol=1e-6)


def test_a_text_is_nearest_to_itself() -> None:
    """With a cosine of 1."""
    texts = rows(50)
    scores = build_exact(texts).scores(texts[31])
    assert int(scores.argmax()) == 31
    assert float(scores[31]) == pytest.approx(1.0, abs=1e-6)


def test_scores_of_some_texts() -> None:
    """Of those named, in that order, each as often as it is named; none for none."""
    texts, query = rows(700), rows(701)[-1]
    index = build_exact(texts)
    np.testing.assert_allclose(index.scores_of([31, 4, 31], query), texts[[31, 4, 31]] @ query, atol=1e-6)
    assert index.scores_of([], query).shape == (0,)


def test_means_of_runs() -> None:
    """From each start to the next, the last run to the end."""
    texts = rows(7)
    means = build_exact(texts).means(np.array([0, 2, 3]))
    np.testing.assert_allclose(means, [texts[:2].mean(0), texts[2], texts[3:].mean(0)], atol=1e-6)


def test_a_zero_row_is_near_to_nothing() -> None:
    """A text or a question without a known token scores 0."""
    texts = np.vstack([rows(3), np.zeros((1, 24), dtype=np.float32)])
    index = build_exact(texts)
    assert float(index.scores(texts[0])[3]) == 0
    assert not index.scores(texts[3]).any()


def test_the_index_comes_back_from_disk(tmp_path: Path) -> None:
    """The same scores to the last bit."""
    texts = rows(20)
    index = build_exact(texts)
    index.save(tmp_path / "dense.faiss")
    again = load_dense(tmp_path / "dense.faiss", size=20)
    assert again.size == 20
    np.testing.assert_array_equal(again.scores(texts[4]), index.scores(texts[4]))


def test_an_index_of_nothing(tmp_path: Path) -> None:
    """A report without cards has an index of no row."""
    build_exact(rows(0)).save(tmp_path / "dense.faiss")
    assert load_dense(tmp_path / "dense.faiss", size=0).scores(rows(1)[0]).shape == (0,)


def test_a_file_of_another_size_is_refused(tmp_path: Path) -> None:
    """Vectors of another report would rank texts that are not there."""
    build_exact(rows(20)).save(tmp_path / "dense.faiss")
    with pytest.raises(IndexCorruptError, match=r"« dense\.faiss » compte 20 vecteurs au lieu de 21"):
        load_dense(tmp_path / "dense.faiss", size=21)


@pytest.mark.parametrize("content", [None, b"", b"no index", b"IxFI" + 60 * b"\x7f"])
def test_a_missing_or_damaged_file_is_refused(content: bytes | None, tmp_path: Path) -> None:
    """By name, as an error of this project."""
    if content is not None:
        (tmp_path / "dense.faiss").write_bytes(content)
    with pytest.raises(IndexCorruptError, match=r"« dense\.faiss » est illisible"):
        load_dense(tmp_path / "dense.faiss", size=1)


@pytest.fixture(scope="module")
def many() -> np.ndarray:
    """Rows in bunches, as texts of a language are, one more than are compared one by one."""
    made = np.random.default_rng(3)
    centres = made.normal(size=(200, 24)).astype(np.float32)
    rows_of = centres[made.integers(0, 200, EXACT_UP_TO + 1)] + 0.4 * made.normal(size=(EXACT_UP_TO + 1, 24)).astype(np.float32)
    return np.asarray(rows_of / np.linalg.norm(rows_of, axis=1, keepdims=True), dtype=np.float32)


def test_many_rows_are_searched_by_inverted_lists(many: np.ndarray, tmp_path: Path) -> None:
    """Which find nearly what comparing with all finds, the same when they come back from disk."""
    assert build_dense(many[:-1]).kind == "Flat"
    built = build_dense(many)
    built.save(tmp_path / "dense.faiss")
    index = load_dense(tmp_path / "dense.faiss", size=len(many))
    assert index.kind == built.kind == "IVF256,SQfp16"
    shared = []
    for query in many[::700]:
        scores, exact = index.scores(query), many @ query
        assert scores.shape == exact.shape
        np.testing.assert_array_equal(scores, built.scores(query))
        np.testing.assert_allclose(scores[scores > 0], exact[scores > 0], atol=2e-3)
        shared.append(len(set(np.argsort(-scores)[:3]) & set(np.argsort(-exact)[:3])) / 3)
    assert np.mean(shared) > 0.97
    np.testing.assert_allclose(index.scores_of([31, 4, 31], many[8]), many[[31, 4, 31]] @ many[8], atol=2e-3)
    assert index.scores_of([], many[8]).shape == (0,)


def test_inverted_lists_in_the_place_of_all_rows_are_refused(many: np.ndarray, tmp_path: Path) -> None:
    """What must be compared one by one is not opened otherwise."""
    build_dense(many).save(tmp_path / "dense.faiss")
    with pytest.raises(IndexCorruptError, match="de la sorte voulue"):
        load_exact(tmp_path / "dense.faiss", size=len(many))
