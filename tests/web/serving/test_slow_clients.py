"""Clients that send or read as they like, and requests that are none: the server as a process of its own, over bare sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic

import pytest

from tests.support.raw_http import TIMEOUT_S, exchange, read_to_end, request
from tests.support.serving import Server, build_made_up, serving
from web.serving.connections import MAX_PARTS, PATIENCE_S, SLOWEST_BYTES_S, Client
from web.serving.server import THREADS
from web.serving.slow_clients import MAX_CLIENTS, MAX_HELD_BYTES

JSON = ("Content-Type", "application/json")
QUESTION = b'{"question": "Combien de jardins partages ?"}'
ASKED = request("POST", "/api/v1/questions", JSON, body=QUESTION)
HEAD = b"POST /api/v1/questions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One process over the made-up report; a failure that it logged fails the test."""
    settings = build_made_up(tmp_path_factory.mktemp("made_up"))
    with serving(settings.var_dir, QA_SEEDS_DIR=str(settings.seeds_dir)) as server:
        yield server
    assert [line for line in server.lines if "traceback" in line] == []


def connected(port: int) -> socket.socket:
    """Return a connection that takes little at a time."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.settimeout(TIMEOUT_S)
    connection.connect(("127.0.0.1", port))
    return connection


def is_closed(connection: socket.socket) -> bool:
    """Tell whether the server has closed a connection on which it said nothing."""
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


@pytest.mark.parametrize("sent", [b"", b"GET / HT", ASKED[:-20], HEAD + b"Transfer-Encoding: chunked\r\n\r\n10\r\nabc"])
def test_half_sent_requests_keep_nobody_waiting(server: Server, sent: bytes) -> None:
    """More of them than threads, and a question is answered."""
    with ExitStack() as stack:
        for _ in range(THREADS * 5):
            stack.enter_context(connected(server.port)).sendall(sent)
        assert exchange(server.port, ASKED).status == 200


def test_clients_that_do_not_read_keep_nobody_waiting(server: Server) -> None:
    """Answers that nobody takes hold no thread."""
    asked = request("GET", "/api/v1/openapi.json").replace(b"Connection: close", b"Connection: keep-alive") * 300
    with ExitStack() as stack:
        for _ in range(THREADS * 2):
            stack.enter_context(connected(server.port)).sendall(asked)
        assert exchange(server.port, ASKED).status == 200


def test_where_there_is_no_room_who_waited_longest_goes(server: Server) -> None:
    """More half-sent requests than the process takes clients: the first is closed, the last can be finished."""
    with ExitStack() as stack:
        waiting = [stack.enter_context(connected(server.port)) for _ in range(MAX_CLIENTS + 20)]
        for connection in waiting:
            connection.sendall(ASKED[:-20])
        assert exchange(server.port, ASKED).status == 200
        assert read_to_end(waiting[0]).content == b""
        waiting[-1].sendall(ASKED[-20:])
        assert read_to_end(waiting[-1]).status == 200


def test_who_makes_the_process_hold_most_goes(server: Server) -> None:
    """Large bodies that are never whole: some are dropped, a small one is served."""
    with ExitStack() as stack:
        waiting = [stack.enter_context(connected(server.port)) for _ in range(MAX_HELD_BYTES // 10**7 + 4)]
        for connection in waiting:
            connection.sendall(HEAD + b"Content-Length: 11000000\r\n\r\n" + b" " * 10**7)
        assert exchange(server.port, ASKED).status == 200
        assert 1 < sum(map(is_closed, waiting)) < len(waiting)


def test_a_client_is_late_when_it_sends_less_than_the_slowest_rate() -> None:
    """What it sends puts its deadline off, by so many bytes a second."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        client = Client(ours, ("127.0.0.1", 1), ("127.0.0.1", 2))
        client.wait(2)  # as between two requests
        now = monotonic()
        assert not client.is_late(now + 1)
        assert client.is_late(now + 3)
        client.add(HEAD)
        now = monotonic()
        assert not client.is_late(now + PATIENCE_S - 1)
        assert client.is_late(now + PATIENCE_S + 1)
        client.add(b"Content-Length: 1000000\r\n\r\n" + b" " * SLOWEST_BYTES_S * 5)
        assert not client.is_late(now + PATIENCE_S + 4)
        assert client.is_late(now + PATIENCE_S + 6)


def test_a_request_may_come_in_any_pieces(server: Server) -> None:
    """Byte by byte, as one chunk or several."""
    assert exchange(server.port, *(ASKED[place : place + 1] for place in range(len(ASKED)))).status == 200
    chunked = HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (QUESTION[:7], QUESTION[7:]))
    assert exchange(server.port, chunked, chunks, b"0\r\n\r\n").status == 200


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    """Each with its own body, and a last one that is never whole with nothing."""
    asked = HEAD + b"Content-Length: %d\r\n\r\n" % len(QUESTION) + QUESTION
    live = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
    content = exchange(server.port, asked + live + asked + live[:-5]).content
    answers = [content.index(b'"status":"answered"'), content.index(b'"status":"live"'), content.rindex(b'"status":"answered"')]
    assert answers == sorted(answers)
    assert content.count(b"HTTP/1.1 200 OK") == 3


def test_who_asks_before_sending_is_told_to_go_on(server: Server) -> None:
    """`Expect: 100-continue` is answered before the body is there."""
    with connected(server.port) as connection:
        connection.sendall(HEAD + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(QUESTION))
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(QUESTION)
        assert read_to_end(connection).status == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n0\r\n\r\n", 400),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * (MAX_PARTS + 1000), 400),
        (HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n", 400),
        (HEAD + b"Transfer-Encoding: x\r\n\r\n", 501),
        (HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        (HEAD + b"Content-Length: 999999999999\r\n\r\n{}", 413),
        (HEAD + b"Expect: tea\r\nContent-Length: 2\r\n\r\n{}", 417),
        (HEAD + b"X-A: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (HEAD + b"X-A: a\r\n" * 200 + b"\r\n", 431),
        (HEAD + b"X-A: a\0b\r\n\r\n", 400),
        (HEAD + b"X-A : a\r\n\r\n", 400),
        (HEAD + b" folded: a\r\n\r\n", 400),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        (b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: [:::::]\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: [::1.]:80\r\nContent-Length: 0\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01", None),
        (b"\r\n" * 1000, 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nScript_Name: /y\r\nConnection: close\r\n\r\n", 200),
        ("GET /glossaire?q=é HTTP/1.1\r\nHost: x\r\n\r\n".encode(), 400),
    ],
)
def test_what_is_no_request_is_refused_as_such(server: Server, sent: bytes, status: int | None) -> None:
    """Never as a failure of the service, and the connection ends; a header that could name the path's root is none to us."""
    assert exchange(server.port, sent, half_close=status is None).status == status


def test_the_log_tells_neither_address_nor_words_of_what_is_no_request(server: Server) -> None:
    """They may be somebody's question."""
    assert exchange(server.port, "GET /glossaire?q=secrète HTTP/1.1\r\nHost: x\r\n\r\n".encode()).status == 400
    told = server.wait_for("a request that cannot be read.*")
    assert "127.0.0.1" not in str(told)
    assert "secr" not in str(told)


def test_only_a_trusted_proxy_says_that_it_is_https(server: Server) -> None:
    """A header from this very machine is no proof."""
    told = exchange(server.port, request("GET", "/", ("X-Forwarded-Proto", "https"))).content
    assert b"Strict-Transport-Security" not in told
