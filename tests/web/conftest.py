"""The application over the whole service and the real report, and a real browser to use it with."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from qa_service.service import QAService
from qa_service.settings import Settings
from tests.support.app_server import serving
from tests.support.browsing import DESK, Open
from tests.support.logged import Written
from tests.support.postgres import PostgreSQL, running_postgresql
from tests.support.redis_server import RedisServer, running_redis
from web.app import create_app
from web.state import EXTENSION

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """Debian's PostgreSQL, running."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """Debian's Redis, running."""
    with running_redis() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def kept_in(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings with a database that does not exist yet, in SQLite or PostgreSQL."""
    settings = Settings(var_dir=tmp_path / "var", rate_limit="off")
    if request.param == "sqlite":
        yield settings
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.database() as url:
        yield replace(settings, database_url=url)


@contextmanager
def running(settings: Settings, service: QAService) -> Iterator[Flask]:
    """Yield the application, whose connections end with the block; an unexpected error fails the test."""
    app = create_app(settings, service=service)
    app.testing = True
    yield app
    app.extensions[EXTENSION].retention.engine.dispose()


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


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Written:
    """What `web.logs` writes in this test once it is configured."""
    return Written(capsys)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, service: QAService) -> Iterator[str]:
    """The address of the application, served over HTTP."""
    app = create_app(Settings(var_dir=tmp_path_factory.mktemp("var"), rate_limit="off"), service=service)
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page in a browser of its own; a script error or a refused asset fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        path: str = "/", *, viewport: ViewportSize = DESK, script: bool = True, dark: bool = False, touch: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport=viewport,
            java_script_enabled=script,
            has_touch=touch,
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
