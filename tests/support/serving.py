"""The real server as a process of its own, with what it logs."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

from qa_service.settings import Settings
from qa_service.wiring import build_indexes
from tests.support.mini import write_seed

SERVE = [sys.executable, "-c", "from web.commands import serve; serve()"]
TIMEOUT_S = 60


class Server:
    """`qa-service serve` on a free port; `lines` are its log, each a JSON object, as far as it was waited for."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.killed = False
        self.lines: list[dict[str, Any]] = []
        self._unread: SimpleQueue[str] = SimpleQueue()
        self._reader = Thread(target=self._read)
        self._reader.start()
        self.url: str = self.wait_for("serving")["url"]
        self.port = int(self.url.rpartition(":")[2])

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self._unread.put(line)

    def wait_for(self, event: str) -> dict[str, Any]:
        """Return the next line whose event is as the pattern `event` says."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                self.lines.append(json.loads(self._unread.get(timeout=1)))
            except Empty:
                continue
            if re.fullmatch(event, self.lines[-1]["event"]):
                return self.lines[-1]
        raise AssertionError(f"{event!r} was not logged within {TIMEOUT_S} s: {self.lines}")

    def get(self, path: str) -> str:
        """Return what is at a path; raises HTTPError unless it is there."""
        with urlopen(self.url + path, timeout=TIMEOUT_S) as response:
            text: str = response.read().decode()
            return text

    def ask(self, question: str, **asked: str) -> dict[str, Any]:
        """Return the answer to a question; `asked` is what else its request says."""
        body = json.dumps({"question": question, **asked}).encode()
        request = Request(f"{self.url}/api/v1/questions", body, {"Content-Type": "application/json"})
        with urlopen(request, timeout=TIMEOUT_S) as response:
            answer: dict[str, Any] = json.loads(response.read())
            return answer

    def kill(self) -> None:
        """End all its processes as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.killed = True

    def stop(self) -> int:
        """Tell it to stop, and return its exit code once the log is read to its end."""
        self.process.terminate()
        code = self.process.wait(TIMEOUT_S)
        self._reader.join(TIMEOUT_S)
        while not self._unread.empty():
            self.lines.append(json.loads(self._unread.get()))
        return code


@contextmanager
def serving(var_dir: Path, *arguments: str, **environ: str) -> Iterator[Server]:
    """Yield the server over what is built in a folder; it ends with the block."""
    environment = {**os.environ, "QA_VAR_DIR": str(var_dir), "QA_RATE_LIMIT": "off", **environ}
    command = [*SERVE, "--port", "0", *arguments]
    # A session of its own, so that a failed test ends the workers too.
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            server = Server(process)
            yield server
            assert server.stop() == (-signal.SIGKILL if server.killed else 0)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def build_made_up(folder: Path) -> Settings:
    """Return settings whose index is that of the made-up report, built below `folder`."""
    settings = Settings(var_dir=folder / "var", seeds_dir=folder / "seeds")
    if not settings.seeds_dir.exists():
        write_seed(settings.seeds_dir / "rapport-2019")
    for _ in build_indexes(settings, lambda _step: None):
        pass
    return settings
