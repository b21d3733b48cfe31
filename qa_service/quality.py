"""How good the answers on a report were measured to be: totals that an evaluation leaves for those who ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qa_service.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The totals over `cases` questions whose answer is known, each from 0 to 1, by the name of its metric.

    `created_at` is RFC 3339, "" for the run that the reports came with.
    """

    cases: int
    totals: Mapping[str, float]
    created_at: str = ""


_ADAPTER = TypeAdapter(Quality)


def read_quality(settings: Settings, slug: str) -> Quality | None:
    """Return the last run on this machine, else the one that the report came with, else None."""
    for path in (_last(settings, slug), settings.evaluation_dir / "questions" / slug / "accepted.json"):
        try:
            return _ADAPTER.validate_json(path.read_bytes())
        except (OSError, ValidationError):  # none yet, or one that another version wrote: as good as none
            continue
    return None


def write_quality(settings: Settings, slug: str, quality: Quality) -> None:
    """Keep the totals of a run as the last one of this machine."""
    path = _last(settings, slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_ADAPTER.dump_json(quality, indent=1))


def _last(settings: Settings, slug: str) -> Path:
    return settings.var_dir / "quality" / f"{slug}.json"
