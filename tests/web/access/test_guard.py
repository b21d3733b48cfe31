"""Strangers get nothing by any address, and those who are known only what is theirs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from qa_service.access import AccessMode
from qa_service.service import QAService
from tests.web.access.conftest import Headers, guarded
from web.access.guard import OPEN_BLUEPRINTS, SAME_FOR_ALL

OPEN = {"/health/live", "/health/ready", "/metrics", "/static/<path:filename>"}
WAY_IN = {"/connexion", "/connexion/retour", "/deconnexion"}
NOBODY = "http://127.0.0.1:9"  # a provider that is not there: strangers do not get as far


def addresses(app: Flask) -> list[tuple[str, str, Rule]]:
    """Return each route with each of its methods, and something in the place of what varies."""
    found = []
    for rule in app.url_map.iter_rules():
        path = rule.build(dict.fromkeys(rule.arguments, "1"), append_unknown=False)
        assert path
        found += [(method, path[1], rule) for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})]
    return found


@pytest.fixture(scope="module", params=[AccessMode.TOKEN, AccessMode.PROXY, AccessMode.OIDC])
def closed(request: pytest.FixtureRequest, service: QAService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with each of the ways in, one after the other."""
    oidc = {"oidc_issuer": NOBODY, "oidc_client_id": "qa", "oidc_client_secret": "secret", "admins": "dsi"}
    with guarded(service, tmp_path_factory.mktemp("closed"), request.param, **oidc) as app:
        yield app


# What a stranger may try; 192.0.2.7 is no proxy's address.
TRIED: tuple[Headers, ...] = (
    {},
    {"X-Remote-User": "zoe", "X-Remote-Groups": "dsi", "X-Forwarded-For": "127.0.0.1", "Sec-Fetch-Site": "same-origin"},
    {"Cookie": f"qa_owner={'a' * 43}; qa_session=eyJ3aG8iOnsicm9sZSI6IkFETUlOIn19.aGVs.bG8", "Origin": "http://localhost"},
    {"Authorization": "Basic cWE6cWE="},
)


@pytest.mark.parametrize("headers", TRIED, ids=lambda headers: ",".join(headers))
def test_strangers_get_nothing(headers: Headers, closed: Flask) -> None:
    """Whatever the route, those to come included: 401, or the way to sign in; only what is listed is open."""
    client, open_rules = closed.test_client(use_cookies=False), set()
    for method, path, rule in addresses(closed):
        response = client.open(path, method=method, headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.7"})
        if response.status_code == 302 and response.location.startswith("/connexion?suite="):
            assert method == "GET"
        elif response.status_code == 401:
            assert response.headers["WWW-Authenticate"] == "Bearer"
        else:
            open_rules.add(rule.rule)
            assert rule.endpoint in SAME_FOR_ALL or rule.endpoint.split(".")[0] in OPEN_BLUEPRINTS
    assert open_rules == OPEN | (WAY_IN if "access" in closed.blueprints else set())


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
    to_me = set()
    for rule in by_token.url_map.iter_rules():
        values = {name: {**ids, "ending": "md"}.get(name, "1") for name in rule.arguments}
        _, path = rule.build(values, append_unknown=False) or ("", "")
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            response = programs.open(path, method=method, headers=other, data={"title": "pris", "verdict": "wrong", **ids})
            assert "Mireille" not in response.text, (method, path)
            assert response.status_code < 500, (method, path)
        if "GET" in (rule.methods or ()) and "Mireille" in programs.get(path, headers=mine).text:
            to_me.add(rule.rule)
    conversation, api = "/conversations/<conversation_id>", "/api/v1/conversations"
    exports = {f"{conversation}/export.<ending>", f"{api}/<conversation_id>/export"}
    assert {"/", api, conversation, f"{api}/<conversation_id>", *exports} <= to_me
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


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("editor", 403), ("admin", 200)])
def test_measures_from_afar(role: str, status: int, programs: FlaskClient, bearer: Callable[..., Headers]) -> None:
    """Are for administrators; the machine itself needs no token."""
    afar = {"REMOTE_ADDR": "192.0.2.7"}
    assert programs.get("/metrics", headers=bearer(role), environ_base=afar).status_code == status
    assert programs.get("/metrics", environ_base=afar).status_code == 403
    assert programs.get("/metrics").status_code == 200


def test_checks_of_the_machine_need_no_database(programs: FlaskClient) -> None:
    """Whatever token they send."""
    headers = {"Authorization": "Bearer qa_unknown"}
    assert programs.get("/health/live", headers=headers).status_code == 200
    assert programs.get("/api/v1/documents", headers=headers).status_code == 401


def test_nothing_stays_in_the_browser(programs: FlaskClient, bearer: Callable[..., Headers]) -> None:
    """Of whoever was known there before the next one."""
    for path in ("/", "/chiffres", "/api/v1/documents", "/chiffres/export.csv"):
        assert programs.get(path, headers=bearer()).headers["Cache-Control"] == "private, no-store"


def test_documented_commands_say_where_the_token_goes(programs: FlaskClient, bearer: Callable[..., Headers]) -> None:
    """Those that need none have none."""
    page = programs.get("/api/docs", headers=bearer()).text
    commands = [shlex.split(unescape(line)) for line in re.findall(r"<code>(curl .*?)</code>", page)]
    without = {line[2].removeprefix("http://localhost") for line in commands if "Authorization: Bearer JETON" not in line}
    assert without == {"/health/live", "/health/ready"}


def test_readers_of_an_open_service_need_no_token(client: FlaskClient) -> None:
    """What they send as one is not looked at: OpenAI's clients always send some key."""
    assert client.get("/v1/models", headers={"Authorization": "Bearer qa_whatever"}).status_code == 200
