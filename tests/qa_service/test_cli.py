"""The command line: results on stdout, explanations in French on stderr, exit codes 0, 1 and 2, never a traceback."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from qa_service.cli import GROUP, main
from qa_service.settings import Settings
from tests.qa_service.conftest import indexed
from tests.support.code import ROOT
from tests.support.mini import CARDS, TEXT, write_cards, write_second_seed, write_seed

COMMANDS = sorted(point.name for point in entry_points(group=GROUP))
BUILD = "lancez : qa-service build"
SLUG = "val-fleuri-2019"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, lines joined as a reader reads them, and its exit code."""

    code: int
    out: str
    err: str
    raw: str


Run = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Return the command line as a function of its arguments."""

    def run(*arguments: str) -> Said:
        code = main(arguments)
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return Said(code, " ".join(printed.out.split()), " ".join(printed.err.split()), printed.out)

    return run


def in_force(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings, now those of the environment."""
    monkeypatch.setenv("QA_VAR_DIR", str(settings.var_dir))
    monkeypatch.setenv("QA_SEEDS_DIR", str(settings.seeds_dir))
    monkeypatch.setenv("QA_CARDS", "on" if settings.cards else "off")
    monkeypatch.setenv("COLUMNS", "200")
    return settings


@pytest.fixture
def built(mini_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings in force with the made-up report indexed: only to be read."""
    return in_force(mini_settings, monkeypatch)


@pytest.fixture
def unbuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings in force with a seed folder of the test's own and no index."""
    write_seed(tmp_path / "seeds" / SLUG)
    return in_force(Settings(var_dir=tmp_path / "var", seeds_dir=tmp_path / "seeds", cards=False), monkeypatch)


@pytest.fixture
def own(unbuilt: Settings) -> Settings:
    """Return settings in force with a report of the test's own, indexed: to be broken."""
    return indexed(unbuilt)


def index_of(settings: Settings) -> Path:
    """Return the folder of the made-up report's index."""
    return next(path.parent for path in settings.var_dir.rglob("manifest.json"))


# Help, version, usage


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, run: Run) -> None:
    """On stdout, code 0, a French sentence first and every option explained."""
    said = run(command, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"qa-service {command}" in said.out
    assert re.fullmatch(r"  [A-ZÉ][\s\S]+\.", said.raw.split("\n\n")[1])


def test_help_lists_all_commands(run: Run) -> None:
    """Those of every room."""
    said = run("--help")
    assert said.code == 0
    assert {"ask", "build", "doctor", "evaluate", "figures", "passages", "sections", "serve"} <= set(COMMANDS)
    assert [command for command in COMMANDS if f"\n  {command} " not in said.raw] == []


def test_help_imports_nothing_heavy() -> None:
    """The list of commands stands before any room but the command line itself is read."""
    script = "import sys; from qa_service.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr.split()
    assert {name.split(".")[0] for name in loaded} & {"numpy", "faiss", "flask", "torch", "llama_index", "web"} == set()


def test_version(run: Run) -> None:
    """Name and number."""
    said = run("--version")
    assert said.code == 0
    assert re.fullmatch(r"qa-service, version \d+\.\d+\.\d+", said.out)


WRONG = [
    "frobnicate",
    "ask",
    "ask ''",
    "ask '   '",
    f"ask {'x' * 1001}",
    "ask --bogus patineurs",
    "ask --document ailleurs patineurs",
    "figures --kind gold",
    "passages --top-k 0 patineurs",
    "passages --top-k deux patineurs",
    "serve --port 99999",
    "facts frobnicate",
    "compare",
    "add nulle-part.txt --title T --authority A --period 2020",
]


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage(line: str, built: Settings, run: Run) -> None:
    """Code 2, nothing on stdout, what is wrong on stderr."""
    said = run(*shlex.split(line))
    assert (said.code, said.out) == (2, "")
    assert said.err


@pytest.mark.parametrize("line", ["frobnicate", "ask --bogus patineurs", "figures --kind gold", "passages --top-k 0 x"])
def test_wrong_usage_is_explained_in_french(line: str, built: Settings, run: Run) -> None:
    """As everything that a user reads."""
    err = run(*shlex.split(line)).err
    assert not re.search(r"Error:|No such|Invalid value|Try '", err)


def test_an_unknown_report_is_told_with_those_that_there_are(built: Settings, run: Run) -> None:
    """Its name, and what to type instead."""
    assert f"aucun rapport « ailleurs » ; rapports indexés : {SLUG}" in run("ask", "--document", "ailleurs", "x").err


@pytest.mark.parametrize(
    "command", ["ask patineurs", "build", "doctor", "sections", "passages", "figures", "facts check"]
)
def test_a_misspelled_setting_shows(command: str, built: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Whatever the command: code 1, the name and the one that was meant."""
    monkeypatch.setenv("QA_VARDIR", "/tmp")
    said = run(*shlex.split(command))
    assert (said.code, said.out) == (1, "")
    assert said.err == "Erreur : QA_VARDIR est inconnu ; vouliez-vous dire QA_VAR_DIR ?"


# Asking and reading


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
    """The outline with its pages, as a tree or as JSON."""
    assert "1-2 Patinoire p. 5 à 6" in run("sections").out
    sections = json.loads(run("sections", "--json").raw)
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
    """The register, by words of the label and by kind."""
    assert "1 250 000 € HT EUR HT 2019 travaux de la piste" in run("figures").out.replace("│ ", "")
    money = json.loads(run("figures", "--kind", "money", "--json").raw)
    assert [figure["value"] for figure in money] == ["1250000", "15000", "9500"]
    assert [figure["text"] for figure in json.loads(run("figures", "JARDINS", "partagés", "--json").raw)] == ["37"]


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


# Building, and what can be wrong with an index


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
def test_a_build_that_fails_leaves_the_index_serving(
    name: str, content: str, message: str, own: Settings, run: Run
) -> None:
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


# The doctor


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


# Cards, and other reports


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


# Serving, and the README


def test_a_taken_port_is_explained(built: Settings, run: Run) -> None:
    """Code 1 at once."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run("serve", "--port", str(taken.getsockname()[1]))
    assert said.code == 1
    assert str(taken) not in said.err
    assert re.search(r"port .*\d+", said.err)


def readme_commands() -> list[str]:
    """Return the lines of the README that type `qa-service` and need no file of the reader's."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    return [
        line.partition("qa-service ")[2] for line in lines if re.match(r"\.venv/bin/qa-service (?!add|serve)", line)
    ]


@pytest.mark.parametrize("line", readme_commands())
def test_what_the_readme_types_works(line: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """As it stands there, over the real report."""
    in_force(settings, monkeypatch)
    said = run(*shlex.split(line))
    assert (said.code, said.err) == (0, "")
    assert said.out
