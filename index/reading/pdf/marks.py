"""What stands before the words of a line: bullets and numbering."""

from __future__ import annotations

import re

_BULLET = r"[-•◦▪▫■□●○◆♦–—➢➤➔→✓✔·‣⁃]"
_NUMBER = r"(?:\d{1,2}\.)*\d{1,2}(?:[.)]|\s?[-–)])|(?:\d{1,2}\.)+\d{1,2}"
MARKER = re.compile(rf"{_BULLET}|o|{_NUMBER}|[a-z]\)")  # a whole run: set apart from its text by a tabulator
_ITEM = re.compile(rf"(?:{_BULLET}|o(?=\s+[A-ZÀ-Ý]))\s+(?=\S)|[•▪➢➤✓✔](?=\w)")
_NUMBERED = re.compile(rf"(?:{_NUMBER})\s+(?=[^\W\d_]|[«\"“])|(?:[a-z]\)|\(\d{{1,2}}\))\s+(?=\S)")
_DEPTH = re.compile(rf"({_NUMBER})\s*(?=[^\W\d_]|[«\"“])")


def without_bullet(text: str) -> str | None:
    """Return a list item's words, None if `text` is no list item: "- - 0,5 %" gives "- 0,5 %"."""
    bullet = _ITEM.match(text)
    return text[bullet.end() :] if bullet else None


def starts_numbered(text: str) -> bool:
    """Tell whether `text` starts as a numbered title or item does: "1.2) Tarifs", "3 - Moyens", "a) le prix"."""
    return _NUMBERED.match(text) is not None


def depth(text: str) -> int:
    """Return how many numbers a title's numbering has, 0 without one: 2 for "1.2) Tarifs"."""
    found = _DEPTH.match(text)
    return len(re.findall(r"\d+", found[1])) if found else 0
