"""Evolutions and points to check: the pages say what the API says."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.support.report import REPORT_TEXT


def test_evolutions_are_stated_with_their_change(client: FlaskClient) -> None:
    """Each value as printed in its sentence; the change computed, and held against what the report says of it."""
    found = client.get("/api/v1/evolutions").get_json()["evolutions"]
    for one in found:
        source = one["source"]
        assert REPORT_TEXT[source["start"] : source["end"]] == source["quote"]
        assert all(point["text"] in source["quote"] for point in one["points"])
    pay = next(one for one in found if one["label"] == "masse salariale")
    assert (pay["difference"], pay["percentage"], pay["said"], pay["agrees"]) == ("449157.52", "3.56", "3.563%", True)
    page = client.get("/evolutions").text.replace("\u00a0", " ")
    assert page.count("<svg") == len(found)
    assert page.count("<table") == len(found)
    assert "+ 449 157,52 €, soit + 3,56 %." in page
    assert "c&#39;est juste" in page


def test_points_to_check_show_both_sentences(client: FlaskClient) -> None:
    """With the arithmetic, how sure it is, and links that lead to the words."""
    found = client.get("/api/v1/findings").get_json()["findings"]
    assert {one["code"] for one in found} >= {"unit", "rate", "sum", "dates", "repeated"}
    dates = next(one for one in found if one["code"] == "dates")
    assert len(dates["sources"]) == 2
    assert all(client.get(source["url"]).status_code == 200 for one in found for source in one["sources"])
    page = client.get("/points-de-vigilance").text.replace("\u00a0", " ")
    assert "5 200 logements à 800€ / logement font 4 160 000 €, et non 42 M €" in page
    assert page.count("Voir dans le rapport") == sum(len(one["sources"]) for one in found)


def test_an_unknown_report_is_not_found(client: FlaskClient) -> None:
    """Neither an empty list nor everything."""
    assert client.get("/api/v1/evolutions?document=inconnu").status_code == 404
    assert client.get("/api/v1/findings?document=inconnu").status_code == 404
