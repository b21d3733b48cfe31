"""What the log writes, read back."""

from __future__ import annotations

import json
from typing import Any

import pytest


class Written:
    """What was written to stderr since the test began."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured
        self._text = ""

    def text(self) -> str:
        """Return all of it."""
        self._text += self._captured.readouterr().err
        return self._text

    def lines(self) -> list[dict[str, Any]]:
        """Return each line as the JSON object that it is."""
        return [json.loads(line) for line in self.text().splitlines()]
