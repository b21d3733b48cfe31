"""What is told of each request, and what is not."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from qa_service.service import QAService
from qa_service.settings import LogFormat, Settings
from tests.support.logged import Written
from web.app import create_app
from web.logs import configure

QUESTION = "Combien de chiens la fourrière a-t-elle recueillis ?"


def observed(tmp_path: Path, service: QAService, *, log_questions: bool = False) -> FlaskClient:
    """Return a browser of an application that logs as the settings say, and has a route that fails."""
    settings = Settings(var_dir=tmp_path, rate_limit="off", log_questions=log_questions, log_format=LogFormat.JSON)
    configure(settings)
    app = create_app(settings, service=service)

    @app.get("/<kind>/broken")
    def broken(kind: str) -> str:
        raise ZeroDivisionError(kind)

    return app.test_client()


def told(written: Written, event: str = "request") -> list[dict[str, Any]]:
    """Return the log's lines of an event."""
    return [line for line in written.lines() if line["event"] == event]


def test_a_request_is_one_line(tmp_path: Path, service: QAService, written: Written) -> None:
    """With the rule in place of the address, and the time that it took."""
    observed(tmp_path, service).get("/api/v1/conversations/c_1?q=secret", headers={"X-Request-Id": "abc-1.2_3"})
    (line,) = told(written)
    assert (line["level"], line["request_id"], line["method"]) == ("info", "abc-1.2_3", "GET")
    assert (line["route"], line["status"]) == ("/api/v1/conversations/<conversation_id>", 404)
    assert 0 < line["duration_ms"] < 10_000
    assert "c_1" not in written.text()
    assert "secret" not in written.text()


def test_an_answer_is_told_without_its_question(tmp_path: Path, service: QAService, written: Written) -> None:
    """Its status, kind and confidence, and how long each stage took; neither who asked nor what."""
    client = observed(tmp_path, service)
    client.post("/", data={"question": QUESTION})
    client.post("/api/v1/questions", json={"question": QUESTION})
    client.post("/api/v1/questions", json={"question": "Bonjour"})
    page, api, hello = (line["answer"] for line in told(written))
    assert (page["status"], page["kind"]) == (api["status"], api["kind"]) == ("answered", "figure")
    assert api["confidence"] > 0.5
    assert list(api["stages_ms"]) == ["wait", "understand", "rank", "answer", "store"]
    assert list(hello["stages_ms"]) == ["wait", "understand", "store"]
    cookie = client.get_cookie("qa_owner")
    assert cookie
    for kept in ("chiens", "fourrière", "127.0.0.1", cookie.value):
        assert kept not in written.text()


def test_by_leave_it_tells_who_asked_what(tmp_path: Path, service: QAService, written: Written) -> None:
    """The address and the question, and a mark of the owner that opens nothing."""
    client = observed(tmp_path, service, log_questions=True)
    client.post("/", data={"question": QUESTION})
    client.post("/", data={"question": QUESTION})
    line = told(written)[-1]
    assert (line["client"], line["question"]) == ("127.0.0.1", QUESTION)
    assert re.fullmatch(r"[0-9a-f]{12}", line["owner"])
    cookie = client.get_cookie("qa_owner")
    assert cookie
    assert cookie.value not in written.text()


@pytest.mark.parametrize("given", ["", "a b", "<script>", "x" * 65, "é"])
def test_an_odd_id_is_replaced(client: FlaskClient, given: str) -> None:
    """The response has the id that the log has: one that is safe to write."""
    returned = client.get("/health/live", headers={"X-Request-Id": given}).headers["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{16}", returned)


def test_each_request_has_its_id(client: FlaskClient) -> None:
    """A client that gives none gets another each time, and so does one that is refused or served an asset."""
    paths = ["/health/live", "/health/live", "/nulle-part", "/static/chat.js"]
    assert len({client.get(path, buffered=True).headers["X-Request-Id"] for path in paths}) == 4


def test_a_bug_is_logged_and_its_id_shown(tmp_path: Path, service: QAService, written: Written) -> None:
    """The page and the document give the id under which the log has the traceback; no address is told."""
    client = observed(tmp_path, service)
    page = client.get("/secret/broken")
    document = client.get("/secret/broken", headers={"X-Requested-With": "fetch"}).get_json()
    first, second = told(written, "unexpected error")
    assert f"<code>{first['request_id']}</code>" in page.text
    assert document["request_id"] == second["request_id"] == told(written)[1]["request_id"]
    assert (first["route"], first["level"]) == ("/<kind>/broken", "error")
    assert first["traceback"].endswith("\nZeroDivisionError")
    assert "secret" not in written.text()


def test_refusals_give_the_id(client: FlaskClient) -> None:
    """Whoever reports a problem can say which request it was."""
    response = client.get("/nulle-part", headers={"X-Request-Id": "r-1"})
    assert "<code>r-1</code>" in response.text
    document = client.get("/api/v1/none", headers={"X-Request-Id": "r-2"})
    assert document.headers["X-Request-Id"] == "r-2"
    assert "request_id" not in document.get_json()
