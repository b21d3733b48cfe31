"""`report.toml`: what is known of a report beside its text, checked field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ReportFormatError, ReportNotFoundError
from index.reading.metadata import ReportMetadata, read_metadata, source_file
from index.reading.report import Report

NEEDED = 'title = "Rapport"\nauthority = "Val-Fleuri"\nperiod = "2019"\n'


def folder_with(tmp_path: Path, metadata: str) -> Path:
    """Return a seed folder with these metadata."""
    folder = tmp_path / "val-fleuri-2019"
    folder.mkdir()
    (folder / "report.toml").write_text(metadata, encoding="utf-8")
    return folder


def test_all_fields_are_read(tmp_path: Path) -> None:
    """The slug is the folder's name, lists keep their order."""
    more = 'published = "2020-06"\nshort_names = ["VF", "le Val"]\nexamples = ["Combien ?"]\nplaces = ["Bourg|Bg"]\n'
    assert read_metadata(folder_with(tmp_path, NEEDED + more)) == ReportMetadata(
        slug="val-fleuri-2019",
        title="Rapport",
        authority="Val-Fleuri",
        period="2019",
        published="2020-06",
        short_names=("VF", "le Val"),
        examples=("Combien ?",),
        places=("Bourg|Bg",),
    )


def test_only_title_authority_and_period_are_needed(tmp_path: Path) -> None:
    """A second report starts with three lines."""
    metadata = read_metadata(folder_with(tmp_path, NEEDED))
    assert (metadata.short_names, metadata.examples, metadata.places, metadata.published) == ((), (), (), "")


def test_the_real_report_has_its_metadata(report: Report) -> None:
    """Title, period, and names that users give."""
    assert (report.metadata.slug, report.metadata.period) == ("rapport-activites-2021", "2021")
    assert report.metadata.title == "Rapport d'activités 2021"
    assert "l'agglo" in report.metadata.short_names
    assert report.document.authority == report.metadata.authority


@pytest.mark.parametrize("name", ["title", "authority", "period"])
def test_a_missing_field_is_named(name: str, tmp_path: Path) -> None:
    """By its name in the file."""
    lines = [line for line in NEEDED.splitlines() if not line.startswith(name)]
    with pytest.raises(ReportFormatError, match=rf"report\.toml » : il manque : {name}\."):
        read_metadata(folder_with(tmp_path, "\n".join(lines)))


def test_a_field_too_many_is_named(tmp_path: Path) -> None:
    """So that a misspelled one shows."""
    with pytest.raises(ReportFormatError, match="champ inconnu : shortnames"):
        read_metadata(folder_with(tmp_path, NEEDED + "shortnames = []\n"))


@pytest.mark.parametrize("name", ["short_names", "examples", "places"])
@pytest.mark.parametrize("value", ['"VF"', "[1]", '[["VF"]]', "true"])
def test_a_list_that_is_none_is_named(name: str, value: str, tmp_path: Path) -> None:
    """A text in the place of a list would be read letter by letter."""
    with pytest.raises(ReportFormatError, match=f"« {name} » doit être une liste de textes"):
        read_metadata(folder_with(tmp_path, f"{NEEDED}{name} = {value}\n"))


@pytest.mark.parametrize("name", ["title", "authority", "period"])
def test_a_text_that_is_none_is_named(name: str, tmp_path: Path) -> None:
    """A list shown as a title would read "['Rapport']"."""
    lines = [line for line in NEEDED.splitlines() if not line.startswith(name)]
    with pytest.raises(ReportFormatError, match=name):
        read_metadata(folder_with(tmp_path, "\n".join([*lines, f'{name} = ["Rapport"]'])))


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe", b"title = 'a'\ntitle = 'b'\n", b"\x00"])
def test_a_file_that_is_no_toml_is_named(content: bytes, tmp_path: Path) -> None:
    """Whatever stands in it."""
    folder = folder_with(tmp_path, "")
    (folder / "report.toml").write_bytes(content)
    with pytest.raises(ReportFormatError, match=r"report\.toml » n'est pas du TOML valable"):
        read_metadata(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """With what it should say."""
    with pytest.raises(ReportNotFoundError, match=r"Il manque « .*report\.toml » \(titre, collectivité, période"):
        read_metadata(tmp_path)


def test_the_source_of_a_report(tmp_path: Path) -> None:
    """A PDF, which has pages, before Markdown, before plain text; none is an error that names all three."""
    with pytest.raises(ReportNotFoundError, match=r"report\.pdf, report\.md, report\.txt"):
        source_file(tmp_path)
    for name in ("report.txt", "report.md", "report.pdf"):
        (tmp_path / name).touch()
        assert source_file(tmp_path).name == name
