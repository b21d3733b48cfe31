"""Clients that ask a server one question after the other, each over a connection of its own that stays open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter
from urllib.parse import urlsplit

_OK = b"HTTP/1.1 200 "
_LENGTH = b"content-length:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the clients saw: milliseconds of each answer, responses that were none, and how long it went on."""

    answers_ms: tuple[float, ...]
    errors: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.answers_ms) / self.seconds


def ask_all(address: str, questions: Sequence[str], *, clients: int, seconds: float) -> Load:
    """Ask the questions over and over for so many seconds, each client the next one as soon as it has its answer.

    Less is done here than a client does that reads what it gets: the machine is to be the server's.
    """
    return asyncio.run(_ask_all(address, questions, clients, seconds))


async def _ask_all(address: str, questions: Sequence[str], clients: int, seconds: float) -> Load:
    host, _, port = urlsplit(address).netloc.partition(":")
    start = perf_counter()
    requests = cycle([_request(host, question) for question in questions])
    clients_at_work = [_client(host, int(port), requests, start + seconds) for _ in range(clients)]
    done = await asyncio.gather(*clients_at_work)
    answers = tuple(ms for answers_ms, _ in done for ms in answers_ms)
    return Load(answers_ms=answers, errors=sum(errors for _, errors in done), seconds=perf_counter() - start)


async def _client(host: str, port: int, requests: Iterator[bytes], until: float) -> tuple[list[float], int]:
    answers_ms, errors = [], 0
    reader, writer = await asyncio.open_connection(host, port)
    while (start := perf_counter()) < until:
        writer.write(next(requests))
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(_LENGTH))
        await reader.readexactly(length)
        answers_ms.append((perf_counter() - start) * 1000)
        if not head.startswith(_OK):
            answers_ms.pop()
            errors += 1
    writer.close()
    return answers_ms, errors


def _request(host: str, question: str) -> bytes:
    body = json.dumps({"question": question}).encode()
    head = (
        "POST /api/v1/questions HTTP/1.1",
        f"Host: {host}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*head, "", "")).encode() + body
