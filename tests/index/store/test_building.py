"""An index is built beside the old one and put in place whole; whatever fails leaves the old one as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from index.errors import EncoderError, FactsError, QAError, ReportFormatError, ReportLimitError, ReportNotFoundError
from index.reading.limits import Limits
from index.store.building import build_index
from index.store.report_index import ReportIndex
from tests.support.hashing import HashingEmbedder
from tests.support.mini import CARDS, build, write_cards

VERSIONS = 2  # the one in place, and the one before for readers that are opening it


def state(folder: Path) -> dict[str, bytes]:
    """Return what stands in a folder: each file's bytes by its relative name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True, slots=True)
class FailingEmbedder(HashingEmbedder):
    """Fails in the middle of a build."""

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Raise EncoderError."""
        raise EncoderError("l'encodeur est tombé")


def broken_metadata(seed: Path) -> None:
    """Leave a quote open in report.toml."""
    (seed / "report.toml").write_text('title = "Rapport', encoding="utf-8")


def quote_that_is_not_verbatim(seed: Path) -> None:
    """Add a card that misquotes the report."""
    write_cards(seed, *CARDS, {**CARDS[0], "quote": "38 jardins partagés ont été ouverts"})


def card_that_is_none(seed: Path) -> None:
    """Add a line that is no card."""
    write_cards(seed, *CARDS, {"quote": 3})


def glossary_that_misquotes(seed: Path) -> None:
    """Change a word of the glossary's quote."""
    path = seed / "glossary.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("s'est tenu", "aura lieu"), encoding="utf-8")


def report_that_is_gone(seed: Path) -> None:
    """Take the report away."""
    (seed / "report.txt").unlink()


def report_that_is_empty(seed: Path) -> None:
    """Leave nothing but blank lines."""
    (seed / "report.txt").write_text(" \n\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("breaks", "error", "message"),
    [
        (broken_metadata, ReportFormatError, r"report\.toml » n'est pas du TOML valable"),
        (quote_that_is_not_verbatim, FactsError, r"« 38 jardins partagés ont été ouverts »"),
        (card_that_is_none, FactsError, r"facts\.jsonl », ligne 3"),
        (glossary_that_misquotes, FactsError, r"« FDM »"),
        (report_that_is_gone, ReportNotFoundError, r"report\.pdf, report\.md, report\.txt"),
        (report_that_is_empty, ReportFormatError, r"report\.txt » est vide"),
    ],
)
def test_a_failing_build_leaves_the_index_in_place(
    breaks: Callable[[Path], None], error: type[QAError], message: str, seed: Path, folder: Path, built: ReportIndex
) -> None:
    """The error says what to mend; the index that was there still opens, byte for byte, with nothing left beside it."""
    before = state(folder)
    breaks(seed)
    with pytest.raises(error, match=message):
        build(seed, folder)
    assert state(folder) == before
    assert ReportIndex.open(folder).document == built.document
    assert [path.name for path in folder.parent.iterdir() if not path.name.startswith(".")] == [folder.name]
    assert len(list(folder.parent.glob(f".{folder.name}.v-*"))) <= VERSIONS


def test_a_build_that_fails_midway_leaves_the_index_in_place(seed: Path, folder: Path, built: ReportIndex) -> None:
    """The half-written folder goes, the old one stays."""
    before = state(folder)
    with pytest.raises(EncoderError, match="tombé"):
        build_index(seed, folder, FailingEmbedder(), limits=Limits(), progress=lambda _step: None)
    assert state(folder) == before
    assert [path.name for path in folder.parent.iterdir() if not path.name.startswith(".")] == [folder.name]
    assert len(list(folder.parent.glob(f".{folder.name}.v-*"))) <= VERSIONS


def test_a_first_build_that_fails_leaves_no_index(seed: Path, folder: Path) -> None:
    """Nothing half-built can be taken for an index."""
    with pytest.raises(ReportLimitError, match="plus que les"):
        build(seed, folder, limits=Limits(max_bytes=10))
    assert not folder.exists()


def test_a_new_build_replaces_the_old_one(seed: Path, folder: Path, built: ReportIndex) -> None:
    """The new report is there, no file of the old index and no other folder."""
    path = seed / "report.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("48 250", "48 251"), encoding="utf-8")
    write_cards(seed)
    again = build(seed, folder)
    assert "48 251 patineurs" in again.document.text
    assert again.facts == ()
    assert set(state(folder)) == {*again.manifest.files, "manifest.json"}
    assert [path.name for path in folder.parent.iterdir() if not path.name.startswith(".")] == [folder.name]
    assert len(list(folder.parent.glob(f".{folder.name}.v-*"))) <= VERSIONS


def test_two_builds_of_one_report_are_the_same(seed: Path, folder: Path, tmp_path: Path, built: ReportIndex) -> None:
    """Every file has the same bytes, whenever and wherever it was built."""
    other = build(seed, tmp_path / "elsewhere" / "val-fleuri-2019")
    assert other.manifest.files == built.manifest.files
    assert other.manifest.sources == built.manifest.sources


def test_the_index_holds_what_the_seed_says(built: ReportIndex) -> None:
    """Report, cards and glossary, each at its place in the text."""
    text = built.document.text
    assert (built.document.slug, built.document.period) == ("val-fleuri-2019", "2019")
    assert [fact.span.of(text) for fact in built.facts] == [card["quote"] for card in CARDS]
    assert [(entry.term, entry.span.of(text)[:34]) for entry in built.glossary] == [
        ("FDM", "Le festival des marionnettes (FDM)"),
    ]
    assert "48250" in [str(figure.value) for figure in built.figures]


def test_an_index_without_cards(seed: Path, folder: Path) -> None:
    """Cards can be left out, to measure what the report alone gives."""
    index = build(seed, folder, cards=False)
    assert (index.facts, index.manifest.facts) == ((), 0)
    assert "facts.jsonl" not in index.manifest.sources


def test_a_build_names_its_steps(seed: Path, folder: Path) -> None:
    """The steps are French words for a progress bar, in order, reading first and the swap last."""
    steps: list[str] = []
    build_index(seed, folder, HashingEmbedder(), limits=Limits(), progress=steps.append)
    assert steps[0] == "lecture du rapport"
    assert steps[-1] == "mise en place"
    assert len(steps) == len(set(steps)) >= 4


def test_a_passage_and_its_figures_are_found_by_id(built: ReportIndex) -> None:
    """An unknown id gives None, a passage without figures ()."""
    rink = next(passage for passage in built.passages if "48 250" in passage.text)
    assert built.passage(rink.id) == rink
    assert [figure.text for figure in built.figures_of(rink)] == ["48 250", "1 250 000 € HT"]
    assert built.passage("val-fleuri-2019.9.9") is None
