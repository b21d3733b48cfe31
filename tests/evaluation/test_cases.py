"""Reading cases and finding their files."""

import json
from pathlib import Path

import pytest

from evaluation.cases import Case, CaseKind, load_case_sets
from evaluation.errors import EvaluationError
from evaluation.files import read_jsonl

LINE: dict[str, object] = {
    "id": "T-001", "persona": "com", "kind": "figure", "style": "direct",
    "history": ["Bonjour ?"], "question": "Combien ?",
    "answers": [["165", "165 jeunes"]], "evidence": ["165 jeunes"], "section": "Développement économique", "note": "",
}  # fmt: skip


def write(path: Path, *lines: dict[str, object]) -> Path:
    """Return `path`, now a JSONL file of `lines`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_case_is_a_line(tmp_path: Path) -> None:
    """Fields, pieces and history come as they are written; blank lines do not count."""
    path = write(tmp_path / "a.jsonl", LINE)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (case,) = read_jsonl(path, Case)
    assert (case.id, case.kind, case.history) == ("T-001", CaseKind.FIGURE, ("Bonjour ?",))
    assert case.answers == (("165", "165 jeunes"),)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "montant"}, "ligne 2.*kind.*'figure', 'date'"),
        ({"persona": "maire"}, "ligne 2.*persona.*'agent', 'com' or 'nouveau'"),
        ({"answer": "165"}, "ligne 2.*answer"),
        ({"answers": []}, "ligne 2.*T-001"),
        ({"answers": [[]]}, "ligne 2.*T-001"),
        ({"kind": "unanswerable"}, "ligne 2.*T-001"),
    ],
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, change: dict[str, object], message: str) -> None:
    """An unknown value is refused with its line and the valid ones; so are pieces that contradict the kind."""
    path = write(tmp_path / "a.jsonl", LINE, {**LINE, **change})
    with pytest.raises(EvaluationError, match=message):
        read_jsonl(path, Case)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is an error with its name."""
    with pytest.raises(EvaluationError, match=r"none\.jsonl.*illisible"):
        load_case_sets(str(tmp_path / "none.jsonl"), [])


def test_a_named_set_is_that_of_each_indexed_report(tmp_path: Path) -> None:
    """`test` stands for the test file of every report that is indexed, asked of that report alone."""
    for slug in ("beta", "alpha", "gamma"):
        write(tmp_path / slug / "test.jsonl", LINE)
    sets = load_case_sets("test", ["alpha", "beta", "delta"], root=tmp_path)
    assert [(s.document, s.path.parent.name) for s in sets] == [("alpha", "alpha"), ("beta", "beta")]


def test_no_set_for_any_indexed_report_is_an_error(tmp_path: Path) -> None:
    """Nothing to ask is said, not measured as zero."""
    with pytest.raises(EvaluationError, match=r"dev\.jsonl"):
        load_case_sets("dev", ["alpha"], root=tmp_path)


def test_a_file_elsewhere_is_asked_of_every_report(tmp_path: Path) -> None:
    """A path whose folder is no indexed report sets no limit to the search."""
    (case_set,) = load_case_sets(str(write(tmp_path / "a.jsonl", LINE)), ["alpha"])
    assert case_set.document == ""
