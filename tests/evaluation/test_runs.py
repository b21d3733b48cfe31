"""Runs and accepted totals on disk."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.cases import CaseSet
from evaluation.comparison import compare_runs
from evaluation.errors import EvaluationError
from evaluation.files import read_json, to_json
from evaluation.runs import Accepted, Run, Source, accept, accepted_path, shortfalls
from tests.support.evaluation_service import CASE, REFUSED, RIGHT, UNANSWERABLE
from tests.support.report import SLUG

SOURCE = Source(SLUG, "test.jsonl", "0" * 64)
RUN = Run(created_at="2026-01-31T12:00:00+00:00", sources=(SOURCE,), verdicts=(RIGHT, REFUSED))


@pytest.fixture
def case_set(tmp_path: Path) -> CaseSet:
    """Return a set of two cases that has a file."""
    path = tmp_path / "test.jsonl"
    path.write_bytes(b"cases\n")
    return CaseSet(path, SLUG, (CASE, UNANSWERABLE))


def test_a_run_comes_back_from_its_file_unchanged(tmp_path: Path) -> None:
    """Every verdict survives JSON, enums and None included."""
    path = tmp_path / "run.json"
    path.write_text(to_json(RUN), encoding="utf-8")
    assert read_json(path, Run) == RUN


def test_a_file_that_is_no_run_is_refused_by_name(tmp_path: Path) -> None:
    """The message names the file and what is wrong in it."""
    path = tmp_path / "run.json"
    path.write_text('{"verdicts": 3}', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"run\.json.*created_at.*verdicts"):
        read_json(path, Run)


def test_accepted_totals_hold_no_verdict(case_set: CaseSet) -> None:
    """Only totals and the identity of the questions are kept; a metric over no case has no floor."""
    accepted = accept(case_set, RUN.verdicts)
    assert accepted.source.sha256 == "1ab63e087bc3eded93ad41cda8f4cbbbe8163affc06798f4a92180fbc453998c"
    assert (accepted.cases, accepted.source.file) == (2, "test.jsonl")
    assert accepted.totals == {
        "right": 1.0, "cite@1": 1.0, "cite@3": 1.0, "figure_exact": 1.0, "refused": 1.0,
        "false_refusals": 0.0, "verbatim": 1.0,
    }  # fmt: skip
    assert accepted_path(case_set) == case_set.path.parent / "accepted.json"


def accepted_with(**totals: float) -> Accepted:
    """Return a floor made of `totals`."""
    return Accepted(source=SOURCE, cases=2, totals=totals)


def test_a_metric_below_its_floor_is_named() -> None:
    """More than half a point less, or more refused in error, is a shortfall; half a point is not."""
    worse = (replace(RIGHT, right=False, refused=True), REFUSED)
    assert shortfalls(accepted_with(right=0.004, false_refusals=0.5), worse) == ("false_refusals 1.0000, accepted 0.5000",)
    assert shortfalls(accepted_with(right=0.6), worse) == ("right 0.0000, accepted 0.6000",)


def test_a_better_run_has_no_shortfall() -> None:
    """Rates above the floor, and fewer refusals in error, are welcome."""
    assert shortfalls(accepted_with(right=0.5, false_refusals=0.5, unheard_of=1.0), RUN.verdicts) == ()


def test_comparison_names_the_cases_that_turned() -> None:
    """A metric says how far it moved and which cases moved it, whichever way is better."""
    after = replace(RUN, verdicts=(replace(RIGHT, right=False, refused=True, cited_at=2), REFUSED))
    by_name = {difference.metric: difference for difference in compare_runs(RUN, after)}
    assert (by_name["right"].before, by_name["right"].after) == (1.0, 0.0)
    assert by_name["right"].lost == (f"{SLUG}/T-001",)
    assert by_name["false_refusals"].lost == (f"{SLUG}/T-001",)
    assert (by_name["cite@1"].lost, by_name["cite@3"].lost) == ((f"{SLUG}/T-001",), ())
    assert (by_name["refused"].gained, by_name["refused"].lost) == ((), ())


def test_comparison_backwards_turns_losses_into_gains() -> None:
    """Fewer refusals in error is a gain."""
    before = replace(RUN, verdicts=(replace(RIGHT, refused=True), REFUSED))
    by_name = {difference.metric: difference for difference in compare_runs(before, RUN)}
    assert by_name["false_refusals"].gained == (f"{SLUG}/T-001",)


def test_cases_of_one_run_only_are_not_named() -> None:
    """A new case counts in the rate of its run and has not turned."""
    after = replace(RUN, verdicts=(*RUN.verdicts, replace(RIGHT, id="T-009", right=False)))
    right = compare_runs(RUN, after)[0]
    assert (right.after, right.gained, right.lost) == (0.5, (), ())
