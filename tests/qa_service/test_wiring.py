"""From settings to a service."""

from __future__ import annotations

from pathlib import Path

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from qa_service.settings import Settings
from qa_service.wiring import load_service
from tests.support.serving import build_made_up


@pytest.fixture
def made_up(tmp_path: Path) -> Settings:
    """Settings over the made-up report, built."""
    return build_made_up(tmp_path)


def test_the_matrices_have_one_thread(made_up: Settings) -> None:
    """Whatever the process had before: with more an answer takes five times as long."""
    with threadpool_limits(2, user_api="blas"):
        load_service(made_up)
        threads = [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]
    assert threads
    assert set(threads) == {1}
