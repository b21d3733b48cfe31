"""Which worker takes a client in."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
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


def client_of(server: Server) -> socket.socket:
    """Return a connection on which nothing is asked."""
    return socket.create_connection(("127.0.0.1", server.port))


def both_have_clients_with_one_more(server: Server, stack: ExitStack) -> bool:
    """Connect once more, and tell whether each of two workers has a client."""
    stack.enter_context(client_of(server))
    return sum(count > 0 for count in clients_of_workers(server)) == 2


def has_clients(server: Server, number: int) -> bool:
    """Tell whether the workers have taken in so many."""
    return sum(clients_of_workers(server)) == number


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for a state of the workers; fail where it does not come."""
    deadline = time.monotonic() + TIMEOUT_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_clients_are_shared_out(tmp_path: Path) -> None:
    """By themselves most would go to the one that is woken first."""
    settings = build_made_up(tmp_path)
    with serving(settings.var_dir, "--workers", "2", QA_SEEDS_DIR=str(settings.seeds_dir)) as server:
        with ExitStack() as stack:  # until the second worker, which starts later, takes its first
            wait_until(lambda: both_have_clients_with_one_more(server, stack))
        wait_until(lambda: clients_of_workers(server) == [0, 0])
        with ExitStack() as stack:
            for number in range(1, 33):
                stack.enter_context(client_of(server))
                wait_until(partial(has_clients, server, number))
            # As many, where the machine is idle: a worker that is kept from its turn for 2 ms loses it, until the next one.
            assert min(clients_of_workers(server)) >= 15
        wait_until(lambda: clients_of_workers(server) == [0, 0])


@pytest.mark.parametrize(("mine", "give_way"), [(0, False), (2, False), (3, True), (9, True)])
def test_who_has_more_gives_way(mine: int, give_way: bool) -> None:
    """To who takes clients in, not to who does no more."""
    counts = ClientCounts()
    counts.tell(1, 2)
    counts.tell(2, 5)
    counts.tell(3, 0)
    counts.forget(3)
    assert counts.someone_has_fewer(mine) is give_way
