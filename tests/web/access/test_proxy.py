"""A proxy that has signed people in says who they are; nobody else can."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.access import AccessMode
from qa_service.service import QAService
from tests.support.report import SLUG
from tests.web.access.conftest import guarded


@pytest.fixture(scope="module")
def behind(service: QAService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application behind a proxy that also forwards the client's address."""
    groups = {"editors": "communication, rédaction", "admins": "dsi", "trusted_proxies": 1}
    with guarded(service, tmp_path_factory.mktemp("proxy"), AccessMode.PROXY, **groups) as app:
        yield app


@pytest.fixture
def browser(behind: Flask) -> FlaskClient:
    """A browser behind it."""
    return behind.test_client()


def said(user: str, groups: str = "") -> dict[str, str]:
    """Return the headers that the proxy sends, in UTF-8 as it writes them, and a browser's own."""
    return {
        "X-Remote-User": user.encode().decode("latin-1"), "X-Remote-Groups": groups.encode().decode("latin-1"),
        "X-Forwarded-For": "203.0.113.9", "Sec-Fetch-Site": "same-origin",
    }  # fmt: skip


def test_whom_the_proxy_names_is_let_in(browser: FlaskClient) -> None:
    """And finds their conversations again on another browser; no cookie is needed."""
    page = browser.post("/", data={"question": "Qui préside l'agglomération ?"}, headers=said("Zoé"), follow_redirects=True)
    assert page.status_code == 200
    elsewhere = browser.application.test_client()
    assert "Qui préside l&#39;agglomération" in elsewhere.get("/", headers=said("Zoé")).text
    assert "Qui préside l&#39;agglomération ?</a>" not in elsewhere.get("/", headers=said("Zoë")).text
    assert not browser.get_cookie("qa_owner")


@pytest.mark.parametrize("peer", ["10.1.2.3", "::ffff:10.1.2.3", "127.0.0.1"])
def test_listed_addresses_are_believed(peer: str, browser: FlaskClient) -> None:
    """By the address of the connection, whatever it forwards."""
    assert browser.get("/", headers=said("Zoé"), environ_base={"REMOTE_ADDR": peer}).status_code == 200


@pytest.mark.parametrize("peer", ["10.2.0.1", "203.0.113.9", "", "x", "::1"])
def test_no_other_address_is_believed(peer: str, browser: FlaskClient) -> None:
    """Nor one that says it forwards for a listed one."""
    headers = {**said("Zoé", "dsi"), "X-Forwarded-For": "10.1.2.3"}
    response = browser.get("/", headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert response.status_code == 401
    assert "adresse habituelle" in response.text


@pytest.mark.parametrize("user", ["", "  ", "zoe, root", "zoe,root"])
def test_nobody_or_two_at_once_are_refused(user: str, browser: FlaskClient) -> None:
    """A client that sends the header itself has it joined to that of the proxy."""
    assert browser.get("/", headers=said(user)).status_code == 401


@pytest.mark.parametrize(
    ("groups", "status"), [("", 403), ("lecteurs", 403), ("accueil, rédaction", 200), ("communication", 200), ("dsi", 200)]
)
def test_groups_give_roles(groups: str, status: int, browser: FlaskClient) -> None:
    """Names with accents too."""
    assert browser.get("/corrections", headers=said("Zoé", groups)).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Referer": "https://example.org/page"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Referer": "http://localhost/aide"}, 200),
    ],
)
def test_no_other_site_acts_for_whom_the_proxy_knows(headers: dict[str, str], status: int, browser: FlaskClient) -> None:
    """The proxy adds the name to whatever page the browser sends from."""
    sent = {**said("Zoé"), **headers} if "Sec-Fetch-Site" in headers else {**said("Zoé"), "Sec-Fetch-Site": "", **headers}
    assert browser.post("/api/v1/questions", json={"question": "Qui préside ?"}, headers=sent).status_code == status
    assert browser.get("/", headers=sent).status_code == 200


def test_a_correction_names_its_author(browser: FlaskClient) -> None:
    """As the proxy calls them, to whoever gets the verified answer."""
    quote = "8 chats ont été restitués à leurs propriétaires"
    form = {"question": "Combien de chats rendus ?", "document": SLUG, "told": "8 chats", "quote": quote}
    assert browser.post("/corrections", data=form, headers=said("Zoé", "dsi")).status_code == 303
    told = browser.post("/api/v1/questions", json={"question": "Combien de chats rendus ?"}, headers=said("Ana")).json
    assert told
    assert told["verified"]["author"] == "Zoé"
