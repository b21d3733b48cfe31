"""People sign in with a real provider, over HTTP; whatever is wrong with its answer lets nobody in."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qa_service.access import AccessMode
from qa_service.cli import main
from qa_service.service import QAService
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, new_key, running_provider
from tests.web.access.conftest import KEY, guarded
from web.state import EXTENSION

QUESTION = "Qui préside l'agglomération ?"
HERE = {"Origin": "http://localhost"}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """The provider, running."""
    with running_provider() as provider:
        yield provider


@pytest.fixture
def app(provider: Provider, service: QAService, tmp_path: Path) -> Iterator[Flask]:
    """The application that signs people in with it."""
    settings = {
        "oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET,
        "oidc_roles_claim": "realm_access.roles", "editors": "redaction", "admins": "dsi",
    }  # fmt: skip
    with guarded(service, tmp_path, AccessMode.OIDC, **settings) as app:
        yield app


def through_the_provider(client: FlaskClient, begun: TestResponse) -> TestResponse:
    """Go to the provider as a browser does, and come back with what it gives."""
    assert begun.status_code == 302
    back = urlsplit(requests.get(begun.location, allow_redirects=False, timeout=10).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def sign_in(client: FlaskClient, path: str = "/") -> TestResponse:
    """Open a page as a stranger, sign in, and return the response to what the provider says."""
    begun = client.get(path)
    assert urlsplit(begun.location).path == "/connexion"
    return through_the_provider(client, client.get(begun.location))


def test_the_whole_way(app: Flask, provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    """To the page that was asked for, with one's name and a way out; nothing of it in the log."""
    caplog.set_level(logging.DEBUG, "web")
    provider.sign_in("account-17", name="Zoé <Martin>")
    client = app.test_client()
    response = sign_in(client, "/chiffres?q=chiens")
    assert (response.status_code, response.location) == (302, "/chiffres?q=chiens")
    page = client.get("/chiffres").text
    assert "Zoé &lt;Martin&gt;" in page
    assert "Se déconnecter" in page
    assert client.get("/connexion?suite=/aide").location == "/aide"
    told = [str(vars(record)) for record in caplog.records if record.name.startswith("web")]
    assert any("signed in" in one for one in told)
    assert not any(secret in one for one in told for secret in ("Zoé", "account-17", "chiens", "code="))


def test_the_cookie(app: Flask, provider: Provider) -> None:
    """Is for our scripts and other sites out of reach, and over https for this very host."""
    provider.sign_in("u1")
    cookie = sign_in(app.test_client()).headers["Set-Cookie"]
    assert cookie.startswith("qa_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    over_tls = app.test_client().get("/connexion", base_url="https://rapport.example.fr").headers["Set-Cookie"]
    assert over_tls.startswith("__Host-qa_session=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(over_tls.split("; "))
    assert "Domain" not in over_tls


def test_conversations_are_found_again_on_another_browser(app: Flask, provider: Provider) -> None:
    """By the same person, and by nobody else."""
    provider.sign_in("u1", name="Zoé")
    first, second, other = app.test_client(), app.test_client(), app.test_client()
    sign_in(first)
    asked = first.post("/", data={"question": QUESTION}, headers=HERE)
    sign_in(second)
    assert second.get(asked.location).status_code == 200
    provider.sign_in("u2", name="Zoé")
    sign_in(other)
    assert other.get(asked.location).status_code == 404


def test_what_is_kept_of_somebody(app: Flask, provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is exported by their account, as the provider calls it."""
    provider.sign_in("u1", name="Zoé")
    client = app.test_client()
    sign_in(client)
    client.post("/", data={"question": QUESTION}, headers=HERE)
    environ = {
        "VAR_DIR": str(tmp_path), "ACCESS": "oidc", "SECRET_KEY": KEY, "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": CLIENT_SECRET,
    }  # fmt: skip
    for name, value in environ.items():
        monkeypatch.setenv(f"QA_{name}", value)
    kept = {}
    for sub in ("u1", "u2"):
        assert main(["export-data", "--account", sub, "--out", str(tmp_path / sub)]) == 0
        kept[sub] = (tmp_path / sub).read_text()
    assert QUESTION in kept["u1"]
    assert QUESTION not in kept["u2"]


@pytest.mark.parametrize("told", [{"name": "Zoé"}, {"preferred_username": "zoe"}, {"email": "zoe@example.fr"}])
def test_a_name_is_asked_for(told: dict[str, str], app: Flask, provider: Provider) -> None:
    """Where the token has roles and none; without any, the page shows what the provider calls the account."""
    provider.sign_in("account-17", realm_access={"roles": []})
    provider.in_userinfo = told
    client = app.test_client()
    sign_in(client)
    page = client.get("/aide").text
    assert next(iter(told.values())) in page
    assert "account-17" not in page


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({}, 403),
        ({"realm_access": {"roles": ["lecture"]}}, 403),
        ({"realm_access": {"roles": ["lecture", "redaction"]}}, 200),
        ({"realm_access": {"roles": "dsi"}}, 200),
        ({"realm_access": ["dsi"]}, 403),
        ({"realm_access": {"roles": [7, None, {"dsi": "dsi"}]}}, 403),
    ],
)
def test_roles(claims: dict[str, object], status: int, app: Flask, provider: Provider) -> None:
    """Stand where the settings say."""
    provider.sign_in("u1", **claims)
    client = app.test_client()
    sign_in(client)
    assert client.get("/corrections").status_code == status


@pytest.mark.parametrize(("sub", "status"), [("u1", 200), ("u2", 403)])
def test_what_the_token_lacks_is_asked_for(sub: str, status: int, app: Flask, provider: Provider) -> None:
    """Of the same person only."""
    provider.sign_in("u1")
    provider.in_userinfo = {"sub": sub, "realm_access": {"roles": ["dsi"]}}
    client = app.test_client()
    sign_in(client)
    assert client.get("/corrections").status_code == status


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "of another sign-in"},
        {"iss": "https://id.example.org"},
        {"aud": "another-service"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
        {"sub": ["u1"]},
    ],
)
def test_a_token_that_is_not_for_us_is_refused(changes: dict[str, object], app: Flask, provider: Provider) -> None:
    """As a page that says what to do, and nobody is signed in."""
    provider.sign_in("u1")
    provider.changes = changes
    client = app.test_client()
    response = sign_in(client)
    assert response.status_code == 403
    assert "recommencez la connexion" in response.text
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("kid", ["k1", "k9"])
def test_another_key_is_refused(kid: str, app: Flask, provider: Provider) -> None:
    """Under the name of the one that the provider publishes, or another."""
    provider.sign_in("u1")
    provider.signs_with = new_key(kid)
    assert sign_in(app.test_client()).status_code == 403


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_no_signature_and_no_shared_key_will_do(algorithm: str, app: Flask, provider: Provider) -> None:
    """Though the provider says of itself that it signs so: anybody could make such a token."""
    provider.sign_in("u1")
    provider.algorithm = algorithm
    client = app.test_client()
    assert sign_in(client).status_code == 403
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("issuer", ["https://id.example.org", "", None])
def test_another_provider_is_refused(issuer: str | None, app: Flask, provider: Provider) -> None:
    """By the name that it gives itself (OpenID Connect Discovery, 4.3); once it is right, people sign in."""
    provider.sign_in("u1")
    provider.answers["/.well-known/openid-configuration"] = {"issuer": issuer}
    assert app.test_client().get("/connexion").status_code == 503
    provider.sign_in("u1")
    assert sign_in(app.test_client()).location == "/"


ODD = [
    ("/.well-known/openid-configuration", []),
    ("/t", {"token_type": "Bearer", "access_token": "x", "id_token": None}),
    ("/t", {"token_type": "Bearer", "access_token": "x", "id_token": {"sub": "u1"}}),
    ("/t", {"token_type": "Bearer", "access_token": "x", "id_token": "a.b.c"}),
    ("/t", {"token_type": "Bearer", "access_token": "x"}),
    ("/t", {"error": "invalid_client"}),
    ("/t", []),
    ("/k", {"keys": 5}),
    ("/k", "x"),
    ("/u", 5),
]


@pytest.mark.parametrize(("path", "answer"), ODD, ids=str)
def test_an_answer_of_another_shape_is_no_failure_of_ours(path: str, answer: object, app: Flask, provider: Provider) -> None:
    """Nobody is signed in, and the page says to try again."""
    provider.sign_in("u1")
    provider.answers[path] = answer
    client = app.test_client()
    begun = client.get("/connexion")
    response = through_the_provider(client, begun) if begun.status_code == 302 else begun
    assert response.status_code in (403, 503)
    assert "connexion" in response.text
    assert client.get("/").status_code == 302


def test_new_keys_are_fetched(app: Flask, provider: Provider) -> None:
    """A provider changes its keys from time to time."""
    provider.sign_in("u1")
    sign_in(app.test_client())
    provider.key = new_key("k2")
    assert sign_in(app.test_client()).location == "/"


def test_who_is_denied_is_told_so(app: Flask, provider: Provider) -> None:
    """In words of our own: what the provider adds is not shown."""
    provider.sign_in("u1")
    provider.denies = True
    response = sign_in(app.test_client())
    assert response.status_code == 403
    assert "ne vous donne pas accès" in response.text


def test_a_provider_out_of_order(app: Flask, provider: Provider) -> None:
    """Before signing in, and in the middle of it: a page, and the next attempt works."""
    provider.sign_in("u1")
    provider.fails = True
    assert app.test_client().get("/connexion").status_code == 503
    provider.fails = False
    client = app.test_client()
    begun = client.get("/connexion")
    back = urlsplit(requests.get(begun.location, allow_redirects=False, timeout=10).headers["Location"])
    provider.fails = True
    assert client.get(f"{back.path}?{back.query}").status_code == 503
    provider.sign_in("u1")
    assert sign_in(client).location == "/"


def test_what_a_stranger_writes_is_not_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Who comes back from a provider may have made the address up."""
    for error in ("Combien+de+chiens", "x" * 500, "a%0Ab"):
        assert app.test_client().get(f"/connexion/retour?error={error}").status_code == 403
    assert app.test_client().get("/connexion/retour?error=server_error").status_code == 403
    assert [vars(record)["reason"] for record in caplog.records] == ["other", "other", "other", "server_error"]


@pytest.mark.parametrize("query", ["", "code=x", "state=x", "code=x&state=x", "error=server_error", "code=" + "x" * 3000])
def test_nobody_comes_back_who_did_not_leave(query: str, app: Flask, provider: Provider) -> None:
    """Nor with the code of another's sign-in."""
    provider.sign_in("u1")
    assert app.test_client().get(f"/connexion/retour?{query}").status_code == 403
    victim, thief = app.test_client(), app.test_client()
    begun = thief.get("/connexion")
    back = urlsplit(requests.get(begun.location, allow_redirects=False, timeout=10).headers["Location"])
    assert victim.get(f"{back.path}?{back.query}").status_code == 403


ELSEWHERE = (
    "https://example.org/",
    "//example.org",
    "/\\example.org",
    "\\\\example.org",
    "javascript:alert(1)",
    "aide",
    "/\n/x",
)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_sign_in_leads_elsewhere(elsewhere: str, app: Flask, provider: Provider) -> None:
    """Only to addresses of the service."""
    provider.sign_in("u1")
    client = app.test_client()
    begun = client.get("/connexion", query_string={"suite": elsewhere})
    assert through_the_provider(client, begun).location == "/"


def test_signing_in_below_a_path(provider: Provider, service: QAService, tmp_path: Path) -> None:
    """A proxy gives the service a part of its addresses; one comes back to the page, and not below that part twice."""
    provider.sign_in("u1")
    below = {"X-Forwarded-Prefix": "/rapport"}
    settings = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
    with guarded(service, tmp_path, AccessMode.OIDC, trusted_proxies=1, **settings) as app:
        client = app.test_client()
        way_in = client.get("/chiffres?q=chiens", headers=below).location
        assert way_in.startswith("/rapport/connexion?")
        begun = client.get(way_in.removeprefix("/rapport"), headers=below)
        back = urlsplit(requests.get(begun.location, allow_redirects=False, timeout=10).headers["Location"])
        assert back.path == "/rapport/connexion/retour"
        come_back = f"/connexion/retour?{back.query}"
        assert client.get(come_back, headers=below).location == "/rapport/chiffres?q=chiens"
        assert client.get("/connexion?suite=/aide", headers=below).location == "/rapport/aide"


@pytest.mark.parametrize("words", ["budget " * 400, "é" * 600, "%41" * 1200])
def test_a_long_address_does_not_keep_anybody_out(words: str, app: Flask, provider: Provider) -> None:
    """It is left behind: neither the way in nor a cookie could hold it."""
    provider.sign_in("u1")
    client = app.test_client()
    begun = client.get("/chiffres", query_string={"q": words})
    signing_in = client.get(begun.location)
    assert len(signing_in.headers["Set-Cookie"]) < 2500
    assert through_the_provider(client, signing_in).location == "/"
    begun = app.test_client().get("/connexion", query_string={"suite": "/chiffres?q=" + "x" * 1500})
    assert len(begun.headers["Set-Cookie"]) < 2500


def test_signing_out(app: Flask, provider: Provider) -> None:
    """Ends the session here, and shows where to end that of the provider."""
    provider.sign_in("u1")
    client = app.test_client()
    sign_in(client)
    page = client.post("/deconnexion", headers={"Sec-Fetch-Site": "same-origin"}).text
    assert "Vous êtes déconnecté" in page
    assert f"{provider.issuer}/out?client_id={CLIENT_ID}" in page
    assert client.get("/").status_code == 302


def test_a_session_ends(app: Flask, provider: Provider) -> None:
    """After the hours that the settings give it, however much it is used."""
    provider.sign_in("u1")
    client = app.test_client()
    sign_in(client)
    with client.session_transaction() as session:
        session["until"] = int(time.time()) - 1
    assert client.get("/").status_code == 302
    refused = client.post("/", data={"question": QUESTION}, headers=HERE)
    assert refused.status_code == 401
    assert "Qui préside" in refused.text  # what was typed is not lost


def test_a_session_of_another_key_is_none(app: Flask, provider: Provider) -> None:
    """A cookie that somebody made up opens nothing."""
    provider.sign_in("u1")
    client = app.test_client()
    sign_in(client)
    app.secret_key = "another key, of at least as many characters"
    assert client.get("/").status_code == 302


def test_sign_ins_that_never_ended_fill_no_cookie(app: Flask, provider: Provider) -> None:
    """A browser keeps 4,096 bytes of one."""
    provider.sign_in("u1")
    client = app.test_client()
    for _ in range(12):
        begun = client.get("/connexion")
    assert len(begun.headers["Set-Cookie"]) < 2500
    assert through_the_provider(client, begun).location == "/"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "https://example.org/page"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Referer": "http://localhost/aide"}, 200),
    ],
)
def test_no_other_site_acts_for_a_session(headers: dict[str, str], status: int, app: Flask, provider: Provider) -> None:
    """Whichever of the headers a browser sends to say where a request comes from; one of them it always sends."""
    provider.sign_in("u1")
    client = app.test_client()
    sign_in(client)
    assert client.post("/api/v1/questions", json={"question": QUESTION}, headers=headers).status_code == status


def test_a_token_does_as_well(app: Flask) -> None:
    """For programs, which cannot sign in."""
    _, secret = app.extensions[EXTENSION].tokens.create("Intranet", "reader", days=1)
    headers = {"Authorization": f"Bearer {secret}"}
    assert app.test_client().post("/api/v1/questions", json={"question": QUESTION}, headers=headers).status_code == 200
