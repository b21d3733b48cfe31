"""The glossary: the page says what the API says, and finds a word however it is written."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from qa_service.service import QAService
from tests.support.report import REPORT_TEXT


def test_every_entry_is_told_with_the_words_of_the_report(client: FlaskClient, service: QAService) -> None:
    """Verbatim, at its offsets; the page has each entry once, with a link of its own, in alphabetical order."""
    entries = client.get("/api/v1/glossary").get_json()["entries"]
    assert len(entries) == len(service.reports[0].glossary)
    for entry in entries:
        source = entry["source"]
        assert REPORT_TEXT[source["start"] : source["end"]] == source["quote"]
    page = client.get("/glossaire").text
    keys = re.findall(r'<div id="([^"]+)">', page)
    assert len(keys) == len(set(keys)) == len(entries)
    letters = [key[0] for key in keys if key[0].isalpha()]
    assert letters == sorted(letters)


def test_a_link_leads_to_the_words_of_the_report(client: FlaskClient) -> None:
    """Marked in the reader; of an entry whose quote is a heading, the sentence under it."""
    sources = {entry["term"]: entry["source"] for entry in client.get("/api/v1/glossary").get_json()["entries"]}
    for term in ("ERBM", "AST"):
        assert "<mark>" in client.get(sources[term]["url"]).text


def test_a_word_is_found_however_it_is_written(client: FlaskClient) -> None:
    """Without accents or capitals, by what the acronym stands for; terms come before explanations."""
    by_term = client.get("/glossaire?q=erbm").text
    assert by_term.index("ERBM") < by_term.index("Dans le rapport")
    assert (
        re.findall(r"<dt><strong>([^<]+)", client.get("/glossaire?q=ecole de la 2E chance").text)[0] == "école de la 2e chance"
    )
    assert "<strong>ERBM</strong>" in client.get("/glossaire?q=renouveau+du+bassin").text


def test_what_is_not_there_is_said(client: FlaskClient) -> None:
    """With what to do; whatever is sought is shown as text; an unknown report is not found."""
    page = client.get("/glossaire", query_string={"q": "<script>alert(1)</script>\x00" + "a" * 3000})
    assert page.status_code == 200
    assert "essayez un autre mot" in page.text
    assert "<script>alert" not in page.text
    assert client.get("/api/v1/glossary?document=inconnu").status_code == 404
