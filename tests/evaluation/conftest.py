"""Cases in a file, and the environment in which the commands find the index of the run."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.cases import Case
from evaluation.files import to_json
from qa_service.settings import Settings
from tests.support.evaluation_service import CASE, UNANSWERABLE

FOLLOW_UP = replace(CASE, id="T-003", history=(CASE.question,), question="Et en 2020 ?", answers=(("12 607 476.20",),))
IMPOSSIBLE = replace(CASE, id="T-004", answers=(("999 999 999",),))


@pytest.fixture
def cases_file(tmp_path: Path) -> Path:
    """Return a file of four cases, the last of which no answer can satisfy."""
    return write_cases(tmp_path / "cases.jsonl", CASE, UNANSWERABLE, FOLLOW_UP, IMPOSSIBLE)


def write_cases(path: Path, *cases: Case) -> Path:
    """Return `path`, now a file of `cases`."""
    path.write_text("".join(to_json(case).replace("\n", "") + "\n" for case in cases), encoding="utf-8")
    return path


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Settings:
    """Return the settings of the run, in force for commands and servers too."""
    monkeypatch.setenv("QA_VAR_DIR", str(settings.var_dir))
    monkeypatch.setenv("QA_SEEDS_DIR", str(settings.seeds_dir))
    monkeypatch.setenv("COLUMNS", "100")
    return settings
