"""Clients that ask a real server without pause: what they count as an answer, and what not."""

from __future__ import annotations

from pathlib import Path

from evaluation.benchmarks.load import ask_all
from tests.support.serving import build_made_up, serving


def test_answers_and_errors_are_counted(tmp_path: Path) -> None:
    """Up to the limit that the server has been set they are answers, beyond it errors."""
    settings = build_made_up(tmp_path)
    environ = {"QA_SEEDS_DIR": str(settings.seeds_dir), "QA_RATE_LIMIT": "20/hour"}
    with serving(settings.var_dir, **environ) as server:
        load = ask_all(server.url, ["Qui préside ?", "Combien d'habitants ?"], clients=3, seconds=1.0)
    assert len(load.answers_ms) == 20
    assert load.errors > 0
    assert load.seconds >= 1.0
    assert load.per_second == 20 / load.seconds
