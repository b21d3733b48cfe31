"""The glossary: entries in the order of the file, each with words that the report prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import FactsError
from index.glossary import read_glossary
from index.model import Document, GlossaryEntry, Span
from index.reading.report import Report
from tests.support.report import SEEDS, SLUG

TEXT = "Le festival des marionnettes (FDM) a lieu en juillet. La CLEM suit."
DOCUMENT = Document(
    slug="val-fleuri-2019", title="Rapport", authority="Val-Fleuri", period="2019", text=TEXT, pages=(), sections=()
)  # fmt: skip
ENTRY = """[[entry]]
term = "FDM"
expansion = "festival des marionnettes"
writings = ["F.D.M."]
explanation = "Trois jours de spectacles."
quote = "festival des marionnettes (FDM)"
source = "rapport"
"""


def glossary_file(tmp_path: Path, content: str) -> Path:
    """Return a glossary with this content."""
    path = tmp_path / "glossary.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_entries_keep_their_order_and_place(tmp_path: Path) -> None:
    """What is not in the report is marked as general knowledge; expansion and writings may be left out."""
    general = '[[entry]]\nterm = "CLEM"\nexplanation = "Un comité."\nquote = "La CLEM suit."\nsource = "general"\n'
    assert read_glossary(glossary_file(tmp_path, ENTRY + general), DOCUMENT) == (
        GlossaryEntry(
            term="FDM",
            writings=("F.D.M.",),
            expansion="festival des marionnettes",
            explanation="Trois jours de spectacles.",
            quote="festival des marionnettes (FDM)",
            span=Span(3, 34),
            is_general=False,
        ),
        GlossaryEntry(
            term="CLEM",
            writings=(),
            expansion="",
            explanation="Un comité.",
            quote="La CLEM suit.",
            span=Span(54, 67),
            is_general=True,
        ),
    )


def test_a_report_may_have_no_glossary(tmp_path: Path) -> None:
    """Without the file, or with an empty one, there is no entry."""
    assert read_glossary(tmp_path / "glossary.toml", DOCUMENT) == ()
    assert read_glossary(glossary_file(tmp_path, ""), DOCUMENT) == ()


def test_a_quote_that_is_not_verbatim_is_refused(tmp_path: Path) -> None:
    """The message names the term."""
    with pytest.raises(FactsError, match="« FDM » : la citation n'est pas dans le rapport mot pour mot"):
        read_glossary(glossary_file(tmp_path, ENTRY.replace("(FDM)", "(fdm)")), DOCUMENT)


@pytest.mark.parametrize(
    "content",
    [
        "[[entry]\n",
        '[[entry]]\nterm = "FDM"\n',
        ENTRY.replace('"rapport"', '"ailleurs"'),
        ENTRY.replace('["F.D.M."]', '"F.D.M."'),
        "entry = 3\n",
    ],
)
def test_a_file_that_is_no_glossary_is_named(content: str, tmp_path: Path) -> None:
    """Whatever is wrong in it."""
    with pytest.raises(FactsError, match=r"glossary\.toml » n'est pas un glossaire valable"):
        read_glossary(glossary_file(tmp_path, content), DOCUMENT)


@pytest.mark.parametrize("wrong", ['expansoin = "x"\n', 'quotes = ["x"]\n'])
def test_a_field_too_many_is_refused(wrong: str, tmp_path: Path) -> None:
    """So that a misspelled one shows, as in report.toml."""
    with pytest.raises(FactsError, match="glossary"):
        read_glossary(glossary_file(tmp_path, ENTRY + wrong), DOCUMENT)


def test_a_glossary_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """As any file that a Windows editor saved."""
    path = tmp_path / "glossary.toml"
    path.write_bytes(ENTRY.replace("Trois", "Été").encode("latin-1"))
    with pytest.raises(FactsError, match=r"glossary\.toml » n'est pas un glossaire valable"):
        read_glossary(path, DOCUMENT)


def test_the_glossary_of_the_real_report(report: Report) -> None:
    """Every entry quotes the report word for word and says something; no sense of a term stands twice."""
    entries = read_glossary(SEEDS / SLUG / "glossary.toml", report.document)
    assert all(entry.span.of(report.document.text) == entry.quote for entry in entries)
    assert all(entry.term and entry.explanation for entry in entries)
    senses = [(entry.term, entry.expansion) for entry in entries]
    assert len(senses) == len(set(senses)) > 100
    assert {"ERBM", "NPNRU", "CLEA"} <= {entry.term for entry in entries}
