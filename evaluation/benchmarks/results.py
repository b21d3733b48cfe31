"""The results of one run: what is written as JSON, and the ratios that the README quotes."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evaluation.benchmarks.processes import Building, Pass
from evaluation.benchmarks.systems import System
from evaluation.cases import Case
from evaluation.judging import rank_of_evidence
from evaluation.metrics import percentile


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where the numbers were measured."""

    processor: str
    cores: int
    memory_gib: float
    system: str
    python: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one system does: `first` and `in_three` count the questions whose evidence its first text holds, one of its three.

    A question's time is its median over the passes; cold start and peak memory are medians over them too. `characters` is
    the median length of a text that it gives: a long one holds the evidence more readily.
    """

    name: str
    first: int
    in_three: int
    p50_ms: float
    p99_ms: float
    build_s: float
    cold_start_s: float
    peak_mib: int
    build_peak_mib: int
    characters: int
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A system that was not measured, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run over `questions` questions of the set `question_set`, asked in `passes` passes.

    `load` is the machine's load average (processes that want a core) when it began: 0 on a quiet machine.
    """

    measured_on: str
    machine: Machine
    document: str
    question_set: str
    questions: int
    passes: int
    threads: int
    load: float
    systems: tuple[Measured, ...]
    skipped: tuple[Skipped, ...]

    def of(self, system: System) -> Measured | None:
        """Return the row of a system, None if it was not measured."""
        return next((measured for measured in self.systems if measured.name == system.name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios:
    """How many times better the service is than a peer; below 1 the peer is better. None where the peer has none right."""

    faster: float
    first: float | None
    in_three: float | None
    build: float
    cold_start: float
    memory: float


def measured(system: System, cases: Sequence[Case], building: Building, passes: Sequence[Pass]) -> Measured:
    """Return the row of a system from what its processes gave."""
    given = [reply.texts for reply in passes[0].replies]
    ranks = [rank_of_evidence(case, texts) for case, texts in zip(cases, given, strict=True)]
    times = [median(times) for times in zip(*([reply.ms for reply in one.replies] for one in passes), strict=True)]
    return Measured(
        name=system.name,
        first=sum(rank == 1 for rank in ranks),
        in_three=sum(rank is not None and rank <= 3 for rank in ranks),
        p50_ms=round(percentile(times, 0.50), 2),
        p99_ms=round(percentile(times, 0.99), 2),
        build_s=round(building.seconds, 1),
        cold_start_s=round(median(one.cold_start_s for one in passes), 2),
        peak_mib=round(median(one.farewell.peak_mib for one in passes)),
        build_peak_mib=round(building.peak_mib),
        characters=round(median([len(text) for texts in given for text in texts] or [0])),
        versions=passes[0].farewell.versions,
    )


def ratios(service: Measured, peer: Measured) -> Ratios:
    """Return how the service compares with a peer."""
    return Ratios(
        faster=peer.p50_ms / service.p50_ms,
        first=service.first / peer.first if peer.first else None,
        in_three=service.in_three / peer.in_three if peer.in_three else None,
        build=peer.build_s / service.build_s,
        cold_start=peer.cold_start_s / service.cold_start_s,
        memory=peer.peak_mib / service.peak_mib,
    )


def this_machine() -> Machine:
    """Return what the run is measured on, read from /proc."""
    processor = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text(encoding="ascii"))
    return Machine(
        processor=processor[1].strip() if processor else platform.machine(),
        cores=os.cpu_count() or 1,
        memory_gib=round(int(memory[1]) / 2**20, 1) if memory else 0.0,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
    )
