"""What those who ask think of the answers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from qa_service.service import QAService
from qa_service.settings import Settings
from tests.web.conftest import running
from web.conversations import ConversationStore
from web.feedback_command import feedback
from web.storage.schema import opened

QUESTION = "Combien d'agents ont suivi une formation ?"


@pytest.fixture
def app(kept_in: Settings, service: QAService) -> Iterator[Flask]:
    """The application, its conversations in SQLite or in PostgreSQL."""
    with running(kept_in, service) as app:
        yield app


@pytest.fixture
def question_id(client: FlaskClient) -> str:
    """An answered question of this browser's."""
    address = client.post("/", data={"question": QUESTION}).location.partition("#")[0]
    turns = client.get(f"/api/v1{address}").get_json()["turns"]
    return str(turns[0]["id"])


def test_an_opinion_is_kept_and_shown(client: FlaskClient, question_id: str) -> None:
    """With the answer; the form leads back to it; a second thought takes the place of the first."""
    for verdict, comment in (("wrong", "Il manque <b>2020</b>"), ("right", "")):
        response = client.post("/avis", data={"question_id": question_id, "verdict": verdict, "comment": comment})
        assert (response.status_code, response.location.endswith(f"#{question_id}")) == (303, True)
        page = client.get(response.location).text
        assert f'value="{verdict}" aria-pressed="true"' in page
        assert page.count('aria-pressed="true"') == 1
        assert "<b>2020</b>" not in page


def test_a_program_gives_one_too(client: FlaskClient, question_id: str) -> None:
    """201, and what was kept."""
    given = {"question_id": question_id, "verdict": "incomplete", "comment": " Et 2020 ? "}
    response = client.post("/api/v1/feedback", json=given)
    assert (response.status_code, response.get_json()) == (201, {"verdict": "incomplete", "comment": "Et 2020 ?"})


def test_it_is_for_one_s_own_answers(client: FlaskClient, stranger: FlaskClient, question_id: str) -> None:
    """Another's question is as unknown as one that does not exist; a wrong field is named."""
    given = {"question_id": question_id, "verdict": "right"}
    assert stranger.post("/api/v1/feedback", json=given).status_code == 404
    assert client.post("/api/v1/feedback", json={**given, "question_id": "q_none"}).status_code == 404
    for wrong in ({"verdict": "perfect"}, {"comment": "x" * 1001}, {"question_id": ""}, {"stars": 5}, {"comment": "\x00"}):
        assert client.post("/api/v1/feedback", json={**given, **wrong}).status_code == 422
        assert client.post("/avis", data={**given, **wrong}).status_code == 422


def test_those_who_keep_the_service_read_it(
    client: FlaskClient, question_id: str, kept_in: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As CSV, in which nothing is a formula; it goes with its conversation."""
    client.post("/avis", data={"question_id": question_id, "verdict": "wrong", "comment": "=1+1\r\nfaux"})
    monkeypatch.setenv("QA_VAR_DIR", str(kept_in.var_dir))
    monkeypatch.setenv("QA_DATABASE_URL", kept_in.database_url)
    (row,) = csv.DictReader(StringIO(CliRunner().invoke(feedback).stdout), delimiter=";")
    assert (row["Avis"], row["Remarque"], row["Question"]) == ("fausse", "'=1+1 faux", QUESTION)
    out = tmp_path / "avis.csv"
    assert CliRunner().invoke(feedback, ["--out", str(out)]).exit_code == 0
    assert QUESTION in out.read_text(encoding="utf-8-sig")
    assert "ne s'écrit pas" in CliRunner().invoke(feedback, ["--out", str(tmp_path / "no" / "avis.csv")]).output
    (summary,) = client.get("/api/v1/conversations").get_json()["conversations"]
    client.delete(f"/api/v1/conversations/{summary['id']}")
    with opened(kept_in) as engine:
        assert ConversationStore(engine).judged() == ()
