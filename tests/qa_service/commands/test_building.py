"""`build`, and `doctor`: what is missing, stale or damaged is named with the command that mends it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from qa_service.settings import Settings
from tests.qa_service.conftest import SLUG, Run, Said
from tests.support.mini import CARDS, TEXT, write_cards

BUILD = "lancez : qa-service build"


def index_of(settings: Settings) -> Path:
    """Return the folder of the made-up report's index."""
    return next(path.parent for path in settings.var_dir.rglob("manifest.json"))


@pytest.mark.parametrize("command", ["ask patineurs", "sections", "passages", "passages patineurs", "figures"])
def test_without_index_the_command_that_builds_it_is_named(command: str, unbuilt: Settings, run: Run) -> None:
    """Code 1, on stderr."""
    said = run(*shlex.split(command))
    assert (said.code, said.out) == (1, "")
    assert said.err == f"Erreur : L'index « {SLUG} » n'est pas construit ; {BUILD}"


@pytest.mark.parametrize("command", ["ask patineurs", "sections", "figures"])
def test_without_report_it_is_said_where_one_is_looked_for(
    command: str, tmp_path: Path, unbuilt: Settings, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """An empty folder and none at all are the same."""
    monkeypatch.setenv("QA_SEEDS_DIR", str(tmp_path / "ailleurs"))
    said = run(*shlex.split(command))
    assert said.code == 1
    assert f"aucun rapport dans « {tmp_path / 'ailleurs'} »" in said.err


def test_build_builds_and_counts(unbuilt: Settings, run: Run) -> None:
    """The counts of what was built on stdout; then questions are answered."""
    said = run("build")
    assert said.code == 0
    assert said.out == "Rapport d'activités 2019 : 5 passages, 17 chiffres, 0 fiches."
    assert run("ask", "Combien de patineurs à la patinoire ?").code == 0


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("report.toml", "title = ", "report.toml » n'est pas du TOML valable"),
        ("report.toml", 'title = "T"\nauthority = "A"\n', "il manque : period"),
        ("report.txt", "", "« report.txt » est vide"),
        ("glossary.toml", '[[entry]]\nterm = "FDM"\n', "glossary.toml » n'est pas un glossaire valable"),
    ],
)
def test_a_build_that_fails_leaves_the_index_serving(name: str, content: str, message: str, own: Settings, run: Run) -> None:
    """Code 1 and what to mend; the register of the old index is still there."""
    before = run("figures", "--json").raw
    (own.seeds_dir / SLUG / name).write_text(content, encoding="utf-8")
    said = run("build")
    assert (said.code, said.out) == (1, "")
    assert message in said.err
    assert run("figures", "--json").raw == before


def test_a_misquoting_card_stops_the_build(own: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """And is shown."""
    monkeypatch.setenv("QA_CARDS", "on")
    write_cards(own.seeds_dir / SLUG, {**CARDS[0], "quote": "38 jardins partagés"})
    said = run("build")
    assert said.code == 1
    assert "« 38 jardins partagés »" in said.err


def test_an_index_that_cannot_be_written_is_explained(own: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """A file in the place of the folder: code 1 and its name, as for any failure."""
    (own.var_dir / "file").touch()
    monkeypatch.setenv("QA_VAR_DIR", str(own.var_dir / "file"))
    said = run("build")
    assert said.code == 1
    assert "file" in said.err


def test_an_unknown_encoder_is_explained(own: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """By its name."""
    monkeypatch.setenv("QA_ENCODER", str(own.var_dir / "no-model"))
    said = run("ask", "patineurs")
    assert said.code == 1
    assert "no-model » est introuvable" in said.err


def findings(run: Run) -> tuple[int, dict[str, str]]:
    """Return the doctor's exit code and what it finds wrong, by the name of the check."""
    said = run("doctor", "--json")
    return said.code, {check["name"]: check["found"] for check in json.loads(said.raw) if not check["well"]}


def test_the_doctor_finds_all_well(built: Settings, run: Run) -> None:
    """Code 0; packages, encoder and report each have a line, on a table or as JSON."""
    assert findings(run) == (0, {})
    said = run("doctor")
    assert said.code == 0
    for name in ("Python", "faiss-cpu", "encodeur", f"rapport {SLUG}", "french-static", "✓"):
        assert name in said.out
    assert "✗" not in said.out


def test_the_doctor_finds_no_index(unbuilt: Settings, run: Run) -> None:
    """And names the command."""
    assert findings(run) == (1, {f"rapport {SLUG}": f"L'index « {SLUG} » n'est pas construit ; {BUILD}"})


def test_the_doctor_finds_a_stale_index(own: Settings, run: Run) -> None:
    """After a change of the report, of its glossary or of the settings."""
    (own.seeds_dir / SLUG / "report.txt").write_text(f"{TEXT}\nEncore un mot.\n", encoding="utf-8")
    code, wrong = findings(run)
    assert code == 1
    assert re.search(rf"« report\.txt » .*a changé.* ; {BUILD}", wrong[f"rapport {SLUG}"])


def test_the_doctor_finds_a_damaged_index(own: Settings, run: Run) -> None:
    """And names the file."""
    (index_of(own) / "words.json").unlink()
    code, wrong = findings(run)
    assert code == 1
    assert f"« words.json » de l'index « {SLUG} » ; {BUILD}" in wrong[f"rapport {SLUG}"]


def test_the_doctor_finds_a_report_that_is_gone(own: Settings, run: Run) -> None:
    """Its folder is there, its text is not."""
    (own.seeds_dir / SLUG / "report.txt").unlink()
    code, wrong = findings(run)
    assert code == 1
    assert "report.pdf, report.md, report.txt" in wrong[f"rapport {SLUG}"]


def test_the_doctor_finds_no_report(unbuilt: Settings, run: Run) -> None:
    """There is nothing to answer from."""
    shutil.rmtree(unbuilt.seeds_dir / SLUG)
    code, wrong = findings(run)
    assert code == 1
    assert "aucun dans" in wrong["rapports"]


def test_the_doctor_finds_no_encoder(own: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Nothing can be indexed or asked without."""
    monkeypatch.setenv("QA_ENCODER", str(own.var_dir / "no-model"))
    code, wrong = findings(run)
    assert code == 1
    assert "introuvable" in wrong["encodeur"]


def test_a_quiet_doctor_says_it_by_its_code(own: Settings, run: Run) -> None:
    """Nothing is printed, whether all is well or not."""
    assert run("doctor", "--quiet") == Said(0, "", "", "")
    (index_of(own) / "manifest.json").unlink()
    assert run("doctor", "--quiet") == Said(1, "", "", "")
