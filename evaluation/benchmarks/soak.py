"""`make soak`: the server under mixed load for minutes: does it fail, forget or grow?

Requests arrive at a set rate, whether or not those before are answered (an open loop), over loopback, at `qa-service serve`
with two workers and a database of its own. At the end every acknowledged answer is looked for in its conversation. Memory is
told each minute, of all processes of the server: resident (Rss), which grows with what they keep, and proportional (Pss), which
also grows while workers make pages their own that they were given together.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlencode, urlsplit

import click
from rich.console import Console
from rich.table import Table

from evaluation.benchmarks.serving import fresh_database
from evaluation.cases import load_case_sets, questions_of
from evaluation.metrics import percentile
from evaluation.over_http import running_server
from qa_service.commands.printing import current_settings
from qa_service.wiring import seed_folders

_WORKERS = 2
_GROWTH = 0.05  # of the memory after the second minute: what was loaded late is then there
_TIMEOUT_S = 30
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_LAST = 400  # answers that are gone on from, judged and read again
# How often each is sent, in a hundred.
_MIX = {"question": 45, "follow-up": 15, "conversation": 10, "page": 10, "figures": 8, "check": 4, "opinion": 6, "export": 2}
_SHOWN = ("/", "/chiffres", "/aide", "/glossaire", "/corrections")
_SHOWN_OF_A_REPORT = ("/rapport/{}", "/decouvrir/{}")
_SAVED_AS = ("md", "docx", "csv")
_VERDICTS = ("right", "wrong", "incomplete")


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, 0 where no whole response came, and a body."""

    status: int
    body: bytes = b""


@dataclass
class Soak:
    """What was sent and what came of it."""

    times_ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[str] = field(default_factory=Counter)  # "question 200"
    kept: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # conversation: answers, acknowledged
    resident_mib: list[float] = field(default_factory=list)  # at each minute
    proportional_mib: list[float] = field(default_factory=list)
    lost: int = 0

    @property
    def failures(self) -> int:
        """Responses that were no 2xx, and requests that got none."""
        return sum(count for told, count in self.statuses.items() if not told.split()[-1].startswith("2"))

    @property
    def growth(self) -> float | None:
        """By which share the resident memory grew from the second minute to the last; None where there was no later one."""
        return self.resident_mib[-1] / self.resident_mib[2] - 1 if len(self.resident_mib) > 3 else None

    def tell_memory(self, pids: Iterator[int]) -> None:
        """Note the memory of some processes, together."""
        found = [memory_mib(pid) for pid in pids]
        self.resident_mib.append(sum(one["Rss"] for one in found))
        self.proportional_mib.append(sum(one["Pss"] for one in found))


class Sender:
    """Sends one request after another from a seeded mix, each when it is due."""

    def __init__(self, address: str, questions: Sequence[str], documents: Sequence[str], soak: Soak) -> None:
        self._host, self._port = urlsplit(address).hostname or "", urlsplit(address).port or 80
        self._questions, self._soak, self._random = questions, soak, random.Random(7)  # a mix, no secret
        self._shown = [*_SHOWN, *(path.format(document) for document in documents for path in _SHOWN_OF_A_REPORT)]
        self._last: list[tuple[str, str]] = []

    async def run(self, rate: float, seconds: float, tell: Callable[[], None]) -> None:
        """Send `rate` requests a second for so many seconds; `tell` is called at each minute."""
        started, sent, tasks = perf_counter(), 0, set[asyncio.Task[None]]()
        while (now := perf_counter() - started) < seconds:
            if len(self._soak.resident_mib) <= now / 60:
                tell()
            while sent < now * rate:
                task = asyncio.create_task(self._one())
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                sent += 1
            await asyncio.sleep(0.005)
        await asyncio.gather(*tasks)

    async def look_for(self) -> None:
        """Count the acknowledged answers that are not in their conversations."""
        for conversation, answers in self._soak.kept.items():
            reply = await self.send("GET", f"/api/v1/conversations/{conversation}")
            turns = json.loads(reply.body)["turns"] if reply.status == 200 else ()
            self._soak.lost += len(set(answers) - {turn["id"] for turn in turns})

    async def _one(self) -> None:
        kind = self._random.choices(list(_MIX), list(_MIX.values()))[0]
        if not self._last:
            kind = "question"
        method, path, body = self._request(kind)
        start = perf_counter()
        reply = await self.send(method, path, body)
        self._soak.times_ms[kind].append((perf_counter() - start) * 1000)
        self._soak.statuses[f"{kind} {reply.status}"] += 1
        if kind in ("question", "follow-up") and reply.status == 200:
            answer = json.loads(reply.body)
            self._soak.kept[answer["conversation_id"]].append(answer["id"])
            self._last = [*self._last[1 - _LAST :], (answer["conversation_id"], answer["id"])]

    def _request(self, kind: str) -> tuple[str, str, dict[str, str] | None]:
        question = self._random.choice(self._questions)
        conversation, answer = self._random.choice(self._last) if self._last else ("", "")
        match kind:
            case "question":
                return "POST", "/api/v1/questions", {"question": question}
            case "follow-up":
                return "POST", "/api/v1/questions", {"question": "Et en 2020 ?", "conversation_id": conversation}
            case "conversation":
                return "GET", f"/api/v1/conversations/{conversation}", None
            case "page":
                return "GET", self._random.choice(self._shown), None
            case "figures":
                return "GET", f"/api/v1/figures?{urlencode({'q': question.split()[0]})}", None
            case "check":
                return "POST", "/api/v1/checks", {"text": f"{question} 12 agents et 3,5 % en 2021."}
            case "opinion":
                return "POST", "/api/v1/feedback", {"question_id": answer, "verdict": self._random.choice(_VERDICTS)}
            case _:
                return "GET", f"/api/v1/conversations/{conversation}/export?format={self._random.choice(_SAVED_AS)}", None

    async def send(self, method: str, path: str, body: dict[str, str] | None = None) -> Reply:
        """Return the reply to a request over a connection of its own."""
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                reader, writer = await asyncio.open_connection(self._host, self._port)
                content = json.dumps(body).encode() if body else b""
                head = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", "Connection: close"]
                head += [] if path.startswith("/api/") else ["Accept-Encoding: gzip"]  # as browsers
                head += ["Content-Type: application/json", f"Content-Length: {len(content)}"] if body else []
                writer.write("\r\n".join([*head, "", ""]).encode() + content)
                told = await reader.read()
                writer.close()
                start, _, content = told.partition(b"\r\n\r\n")
                [length] = _LENGTH.findall(start + b"\r\n")
                # A worker that dies while it sends has begun with a 200.
                return Reply(int(told.split(b" ", 2)[1]), content) if len(content) == int(length) else Reply(0)
        except (OSError, TimeoutError, IndexError, ValueError):
            return Reply(0)


def soak(
    address: str, questions: Sequence[str], documents: Sequence[str] = (), *,
    rate: float, seconds: float, pids: Callable[[], Iterator[int]],
) -> Soak:  # fmt: skip
    """Load a server and return what came of it; `pids` gives the processes whose memory is told."""
    done = Soak()
    sender = Sender(address, questions, documents, done)

    async def run() -> None:
        await sender.run(rate, seconds, lambda: done.tell_memory(pids()))
        done.tell_memory(pids())
        await sender.look_for()

    asyncio.run(run())
    return done


def memory_mib(pid: int) -> dict[str, float]:
    """Return the resident ("Rss") and the proportional ("Pss") memory of a process."""
    lines = [line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()[1:]]
    return {name.rstrip(":"): int(size) / 1024 for name, size, *_ in lines}


def _of_the_server() -> Iterator[int]:
    """Yield the processes that this one has begun: the server's."""
    return islice(below(os.getpid()), 1, None)


def below(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
        yield from below(int(child))


@click.command()
@click.option("--minutes", default=10.0, show_default=True, type=click.FloatRange(0.05, 600), help="Durée de la charge.")
@click.option("--rate", default=50.0, show_default=True, type=click.FloatRange(0.1, 1000), help="Requêtes par seconde.")
@click.option("--json", "path", type=click.Path(path_type=Path, dir_okay=False), help="Fichier où écrire ce qui est mesuré.")
def main(minutes: float, rate: float, path: Path | None) -> None:
    """Charge le service pendant des minutes et dit s'il échoue, oublie ou grossit."""
    documents = [seed.name for seed in seed_folders(current_settings())]
    questions = questions_of(load_case_sets("dev", documents))
    with fresh_database() as environment, running_server(workers=_WORKERS, settings=environment) as address:
        done = soak(address, questions, documents, rate=rate, seconds=60 * minutes, pids=_of_the_server)
    times = {
        kind: {"requests": len(ms), "p50_ms": round(median(ms), 1), "p99_ms": round(percentile(ms, 0.99), 1)}
        for kind, ms in sorted(done.times_ms.items())
    }
    table = Table("requête", "nombre", "p50 ms", "p99 ms")
    for kind, measured in times.items():
        table.add_row(kind, *map(str, measured.values()))
    Console().print(table)
    told: dict[str, Any] = {
        "times": times, "statuses": dict(sorted(done.statuses.items())), "failures": done.failures, "lost": done.lost,
        "answers": sum(map(len, done.kept.values())), "resident_mib": [round(mib, 1) for mib in done.resident_mib],
        "proportional_mib": [round(mib, 1) for mib in done.proportional_mib],
        "growth": done.growth and round(done.growth, 4),
    }  # fmt: skip
    click.echo(json.dumps(told, indent=1))
    if path:
        path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    if done.failures or done.lost or (done.growth or 0) > _GROWTH:
        raise click.exceptions.Exit(1)


if __name__ == "__main__":
    main()
