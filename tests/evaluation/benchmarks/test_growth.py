"""Curves and their exponents; growth measured on a made-up report."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.benchmarks.curves import Curve, Point, exponent
from evaluation.benchmarks.drawing_growth import draw
from evaluation.benchmarks.growing_index import AS_BUILT
from evaluation.benchmarks.growing_index import measure as measure_index
from evaluation.benchmarks.growing_service import measure as measure_service
from evaluation.benchmarks.growing_use import check_by_characters, question_by_turns
from evaluation.benchmarks.growth import curves_of_indexes, curves_of_services
from evaluation.drafts import Draft
from qa_service.service import QAService
from tests.support.evaluation_service import CASE
from tests.support.mini import write_seed

QUESTIONS = ("Combien de patineurs ?", "Quand a eu lieu le festival ?")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the seed folder of the made-up report."""
    return write_seed(tmp_path_factory.mktemp("seeds") / "val-fleuri")


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_is_that_of_the_power(power: float) -> None:
    """Whatever stands before it."""
    assert exponent([Point(x, 7 * x**power) for x in (1, 10, 100)]) == pytest.approx(power)


@pytest.mark.parametrize("points", [[], [Point(1, 2)], [Point(1, 2), Point(1, 3)], [Point(1, 0), Point(2, 1)]])
def test_too_few_points_have_no_exponent(points: list[Point]) -> None:
    """One size, or a cost of nothing."""
    with pytest.raises(ValueError, match="two sizes or more"):
        exponent(points)


def test_indexes_of_two_sizes_give_curves(seed: Path) -> None:
    """Every kind of index is measured, exact search finds all, and twice the reports have more units."""
    sizes = [measure_index(seed, reports, QUESTIONS) for reports in (1, 3)]
    one, three = sizes
    assert three.units > 2 * one.units
    assert three.words > one.words
    assert [found.kind for found in one.dense] == ["Flat", AS_BUILT, "SQ8", "HNSW32"]
    assert all(0 <= found.recall_at_10 <= 1 for size in sizes for found in size.dense)
    assert one.dense[0].recall_at_10 == one.dense[0].recall_at_3 == 1
    names = {curve.name for curve in curves_of_indexes(sizes)}
    assert {"memory", "search, bm25", "search, Flat", "recall@10, HNSW32", "size, SQ8"} <= names


def test_services_of_two_sizes_give_curves(seed: Path) -> None:
    """A service over more reports has more on disk."""
    sizes = [measure_service(seed, reports, QUESTIONS) for reports in (1, 2)]
    assert sizes[1].disk_mib > sizes[0].disk_mib
    assert next((curve.name, curve.of) for curve in curves_of_services(sizes)) == ("answer", "reports")


def test_use_is_measured_at_each_length(service: QAService) -> None:
    """Of the conversation, and of the text to check."""
    points = list(question_by_turns(service, (CASE,), turns=(1, 4)))
    assert [point.x for point in points] == [1, 4]
    draft = Draft(id="D", text="En 2021, 65 visites médicales ont été effectuées. " * 10, claims=())
    assert [point.x for point in check_by_characters(service, (draft,), characters=(100, 400))] == [100, 400]


def test_the_picture_has_every_exponent(tmp_path: Path) -> None:
    """As text, in the legend of its panel."""
    curve = Curve.through([Point(1, 1), Point(10, 10)], name="search, Flat", of="passages", unit="ms")
    draw([curve], tmp_path / "growth.svg")
    assert "Flat: exponent 1" in (tmp_path / "growth.svg").read_text(encoding="utf-8")
