"""Services over made-up reports, whose subjects no language data know: asked without cards, as a new report is."""

from __future__ import annotations

import pytest

from qa_service.model import Answer, Question, Turn
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service
from tests.support.mini import write_second_seed, write_seed


@pytest.fixture(scope="session")
def mini_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the made-up report, indexed with the real encoder."""
    folder = tmp_path_factory.mktemp("mini")
    write_seed(folder / "seeds" / "val-fleuri-2019")
    return indexed(Settings(var_dir=folder / "var", seeds_dir=folder / "seeds", cards=False))


@pytest.fixture(scope="session")
def mini(mini_settings: Settings) -> QAService:
    """The service over the made-up report."""
    return load_service(mini_settings)


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> QAService:
    """The service over two made-up reports of two authorities."""
    folder = tmp_path_factory.mktemp("pair")
    write_seed(folder / "seeds" / "val-fleuri-2019")
    write_second_seed(folder / "seeds" / "bourg-neuf-2020")
    return load_service(indexed(Settings(var_dir=folder / "var", seeds_dir=folder / "seeds", cards=False)))


def indexed(settings: Settings) -> Settings:
    """Return the settings, the index of each of their reports built."""
    for _ in build_indexes(settings, lambda _step: None):
        pass
    return settings


def converse(service: QAService, *questions: str) -> Answer:
    """Ask questions one after the other in one conversation, as the web does, and return the last answer."""
    history: tuple[Turn, ...] = ()
    for question in questions:
        answer = service.ask(Question(question, history))
        history = (*history, Turn(question, answer.understood_as))
    return answer
