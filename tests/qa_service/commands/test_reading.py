"""The commands that read: ask, sections, passages, figures; for people and, with --json, for programs."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from qa_service.settings import Settings
from tests.qa_service.conftest import SLUG, Run, in_force, indexed
from tests.support.mini import TEXT, write_second_seed, write_seed


def test_ask_prints_answer_figure_and_place(built: Settings, run: Run) -> None:
    """For people: the words of the report, the figure with its period, where they stand."""
    said = run("ask", "Combien de", "patineurs à la patinoire ?")
    assert (said.code, said.err) == (0, "")
    assert "La patinoire a accueilli 48 250 patineurs." in said.out
    assert "Chiffre : 48 250 (2019)" in said.out
    assert "Cadre de vie › Patinoire (p. 5 à 6)" in said.out


def test_ask_as_json(built: Settings, run: Run) -> None:
    """For programs: every part of the answer, exact values as strings."""
    said = run("ask", "--json", "--document", SLUG, "Combien de patineurs à la patinoire ?")
    answer = json.loads(said.raw)
    assert (said.code, answer["status"]) == (0, "answered")
    assert answer["figures"][0]["figure"]["value"] == "48250"
    citation = answer["citations"][0]
    assert TEXT[citation["span"]["start"] : citation["span"]["end"]] == citation["quote"]


def test_not_knowing_is_no_failure(built: Settings, run: Run) -> None:
    """A refusal is an answer: code 0, on stdout."""
    said = run("ask", "--json", "Combien de fusées sont parties vers Mars ?")
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.raw)["status"] == "not_found"
    assert "trouvé" in run("ask", "Combien de fusées sont parties vers Mars ?").out


def test_sections(built: Settings, run: Run) -> None:
    """The outline with its pages, as a tree or, by report, as JSON."""
    assert "1-2 Patinoire p. 5 à 6" in run("sections").out
    sections = json.loads(run("sections", "--json").raw)[SLUG]
    assert [section["title"] for section in sections] == ["Rapport d'activités 2019", "Cadre de vie", "Culture"]
    assert [child["id"] for child in sections[1]["children"]] == ["1-1", "1-2"]


def test_passages(built: Settings, run: Run) -> None:
    """All, those of a section, or the nearest to some words, best first."""
    assert len(json.loads(run("passages", "--json").raw)) == 5
    assert [p["id"] for p in json.loads(run("passages", "--section", "2", "--json").raw)] == [f"{SLUG}.2.1"]
    nearest = json.loads(run("passages", "--top-k", "2", "--json", "festival", "marionnettes").raw)
    assert [len(nearest), nearest[0]["id"]] == [2, f"{SLUG}.2.1"]
    assert "48 250 patineurs" in run("passages", "patinoire").out


def test_figures(built: Settings, run: Run) -> None:
    """The register, by words of the sentence and its titles, those first that count them; by kind, unit and period."""
    assert "1 250 000 € HT EUR HT 2019 travaux de la piste" in run("figures").out.replace("│ ", "")
    money = json.loads(run("figures", "--kind", "money", "--json").raw)
    assert [figure["value"] for figure in money] == ["1250000", "15000", "9500"]
    found = json.loads(run("figures", "JARDINS", "partagés", "--json").raw)
    assert found[0]["text"] == "37"
    assert len(found) > 1
    narrowed = run("figures", "jardins", "partagés", "--unit", found[0]["unit"], "--period", "2019", "--json").raw
    assert [figure["text"] for figure in json.loads(narrowed)] == ["37"]


@pytest.mark.parametrize("command", ["sections", "passages", "figures", "doctor"])
def test_json_of_several_reports_is_one_document(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """A program reads it whole."""
    write_seed(tmp_path / "seeds" / SLUG)
    write_second_seed(tmp_path / "seeds" / "bourg-neuf-2020")
    in_force(indexed(Settings(var_dir=tmp_path / "var", seeds_dir=tmp_path / "seeds", cards=False)), monkeypatch)
    said = run(command, "--json")
    assert said.code == 0
    assert len(json.loads(said.raw)) > 1


def test_a_title_in_brackets_is_printed(unbuilt: Settings, run: Run) -> None:
    """What looks like mark-up of the terminal is the report's own text."""
    text = TEXT.replace("- 5 Patinoire", "- 5 Patinoire [/bold] [annexe]").replace(
        "\nPatinoire\n", "\nPatinoire [/bold] [annexe]\n"
    )
    write_seed(unbuilt.seeds_dir / SLUG, text=text)
    indexed(unbuilt)
    assert "Patinoire [/bold] [annexe]" in run("sections").out
    assert "Patinoire [/bold] [annexe]" in run("passages", "patinoire").out
    assert "Patinoire [/bold] [annexe]" in run("ask", "Combien de patineurs à la patinoire ?").out


def test_a_reader_that_leaves_ends_nothing_badly(built: Settings) -> None:
    """`qa-service passages | head -1` is no failure."""
    script = "import sys; from qa_service.cli import main; sys.exit(main(['passages', '--json']))"
    command = f"set -o pipefail; {shlex.quote(sys.executable)} -c {shlex.quote(script)} | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[", "")


def test_audit(built: Settings, run: Run) -> None:
    """A report without mistakes says so, in a table's place."""
    assert "Rien à signaler" in run("audit").out
    assert json.loads(run("audit", "--json").raw) == []
