"""How long a question takes over HTTP, asked of the real server as any client asks it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from pydantic import TypeAdapter

from evaluation.cases import Case, CaseSet
from evaluation.errors import EvaluationError

READY_TIMEOUT_S = 60
_REQUEST_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class _Reply:
    conversation_id: str


@contextmanager
def running_server(*, workers: int = 1, settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """Yield the address of `qa-service serve` on a free port, ready and without rate limit; it ends with the block.

    `settings` are variables of its environment.

    Raises:
        EvaluationError: the server is not ready within `READY_TIMEOUT_S`.
    """
    port = free_port()
    command = [str(Path(sys.executable).with_name("qa-service")), "serve", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(workers)]
    environment = {**os.environ, "QA_RATE_LIMIT": "off", **settings}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def measure(base_url: str, case_set: CaseSet) -> Iterator[float]:
    """Yield the milliseconds of each case's own question, earlier questions asked first in the same conversation.

    Raises:
        EvaluationError: the server does not answer, or not with an answer.
    """
    for case in case_set.cases:
        yield _measure_case(base_url, case, case_set.document)


def _measure_case(base_url: str, case: Case, document: str) -> float:
    body = {"document": document} if document else {}
    for earlier in case.history:
        body["conversation_id"] = _ask(base_url, {**body, "question": earlier})
    start = perf_counter()
    conversation_id = _ask(base_url, {**body, "question": case.question})
    elapsed_ms = (perf_counter() - start) * 1000
    # The server keeps conversations for its users: those of a measure are no one's.
    _send(Request(f"{base_url}/api/v1/conversations/{conversation_id}", method="DELETE"))
    return elapsed_ms


def _ask(base_url: str, body: dict[str, str]) -> str:
    """Return the identifier of the conversation in which the question was answered."""
    request = Request(f"{base_url}/api/v1/questions", json.dumps(body).encode(), {"Content-Type": "application/json"})
    return TypeAdapter(_Reply).validate_json(_send(request)).conversation_id


def _send(request: Request) -> bytes:
    try:
        with urlopen(request, timeout=_REQUEST_TIMEOUT_S) as response:  # nosec B310  # who measures names the service
            body: bytes = response.read()
            return body
    except HTTPError as error:
        with error:
            raise EvaluationError(f"{request.full_url} répond {error.code} : {error.read().decode()}") from None
    except URLError as error:
        raise EvaluationError(f"{request.full_url} ne répond pas : {error.reason}") from None


def _wait_until_ready(base_url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while True:
        try:
            _send(Request(f"{base_url}/health/ready"))
        except EvaluationError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
