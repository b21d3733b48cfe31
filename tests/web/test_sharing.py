"""A conversation shared by a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.service import QAService
from qa_service.settings import Settings
from tests.web.conftest import running

QUESTION = "Combien d'agents ont suivi une formation ?"


@pytest.fixture
def app(kept_in: Settings, service: QAService) -> Iterator[Flask]:
    """The application, its conversations in SQLite or in PostgreSQL."""
    with running(kept_in, service) as app:
        yield app


@pytest.fixture
def address(client: FlaskClient) -> str:
    """A conversation of this browser's."""
    return client.post("/", data={"question": QUESTION}).location.partition("#")[0]


def link(client: FlaskClient, address: str) -> str:
    """Share a conversation and return its link."""
    page = client.post(f"{address}/partager", follow_redirects=True).text
    found = re.search(r'href="(/partage/p_[\w-]{22})"', page)
    assert found
    return found[1]


def test_whoever_has_the_link_reads_it(client: FlaskClient, stranger: FlaskClient, address: str) -> None:
    """The answer with its quote, and nothing to write with; what is asked later is there too."""
    shared = link(client, address)
    page = stranger.get(shared).text
    assert "<mark>76 agents ont suivi une formation</mark>" in page
    assert "<form" not in page
    assert address.rpartition("/")[2] not in page
    client.post("/", data={"question": "Et en 2020 ?", "conversation_id": address.rpartition("/")[2]})
    assert stranger.get(shared).text.count('<article class="turn"') == 2
    assert link(client, address) == shared


def test_a_link_withdrawn_leads_nowhere(client: FlaskClient, stranger: FlaskClient, address: str) -> None:
    """And says so; another link is another; it ends with its conversation."""
    shared = link(client, address)
    client.post(f"{address}/ne-plus-partager")
    gone = stranger.get(shared)
    assert gone.status_code == 404
    assert "son auteur l&#39;a retiré" in gone.text
    again = link(client, address)
    assert again != shared
    client.post(f"{address}/supprimer")
    assert stranger.get(again).status_code == 404
    assert stranger.get("/partage/" + "x" * 3000).status_code == 404


def test_only_its_owner_shares_it(client: FlaskClient, stranger: FlaskClient, address: str) -> None:
    """Others find nothing to share or to withdraw."""
    shared = link(client, address)
    for act in ("partager", "ne-plus-partager"):
        assert stranger.post(f"{address}/{act}").status_code == 404
    assert stranger.get(shared).status_code == 200
