"""The rules of the house: imports, words of one report, lengths, documents, packaging, style and types."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from qa_service.service import QAService
from qa_service.settings import CONFIG, Settings
from tests.support.code import (
    DATA_SUFFIXES,
    ROOT,
    data_files,
    functions,
    imports,
    language_files,
    modules,
    room,
    source,
    spoken,
    tree,
)
from web.app import create_app
from web.problems import KINDS

MAX_FILE_LINES = 250
MAX_FUNCTION_LINES = 50
README = ROOT / "README.md"
MAY_IMPORT = {
    "index": {"index"},
    "qa_service": {"qa_service", "index"},
    "web": {"web", "qa_service", "index"},
    "evaluation": {"evaluation", "qa_service", "index"},
}
OVER_HTTP = "evaluation/over_http.py"  # may start the real server
# Towns that a report lists and that say nothing of it: French words, and the capital.
EVERYDAY = {"Avion", "Sains", "Paris"}
# What any agglomération calls itself; as words they say nothing of one report.
GENERAL_NAMES = {"l'agglo", "l'agglomération", "la communauté d'agglomération"}


def test_imports_point_one_way() -> None:
    """A module imports only from its own room or from one nearer to the report."""
    upward = {
        f"{module} imports {name}"
        for module in modules()
        for name in imports(module)
        if room(name) and room(name) not in MAY_IMPORT[room(module)] | ({"web"} if module == OVER_HTTP else set())
    }
    assert upward == set()


def test_no_import_inside_a_function() -> None:
    """An import in a function hides a dependency, or dodges a cycle."""
    inside = [
        f"{module}:{node.lineno}"
        for module in modules()
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_every_module_says_what_it_is() -> None:
    """By a docstring; that of a package says what is in it. Every folder of code is a package."""
    assert [module for module in modules() if not ast.get_docstring(tree(module))] == []
    folders = {(ROOT / module).parent for module in modules()}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_files_and_functions_stay_short() -> None:
    """What is longer has two reasons to change."""
    files = {module: len(source(module).splitlines()) for module in modules()}
    assert {module: lines for module, lines in files.items() if lines > MAX_FILE_LINES} == {}
    bodies = {f"{module}:{function.name}": lines_of(function) for module in modules() for function in functions(module)}
    assert {name: lines for name, lines in bodies.items() if lines > MAX_FUNCTION_LINES} == {}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, its signature and docstring included."""
    return (function.end_lineno or 0) - function.lineno + 1


def report_words() -> Iterator[str]:
    """Yield the names by which the reports in `seeds` call their authorities and places."""
    for path in sorted((ROOT / "seeds").glob("*/report.toml")):
        metadata = tomllib.loads(path.read_text(encoding="utf-8"))
        names = [metadata["authority"], *metadata.get("short_names", ())]
        yield from (name for name in names if name not in GENERAL_NAMES)
        for place in metadata.get("places", ()):
            yield from (name for name in place.split("|") if name not in EVERYDAY)


def report_names() -> re.Pattern[str]:
    """Return the pattern of those names as whole words, with their capitals: "lens" and "paris" are words too."""
    longest_first = sorted(set(report_words()), key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace("'", "['’]") for name in longest_first)
    return re.compile(rf"(?<![\w])(?:{alternatives})(?![\w])")


NAMES = report_names()


def test_names_of_reports_are_recognised() -> None:
    """The rule below can fail: names stand out in a sentence, everyday words do not."""
    assert NAMES.findall("Loos-en-Gohelle et Vimy, à Lens (CALL)") == ["Loos-en-Gohelle", "Vimy", "Lens", "CALL"]
    assert NAMES.findall("an Avion lens, sains et saufs, a CALLER, recall") == []


def test_no_word_of_one_report_in_code() -> None:
    """Neither in a text nor in a comment: what is known of one report stands in its seed folder."""
    said = [(module, line, text) for module in modules() for line, text in spoken(module)]
    assert [f"{module}:{line}: {found}" for module, line, text in said for found in NAMES.findall(text)] == []


def test_no_word_of_one_report_in_language_data() -> None:
    """Word lists, patterns, templates and scripts serve every report."""
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in language_files()}
    assert {name: found for name, text in texts.items() if (found := NAMES.findall(text))} == {}


def test_every_setting_is_in_the_readme() -> None:
    """By the name of its variable, and no variable that is none."""
    documented = set(re.findall(r"`(QA_[A-Z_]*[A-Z])`", README.read_text(encoding="utf-8")))
    assert documented == {CONFIG, *(f"QA_{field.name.upper()}" for field in fields(Settings))}


def test_every_route_is_in_the_readme(tmp_path: Path, service: QAService) -> None:
    """Pages and API, whatever the README calls the variable parts."""
    documented = {
        re.sub(r"[<{]\w+[>}]", "<>", path)
        for path in re.findall(r"`(?:[A-Z`/]+ )?(/[^`\s]*)`", README.read_text(encoding="utf-8"))
    }
    app = create_app(Settings(var_dir=tmp_path), service=service)
    routes = {re.sub(r"<(?:\w+:)?\w+>", "<>", rule.rule) for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    assert sorted(routes - documented) == []


def error_codes() -> set[str]:
    """Return the codes of the API's problems: those of the table, and those given beside it."""
    given = {
        keyword.value.value
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str)
    }
    return {kind.code for kind in KINDS.values()} | given


def test_every_error_code_is_in_the_readme() -> None:
    """A program that reads `code` finds each one explained."""
    text = README.read_text(encoding="utf-8")
    assert {"no_index", "invalid"} <= error_codes()
    assert sorted(code for code in error_codes() if f"`{code}`" not in text) == []


def test_every_data_file_is_packaged(tmp_path: Path) -> None:
    """What is built for an installation holds every file that code reads, and its resources are found there."""
    library = tmp_path / "library"
    setup = "from setuptools import setup; setup()"
    run("-c", setup, "-q", "egg_info", "-e", str(tmp_path), "build_py", "-d", str(library))
    packaged = {path.relative_to(library).as_posix() for path in library.rglob("*") if path.suffix in DATA_SUFFIXES}
    assert sorted(set(data_files()) - packaged) == []
    run("-P", "-c", FIND_RESOURCES, *sorted(packaged), PYTHONPATH=str(library))


FIND_RESOURCES = """
import sys
from importlib.resources import files
for name in sys.argv[1:]:
    room, *rest = name.split("/")
    found = files(room).joinpath(*rest)
    assert found.is_file() and str(found).startswith(sys.path[0]), found
"""


def run(*arguments: str, **environ: str) -> None:
    """Run Python in the project's folder; what it says when it fails is the test's message."""
    command = (sys.executable, *arguments)
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    """Neither in style nor in form."""
    run("-m", "ruff", "check", "--quiet", "--output-format", "concise", ".")
    run("-m", "ruff", "format", "--quiet", "--check", ".")


@pytest.mark.timeout(280)
def test_mypy_finds_nothing() -> None:
    """Strict, over the rooms and the tests."""
    run("-m", "mypy")
