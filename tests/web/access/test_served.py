"""What the real server makes of who asks: it does not start open to others, and lets nobody pass for somebody else."""

from __future__ import annotations

import http.client
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.settings import Settings
from tests.support.nginx import BEHIND
from tests.support.serving import SERVE, Server, serving
from web.storage.schema import opened
from web.storage.tokens import TokenStore


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"QA_HOST": "0.0.0.0"}, "Sur « 0.0.0.0 », d'autres peuvent atteindre le service"),
        ({"QA_TRUSTED_PROXIES": "1"}, "Derrière un proxy (QA_TRUSTED_PROXIES), d'autres peuvent"),
        ({"QA_HOST": "0.0.0.0", "QA_ACCESS": "token"}, "QA_ACCESS=token demande QA_SECRET_KEY"),
    ],
)
def test_it_does_not_start_open_to_others(environ: dict[str, str], said: str, tmp_path: Path) -> None:
    """It says what to set, and ends."""
    environment = {**os.environ, "QA_VAR_DIR": str(tmp_path), **environ}
    done = subprocess.run([*SERVE, "--port", "0"], env=environment, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert said in done.stderr
    assert "QA_SECRET_KEY" in done.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """The server for a proxy on this machine, without a report, and a token."""
    folder = tmp_path_factory.mktemp("served")
    with opened(Settings(var_dir=folder)) as engine:
        _, secret = TokenStore(engine).create("Essai", "reader", days=1)
    with serving(folder, **BEHIND) as server:
        yield server, secret


def status(server: Server, *headers: tuple[str, str], source: str = "127.0.0.1") -> int:
    """Return the status of a request with these headers, of which some may stand there twice."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30, source_address=(source, 0))
    connection.putrequest("GET", "/api/v1/conversations")
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders()
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([("X-Remote-User", "zoe")], 200),
        ([("X_Remote_User", "zoe")], 401),
        ([("X-Remote-User", "zoe"), ("X-Remote-User", "root")], 401),
        ([("X-Remote-User", "zoe"), ("X_Remote_User", "root")], 200),
        ([("Remote-User", "zoe")], 401),
        ([], 401),
    ],
)
def test_the_header_of_the_proxy(headers: list[tuple[str, str]], expected: int, server: tuple[Server, str]) -> None:
    """Is one, and written as the settings say; WSGI knows no difference between « - » and « _ »."""
    assert status(server[0], *headers) == expected


def test_another_address_is_believed_nothing(server: tuple[Server, str]) -> None:
    """Whatever it forwards; with a token it is let in."""
    served, secret = server
    said = [("X-Remote-User", "zoe"), ("X-Forwarded-For", "127.0.0.1")]
    assert status(served, *said, source="127.0.0.2") == 401
    assert status(served, ("Authorization", f"Bearer {secret}"), source="127.0.0.2") == 200
    assert status(served, ("Authorization", f"Bearer {secret}x"), source="127.0.0.2") == 401
