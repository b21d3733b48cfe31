"""What an answer says beside its figure: other years, the total and its parts, the same before tax, a date that contradicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.answering.alternatives import alternatives_to
from qa_service.model import Question
from qa_service.service import QAService
from tests.support.mini import build, write_seed


@pytest.mark.parametrize(
    ("text", "figure", "said"),
    [
        ("Elle a reçu 250 visiteurs contre 200 visiteurs en 2018.", "250", ["200 visiteurs en 2018"]),
        ("Elle a reçu 250 visiteurs contre 200 visiteurs en 2018.", "200", ["En 2019 : 250 visiteurs"]),
        ("Elle a reçu 60 médailles, soit 40 médailles en or et 20 médailles en argent.", "60",
         ["Dont : 40 médailles en or", "Dont : 20 médailles en argent"]),
        ("Elle a reçu 60 médailles, soit 40 médailles en or et 20 médailles en argent.", "40", ["Total : 60 médailles"]),
        ("Elle compte 60 agents dont 12 apprentis.", "60", ["Dont : 12 apprentis"]),
        ("La piste a coûté 100 € HT, soit 120 € TTC.", "100 € HT", ["TTC : 120 € TTC"]),
        ("Elle a reçu 250 visiteurs et 12 écoles.", "250", []),
    ],
)  # fmt: skip
def test_other_figures_of_the_same_thing(text: str, figure: str, said: list[str], tmp_path: Path) -> None:
    """Each with the sentence that gives it; nothing for figures of other things."""
    seed = write_seed(tmp_path / "seed", text=f"Patinoire\n\n{text}\n")
    for name in ("facts.jsonl", "glossary.toml"):
        (seed / name).unlink()
    index = build(seed, tmp_path / "index")
    asked = next(one for one in index.figures if one.text == figure)
    found = alternatives_to(asked, index)
    assert [alternative.text for alternative in found] == said
    assert all(alternative.citation.quote in text for alternative in found)


def test_answers_on_the_real_report(service: QAService) -> None:
    """The year before; a date that another page contradicts, with the warning that says so."""
    pay = service.ask(Question("Quelle est la masse salariale en 2021 ?"))
    assert [alternative.text for alternative in pay.alternatives] == ["En 2020 : 12 607 476.20 €"]
    pool = service.ask(Question("Quand ouvre le centre aquatique de Harnes ?"))
    assert [alternative.text for alternative in pool.alternatives] == ["Ailleurs dans le rapport : 2025"]
    assert [warning.code for warning in pool.warnings] == ["dates"]
