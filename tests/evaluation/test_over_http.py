"""Times over HTTP, from the real server."""

import sqlite3
from pathlib import Path

import pytest

from evaluation.cases import load_case_sets
from evaluation.errors import EvaluationError
from evaluation.over_http import measure, running_server
from qa_service.settings import Settings
from tests.support.report import SLUG


def test_the_real_server_is_timed_and_keeps_nothing(cases_file: Path, environment: Settings) -> None:
    """One time a case, follow-ups in their conversation, and no conversation is left behind."""
    (case_set,) = load_case_sets(str(cases_file), [SLUG])
    with running_server() as url:
        times = list(measure(url, case_set))
    assert len(times) == 4
    assert min(times) > 0
    with sqlite3.connect(environment.var_dir / "conversations.db") as database:
        assert database.execute("SELECT count(*) FROM conversation").fetchone() == (0,)
    database.close()


def test_a_server_that_refuses_is_an_error(cases_file: Path, environment: Settings) -> None:
    """A question that is answered with an error is not timed as an answer."""
    (case_set,) = load_case_sets(str(cases_file), [SLUG])
    with running_server() as url, pytest.raises(EvaluationError, match="404"):
        list(measure(f"{url}/nowhere", case_set))


def test_no_server_is_an_error(cases_file: Path) -> None:
    """Nothing listening is said with the address."""
    (case_set,) = load_case_sets(str(cases_file), [SLUG])
    with pytest.raises(EvaluationError, match="ne répond pas"):
        list(measure("http://127.0.0.1:9", case_set))
