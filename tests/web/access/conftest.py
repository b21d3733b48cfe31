"""A service that lets in those who have a token, or whom a proxy names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.access import AccessMode
from qa_service.service import QAService
from qa_service.settings import Settings
from tests.web.conftest import running
from web.state import EXTENSION

KEY = "0123456789abcdef" * 2
Headers = dict[str, str]


@contextmanager
def guarded(service: QAService, folder: Path, access: AccessMode, **settings: object) -> Iterator[Flask]:
    """Yield the application with this access mode."""
    base = Settings(var_dir=folder, rate_limit="off", proxy_addresses="127.0.0.1, 10.1.0.0/16")
    changed = replace(base, access=access, secret_key=KEY, **settings)  # type: ignore[arg-type]  # each is a field
    with running(changed, service) as app:
        yield app


@pytest.fixture(scope="module")
def by_token(service: QAService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application for programs with tokens."""
    with guarded(service, tmp_path_factory.mktemp("token"), AccessMode.TOKEN) as app:
        yield app


@pytest.fixture
def programs(by_token: Flask) -> FlaskClient:
    """A client of it, without cookies."""
    return by_token.test_client(use_cookies=False)


@pytest.fixture(scope="module")
def bearer(by_token: Flask) -> Callable[..., Headers]:
    """Makes a token, and gives the headers that carry it."""

    def made(role: str = "reader", *, days: int = 1) -> Headers:
        _, secret = by_token.extensions[EXTENSION].tokens.create("Essai", role, days=days)
        return {"Authorization": f"Bearer {secret}"}

    return made
