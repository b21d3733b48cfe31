"""What sort of answer a question asks for, and which kinds of figure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

from index.french.folding import fold
from index.french.tokens import stem, terms
from index.model import FigureKind
from qa_service.model import QuestionKind

_DATA = files("qa_service.understanding").joinpath("data")


_TABLE = tomllib.loads(_DATA.joinpath("kinds.toml").read_text(encoding="utf-8"))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _quantities() -> tuple[tuple[FigureKind, re.Pattern[str]], ...]:
    table = tomllib.loads(_DATA.joinpath("quantities.toml").read_text(encoding="utf-8"))
    return tuple((FigureKind(name), re.compile(rf"\b(?:{'|'.join(words)})\b")) for name, words in table.items())


_KINDS = tuple((QuestionKind(kind["name"]), _any_of(kind["patterns"])) for kind in _TABLE["kind"])
_COUNTED = re.compile(_TABLE["counted"])
_GENERIC = frozenset(stem(word) for word in _TABLE["generic"])
_HUMAN = _any_of(_TABLE["human"])
_QUANTITIES = _quantities()


def question_kind(text: str) -> QuestionKind:
    """Return the kind that `text` asks for, OTHER when nothing says so."""
    folded = fold(text)
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), QuestionKind.OTHER)


def asks_human(text: str) -> bool:
    """Tell whether only a person's own name answers `text`, no firm and no office."""
    return bool(_HUMAN.search(fold(text)))


def counted_noun(text: str) -> str:
    """Return the noun that `text` asks the number of, folded, "" if it asks no number or a mere "combien"."""
    match = _COUNTED.search(fold(text))
    return match["noun"] if match else ""


def counted_stem(text: str) -> str:
    """Return the stem of the noun that `text` asks the number of, "" for one that could count anything ("personnes")."""
    noun = next(iter(terms(counted_noun(text))), "")
    return "" if noun in _GENERIC else noun


def is_generic(noun: str) -> bool:
    """Tell whether a noun could count anything or anyone ("personnes")."""
    return next(iter(terms(noun)), "") in _GENERIC


def quantities_asked(text: str) -> frozenset[FigureKind]:
    """Return the kinds of figure that would answer `text`; empty when it does not say."""
    folded = fold(text)
    found = frozenset(kind for kind, pattern in _QUANTITIES if pattern.search(folded))
    # "Combien de tonnes" asks for a mass: a count only where no other quantity is named.
    return found - {FigureKind.COUNT} or found
