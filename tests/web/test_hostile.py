"""Whatever is sent, the service does not fail, and nobody sees what is another's: against the real server."""

from __future__ import annotations

import csv
import json
import re
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from docx import Document
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from qa_service.settings import Settings
from tests.support.hostile import Route, requests, routes_of
from tests.support.hostile_values import TEXTS
from tests.support.raw_http import exchange, request
from tests.support.serving import Server, build_made_up, serving
from web.app import create_app

OWNER = secrets.token_urlsafe(32)
UNKNOWN_CODING = 501  # RFC 9112: what a server says to a transfer coding that it does not know
SECRET = "Xylophage4721"  # in the question of somebody else


@dataclass(frozen=True)
class Target:
    """A running server that keeps somebody's conversation; its routes, and names that exist in it, the conversation's too."""

    server: Server
    routes: tuple[Route, ...]
    values: tuple[str, ...]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The server over the made-up report; what it logged as failed fails the test."""
    folder = tmp_path_factory.mktemp("made_up")
    settings = build_made_up(folder)
    routes = routes_of(create_app(Settings(var_dir=folder / "none")))
    with serving(settings.var_dir, QA_SEEDS_DIR=str(settings.seeds_dir)) as server:
        body = json.dumps({"question": f"Combien de jardins partagés pour {SECRET} ?"}).encode()
        headers = (("Content-Type", "application/json"), ("Cookie", f"qa_owner={OWNER}"))
        told = exchange(server.port, request("POST", "/api/v1/questions", *headers, body=body))
        assert SECRET.encode() in told.content
        answer = json.loads(told.content.partition(b"\r\n\r\n")[2])
        known = (answer["conversation_id"], answer["id"], answer["citations"][0]["passage_id"])
        yield Target(
            server, routes, (*known, "rapport-2019", "rapport-2019/s1", "1", "2", "csv", "xlsx", "md", "docx", "qa-service")
        )
    assert [line for line in server.lines if "traceback" in line] == []


def test_no_hostile_request_gets_a_failure_or_what_is_anothers(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is in address, headers and body: an answer below 500, or none, and never the words of somebody else."""
    statuses: Counter[int | None] = Counter()
    hostile = requests(target.routes, target.values)

    @given(st.data())
    def sends(data: st.DataObject) -> None:
        sent = data.draw(hostile)
        reply = exchange(target.server.port, sent)
        statuses[reply.status] += 1
        assert (reply.status or 0) < 500 or reply.status == UNKNOWN_CODING, reply.content[-500:]
        assert SECRET.encode() not in reply.content

    sends()
    with capsys.disabled():
        sys.stdout.write(f"\n{statuses.total()} hostile requests, answered {dict(sorted(statuses.items(), key=str))}\n")


def test_what_was_typed_does_nothing_in_pages_and_files(client: FlaskClient) -> None:
    """Shown as it was typed: no HTML, no template, no formula; each file can be read."""

    def asks(text: str, conversation_id: str = "") -> bool:
        written = quote(text.encode("utf-8", "surrogatepass"))
        form = f"question={written}&conversation_id={conversation_id}"
        return client.post("/", data=form, content_type="application/x-www-form-urlencoded").status_code == 303

    asked = list(filter(asks, TEXTS))
    (first, *_) = shown = client.get("/api/v1/conversations").get_json()["conversations"]
    assert len(shown) == len(asked) > 30
    assert all(asks(text, first["id"]) for text in asked)
    address = f"/conversations/{first['id']}"
    page, markdown = client.get(address).text, client.get(f"{address}/export.md").text
    assert not re.search(r"<script>alert|<img src=x|<!ENTITY", page)
    assert not re.search(r"(?<!\\)<", markdown)
    assert "{{7*7}}{{config}}" in page
    rows = list(csv.reader(StringIO(client.get(f"{address}/export.csv").text), delimiter=";"))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    word = Document(BytesIO(client.get(f"{address}/export.docx").data))
    assert "{{7*7}}{{config}}" in {paragraph.text for paragraph in word.paragraphs}


def test_every_answer_keeps_to_the_openapi_document(
    target: Target, tmp_path: Path, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    """No failure, no status, type or body that is not described; what is described as valid is taken, and nothing else."""
    chosen = hypothesis_settings()
    extent = ["--phases", "examples,coverage", "--seed", "1"] if chosen.derandomize else ["-n", str(chosen.max_examples // 20)]
    program, config = str(Path(sys.executable).with_name("st")), str(pytestconfig.rootpath / "schemathesis.toml")
    address = f"{target.server.url}/api/v1/openapi.json"
    command = [program, "--config-file", config, "run", address, *extent, "--header", "Via:1.1 proxy"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    with capsys.disabled():
        sys.stdout.write("\n".join(re.findall(r" *(?:Tested|\d+ generated).*", done.stdout)) + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
