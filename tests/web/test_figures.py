"""The register of figures: the JSON, the pages and the files for a spreadsheet say the same."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.support.report import REPORT_TEXT, SLUG

API = "/api/v1/figures"


def test_every_figure_of_the_report_is_there(client: FlaskClient) -> None:
    """Page by page, each once, at its place in the report."""
    page = client.get(f"{API}?limit=200").get_json()
    figures = page["figures"]
    while page["next_cursor"]:
        page = client.get(f"{API}?limit=200&cursor={page['next_cursor']}").get_json()
        figures += page["figures"]
    documents = client.get("/api/v1/documents").get_json()["documents"]
    assert len(figures) == page["total"] == documents[0]["figures"]
    assert len({figure["id"] for figure in figures}) == len(figures)
    assert all(REPORT_TEXT[figure["start"] : figure["end"]] == figure["text"] for figure in figures)
    assert all(figure["text"] in figure["sentence"] for figure in figures)


@pytest.mark.parametrize(
    ("search", "texts"),
    [
        ("q=masse+salariale&kind=money", ["12 607 476.20 €", "13 056 633.72€"]),
        ("q=masse+salariale&kind=money&period=2020", ["12 607 476.20 €"]),
        ("q=MASSES+salariales&kind=money&sort=value&descending=true", ["13 056 633.72€", "12 607 476.20 €"]),
        ("q=stagiaires+demandes&unit=stagiaires", ["46"]),
        ("q=licorne", []),
    ],
)
def test_a_search_narrows_and_sorts(search: str, texts: list[str], client: FlaskClient) -> None:
    """By words whatever their endings, kind, unit and period; by value within a unit."""
    assert [figure["text"] for figure in client.get(f"{API}?{search}").get_json()["figures"]] == texts


def test_a_section_holds_those_below_it(client: FlaskClient) -> None:
    """The figures of an outer section are its own and its children's."""
    outer = client.get(f"{API}?section=1").get_json()["total"]
    inner = client.get(f"{API}?section=1-1").get_json()["total"]
    assert outer > inner > 0


@pytest.mark.parametrize(
    ("search", "field"),
    [("kind=prix", "kind"), ("limit=0", "limit"), ("limit=201", "limit"), ("cursor=-1", "cursor"), ("period=hier", "period"),
     ("sort=hasard", "sort"), ("mot=eau", "mot"), (f"q={'a' * 201}", "q")],
)  # fmt: skip
def test_a_wrong_search_names_its_field(search: str, field: str, client: FlaskClient) -> None:
    """422 from the API with the field; the page shows its form again."""
    response = client.get(f"{API}?{search}")
    assert response.status_code == 422
    assert [error["field"] for error in response.get_json()["errors"]] == [field]
    page = client.get(f"/chiffres?{search}")
    assert page.status_code == 422
    assert f"{field} : " in page.text


def test_an_unknown_report_is_not_found(client: FlaskClient) -> None:
    """Neither an empty list nor all figures."""
    assert client.get(f"{API}?document=inconnu").status_code == 404
    assert client.get("/chiffres?document=inconnu").status_code == 404


def test_the_page_marks_the_figure_in_its_sentence(client: FlaskClient) -> None:
    """With what it counts, its section and pages, and links that lead to it."""
    page = client.get("/chiffres?q=stagiaires+demandes&unit=stagiaires").text
    assert "1 chiffre " in page
    assert "<mark>46</mark>" in page
    row = client.get(f"{API}?q=stagiaires+demandes&unit=stagiaires").get_json()["figures"][0]
    alone = client.get(f"/chiffres/{SLUG}/{row['id']}")
    assert alone.status_code == 200
    assert "46 stagiaires ont été accueillis" in alone.text
    assert client.get(row["url"]).status_code == 200


def test_a_figure_that_cannot_be_right_is_marked(client: FlaskClient) -> None:
    """In the JSON, on the page, and by itself when only such figures are asked for."""
    figures = client.get(f"{API}?warnings=true").get_json()["figures"]
    assert "16 069 633 M€" in [figure["text"] for figure in figures]
    assert all(figure["warnings"] for figure in figures)
    assert client.get("/chiffres?warnings=true").text.count("À vérifier") == sum(len(figure["warnings"]) for figure in figures)
    assert "À vérifier" not in client.get("/chiffres?q=stagiaires+demandes").text


@pytest.mark.parametrize(
    ("search", "copied"),
    [
        ("q=stagiaires+demandes&unit=stagiaires", "46 stagiaires, 2021 : « 174 demandes ont été formulées"),
        ("warnings=true&kind=money&q=notifier", "16 069 633 M€, montant total de subventions, 2021 : « En 2021, la CALL"),
    ],
)
def test_a_reference_reads_as_french(search: str, copied: str, client: FlaskClient) -> None:
    """The figure with what it counts, no code of a unit, no mark-up of the source."""
    row = client.get(f"{API}?{search}").get_json()["figures"][0]
    page = client.get(f"/chiffres/{SLUG}/{row['id']}").text
    assert copied in page
    assert "**" not in page
    assert "**" not in client.get(f"/chiffres/export.csv?{search}").data.decode("utf-8-sig")


def test_a_row_that_is_gone_says_so(client: FlaskClient) -> None:
    """A link made before the report changed leads to a page with a way on, never to another figure."""
    row = client.get(f"{API}?limit=1").get_json()["figures"][0]
    assert client.get(f"/chiffres/{SLUG}/{row['id'][:-8]}00000000").status_code == 404


def test_csv_opens_in_a_french_spreadsheet(client: FlaskClient) -> None:
    """UTF-8 with its mark, semicolons, decimal commas, French headers; from the page and from the API."""
    search = "q=masse+salariale&kind=money"
    exported = client.get(f"/chiffres/export.csv?{search}")
    asked = client.get(f"{API}?{search}", headers={"Accept": "text/csv"})
    assert exported.data == asked.data
    assert exported.data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(StringIO(exported.data.decode("utf-8-sig")), delimiter=";")
    assert header[:3] == ["Chiffre", "Valeur", "Unité"]
    assert [row[1] for row in rows] == ["12607476,20", "13056633,72"]


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    """The report prints "+ 47,44 %" and "- 0,12 %": text for a spreadsheet, with the value beside it."""
    rows = list(
        csv.reader(StringIO(client.get("/chiffres/export.csv?kind=percentage").data.decode("utf-8-sig")), delimiter=";")
    )
    assert not [cell for row in rows for cell in (row[0], *row[2:]) if cell.startswith(("=", "+", "-", "@"))]
    assert any(row[1].startswith("-") for row in rows)


def test_xlsx_holds_numbers_as_numbers(client: FlaskClient) -> None:
    """All rows found, whatever page is shown."""
    response = client.get("/chiffres/export.xlsx?kind=money&limit=1")
    sheet = load_workbook(BytesIO(response.data)).worksheets[0]
    values = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert len(values) == client.get(f"{API}?kind=money").get_json()["total"] > 100
    assert all(isinstance(value, (int, float)) for value in values)
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in (row[0], *row[2:])} <= {"s", "n", "inlineStr"}
    assert client.get("/chiffres/export.pdf").status_code == 404
