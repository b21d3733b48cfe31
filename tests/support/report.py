"""The real report's text, and places in it."""

from pathlib import Path

from index.model import Span

SLUG = "rapport-activites-2021"
SEEDS = Path(__file__).parents[2] / "seeds"
REPORT_TEXT = (SEEDS / SLUG / "report.txt").read_text(encoding="utf-8")


def span_of(quote: str) -> Span:
    """Return where `quote` first stands in the report."""
    start = REPORT_TEXT.index(quote)
    return Span(start, start + len(quote))
