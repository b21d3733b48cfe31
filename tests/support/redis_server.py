"""A real Redis server for the run of the tests: Debian's, on a free port, in a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from redis import Redis
from redis.exceptions import ConnectionError as NotReachedError

from evaluation.over_http import free_port

PASSWORD = "mot/de:passe@à-ne-pas-montrer"  # every character that an address must encode
ENCODED = "mot%2Fde%3Apasse%40%C3%A0-ne-pas-montrer"
READY_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class RedisServer:
    """A server that runs."""

    port: int

    @property
    def url(self) -> str:
        """The address, as an administrator writes it into `QA_LIMITER_STORE`."""
        return f"redis://:{ENCODED}@127.0.0.1:{self.port}/0"

    def counted(self) -> list[str]:
        """Return what is counted."""
        with Redis.from_url(self.url) as client:
            return sorted(key.decode() for key in client.scan_iter())


@contextmanager
def running_redis(port: int | None = None) -> Iterator[RedisServer]:
    """Yield a server, ready, on `port` or a free one; it ends with the block, and what it kept with it."""
    program = shutil.which("redis-server")
    if program is None:
        raise RuntimeError("Redis is not installed: make debian")
    server = RedisServer(port or free_port())
    options = ("--bind", "127.0.0.1", "--port", str(server.port), "--save", "", "--requirepass", PASSWORD)
    with (
        TemporaryDirectory(prefix="qa-redis-") as folder,
        subprocess.Popen([program, *options], cwd=folder, stdout=subprocess.DEVNULL) as process,
    ):
        try:
            _wait(server, process)
            yield server
        finally:
            process.terminate()


def _wait(server: RedisServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while True:
        try:
            server.counted()
        except NotReachedError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
