"""Two servers with one PostgreSQL and one Redis behind a real nginx: whichever answers or dies, it is one service."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPException

import pytest

from tests.support.nginx import BEHIND, Nginx, Reply, running_nginx
from tests.support.postgres import PostgreSQL
from tests.support.redis_server import running_redis
from tests.support.serving import Server, build_made_up, serving

JSON = {"Content-Type": "application/json"}
PATHS = ("/api/v1/conversations", "/api/v1/figures", "/chiffres", "/")
LIMIT = 100_000  # an hour: more than is asked here
CLIENTS = 6


@dataclass(frozen=True, slots=True)
class Machines:
    """Two servers and what stands before them."""

    servers: tuple[Server, Server]
    nginx: Nginx

    def ask(self, question: str, **asked: str) -> Reply:
        """Return the reply of whichever server nginx chooses."""
        return self.nginx.send("POST", "/api/v1/questions", json.dumps({"question": question, **asked}).encode(), JSON)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQL) -> Iterator[Machines]:
    """Both machines, each with an index folder of its own, started at once on a database that has no tables yet."""
    here = tmp_path_factory.mktemp("machines")
    with ExitStack() as stack:
        database, redis = stack.enter_context(postgresql.database()), stack.enter_context(running_redis())
        shared = {**BEHIND, "QA_DATABASE_URL": database, "QA_LIMITER_STORE": redis.url, "QA_RATE_LIMIT": f"{LIMIT}/hour"}
        started: dict[str, Server] = {}

        def start(name: str) -> None:
            settings = build_made_up(here / name)
            context = serving(settings.var_dir, **shared, QA_SEEDS_DIR=str(settings.seeds_dir))
            started[name] = stack.enter_context(context)

        threads = [threading.Thread(target=start, args=(name,)) for name in ("one", "two")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        both = started["one"], started["two"]
        nginx = stack.enter_context(running_nginx(here, *(server.port for server in both)))
        yield Machines(both, nginx)


@dataclass
class Load:
    """What clients sent, and what came of it, while they were let."""

    machines: Machines
    kept: list[tuple[str, str]] = field(default_factory=list)  # conversation and answer, acknowledged
    read: int = 0
    unread: list[object] = field(default_factory=list)  # what reading gave that was no page
    unanswered: int = 0  # questions without an answer
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Ask, go on asking in the same conversation, and read, until it is over."""
        conversation = ""
        while not self.over.is_set():
            asked = {"conversation_id": conversation} if conversation else {}
            try:
                reply = self.machines.ask("Combien d'habitants ?", **asked)
            except (OSError, HTTPException):
                reply = None
            if reply and reply.status == 200:
                answer = json.loads(reply.body)
                conversation = answer["conversation_id"]
                self.kept.append((conversation, answer["id"]))
            else:
                self.unanswered += 1
            try:
                page = self.machines.nginx.send("GET", PATHS[self.read % len(PATHS)])
                self.unread += [] if page.status == 200 else [page.status]
            except (OSError, HTTPException) as error:
                self.unread.append(error)
            self.read += 1


def test_the_limit_is_one_for_all(machines: Machines) -> None:
    """Whichever machine counted: one question less is left after each, and both have answered some."""
    left = [int(machines.ask("Combien d'habitants ?").headers["X-RateLimit-Remaining"]) for _ in range(6)]
    assert left == list(range(left[0], left[0] - 6, -1))
    assert left[0] < LIMIT
    assert all("qa_answers_total" in server.get("/metrics") for server in machines.servers)


def test_a_conversation_goes_on_wherever_it_began(machines: Machines) -> None:
    """Each machine has answered, and the conversation is whole."""
    one, two = machines.servers
    replies = [json.loads(machines.ask("Combien d'habitants ?").body) for _ in range(4)]
    conversation = replies[0]["conversation_id"]
    for _ in range(4):
        reply = machines.ask("Et en 2018 ?", conversation_id=conversation)
        assert reply.status == 200
    turns = json.loads(machines.nginx.send("GET", f"/api/v1/conversations/{conversation}").body)["turns"]
    assert len(turns) == 5
    answered = [server.get("/metrics").count('route="/api/v1/questions"') for server in (one, two)]
    assert all(answered)


def test_one_is_killed_under_load(machines: Machines) -> None:
    """Every answer that was given is there, every page is given, and of the questions only those under way then are lost."""
    load = Load(machines)
    clients = [threading.Thread(target=load.run) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    wait_until(lambda: len(load.kept) >= 30)
    machines.servers[1].kill()
    before = len(load.kept)
    wait_until(lambda: len(load.kept) >= before + 30)
    load.over.set()
    for client in clients:
        client.join()
    assert load.unread == []
    assert load.unanswered <= CLIENTS
    conversations = {conversation for conversation, _ in load.kept}
    told = {
        (conversation, turn["id"])
        for conversation in conversations
        for turn in json.loads(machines.nginx.send("GET", f"/api/v1/conversations/{conversation}").body)["turns"]
    }
    assert set(load.kept) <= told
    assert len(told) <= len(load.kept) + load.unanswered  # no question was asked of both


def wait_until(done: Callable[[], bool]) -> None:
    """Wait until something is so, for a minute at most."""
    for _ in range(1200):
        if done():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it did not come to be")
