"""Drafts with known verdicts: each figure of a text, and what the report says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict

from evaluation.errors import EvaluationError
from evaluation.files import read_jsonl
from index.model import Span
from qa_service.checking.checker import Check, Verdict

DRAFTS_DIR = Path(__file__).parent / "checks"
_WORST_FIRST = (Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.ROUNDED, Verdict.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClaim:
    """A figure as the draft writes it, with the characters `before` it that tell it from the same one elsewhere in the draft.

    `evidence` is where the report gives the figure of that thing, "" if it gives none.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    figure: str
    before: str
    verdict: Verdict
    evidence: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text with all its figures."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    text: str
    claims: tuple[KnownClaim, ...]

    def __post_init__(self) -> None:
        for claim in self.claims:
            if self.text.count(claim.before + claim.figure) != 1:
                raise ValueError(f"draft {self.id}: {claim.before + claim.figure!r} does not stand once in the text")

    def place(self, claim: KnownClaim) -> Span:
        """Return where in the text a figure stands."""
        start = self.text.index(claim.before + claim.figure) + len(claim.before)
        return Span(start, start + len(claim.figure))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTotals:
    """`right` of `claims` verdicts are right; the other counts are the mistakes that cost most."""

    drafts: int
    claims: int
    right: int
    contradicted: int
    contradicted_shown_right: int
    true: int
    true_shown_contradicted: int
    overlooked: int


def load_drafts(name: str, slugs: Sequence[str], *, root: Path = DRAFTS_DIR) -> tuple[Draft, ...]:
    """Return the drafts "dev" or "test" of the reports that have some.

    Raises:
        EvaluationError: there are none, or a file is not made of drafts.
    """
    paths = [path for slug in slugs if (path := root / slug / f"{name}.jsonl").exists()]
    if not paths:
        raise EvaluationError(f"Aucun fichier {root}/<rapport>/{name}.jsonl pour un rapport indexé.")
    return tuple(draft for path in paths for draft in read_jsonl(path, Draft))


def verdict_of(check: Check, place: Span) -> Verdict | None:
    """Return the verdict of the figure at `place`, the worst of a range of dates; None if the check overlooked it."""
    found = {
        one.verdict
        for one in check.claims
        if one.claim.figure.span.start < place.end and place.start < one.claim.figure.span.end
    }
    return next((verdict for verdict in _WORST_FIRST if verdict in found), None)


def totals(drafts: Sequence[Draft], checks: Sequence[Check]) -> CheckTotals:
    """Count the verdicts of `checks`, one for each of `drafts`."""
    pairs = [
        (claim.verdict, verdict_of(check, draft.place(claim)))
        for draft, check in zip(drafts, checks, strict=True)
        for claim in draft.claims
    ]
    right = (Verdict.CONFIRMED, Verdict.ROUNDED)
    return CheckTotals(
        drafts=len(drafts),
        claims=len(pairs),
        right=sum(known is given for known, given in pairs),
        contradicted=sum(known is Verdict.CONTRADICTED for known, _ in pairs),
        contradicted_shown_right=sum(known is Verdict.CONTRADICTED and given in right for known, given in pairs),
        true=sum(known in right for known, _ in pairs),
        true_shown_contradicted=sum(known in right and given is Verdict.CONTRADICTED for known, given in pairs),
        overlooked=sum(given is None for _, given in pairs),
    )


def places_of(quote: str, text: str) -> list[Span]:
    """Return everywhere that a text has a quote, whatever white space stands between its words; nowhere for an empty one."""
    words = r"\s+".join(map(re.escape, quote.split()))
    return [Span(*match.span()) for match in re.finditer(words, text)] if words else []
