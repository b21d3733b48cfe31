"""BM25: what is rare weighs, weights multiply, unknown terms count nothing."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexCorruptError
from index.store.lexical import LexicalIndex

TEXTS: tuple[list[str], ...] = (["patin", "pist"], ["patin", "patin", "pist", "glac"], ["jardin", "pist", "outil"], [])


@pytest.fixture
def index() -> LexicalIndex:
    """Return the index of four texts, the last of them empty."""
    return LexicalIndex.build(TEXTS)


def test_scores_are_one_a_text(index: LexicalIndex) -> None:
    """float32, in the order given, 0 where no term occurs."""
    scores = index.scores({"patin": 1.0})
    assert (scores.shape, scores.dtype.name) == ((4,), "float32")
    assert scores[0] > 0
    assert scores[1] > 0
    assert scores[2:].tolist() == [0, 0]


def test_a_term_that_comes_again_scores_more(index: LexicalIndex) -> None:
    """Of two texts of one length, the one that says it twice stands first."""
    once, twice, _ = LexicalIndex.build([["eau", "rue"], ["eau", "eau"], ["rue"]]).scores({"eau": 1.0})
    assert twice > once > 0


def test_weights_multiply(index: LexicalIndex) -> None:
    """A term of weight 0.3 counts three tenths, and terms add up."""
    alone, both = index.scores({"patin": 1.0}), index.scores({"patin": 0.3, "jardin": 2.0})
    np.testing.assert_allclose(both, 0.3 * alone + 2 * index.scores({"jardin": 1.0}), rtol=1e-6)


def test_a_rare_term_counts_more(index: LexicalIndex) -> None:
    """In one text, the term that few hold outweighs the one that many hold."""
    scores = [index.scores({term: 1.0})[2] for term in ("jardin", "pist")]
    assert scores[0] > scores[1] > 0


def test_unknown_terms_count_nothing(index: LexicalIndex) -> None:
    """Alone or among known ones; no term at all gives zeros."""
    assert index.scores({"volcan": 1.0}).tolist() == [0, 0, 0, 0]
    assert index.scores({}).tolist() == [0, 0, 0, 0]
    np.testing.assert_array_equal(index.scores({"patin": 1.0, "volcan": 9.0}), index.scores({"patin": 1.0}))


@pytest.mark.parametrize(("term", "holding"), [("pist", 3), ("patin", 2), ("jardin", 1), ("volcan", 0)])
def test_idf(term: str, holding: int, index: LexicalIndex) -> None:
    """Robertson's, in Lucene's form that stays above zero; a term that no text holds weighs most."""
    assert index.idf(term) == pytest.approx(math.log(1 + (4 - holding + 0.5) / (holding + 0.5)))


@pytest.mark.parametrize(("term", "texts"), [("pist", [0, 1, 2]), ("patin", [0, 1]), ("outil", [2]), ("volcan", [])])
def test_holds(term: str, texts: list[int], index: LexicalIndex) -> None:
    """The texts that have a term, and no other."""
    assert [text for text in range(4) if index.holds(term, text)] == texts


def test_shared_terms(index: LexicalIndex) -> None:
    """Those that some of the texts named have."""
    asked = ("pist", "patin", "outil", "volcan")
    assert index.shared(asked, [0, 2]) == {"pist", "patin", "outil"}
    assert index.shared(asked, [3]) == index.shared(asked, []) == set()


def test_no_text_passes_the_ideal(index: LexicalIndex) -> None:
    """Even one that says nothing but the terms asked for, over and over."""
    index = LexicalIndex.build([["patin"] * 200, ["pist"], ["jardin"]])
    assert 0.9 < float(index.scores({"patin": 1.0})[0]) / index.ideal({"patin": 1.0}) <= 1


def test_the_index_comes_back_from_disk(index: LexicalIndex, tmp_path: Path) -> None:
    """The same scores and weights to the last bit, without pickle."""
    index.save(tmp_path / "lexical")
    again = LexicalIndex.load(tmp_path / "lexical", len(TEXTS))
    np.testing.assert_array_equal(again.scores({"patin": 1.0, "glac": 0.5}), index.scores({"patin": 1.0, "glac": 0.5}))
    assert again.idf("patin") == index.idf("patin")
    assert {"patin", "pist", "glac", "jardin", "outil"} <= set(again.vocabulary)
    for path in (tmp_path / "lexical").glob("*.npy"):
        np.load(path, allow_pickle=False)


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_an_index_of_nothing(texts: list[list[str]], tmp_path: Path) -> None:
    """A report without cards has an index of no text; it scores nothing and comes back."""
    LexicalIndex.build(texts).save(tmp_path / "lexical")
    again = LexicalIndex.load(tmp_path / "lexical", len(texts))
    assert again.scores({"patin": 1.0}).shape == (len(texts),)
    assert not again.scores({"patin": 1.0}).any()


@pytest.mark.parametrize("ending", [".npy", ".json"])
def test_a_damaged_file_is_refused(ending: str, index: LexicalIndex, tmp_path: Path) -> None:
    """As an error of this project, whatever the reader inside would raise."""
    index.save(tmp_path / "lexical")
    for path in (tmp_path / "lexical").glob(f"*{ending}"):
        path.write_bytes(b"\x00")
    with pytest.raises(IndexCorruptError, match="« lexical »"):
        LexicalIndex.load(tmp_path / "lexical", len(TEXTS))


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """By its name, like a damaged one."""
    with pytest.raises(IndexCorruptError, match="« lexical »"):
        LexicalIndex.load(tmp_path / "lexical", len(TEXTS))
