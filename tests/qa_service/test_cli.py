"""The command line: results on stdout, explanations in French on stderr, exit codes 0, 1 and 2, never a traceback."""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from qa_service.cli import GROUP
from qa_service.settings import Settings
from tests.qa_service.conftest import SLUG, Run, in_force
from tests.support.code import ROOT

COMMANDS = sorted(point.name for point in entry_points(group=GROUP))


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


@pytest.mark.parametrize("command", ["ask patineurs", "build", "doctor", "sections", "passages", "figures", "facts check"])
def test_a_misspelled_setting_shows(command: str, built: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Whatever the command: code 1, the name and the one that was meant."""
    monkeypatch.setenv("QA_VARDIR", "/tmp")
    said = run(*shlex.split(command))
    assert (said.code, said.out) == (1, "")
    assert said.err == "Erreur : QA_VARDIR est inconnu ; vouliez-vous dire QA_VAR_DIR ?"


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
    return [line.partition("qa-service ")[2] for line in lines if re.match(r"\.venv/bin/qa-service (?!add|check|serve)", line)]


@pytest.mark.parametrize("line", readme_commands())
def test_what_the_readme_types_works(line: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """As it stands there, over the real report."""
    in_force(settings, monkeypatch)
    said = run(*shlex.split(line))
    assert (said.code, said.err) == (0, "")
    assert said.out
