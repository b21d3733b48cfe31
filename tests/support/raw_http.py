"""HTTP as bytes over a socket: what no client library would send, and what the server says to it."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

TIMEOUT_S = 30
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3}) ")


@dataclass(frozen=True, slots=True)
class Reply:
    """All that came back until the server closed; `status` is that of the last response, None where none came."""

    status: int | None
    content: bytes


def exchange(port: int, *pieces: bytes, half_close: bool = True) -> Reply:
    """Return what the server says to `pieces`, sent one after the other; `half_close` says that no more will come."""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
        except OSError:  # refused before it was all sent; what was said stands in the buffer
            pass
        return read_to_end(connection)


def read_to_end(connection: socket.socket) -> Reply:
    """Return what comes until the server closes the connection."""
    content = b""
    try:
        while piece := connection.recv(65536):
            content += piece
    except ConnectionError:
        pass
    statuses = [int(found[1]) for found in _STATUS.finditer(content) if found[1] != b"100"]
    return Reply(statuses[-1] if statuses else None, content)


def request(method: str, target: str, *headers: tuple[str, str], body: bytes = b"", host: str = "127.0.0.1") -> bytes:
    """Return a request that ends its connection; whatever is in its parts goes into it as it is."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode("utf-8", "surrogatepass") + body
