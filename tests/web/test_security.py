"""Headers, other sites and limits."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.service import QAService
from qa_service.settings import Settings
from tests.support.report import SLUG
from web.app import create_app

PATHS = ["/", "/aide", "/api/docs", f"/rapport/{SLUG}", "/nulle-part", "/api/v1/documents", "/api/v1/none", "/health/live"]


@pytest.mark.parametrize("path", [*PATHS, "/static/chat.js"])
def test_every_response_has_the_security_headers(client: FlaskClient, path: str) -> None:
    """Own assets only, no inline script or style, no frame, no sniffing."""
    headers = client.get(path, buffered=True).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS)
def test_pages_obey_their_own_policy(client: FlaskClient, path: str) -> None:
    """No inline script, style or handler, and no address of another site."""
    page = client.get(path).text
    assert not re.search(r"<style|<script>|\sstyle=|\son\w+=|javascript:", page)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_answers_are_not_kept_by_proxies(client: FlaskClient) -> None:
    """Pages and answers are for one person; assets are for all, and change their address when they change."""
    assert client.get("/").headers["Cache-Control"] == "private, no-store"
    assert client.post("/api/v1/questions", json={"question": "?"}).headers["Cache-Control"] == "private, no-cache"
    asset = re.search(r'href="(/static/style\.css\?v=[0-9a-f]{12})"', client.get("/").text)
    assert asset
    assert "max-age=31536000" in client.get(asset[1], buffered=True).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/"), ("POST", "/api/v1/questions"), ("DELETE", "/api/v1/conversations/x")]
)
def test_another_site_cannot_act_for_this_browser(client: FlaskClient, method: str, path: str) -> None:
    """What a browser marks as coming from elsewhere is refused, whatever it carries."""
    response = client.open(path, method=method, json={"question": "?"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


@pytest.mark.parametrize("header", ["Origin", "Referer"])
@pytest.mark.parametrize(
    "source", ["http://[", "https://[::1", "http://]", "http://[x]/", "null", "\xff", "http://localhost@x"]
)
def test_what_is_no_address_is_elsewhere(client: FlaskClient, header: str, source: str) -> None:
    """A browser without Sec-Fetch-Site is believed only where it says that it comes from here."""
    assert client.post("/api/v1/questions", json={"question": "?"}, headers={header: source}).status_code == 403
    assert client.post("/", data={"question": "?"}, headers={header: source}).status_code == 403


def test_links_from_other_sites_work(client: FlaskClient) -> None:
    """Reading is no acting."""
    assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.fixture
def limited(tmp_path: Path, service: QAService) -> Flask:
    """An application that takes three questions a minute, behind one proxy."""
    return create_app(Settings(var_dir=tmp_path, rate_limit="3/minute", trusted_proxies=1), service=service)


def test_questions_are_limited_over_page_and_api(limited: Flask) -> None:
    """The fourth question is refused, with the seconds to wait; reading goes on."""
    client = limited.test_client()
    for _ in range(2):
        assert client.post("/api/v1/questions", json={"question": "?"}).status_code == 200
    accepted = client.post("/", data={"question": "?"})
    assert accepted.status_code == 303
    assert "Retry-After" not in accepted.headers
    response = client.post("/api/v1/questions", json={"question": "?"})
    assert (response.status_code, response.get_json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    page = client.post("/", data={"question": "Combien d'agents ?"})
    assert page.status_code == 429
    assert ">Combien d&#39;agents ?</textarea>" in page.text
    assert client.get("/").status_code == 200


def test_each_address_behind_the_proxy_has_its_own_limit(limited: Flask) -> None:
    """The address that the trusted proxy adds counts, not one that the client makes up before it."""
    client = limited.test_client()

    def status(forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return client.post("/api/v1/questions", json={"question": "?"}, headers=headers).status_code

    assert [status(f"10.0.0.{number}, 192.0.2.1") for number in range(4)] == [200, 200, 200, 429]
    assert status("192.0.2.2") == 200


def test_the_cookie_is_secure_over_https(limited: Flask) -> None:
    """Behind a proxy that speaks HTTPS the cookie never travels in the clear."""
    headers = {"X-Forwarded-Proto": "https"}
    cookie = limited.test_client().post("/", data={"question": "?"}, headers=headers).headers["Set-Cookie"]
    assert "; Secure;" in cookie


def test_https_is_for_good_where_it_is_spoken(limited: Flask, client: FlaskClient) -> None:
    """Over HTTPS a browser is told to use nothing else for a year; over plain HTTP it is not, or it could not come back."""
    over_https = limited.test_client().get("/", headers={"X-Forwarded-Proto": "https"})
    assert over_https.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/").headers


HOSTS = [
    "a b",
    "[::1",
    "[x]",
    "[1.2.3.4]",
    "x:999999",
    "x:²",
    "a,b",
    "a@b",
    "evil/../x",
    "." * 300,
    "a..b",
    "x" * 64,
    '"><b>',
    "xn--a-\xff.fr",
]


@pytest.mark.parametrize(("header", "host"), [*(("Host", host) for host in HOSTS), ("X-Forwarded-Host", "[::1")])
def test_an_impossible_host_is_refused(limited: Flask, header: str, host: str) -> None:
    """By page and API alike, whoever says it."""
    client = limited.test_client()
    environ = {"HTTP_" + header.upper().replace("-", "_"): host}
    assert client.get("/", environ_overrides=environ).status_code == 400
    problem = client.post("/v1/chat/completions", json={}, environ_overrides=environ)
    assert (problem.status_code, problem.get_json()["error"]["code"]) == (400, "malformed")


@pytest.mark.parametrize("host", ["localhost", "rapport.example.fr:8443", "[::1]:8000", "srv_1.", ""])
def test_a_possible_host_is_served(client: FlaskClient, host: str) -> None:
    """Whatever names the machine on the network of its organisation."""
    assert client.get("/", environ_overrides={"HTTP_HOST": host}).status_code == 200


def test_a_long_address_is_refused(client: FlaskClient) -> None:
    """To page and API, before anything reads it."""
    problem = client.get("/api/v1/figures", query_string={"q": "é" * 700})
    assert (problem.status_code, problem.get_json()["code"]) == (414, "address_too_long")
    assert client.get("/" + "a" * 4001).status_code == 414
    assert client.get("/glossaire", query_string={"q": "é" * 600}).status_code == 200
