"""A PDF is parsed in a process of its own: what that process may load, and what it leaves behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.reading.pdf import read_pdf
from tests.support.raw_pdf import one_page, words

HEAVY = ("torch", "transformers", "sentence_transformers", "llama_index", "faiss", "numpy", "flask")


def modules_after(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after `statement`."""
    code = f"{statement}; import sys; sys.stdout.write(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_reader_does_not_load_the_parser() -> None:
    """The process that asks for a PDF never loads pdfminer."""
    assert "pdfminer" not in modules_after("import index.reading.pdf")


def test_parser_loads_nothing_heavy() -> None:
    """The process that parses loads pdfminer and none of the libraries that the index is made with."""
    loaded = modules_after("import index.reading.pdf.worker")
    assert "pdfminer" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_parser_is_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What pdfminer has to say about an odd file does not reach the terminal."""
    path = tmp_path / "odd.pdf"
    path.write_bytes(one_page(b"/Missing gs (x) w " + words(b"Bonjour") + b" 1 2 3 rg BI ID EI"))
    assert read_pdf(path).text == "Bonjour\n\n"
    assert capfd.readouterr() == ("", "")
