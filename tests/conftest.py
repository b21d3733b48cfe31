"""What all tests share: the real report, read and indexed once a run."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from index.reading.limits import Limits
from index.reading.report import Report, read_report
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "rapport-activites-2021"

# The suite tries the same few cases each time; `make fuzz` tries many, and others each time.
_PATIENT = hypothesis_settings(deadline=None, suppress_health_check=list(HealthCheck))
hypothesis_settings.register_profile("suite", max_examples=300, derandomize=True, database=None, parent=_PATIENT)
hypothesis_settings.register_profile("fuzz", max_examples=6_000, parent=_PATIENT)
hypothesis_settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the pictures of the pages be kept elsewhere."""
    parser.addoption("--screenshots", default="var/screenshots", help="folder for the pictures of the pages")


@pytest.fixture(scope="session")
def report() -> Report:
    """The 2021 report, read from its seed folder."""
    return read_report(SEED, limits=Limits())


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose index of the real report stands in a folder of the run."""
    settings = Settings(var_dir=tmp_path_factory.mktemp("var"), seeds_dir=ROOT / "seeds")
    for _ in build_indexes(settings, lambda _step: None):
        pass
    return settings


@pytest.fixture(scope="session")
def service(settings: Settings) -> QAService:
    """The whole service over the real report."""
    return load_service(settings)


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """A test that has the log written somewhere leaves it to the next one as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sees no QA_ variable but its own."""
    for name in [name for name in os.environ if name.startswith("QA_")]:
        monkeypatch.delenv(name)
