"""How long the stages of an answer take: what the service and its callers tell a stopwatch."""

from __future__ import annotations

from enum import StrEnum
from time import perf_counter


class Stage(StrEnum):
    """What is done between a question and its stored answer, in order."""

    WAIT = "wait"
    UNDERSTAND = "understand"
    RANK = "rank"
    ANSWER = "answer"
    STORE = "store"


class Stopwatch:
    """The seconds that each stage took, started when it is made; for one question."""

    def __init__(self) -> None:
        self.seconds: dict[Stage, float] = {}
        self._since = perf_counter()

    def lap(self, stage: Stage) -> None:
        """End a stage: it took the time since the one before ended, besides what it took before."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now
