"""Whether a set of cases is fit to measure with."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.cases import QUESTIONS_DIR, Case, CaseKind, Style
from evaluation.check_cases import main, problems
from evaluation.files import read_jsonl
from evaluation.matching import fold
from tests.support.evaluation_service import CASE, REPORT, UNANSWERABLE
from tests.support.report import REPORT_TEXT

# The third set, train.jsonl, is mostly what a report does not answer: its mix is another by intent.
SETS = sorted(path for path in QUESTIONS_DIR.glob("*/*.jsonl") if path.stem != "train")


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_sets_of_this_project_are_fit(path: Path) -> None:
    """Each set has nothing wrong: ids, evidence, answers, wordings, mix."""
    report = REPORT.parents[1] / path.parent.name / "report.txt"
    result = CliRunner().invoke(main, [str(path), "--report", str(report)])
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("folder", sorted({path.parent for path in SETS}), ids=lambda folder: folder.name)
def test_each_report_has_a_set_to_tune_on_and_a_set_to_judge_by(folder: Path) -> None:
    """Both sets stand beside each other, and share no question."""
    tuned_on, judged_by = (read_jsonl(folder / f"{name}.jsonl", Case) for name in ("dev", "test"))
    judged = {(fold(case.question), *map(fold, case.history)) for case in judged_by}
    assert [case.id for case in tuned_on if (fold(case.question), *map(fold, case.history)) in judged] == []


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        (replace(CASE, evidence=("13 056 633,72€",)), "T-001\xa0: preuve absente"),
        (replace(CASE, evidence=(REPORT_TEXT[:200],)), "T-001\xa0: preuve absente"),
        (replace(CASE, answers=(("65 visites",),)), "T-001\xa0: réponse loin de toute preuve\xa0: '65 visites'"),
        (replace(CASE, section="Sports d'hiver"), "T-001\xa0: section inconnue"),
        (replace(CASE, question="La masse salariale est passée de 12 607 476 à quoi ?"), "T-001\xa0: reprend 7 mots"),
    ],
)
def test_a_fault_of_one_case_is_named(case: Case, problem: str) -> None:
    """What is wrong comes with the id of the case."""
    assert any(line.startswith(problem) for line in problems([case], REPORT_TEXT))


def test_a_sound_case_has_no_fault_of_its_own() -> None:
    """Alone it can only be wrong by the mix."""
    assert [line for line in problems([CASE, UNANSWERABLE], REPORT_TEXT) if line.startswith("T-")] == []


def test_an_id_given_twice_is_named() -> None:
    """Verdicts are compared by id."""
    assert "T-001\xa0: identifiant donné 2 fois" in list(problems([CASE, CASE], REPORT_TEXT))


def test_the_mix_is_checked() -> None:
    """Too many figures, too few of a style, a persona, follow-ups or unanswerable: each says its share."""
    found = list(problems([CASE], REPORT_TEXT))
    assert "style direct\xa0: 100,0\xa0% des cas au lieu de 30,0\xa0%" in found
    assert "persona agent\xa0: 0,0\xa0% des cas au lieu de 33,3\xa0%" in found
    assert "questions de suite\xa0: 0,0\xa0% des cas au lieu de 16,7\xa0%" in found
    assert "sans réponse\xa0: 0,0\xa0% des cas au lieu de 20,0\xa0%" in found
    assert "plus de la moitié des cas porte sur des chiffres" in found


def test_an_even_half_of_figures_is_allowed() -> None:
    """At most half is still in the mix."""
    other = replace(CASE, id="T-003", kind=CaseKind.DATE, style=Style.TYPO)
    assert "plus de la moitié des cas porte sur des chiffres" not in list(problems([CASE, other], REPORT_TEXT))


def test_the_script_fails_on_a_file_that_holds_no_cases(tmp_path: Path) -> None:
    """The line that cannot be read is named, with exit code 1."""
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    result = CliRunner().invoke(main, [str(path), "--report", str(REPORT)])
    assert result.exit_code == 1
    assert "ligne 1" in result.stderr
