"""The run on each test set does not fall below the accepted one."""

from pathlib import Path

import pytest

from evaluation.cases import QUESTIONS_DIR, load_case_sets
from evaluation.files import read_json
from evaluation.running import run_cases
from evaluation.runs import Accepted, accepted_path, shortfalls, source_of
from qa_service.service import QAService

TEST_SETS = sorted(QUESTIONS_DIR.glob("*/test.jsonl"))


@pytest.mark.parametrize("path", TEST_SETS, ids=lambda path: path.parent.name)
def test_no_total_falls_below_the_accepted_one(path: Path, service: QAService) -> None:
    """On the accepted questions, no metric is worse than accepted by more than half a point."""
    (case_set,) = load_case_sets(str(path), [report.document.slug for report in service.reports])
    accepted = read_json(accepted_path(case_set), Accepted)
    assert source_of(case_set) == accepted.source, "the questions changed: qa-service evaluate --accept"
    verdicts = [outcome.verdict for outcome in run_cases(service, case_set, ())]
    assert shortfalls(accepted, verdicts) == ()
