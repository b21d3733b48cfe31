"""The application over the whole service and the real report."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from qa_service.service import QAService
from qa_service.settings import Settings
from web.app import create_app


@pytest.fixture
def app(tmp_path: Path, service: QAService) -> Flask:
    """The application with a database of the test's own and no limit; an unexpected error fails the test."""
    app = create_app(Settings(var_dir=tmp_path, rate_limit="off"), service=service)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A browser with its own cookies."""
    with app.test_client() as client:
        yield client


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """Another browser."""
    return app.test_client()
