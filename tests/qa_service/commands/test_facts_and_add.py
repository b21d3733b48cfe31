"""`facts` reviews the cards of a report, `add` brings another report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_service.settings import Settings
from tests.qa_service.conftest import SLUG, Run, Said
from tests.support.code import ROOT
from tests.support.mini import CARDS, write_cards


def test_facts_check_counts_and_names_faults(unbuilt: Settings, run: Run) -> None:
    """Code 1 with the file and line of each, 0 without any."""
    cards = unbuilt.seeds_dir / SLUG / "facts.jsonl"
    said = run("facts", "check")
    assert said.code == 1
    assert f"{cards}:1 : 2 questions ; il en faut au moins 4" in said.out
    questions = ["Combien de potagers ?", "Le nombre de parcelles ?", "Quels jardins ?", "Combien ouvrent ?"]
    write_cards(unbuilt.seeds_dir / SLUG, {**CARDS[0], "questions": questions})
    assert run("facts", "check") == Said(
        0, f"{SLUG} : 1 fiches, 4 questions, 0 défauts.", "", f"{SLUG} : 1 fiches, 4 questions, 0 défauts.\n"
    )


def test_facts_check_refuses_questions_of_cases(unbuilt: Settings, tmp_path: Path, run: Run) -> None:
    """A card written from an evaluation question would measure itself."""
    cases = tmp_path / "cases" / SLUG / "test.jsonl"
    cases.parent.mkdir(parents=True)
    cases.write_text(json.dumps({"question": "combien de POTAGERS collectifs"}) + "\n", encoding="utf-8")
    said = run("facts", "check", "--cases", str(tmp_path / "cases"))
    assert said.code == 1
    assert "question d'un cas d'évaluation : « Combien de potagers collectifs ? »" in said.out


def test_facts_coverage(unbuilt: Settings, run: Run) -> None:
    """How much of the report has no card, as numbers and as a list."""
    said = run("facts", "coverage", "--list")
    assert said.code == 0
    assert "15 sur 17 (88,2 %)" in said.out
    assert "Il a réuni 5 600 spectateurs." in said.out


def test_the_shipped_cards_have_no_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every quote is verbatim, no question stands twice or comes from an evaluation case."""
    monkeypatch.chdir(ROOT)
    said = run("facts", "check")
    assert said.code == 0, said.out[:2_000]


def test_add_brings_a_report_in_one_command(own: Settings, tmp_path: Path, run: Run) -> None:
    """Copied, described, indexed, and answering for itself."""
    file = tmp_path / "autre.md"
    file.write_text("# Rapport\n\nLe musée a reçu 9 870 visiteurs et la piscine 64 500 nageurs.\n", encoding="utf-8")
    said = run("add", str(file), "--title", "Rapport « 2020 »", "--authority", 'Bourg "Neuf"', "--period", "2020")
    assert (said.code, said.err) == (0, "")
    (added,) = [folder for folder in own.seeds_dir.iterdir() if folder.name != SLUG]
    assert (added / "report.md").read_bytes() == file.read_bytes()
    assert run("doctor", "--quiet").code == 0
    answer = json.loads(run("ask", "--json", "--document", added.name, "Combien de visiteurs au musée ?").raw)
    assert "9 870 visiteurs" in answer["answer" if "answer" in answer else "text"]


@pytest.mark.parametrize(
    ("name", "content", "options", "code", "message"),
    [
        ("r.txt", b"Un rapport.", ["--slug", SLUG, "--period", "2020"], 2, "existe déjà"),
        ("r.txt", b"Un rapport.", ["--slug", "../ailleurs", "--period", "2020"], 2, "../ailleurs"),
        ("r.txt", b"Un rapport.", ["--period", "vingt"], 2, "la période est une année, pas « vingt »"),
        ("r.docx", b"Un rapport.", ["--period", "2020"], 1, "type inconnu"),
        ("r.txt", b"", ["--period", "2020"], 1, "« r.txt » est vide"),
        ("r.pdf", b"%PDF-1.7\n", ["--period", "2020"], 1, "r.pdf"),
    ],
)
def test_what_cannot_be_added_leaves_nothing_behind(
    name: str, content: bytes, options: list[str], code: int, message: str, own: Settings, tmp_path: Path, run: Run
) -> None:
    """Neither a folder nor an index, and the message says why."""
    (tmp_path / name).write_bytes(content)
    said = run("add", str(tmp_path / name), "--title", "Autre", "--authority", "Bourg-Neuf", *options)
    assert (said.code, said.out) == (code, "")
    assert message in said.err
    assert [folder.name for folder in own.seeds_dir.iterdir()] == [SLUG]
    assert sorted(path.name for path in own.var_dir.iterdir()) == ["indexes"]
