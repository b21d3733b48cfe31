"""A gunicorn worker whose threads never wait for a client: requests are whole before a thread sees them, and the loop sends
what a client does not take at once.

Gunicorn's own threads read from the client and write to it: as many half-sent requests as there are threads, and nobody
else is served.
"""

from __future__ import annotations

import errno
import selectors
import socket
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from time import monotonic, sleep

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # gunicorn ships no annotations

from web.serving.connections import PATIENCE_S, Client, Exchange
from web.serving.worker_load import ClientCounts

LEAVING_S = 2.0  # for a client to close after its last answer: whoever closes first may cost it the end of the answer
MAX_CLIENTS = 400  # a process may open 1,024 files on most systems
GIVE_WAY_S = 0.002  # in which a worker with fewer clients takes the next one in, unless it is busy
MAX_HELD_BYTES = 64 * 1024 * 1024  # of requests not yet whole and answers not yet sent
_PIECE_BYTES = 64 * 1024
CLIENT_COUNTS = ClientCounts()  # before the workers are forked


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # as above
    """Gunicorn's threads, behind a loop that waits for the clients; where there is no room, who waited longest goes."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._clients: set[Client] = set()
        self._waiting: dict[Client, None] = {}  # those of them that the loop waits for, the longest first

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or cease to take clients in."""
        super().set_accept_enabled(enabled)
        if enabled:
            CLIENT_COUNTS.tell(self.age, self.nr_conns)
        else:
            CLIENT_COUNTS.forget(self.age)

    def accept(self, listener: socket.socket) -> None:
        """Take a client in, in the place of another one if need be."""
        if CLIENT_COUNTS.someone_has_fewer(self.nr_conns):
            sleep(GIVE_WAY_S)
        if self.nr_conns >= self.worker_connections - 1:
            self._make_room()
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._make_room()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        sock.setblocking(False)
        self.nr_conns += 1
        CLIENT_COUNTS.tell(self.age, self.nr_conns)
        client = Client(sock, address, listener.getsockname())
        self._clients.add(client)
        self._wait_for(client, selectors.EVENT_READ, self._receive, PATIENCE_S)

    def handle(self, client: Client) -> None:
        """Answer a request; runs in a thread, which has the client to itself."""
        exchange = Exchange(self.cfg, client)
        client.keep = bool(super().handle(exchange)) and client.is_whole
        client.received = bytearray()
        client.reply = memoryview(bytes(exchange.sock.content))
        client.send()

    def finish_request(self, client: Client, done: Future[None]) -> None:
        """Send what the thread could not; runs in the loop."""
        if done.cancelled() or done.exception():
            self._close(client)
        elif client.reply:
            self._wait_for(client, selectors.EVENT_WRITE, self._send, PATIENCE_S)
        else:
            self._answered(client)

    def murder_pending(self) -> None:
        """Close the connections whose time is over; gunicorn calls this about once a second."""
        now = monotonic()
        for client in [client for client in self._waiting if client.is_late(now)]:
            self._drop(client)

    def _cap_keepalive(self, deadline: float) -> None:
        """Give those who sent nothing yet until `deadline`: the worker takes its leave."""
        for client in self._waiting:
            if not client.held:
                client.wait(min(client.patience_s, deadline - monotonic()))

    def _receive(self, client: Client, _: object) -> None:
        data = b""
        with suppress(OSError):
            data = client.sock.recv(_PIECE_BYTES)
        if data:
            self._take(client, data)
        else:
            self._drop(client)

    def _take(self, client: Client, data: bytes) -> None:
        if client.add(data):
            self._leave(client)
            self.enqueue_req(client)
        else:
            self._spare_memory(client)

    def _send(self, client: Client, _: object) -> None:
        try:
            if client.send():
                self._leave(client)
                self._answered(client)
        except OSError:
            self._drop(client)

    def _answered(self, client: Client) -> None:
        """Expect the next request, part of which may be there already, or wait for the client to close."""
        if not client.keep:
            with suppress(OSError):
                client.sock.shutdown(socket.SHUT_WR)
            self._wait_for(client, selectors.EVENT_READ, self._discard, LEAVING_S)
            return
        rest = client.rest
        client.begin()
        self._wait_for(client, selectors.EVENT_READ, self._receive, PATIENCE_S if rest else self.cfg.keepalive)
        if rest:
            self._take(client, rest)

    def _discard(self, client: Client, _: object) -> None:
        data = b""
        with suppress(OSError):
            data = client.sock.recv(_PIECE_BYTES)
        if not data:
            self._drop(client)

    def _wait_for(self, client: Client, event: int, then: Callable[[Client, object], None], patience_s: float) -> None:
        client.wait(patience_s)
        self._waiting[client] = None
        self.poller.register(client.sock, event, partial(then, client))
        self._spare_memory(client)

    def _leave(self, client: Client) -> None:
        del self._waiting[client]
        self.poller.unregister(client.sock)

    def _drop(self, client: Client) -> None:
        if client in self._waiting:  # else it was dropped for another one, among the same events
            self._leave(client)
            self._close(client)

    def _close(self, client: Client) -> None:
        self.nr_conns -= 1
        if self._accepting:
            CLIENT_COUNTS.tell(self.age, self.nr_conns)
        self._clients.remove(client)
        client.sock.close()

    def _spare_memory(self, grown: Client) -> None:
        """Close who makes the process hold most, if it holds too much; small requests always pass, they cannot be the cause."""
        if grown.held > _PIECE_BYTES and sum(client.held for client in self._clients) > MAX_HELD_BYTES:
            self._drop(max(self._waiting, key=lambda client: client.held))

    def _make_room(self) -> None:
        for client in list(self._waiting)[:1]:
            self._drop(client)
