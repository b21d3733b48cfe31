"""The word lists beside this module, read once, and what regular expressions are built from them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from index.model import Span

Table: TypeAlias = "Mapping[str, Table] | list[Table] | str | int"

# One character for one, so that offsets stay: no-break spaces, curly apostrophes, minus signs, and the marks of bold.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "ʼ": "'", "−": "-", "‑": "-"})
NAME_BLANK, DATE_BLANK = "\x01", "\x02"  # neither letters nor, as \x1f would be, white space


def plain(text: str) -> str:
    """Return `text`, of the same length, with one kind of space, apostrophe and hyphen and without bold marks."""
    return text.translate(_PLAIN).replace("**", "  ")


def blank(text: str, spans: Iterable[Span], mark: str) -> str:
    """Return `text`, of the same length, with `mark` for every character of `spans`."""
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = mark * (span.end - span.start)
    return "".join(characters)


@cache
def read_table(name: str) -> Mapping[str, Table]:
    """Return the parsed `data/<name>.toml`."""
    return tomllib.loads((files("index.figures") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def words(table: Mapping[str, Table], key: str) -> tuple[str, ...]:
    """Return the list of strings that `table` has under `key`."""
    value = table[key]
    if not isinstance(value, list):
        raise TypeError(f"{key!r} must be a list of words, not {value!r}")
    return tuple(str(word) for word in value)


def tables(table: Mapping[str, Table], key: str) -> Mapping[str, Table]:
    """Return the table that `table` has under `key`."""
    value = table[key]
    if not isinstance(value, Mapping):
        raise TypeError(f"{key!r} must be a table, not {value!r}")
    return value


def alternation(forms: Iterable[str]) -> str:
    """Return a group that matches any of `forms`, the longest first."""
    return f"(?:{'|'.join(re.escape(form) for form in sorted(forms, key=len, reverse=True))})"
