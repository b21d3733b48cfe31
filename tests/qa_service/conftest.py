"""Services over made-up reports, whose subjects no language data know, and the command line run on them.

They are asked without cards, as a new report is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa_service.cli import main
from qa_service.model import Answer, Question, Turn
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service
from tests.support.mini import write_second_seed, write_seed
from tests.support.questions import ALL

SLUG = "val-fleuri-2019"


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


@pytest.fixture(scope="session")
def answers(service: QAService) -> dict[str, Answer]:
    """The answers to the questions of `tests.support.questions`."""
    return {question: service.ask(Question(question)) for question in ALL}


def converse(service: QAService, *questions: str) -> Answer:
    """Ask questions one after the other in one conversation, as the web does, and return the last answer."""
    history: tuple[Turn, ...] = ()
    for question in questions:
        answer = service.ask(Question(question, history))
        history = (*history, Turn(question, answer.understood_as))
    return answer


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, lines joined as a reader reads them, and its exit code."""

    code: int
    out: str
    err: str
    raw: str


Run = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Return the command line as a function of its arguments."""

    def run(*arguments: str) -> Said:
        code = main(arguments)
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return Said(code, " ".join(printed.out.split()), " ".join(printed.err.split()), printed.out)

    return run


def in_force(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings, now those of the environment."""
    monkeypatch.setenv("QA_VAR_DIR", str(settings.var_dir))
    monkeypatch.setenv("QA_SEEDS_DIR", str(settings.seeds_dir))
    monkeypatch.setenv("QA_CARDS", "on" if settings.cards else "off")
    monkeypatch.setenv("COLUMNS", "200")
    return settings


@pytest.fixture
def built(mini_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings in force with the made-up report indexed: only to be read."""
    return in_force(mini_settings, monkeypatch)


@pytest.fixture
def unbuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings in force with a seed folder of the test's own and no index."""
    write_seed(tmp_path / "seeds" / SLUG)
    return in_force(Settings(var_dir=tmp_path / "var", seeds_dir=tmp_path / "seeds", cards=False), monkeypatch)


@pytest.fixture
def own(unbuilt: Settings) -> Settings:
    """Return settings in force with a report of the test's own, indexed: to be broken."""
    return indexed(unbuilt)
