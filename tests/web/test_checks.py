"""Checking a text over HTTP: the JSON, the page and the files say the same, whatever is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

API = "/api/v1/checks"
RIGHT = "En 2021, la masse salariale de l'agglo s'élève à 13 056 633,72 €."
WRONG = "En 2021, la masse salariale de l'agglo s'élève à 14 056 633,72 €."
DRAFT = f"{RIGHT}\nElle a recruté 59 personnes, et le maire a plaidé 212 fois."


def test_each_figure_has_its_verdict_and_the_words_of_the_report(client: FlaskClient) -> None:
    """The offsets are those of the text sent; the quote is the report's, where the citation says."""
    answer = client.post(API, json={"text": DRAFT}).get_json()
    first = answer["claims"][0]
    assert DRAFT[first["start"] : first["end"]] == first["figure"]["text"] == "13 056 633,72 €"
    assert first["verdict"] == "confirmed"
    assert first["report_figure"]["value"] == "13056633.72"
    assert first["report_figure"]["text"] in first["citation"]["quote"]
    assert first["citation"]["quote"] in first["citation"]["passage"]
    assert client.get(first["citation"]["url"]).status_code == 200
    assert answer["summary"].startswith(f"{len(answer['claims'])} chiffres : ")


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        (RIGHT, "confirmed", "la même valeur"),
        ("En 2021, la masse salariale atteint 13,1 M€.", "rounded", "L'arrondi est juste"),
        ("En 2021, la masse salariale dépasse un peu : plus de 13 millions d'euros.", "rounded", "13 056 633.72€"),
        (WRONG, "contradicted", "un autre chiffre : « 13 056 633.72€ »"),
        ("La masse salariale s'élève à 12 607 476,20 €.", "contradicted", "la valeur de 2020"),
        ("Les habitants ont planté 4 812 cerisiers du Japon.", "not_found", "ne donne pas ce chiffre"),
        ("Plantons le décor : 64 commandes pour un montant de 7 154,18 € HT.", "contradicted", "TTC, et non HT"),
        ("La masse salariale est de 13 056 633,72 M€.", "contradicted", "l'ordre de grandeur"),
    ],
)  # fmt: skip
def test_verdicts(text: str, verdict: str, said: str, client: FlaskClient) -> None:
    """Equal, rounded, another value, another year, another tax, another scale, nothing near."""
    claims = client.post(API, json={"text": text}).get_json()["claims"]
    assert claims[-1]["verdict"] == verdict
    assert said in claims[-1]["explanation"].replace("\u00a0", " ")


def test_a_text_without_figures_says_so(client: FlaskClient) -> None:
    """An empty list is no failure."""
    answer = client.post(API, json={"text": "Bonjour à tous, et merci."}).get_json()
    assert answer == {"summary": "Ce texte ne contient aucun chiffre à vérifier.", "claims": []}


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"text": ""}, "text", "vide"),
        ({"text": " \n "}, "text", "vide"),
        ({"text": "a" * 20_001}, "text", "20 000 au plus"),
        ({"text": "165\x00"}, "text", "caractère de commande"),
        ({"text": 165}, "text", "est un texte"),
        ({}, "text", "obligatoire"),
        ({"text": "165", "mode": "vite"}, "mode", "inconnu"),
    ],
)
def test_a_wrong_request_names_its_field(body: object, field: str, message: str, client: FlaskClient) -> None:
    """422 with what is wrong, in French."""
    response = client.post(API, json=body)
    assert response.status_code == 422
    errors = response.get_json()["errors"]
    assert [error["field"] for error in errors][-1] == field
    assert message in errors[-1]["message"].replace("\u00a0", " ")


def test_the_longest_text_and_many_figures_are_checked(client: FlaskClient) -> None:
    """20 000 characters, and 500 figures in one paragraph."""
    many = "En 2021 : " + ", ".join(f"{number} agents" for number in range(100, 600)) + "."
    assert len(client.post(API, json={"text": many}).get_json()["claims"]) == 500
    assert client.post(API, json={"text": f"{RIGHT} {'a' * (19_999 - len(RIGHT))}"}).status_code == 200


def test_more_figures_than_can_be_checked_are_refused(client: FlaskClient) -> None:
    """By the API and by the page, with what to do."""
    many = "12|" * 600
    response = client.post(API, json={"text": many})
    assert response.status_code == 422
    assert "500 au plus" in response.get_json()["detail"]
    page = client.post("/verifier", data={"text": many})
    assert page.status_code == 422
    assert "500 au plus" in page.text


def test_nothing_pasted_is_executed(client: FlaskClient) -> None:
    """What looks like HTML is shown as typed."""
    page = client.post("/verifier", data={"text": f"<script>alert(1)</script><b>{RIGHT}</b>"}).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "confirmé" in page


def test_the_page_shows_what_the_api_says(client: FlaskClient) -> None:
    """Each figure marked in the text, with its number, verdict, explanation, quote and link."""
    page = client.post("/verifier", data={"text": WRONG}).text
    claim = client.post(API, json={"text": WRONG}).get_json()["claims"][0]
    assert '<a class="verdict contradicted" href="#chiffre-1"><mark>14 056 633,72 €</mark>' in page
    assert claim["citation"]["url"].split("#")[0] in page
    assert "contredit" in page
    assert '<mark><span class="unbroken">13 056 633.72€</span></mark>' in page


@pytest.mark.parametrize(("text", "status"), [("", 422), ("a" * 20_001, 422)])
def test_the_page_keeps_what_was_typed(text: str, status: int, client: FlaskClient) -> None:
    """With what is wrong above the button."""
    response = client.post("/verifier", data={"text": text})
    assert response.status_code == status
    assert 'role="alert"' in response.text
    assert text in response.text


def test_a_file_is_checked(client: FlaskClient) -> None:
    """A Word document, and a text of Windows."""
    content = BytesIO()
    document = Document()
    document.add_paragraph(RIGHT)
    document.save(content)
    for name, sent in (("projet.docx", content.getvalue()), ("projet.TXT", RIGHT.encode("cp1252"))):
        page = client.post("/verifier", data={"text": "", "file": (BytesIO(sent), name)}).text
        assert "1 chiffre : 1 confirmé." in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("projet.odt", b"x", "type inconnu"),
        ("projet.docx", b"PK\x03\x04 not a zip", "n'est pas un document Word lisible"),
        ("projet.pdf", b"%PDF-1.7 cut", "ne peut pas être lu"),
        ("projet.txt", b"\x00\x01\x02", "n'est pas un fichier de texte"),
        ("projet.md", b"   ", "ne contient pas de texte"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, said: str, client: FlaskClient) -> None:
    """The form again, with what to do."""
    response = client.post("/verifier", data={"text": "", "file": (BytesIO(content), name)})
    assert response.status_code == 422
    assert said in response.text.replace("&#39;", "'").replace("\u00a0", " ")


def test_a_zip_bomb_is_refused_unopened(client: FlaskClient) -> None:
    """200 MB of zeros in a .docx of 200 kB."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 200_000_000)
    response = client.post("/verifier", data={"text": "", "file": (BytesIO(content.getvalue()), "bombe.docx")})
    assert response.status_code == 422
    assert "trop volumineux" in response.text


def test_a_check_is_exported(client: FlaskClient) -> None:
    """As Word and as Markdown, with the verdicts and the report's words; as nothing else."""
    markdown = client.post("/verifier/export.md", data={"text": WRONG}).data.decode()
    assert "**14 056 633,72 €** [1]" in markdown
    assert "contredit" in markdown
    assert "soit une augmentation de 3.563%" in markdown
    document = Document(BytesIO(client.post("/verifier/export.docx", data={"text": WRONG}).data))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "1. 14 056 633,72 € – contredit." in said
    assert "soit une augmentation de 3.563%" in said
    assert client.post("/verifier/export.pdf", data={"text": WRONG}).status_code == 404
    assert client.post("/verifier/export.md", data={"text": ""}).status_code == 422


def test_files_keep_no_thread_from_those_who_ask(app: Flask) -> None:
    """Two are read at a time; who sends another one is told so at once, and can send it again."""

    def status(_: int) -> int:
        return app.test_client().post("/verifier", data={"file": (BytesIO(b"%PDF-1.7 cut"), "projet.pdf")}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(status, range(8)))[:2] == [422, 422]
        assert set(pool.map(status, range(8))) == {422, 503}
    assert status(0) == 422
