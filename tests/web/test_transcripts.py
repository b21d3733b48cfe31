"""A conversation as a file, and what else its owner does with it."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from docx import Document
from flask.testing import FlaskClient

from tests.support.report import REPORT_TEXT, SLUG

QUESTION = "Combien d'agents ont suivi une formation ?"
REFUSED = '=HYPERLINK("x") Quel est le prix du **pain** à Tokyo ?\x85'


@pytest.fixture
def address(client: FlaskClient) -> str:
    """A conversation with an answer and a refusal."""
    address = client.post("/", data={"question": QUESTION}).location.partition("#")[0]
    client.post("/", data={"question": REFUSED, "conversation_id": address.rpartition("/")[2]})
    return address


def test_markdown_quotes_the_report_with_its_place(client: FlaskClient, address: str) -> None:
    """Questions are headings; what was typed has no effect; section and pages follow the quote."""
    response = client.get(f"{address}/export.md")
    assert response.headers["Content-Disposition"] == 'attachment; filename="conversation.md"'
    text = response.text.replace("\u00a0", " ")
    assert f"## {QUESTION}" in text
    assert "\n> « 76 agents ont suivi une formation » (Rapport d'activités 2021, " in text
    assert "p. 5 à 8" in text
    assert r"\*\*pain\*\*" in text


def test_word_opens_and_says_the_same(client: FlaskClient, address: str) -> None:
    """Headings for the questions, a quote in its own style."""
    content = client.get(f"{address}/export.docx").data
    assert ZipFile(BytesIO(content)).testzip() is None
    paragraphs = Document(BytesIO(content)).paragraphs
    assert next(p.text for p in paragraphs if p.style and p.style.name == "Heading 2") == QUESTION
    assert any("76 agents ont suivi une formation" in p.text for p in paragraphs if p.style and p.style.name == "Quote")


def test_csv_has_a_row_for_each_quote(client: FlaskClient, address: str) -> None:
    """With the figures that it prints; a refusal has a row without quote; no cell is a formula."""
    rows = list(csv.DictReader(StringIO(client.get(f"{address}/export.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["Question"] == QUESTION
    assert rows[0]["Chiffres"].startswith("76")
    assert rows[0]["Citation"] in REPORT_TEXT
    assert rows[-1]["Citation"] == ""
    assert rows[-1]["Question"].startswith("'=HYPERLINK")


@pytest.mark.parametrize("ending", ["md", "docx", "csv"])
def test_the_api_gives_the_same_file(client: FlaskClient, address: str, ending: str) -> None:
    """Markdown unless another is asked for; a format that there is not is said."""
    exported = f"/api/v1{address}/export"
    assert client.get(f"{exported}?format={ending}").mimetype == client.get(f"{address}/export.{ending}").mimetype
    assert client.get(exported).mimetype == "text/markdown"
    problem = client.get(f"{exported}?format=exe")
    assert (problem.status_code, problem.get_json()["errors"][0]["field"]) == (422, "format")
    assert client.get(f"{address}/export.exe").status_code == 422


def test_a_conversation_is_renamed(client: FlaskClient, address: str) -> None:
    """In its list and as its title; whatever is typed is only shown; a title is neither empty nor endless."""
    client.post(f"{address}/renommer", data={"title": " <b>Formation</b> des agents "})
    page = client.get(address).text
    assert page.count("&lt;b&gt;Formation&lt;/b&gt; des agents") >= 3
    assert "<b>Formation" not in page
    for title in ("", "  ", "x" * 121, "a\x00b"):
        assert client.post(f"{address}/renommer", data={"title": title}).status_code == 422
    assert "Formation" in client.get(f"/api/v1{address}").get_json()["title"]


def test_nobody_else_exports_or_renames_it(client: FlaskClient, stranger: FlaskClient, address: str) -> None:
    """It is not found, as if it did not exist."""
    assert client.get(address).status_code == 200
    for path in (f"{address}/export.md", f"/api/v1{address}/export"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{address}/renommer", data={"title": "À moi"}).status_code == 404


def test_a_quote_is_copied_with_its_reference(client: FlaskClient, address: str) -> None:
    """The words of the report, its title, the section and the pages."""
    page = client.get(address).text.replace("\u00a0", " ")
    assert 'data-copy="« 76 agents ont suivi une formation » (Rapport d&#39;activités 2021, ' in page
    assert SLUG not in page.partition('data-copy="')[2].partition('"')[0]
