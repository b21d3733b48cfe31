"""A client's connection as the loop of `web.serving.slow_clients` sees it, and as one of gunicorn's threads sees it."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic
from typing import Any

import h11
from gunicorn.http.parser import RequestParser  # type: ignore[import-untyped]  # gunicorn ships no annotations

PATIENCE_S = 10.0  # for a request or an answer to be through, and more for what takes longer at the slowest rate:
SLOWEST_BYTES_S = 16 * 1024
MAX_REQUEST_BYTES = 11 * 1024 * 1024  # more than any route takes: what is longer is refused by its beginning
MAX_PARTS = 20_000  # pieces of a body: to read millions of chunks of a byte each takes half a minute
_PIECE_BYTES = 64 * 1024


class Client:
    """A connection: what it sent of its request, and what is still to be sent to it."""

    def __init__(self, sock: socket.socket, address: Any, server: Any) -> None:  # noqa: ANN401  # as the system gives them
        self.sock, self.address, self.server = sock, address, server
        self.reply = memoryview(b"")
        self.keep = True
        self.wait(PATIENCE_S)
        self.begin()

    def begin(self) -> None:
        """Expect a request."""
        self.received = bytearray()
        self.rest = b""
        self.is_whole = False
        self._parts = 0
        self._parser = h11.Connection(h11.SERVER)

    def wait(self, patience_s: float) -> None:
        """Give it so much time from now on."""
        self._since, self._moved, self.patience_s = monotonic(), 0, patience_s

    def moved(self, count: int) -> None:
        """Give it the time that `count` bytes take."""
        self._moved += count

    def is_late(self, now: float) -> bool:
        """Tell whether its time is over."""
        return now > self._since + self.patience_s + self._moved / SLOWEST_BYTES_S

    @property
    def held(self) -> int:
        """How many bytes are kept for it."""
        return len(self.received) + len(self.reply)

    def add(self, data: bytes) -> bool:
        """Take what it sent; tell whether a thread can have the request, which `is_whole` unless it is wrong or too long."""
        if not self.received:
            self.wait(PATIENCE_S)
        self.moved(len(data))
        self.received += data
        self._parser.receive_data(data)
        try:
            while (event := self._parser.next_event()) is not h11.NEED_DATA:
                self._parts += 1
                if isinstance(event, h11.EndOfMessage):
                    self.rest = self._parser.trailing_data[0]
                    self.is_whole = True
                    return True
                if self._parts > MAX_PARTS or (isinstance(event, h11.Request) and _length(event) > MAX_REQUEST_BYTES):
                    return True
        except h11.RemoteProtocolError:
            return True  # gunicorn's parser has the last word, and says what is wrong
        if self._parser.they_are_waiting_for_100_continue and not len(self._parser.trailing_data[0]):
            self._go_on()
        return len(self.received) > MAX_REQUEST_BYTES

    def _go_on(self) -> None:
        self._parser.send(h11.InformationalResponse(status_code=100, headers=[]))
        with suppress(OSError):  # who is gone, or has no room for 25 bytes, is found out soon enough
            self.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes of the request."""
        end = len(self.received) - len(self.rest)
        return (bytes(self.received[start : min(start + _PIECE_BYTES, end)]) for start in range(0, end, _PIECE_BYTES))

    def send(self) -> bool:
        """Send what it takes at once; tell whether that was all. Raises OSError if it is gone."""
        try:
            while self.reply:
                sent = self.sock.send(self.reply)
                self.reply = self.reply[sent:]
                self.moved(sent)
        except BlockingIOError:
            return False
        return True


def _length(head: h11.Request) -> int:
    return next((int(value) for name, value in head.headers if name == b"content-length"), 0)


class _Outbox:
    """What a thread writes to as if it were the socket."""

    def __init__(self) -> None:
        self.content = bytearray()

    def sendall(self, data: bytes) -> None:
        """Keep `data` for the client."""
        self.content += data

    send = sendall

    def gettimeout(self) -> float:
        """Return that it never blocks."""
        return 0.0

    def setblocking(self, flag: bool) -> None:
        """Nothing to do: it never blocks."""

    def shutdown(self, how: int) -> None:
        """Leave it to the loop; gunicorn takes the error for a client that is gone."""
        raise OSError(errno.ENOTCONN, "the connection is not this thread's")

    def close(self) -> None:
        """Nothing to do, as above."""


class Exchange:
    """A request with its outbox, as gunicorn's threads know connections."""

    initialized = data_ready = True
    is_http2 = False

    def __init__(self, cfg: Any, client: Client) -> None:  # noqa: ANN401  # gunicorn's configuration
        self.client, self.server = client.address, client.server
        self.parser = RequestParser(cfg, client.pieces(), client.address)
        self.sock = _Outbox()

    def init(self) -> None:
        """Nothing to do: the request is there."""
