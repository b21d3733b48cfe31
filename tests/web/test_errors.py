"""Errors, raised through the real application by a blueprint made for it."""

import logging

import pytest
from flask import Blueprint, Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from index.errors import IndexStaleError
from web.problems import KINDS


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of an application that has a route for each error, and does not let them through to the test."""
    bp = Blueprint("raising", __name__)

    @bp.get("/api/raise/<kind>", endpoint="api")
    @bp.get("/raise/<kind>", endpoint="page")
    def raise_(kind: str) -> str:
        if kind.isdigit():
            abort(int(kind))
        raise {
            "bug": ZeroDivisionError("secret"),
            "index": IndexStaleError("L'index est périmé ; lancez : qa-service build"),
            "database": OperationalError("SELECT secret", (), OSError("disk I/O error")),
        }[kind]

    app.testing = False
    app.register_blueprint(bp)
    return app.test_client()


@pytest.mark.parametrize("status", sorted(KINDS))
def test_each_status_has_its_document_and_its_page(client: FlaskClient, status: int) -> None:
    """The same French title and explanation for programs and for people."""
    document = client.get(f"/api/raise/{status}")
    assert (document.status_code, document.mimetype) == (status, "application/problem+json")
    problem = document.get_json()
    assert (problem["type"], problem["status"], problem["title"]) == ("about:blank", status, KINDS[status].title)
    page = client.get(f"/raise/{status}")
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert f"<h1>{KINDS[status].title}</h1>" in page.text


def test_a_status_outside_the_table_is_still_french(client: FlaskClient) -> None:
    """What the server itself may refuse has an envelope too."""
    problem = client.get("/api/raise/417").get_json()
    assert (problem["status"], problem["title"]) == (417, "Requête refusée")


def test_a_bug_shows_nothing_and_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """The client learns that it was logged; the log has the traceback."""
    with caplog.at_level(logging.ERROR):
        response = client.get("/api/raise/bug")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "ZeroDivisionError: secret" in caplog.text


def test_an_unusable_index_names_the_command(client: FlaskClient) -> None:
    """503, with the words of the error in French typography."""
    problem = client.get("/api/raise/index").get_json()
    assert (problem["status"], problem["code"]) == (503, "no_index")
    assert problem["detail"] == "L'index est périmé\u00a0; lancez\u00a0: qa-service build"
    assert "rechargez alors cette page" in client.get("/raise/index").text


def test_a_database_that_fails_is_a_503(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """The query is logged, not shown."""
    response = client.get("/api/raise/database")
    assert (response.status_code, response.get_json()["code"]) == (503, "unavailable")
    assert "secret" not in response.text
    assert "SELECT secret" in caplog.text


def test_a_refused_method_says_which_are_allowed(client: FlaskClient) -> None:
    """405 keeps its `Allow` header."""
    response = client.put("/api/v1/questions", json={})
    assert (response.status_code, response.get_json()["code"]) == (405, "method_not_allowed")
    assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_too_large_a_form_is_refused_wherever_it_is_sent(client: FlaskClient) -> None:
    """To an address that is none too, whose page would show the question again."""
    assert client.post("/nulle-part", data={"question": "x" * 500_000}).status_code == 404
