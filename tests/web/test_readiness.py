"""Whether the service says that it can answer only when it can."""

import os
from pathlib import Path

from flask import Flask

from qa_service.service import QAService
from qa_service.settings import Settings
from web.app import create_app
from web.readiness import STOPPING
from web.storage.engine import DATABASE


def test_it_is_ready_with_an_index_and_a_database(app: Flask) -> None:
    """It tells how many reports answer."""
    assert app.test_client().get("/health/ready").get_json() == {"status": "ready", "documents": 1}


def test_without_index_it_is_not(tmp_path: Path) -> None:
    """503 with the command that mends it; the process lives all the same."""
    client = create_app(Settings(var_dir=tmp_path, seeds_dir=tmp_path)).test_client()
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200


def test_without_database_it_is_not(tmp_path: Path, service: QAService) -> None:
    """A file that is no database any more is seen."""
    client = create_app(Settings(var_dir=tmp_path), service=service).test_client()
    for path in tmp_path.glob(f"{DATABASE}*"):
        path.write_bytes(os.urandom(4096))
    response = client.get("/health/ready")
    assert (response.status_code, response.get_json()["code"]) == (503, "unavailable")


def test_while_it_stops_it_is_not(app: Flask) -> None:
    """The server says so, and the check passes it on."""
    app.config[STOPPING] = lambda: True
    assert app.test_client().get("/health/ready").get_json()["detail"] == "Le service s'arrête."
    assert app.test_client().get("/health/live").status_code == 200
