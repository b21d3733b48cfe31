"""The project's own code, read as text and as syntax trees: what the rules of the house are checked on."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("index", "qa_service", "web", "evaluation")
DATA_SUFFIXES = (".toml", ".txt", ".json", ".jsonl", ".html", ".css", ".js", ".svg", ".safetensors")
_EXPECTATIONS = tuple(
    f"evaluation/{folder}/" for folder in ("questions", "figures", "other_reports", "checks", "audits", "evolutions")
)


def modules() -> list[str]:
    """Return the Python files of the four rooms, relative to the root, sorted."""
    return [path.relative_to(ROOT).as_posix() for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def data_files() -> list[str]:
    """Return the files of the four rooms that code reads or serves, relative to the root, sorted."""
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in DATA_SUFFIXES)
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def language_files() -> list[str]:
    """Return the data files that are text and of no one report: word lists, patterns, templates, style, scripts.

    Evaluation cases are about one report by their nature; a model is no text.
    """
    return [name for name in data_files() if not name.startswith(_EXPECTATIONS) and "/models/" not in name]


@cache
def source(module: str) -> str:
    """Return the text of a module."""
    return (ROOT / module).read_text(encoding="utf-8")


@cache
def tree(module: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(source(module), module)


def room(name: str) -> str:
    """Return the room of a file ("web/app.py") or of a dotted module ("web.app"), "" for what is not ours."""
    first = name.replace("/", ".").split(".")[0]
    return first if first in (*ROOMS, "tests") else ""


def imports(module: str) -> Iterator[str]:
    """Yield what a module imports by its dotted name, by a statement or by `importlib.import_module`."""
    for node in ast.walk(tree(module)):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name
            case ast.ImportFrom():
                yield f"{module.split('/')[0]}.?"  # relative: stays in its room
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                yield name


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions and methods of a module, those inside others included."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def spoken(module: str) -> Iterator[tuple[int, str]]:
    """Yield the string literals and comments of a module with their line numbers: the words that are no identifiers."""
    for token in tokenize.generate_tokens(io.StringIO(source(module)).readline):
        if token.type in (tokenize.STRING, tokenize.COMMENT):
            yield token.start[0], token.string
