"""Which worker takes a client in."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.serving import TIMEOUT_S, Server, build_made_up, serving
from web.serving.worker_load import ClientCounts


def clients_of_workers(server: Server) -> list[int]:
    """Return how many connections each worker has, the fewest first."""
    pid = server.process.pid
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return sorted(sum(map(is_socket, Path(f"/proc/{worker}/fd").iterdir())) - 1 for worker in workers)  # but the listening one


def is_socket(file: Path) -> bool:
    """Tell whether an open file is a socket; one that is closed meanwhile is none."""
    try:
        return str(file.readlink()).startswith("socket:")
    except FileNotFoundError:
        return False


def test_clients_are_shared_out(tmp_path: Path) -> None:
    """Whether they come one after the other or at once."""
    settings = build_made_up(tmp_path)
    with serving(settings.var_dir, "--workers", "2", QA_SEEDS_DIR=str(settings.seeds_dir)) as server, ExitStack() as stack:

        def connect(pause_s: float) -> socket.socket:
            time.sleep(pause_s)
            return stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))

        def settled(wanted: list[int]) -> bool:
            deadline = time.monotonic() + TIMEOUT_S
            while clients_of_workers(server) != wanted and time.monotonic() < deadline:
                time.sleep(0.05)
            return clients_of_workers(server) == wanted

        assert settled([0, 0])
        one_by_one = [connect(0.05) for _ in range(8)]
        assert settled([4, 4]), clients_of_workers(server)
        at_once = [connect(0) for _ in range(8)]
        assert settled([8, 8]), clients_of_workers(server)
        for client in (*one_by_one, *at_once):
            client.close()
        assert settled([0, 0]), clients_of_workers(server)


@pytest.mark.parametrize(("mine", "give_way"), [(0, False), (2, False), (3, True), (9, True)])
def test_who_has_more_gives_way(mine: int, give_way: bool) -> None:
    """To who takes clients in, not to who does no more."""
    counts = ClientCounts()
    counts.tell(1, 2)
    counts.tell(2, 5)
    counts.tell(3, 0)
    counts.forget(3)
    assert counts.someone_has_fewer(mine) is give_way
