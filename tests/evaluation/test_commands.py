"""`qa-service evaluate` and `qa-service compare`, typed as a developer types them, over the real report."""

import json
import re
from pathlib import Path

import pytest

from evaluation.files import read_json
from evaluation.runs import Run
from qa_service.cli import main

pytestmark = pytest.mark.usefixtures("environment")
Captured = pytest.CaptureFixture[str]


def test_totals_as_tables(cases_file: Path, capsys: Captured) -> None:
    """Metrics overall, by style, persona and kind, each signal, times and confidence; no case is named."""
    assert main(["evaluate", "--questions", str(cases_file)]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^ tous +4 .* 100,0 *$", out, re.MULTILINE)
    for row in ("sans fiches", "direct", "com", "figure", "unanswerable", "lexical", "cards", "all", "in process"):
        assert re.search(rf"^ {row} ", out, re.MULTILINE)
    assert "T-00" not in out
    assert "Masse salariale" not in out


def test_totals_as_json(cases_file: Path, capsys: Captured) -> None:
    """One object on stdout; every quote of the real service is verbatim."""
    assert main(["evaluate", "--questions", str(cases_file), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["cases"] == 4
    assert summary["scores"][-1] == {"name": "verbatim", "value": 1.0, "cases": 4}
    assert [found["variant"] for found in summary["retrieval"]] == ["lexical", "dense", "fused", "cards", "all"]
    assert [score["name"] for score in summary["without_cards"]] == [score["name"] for score in summary["scores"]]


def test_failures_are_listed_when_asked_for(cases_file: Path, capsys: Captured) -> None:
    """What was asked and expected, for the cases that failed only."""
    assert main(["evaluate", "--questions", str(cases_file), "--failures"]) == 0
    out = capsys.readouterr().out
    assert "T-004 · figure · direct" in out
    assert "attendu : 999 999 999" in out


def test_a_run_is_kept_and_compared(cases_file: Path, tmp_path: Path, capsys: Captured) -> None:
    """Files for the verdicts and the page; a run beside itself has not moved."""
    run, page = tmp_path / "run.json", tmp_path / "page.html"
    assert main(["evaluate", "--questions", str(cases_file), "--out", str(run), "--html", str(page)]) == 0
    assert [verdict.id for verdict in read_json(run, Run).verdicts] == ["T-001", "T-002", "T-003", "T-004"]
    html = page.read_text(encoding="utf-8")
    assert "4 questions" in html
    assert "Sans fiches" in html
    capsys.readouterr()
    assert main(["compare", str(run), str(run)]) == 0
    out, err = capsys.readouterr()
    assert re.search(r"verbatim +100,0 100,0 +\+0,0", out)
    assert err == ""


def test_runs_on_other_questions_are_compared_with_a_warning(cases_file: Path, tmp_path: Path, capsys: Captured) -> None:
    """Totals over other questions are no progress: the comparison says so on stderr."""
    runs = [tmp_path / "a.json", tmp_path / "b.json"]
    for run in runs:
        assert main(["evaluate", "--questions", str(cases_file), "--out", str(run)]) == 0
        cases_file.write_text(cases_file.read_text(encoding="utf-8").replace("T-004", "T-005"), encoding="utf-8")
    capsys.readouterr()
    assert main(["compare", *map(str, runs)]) == 0
    assert "mêmes questions" in capsys.readouterr().err


def test_the_floor_is_that_of_the_test_set(cases_file: Path, capsys: Captured) -> None:
    """Accepting another set is wrong usage."""
    assert main(["evaluate", "--questions", str(cases_file), "--accept"]) == 2
    assert "--accept" in capsys.readouterr().err


def test_without_an_index_the_command_to_run_is_named(
    cases_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """A service that cannot work is a failure with its remedy, not a run of zeros."""
    monkeypatch.setenv("QA_VAR_DIR", str(tmp_path / "nothing"))
    assert main(["evaluate", "--questions", str(cases_file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "qa-service build" in err


def test_figures_are_found_and_are_figures(capsys: Captured) -> None:
    """At least 98 % of the figures read by hand are found, and 98 % of what is found are such figures."""
    assert main(["evaluate", "--figures", "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    total = report["scores"][0]
    assert total["golden"] >= 200
    assert total["recall"] >= 0.98
    assert total["precision"] >= 0.98


def test_figures_as_a_table(capsys: Captured) -> None:
    """A row for all kinds, then one a kind."""
    assert main(["evaluate", "--figures"]) == 0
    out = capsys.readouterr().out
    for row in ("tous", "money", "percentage", "date", "rate"):
        assert re.search(rf"^ {row} +\d+", out, re.MULTILINE)
