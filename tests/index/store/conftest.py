"""A made-up report in a seed folder, and its index."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.store.report_index import ReportIndex
from tests.support.mini import build, write_seed


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """Return the seed folder of the made-up report."""
    return write_seed(tmp_path / "seeds" / "val-fleuri-2019")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the index of the made-up report stands, once built."""
    return tmp_path / "var" / "val-fleuri-2019"


@pytest.fixture
def built(seed: Path, folder: Path) -> ReportIndex:
    """Return the index of the made-up report."""
    return build(seed, folder)
