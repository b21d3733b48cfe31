"""How much a report may cost to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may take: its own size, and for a PDF also its pages and the time and memory of its parser.

    `max_memory_bytes` bounds the address space of the parser's process.
    """

    max_bytes: int = 200_000_000
    max_pages: int = 2_000
    max_memory_bytes: int = 2 * 1024**3
    timeout_s: float = 120

    def __post_init__(self) -> None:
        if min(self.max_bytes, self.max_pages, self.max_memory_bytes, self.timeout_s) <= 0:
            raise ValueError(f"every limit is above zero, not {self}")


DEFAULT_LIMITS = Limits()
