"""Strangers get nothing by any address, and those who are known only what is theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.web.access.conftest import Headers
from web.access.guard import OPEN_BLUEPRINTS, OPEN_ENDPOINTS

OPEN = {"/health/live", "/health/ready", "/metrics", "/static/<path:filename>"}


def addresses(app: Flask) -> list[tuple[str, str, Rule]]:
    """Return each route with each of its methods, and something in the place of what varies."""
    found = []
    for rule in app.url_map.iter_rules():
        path = rule.build(dict.fromkeys(rule.arguments, "1"), append_unknown=False)
        assert path
        found += [(method, path[1], rule) for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})]
    return found


def test_strangers_get_nothing(by_token: Flask, programs: FlaskClient) -> None:
    """Whatever the route, those to come included: 401 and how to be known; only what is listed is open."""
    open_rules = set()
    for method, path, rule in addresses(by_token):
        response = programs.open(path, method=method)
        if response.status_code != 401:
            open_rules.add(rule.rule)
            assert rule.endpoint in OPEN_ENDPOINTS or rule.endpoint.split(".")[0] in OPEN_BLUEPRINTS
        else:
            assert response.headers["WWW-Authenticate"] == "Bearer"
            assert "jeton" in response.text
    assert open_rules == OPEN


@pytest.mark.parametrize("path", ["/nulle-part", "/api/v1/nulle-part"])
def test_strangers_do_not_learn_what_there_is(path: str, programs: FlaskClient) -> None:
    """An address that leads nowhere is refused like the others."""
    assert programs.get(path).status_code == 401


@pytest.mark.parametrize(
    "authorization",
    ["Bearer qa_" + "x" * 43, "bearer qa_", "Bearer", "Basic cWE6cWE=", "Bearer x", "qa_" + "x" * 43, "Bearer qa_é"],
)
def test_no_other_token_is_taken(authorization: str, programs: FlaskClient) -> None:
    """As a problem document, in OpenAI's envelope to its clients."""
    headers = {"Authorization": authorization}
    response = programs.get("/api/v1/documents", headers=headers)
    assert (response.status_code, response.mimetype) == (401, "application/problem+json")
    assert response.json
    assert response.json["code"] == "unauthenticated"
    assert "error" in (programs.get("/v1/models", headers=headers).json or {})


def test_a_program_asks_with_its_token(programs: FlaskClient, bearer: Callable[..., Headers]) -> None:
    """By the API and as a model, and gets no cookie."""
    mine = bearer()
    asked = programs.post("/api/v1/questions", json={"question": "Qui préside ?"}, headers=mine)
    assert asked.status_code == 200
    assert "Set-Cookie" not in asked.headers
    body = {"model": "x", "messages": [{"role": "user", "content": "Qui préside ?"}]}
    assert programs.get("/v1/models", headers=mine).status_code == 200
    assert programs.post("/v1/chat/completions", json=body, headers=mine).status_code in (200, 404)


def test_each_sees_only_their_own(by_token: Flask, programs: FlaskClient, bearer: Callable[..., Headers]) -> None:
    """By no route, whatever the method: what another asked is not there."""
    mine, other = bearer(), bearer()
    secret = "Combien de zèbres au zoo secret de Mireille ?"
    answer = programs.post("/api/v1/questions", json={"question": secret}, headers=mine).json
    assert answer
    assert programs.get(f"/api/v1/conversations/{answer['conversation_id']}", headers=mine).status_code == 200
    ids = {"conversation_id": answer["conversation_id"], "token": answer["conversation_id"], "question_id": answer["id"]}
    for rule in by_token.url_map.iter_rules():
        _, path = rule.build({name: ids.get(name, "1") for name in rule.arguments}, append_unknown=False) or ("", "")
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            response = programs.open(path, method=method, headers=other, data={"title": "pris", "verdict": "wrong", **ids})
            assert "Mireille" not in response.text, (method, path)
            assert response.status_code < 500, (method, path)
    opinion = {"question_id": answer["id"], "verdict": "wrong"}
    assert programs.post("/api/v1/feedback", json=opinion, headers=other).status_code == 404
    continued = {"question": "Et en 2020 ?", "conversation_id": answer["conversation_id"]}
    assert programs.post("/api/v1/questions", json=continued, headers=other).status_code == 404
    kept = programs.get("/api/v1/conversations", headers=mine).json
    assert kept
    assert [one["title"] for one in kept["conversations"]] == [secret]


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("editor", 200), ("admin", 200)])
def test_roles(role: str, status: int, programs: FlaskClient, bearer: Callable[..., Headers]) -> None:
    """Only editors and administrators correct answers."""
    assert programs.get("/corrections", headers=bearer(role)).status_code == status


def test_readers_of_an_open_service_need_no_token(client: FlaskClient) -> None:
    """What they send as one is not looked at: OpenAI's clients always send some key."""
    assert client.get("/v1/models", headers={"Authorization": "Bearer qa_whatever"}).status_code == 200
