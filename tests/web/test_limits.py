"""Limits that processes and machines count together, in a real Redis."""

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from qa_service.service import QAService
from qa_service.settings import Settings
from tests.support.redis_server import PASSWORD, RedisServer, running_redis
from web.app import create_app

UNREACHABLE = "Rate limit storage unreachable - falling back to in-memory storage"


def limited(tmp_path: Path, service: QAService, store: str) -> Flask:
    """Return an application that takes three questions a minute, as one of several processes makes it."""
    settings = Settings(var_dir=tmp_path, rate_limit="3/minute", trusted_proxies=1, limiter_store=store)
    return create_app(settings, service=service)


def asked(app: Flask, address: str) -> int:
    """Return the status of a question from a client's address."""
    headers = {"X-Forwarded-For": address}
    return app.test_client().post("/api/v1/questions", json={"question": "?"}, headers=headers).status_code


def test_processes_count_together(tmp_path: Path, service: QAService, redis_server: RedisServer) -> None:
    """Whichever is asked, a client may ask three times; another client is not concerned."""
    one, other = (limited(tmp_path, service, redis_server.url) for _ in range(2))
    assert [asked(app, "192.0.2.1") for app in (one, other, one, other, one)] == [200, 200, 200, 429, 429]
    assert asked(other, "192.0.2.2") == 200
    assert [key for key in redis_server.counted() if "192.0.2.1" in key] != []


def test_without_a_store_each_counts_by_itself(tmp_path: Path, service: QAService) -> None:
    """As documented."""
    one, other = (limited(tmp_path, service, "") for _ in range(2))
    assert [asked(app, "192.0.2.1") for app in (one, one, one, one, other)] == [200, 200, 200, 429, 200]


def test_the_service_goes_on_while_the_store_is_down(
    tmp_path: Path, service: QAService, caplog: pytest.LogCaptureFixture
) -> None:
    """It counts by itself meanwhile, says so once, without the password, and counts in the store again once that is back."""
    with running_redis() as store:
        app = limited(tmp_path, service, store.url)
        assert asked(app, "192.0.2.1") == 200
    with caplog.at_level(logging.WARNING):
        assert [asked(app, "192.0.2.1") for _ in range(4)] == [200, 200, 200, 429]
    assert [record.getMessage() for record in caplog.records if record.name == "flask-limiter"] == [UNREACHABLE]
    assert PASSWORD not in caplog.text
    assert app.test_client().get("/health/ready").status_code == 200
    with running_redis(store.port):
        deadline = time.monotonic() + 60
        while not store.counted() and time.monotonic() < deadline:
            assert asked(app, "192.0.2.3") in (200, 429)
            time.sleep(0.1)
        assert store.counted() != []


def test_a_missing_client_of_redis_is_named(tmp_path: Path) -> None:
    """The service does not start, and says what to install."""
    code = "import sys; sys.modules['redis'] = None; from web.commands import serve; serve()"
    environ = {"QA_VAR_DIR": str(tmp_path), "QA_LIMITER_STORE": "redis://h"}
    command = [sys.executable, "-c", code, "--port", "0"]
    done = subprocess.run(command, env={**os.environ, **environ}, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("installez-le (pip install redis), ou retirez QA_LIMITER_STORE.\n")
