"""`qa-service check`, `evolutions` and `audit`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from qa_service.settings import Settings
from tests.qa_service.conftest import Run

RIGHT = "La patinoire a accueilli 48 250 patineurs."
WRONG = "La patinoire a accueilli 58 250 patineurs."


def test_a_draft_is_checked(built: Settings, run: Run, tmp_path: Path) -> None:
    """For people a table and a summary; for programs a list; code 3 where the report contradicts."""
    draft = tmp_path / "projet.md"
    draft.write_text(WRONG, encoding="utf-8")
    said = run("check", str(draft))
    assert (said.code, said.err) == (3, "")
    assert "contredit" in said.out
    assert "« 48 250 patineurs »" in said.out
    (line,) = json.loads(run("check", "--json", str(draft)).raw)
    assert (line["figure"], line["start"], line["verdict"]) == ("58 250", 25, "contradicted")


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_the_check_is_written(ending: str, built: Settings, run: Run, tmp_path: Path) -> None:
    """As Markdown or Word; a Word file can be checked again."""
    draft, written = tmp_path / "projet.docx", tmp_path / f"controle.{ending}"
    document = Document()
    document.add_paragraph(WRONG)
    document.save(str(draft))
    assert run("check", str(draft), "--out", str(written)).code == 3
    assert written.stat().st_size > 100
    assert run("check", str(written)).code in (0, 3)


def test_what_cannot_be_checked_says_why(built: Settings, run: Run, tmp_path: Path) -> None:
    """A file of another kind, an empty one, one that is too long, an ending that is none."""
    for name, content, said in (
        ("a.odt", "x", "type inconnu"),
        ("a.txt", " ", "ne contient pas de texte"),
        ("b.txt", "a" * 20_001, "20000 au plus"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        refused = run("check", str(tmp_path / name))
        assert refused.code == 1
        assert said in refused.err
    (tmp_path / "c.txt").write_text(RIGHT, encoding="utf-8")
    assert run("check", str(tmp_path / "c.txt"), "--out", str(tmp_path / "c.pdf")).code == 2


def test_evolutions(built: Settings, run: Run) -> None:
    """Values with their years, the change computed."""
    assert "21 (2018) → 37 (2019)" in run("evolutions").out
    (line,) = json.loads(run("evolutions", "--json").raw)
    assert line["percentage"] == "+76,19 %"


def test_audit_finds_nothing_in_a_sound_report(built: Settings, run: Run) -> None:
    """And says so."""
    assert run("audit").out == "Rien à signaler."
    assert json.loads(run("audit", "--json").raw) == []
