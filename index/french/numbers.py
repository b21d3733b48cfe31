"""Numbers written in words: "deux cent soixante-deux", "une quarantaine", "un quart"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.model import Span


class NumberForm(StrEnum):
    """How a number in words is meant."""

    CARDINAL = "cardinal"
    APPROXIMATE = "approximate"
    FRACTION = "fraction"


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A number in words: what it is worth, where it stands and how it is meant.

    The value of a fraction is between 0 and 1, with 28 digits where it has no exact decimal form ("un tiers").
    """

    value: Decimal
    span: Span
    form: NumberForm


_ONES = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9}
_TEENS = {"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16}
_TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_TENS |= {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_SCALES = {"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_SMALL = {"zéro": 0, "et": 0} | _ONES | _TEENS | _TENS
_COLLECTIVES = {"huitaine": 8, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30}
_COLLECTIVES |= {"quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000}
_COLLECTIVES |= {"demi-million": 500_000, "demi-milliard": 500_000_000}
_FRACTIONS = {"demi": 2, "demie": 2, "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5}
_FRACTIONS |= {"dixième": 10, "dixièmes": 10}


def _any(words: dict[str, int]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


# Each level of the grammar is built from the one below, so that "deux trois" is two numbers and "vingt et un" is one.
_JOIN = r"(?:[ \u00a0\u202f-]|[ -]et[ -](?=une?\b|onze\b))"
_TO_NINETEEN = rf"(?:dix{_JOIN}(?:sept|huit|neuf)\b|{_any(_TEENS)}\b|{_any(_ONES)}\b)"
_TO_99 = rf"(?:(?:quatre{_JOIN}vingts?|{_any(_TENS)})\b(?:{_JOIN}{_TO_NINETEEN})?|{_TO_NINETEEN})"
_TO_999 = rf"(?:(?:{_any(_ONES)}{_JOIN})?(?<!pour )\bcents?\b(?:{_JOIN}{_TO_99})?|{_TO_99})"
_SCALED = rf"(?:{_TO_999}{_JOIN}{_any(_SCALES)}|mille)\b"
_CARDINAL = rf"(?:{_SCALED}(?:{_JOIN}{_SCALED})*(?:{_JOIN}{_TO_999})?|{_TO_999}|zéro\b)"
_APPROXIMATE = rf"(?:une?|la|le|cette|ce) (?P<collective>{_any(_COLLECTIVES)})\b"
_FRACTION = rf"(?P<parts>{_any(_ONES)}) (?P<whole>{_any(_FRACTIONS)})\b|(?P<half>la moitié)\b"
_WORDS = re.compile(rf"(?<![\w-])(?:{_FRACTION}|{_APPROXIMATE}|(?P<cardinal>{_CARDINAL}))(?![-\w])", re.IGNORECASE)


def parse_number_words(text: str) -> tuple[NumberWords, ...]:
    """Return every number written in words, in reading order.

    A lone "un" or "une" is an article, an ordinal ("deuxième") a rank: neither is returned.
    """
    return tuple(_read(match) for match in _WORDS.finditer(text) if match.group().lower() not in ("un", "une"))


def _read(match: re.Match[str]) -> NumberWords:
    span = Span(*match.span())
    if match["cardinal"]:
        return NumberWords(Decimal(_cardinal(match["cardinal"])), span, NumberForm.CARDINAL)
    if match["collective"]:
        return NumberWords(Decimal(_COLLECTIVES[match["collective"].lower()]), span, NumberForm.APPROXIMATE)
    parts, whole = (1, 2) if match["half"] else (_ONES[match["parts"].lower()], _FRACTIONS[match["whole"].lower()])
    return NumberWords(Decimal(parts) / Decimal(whole), span, NumberForm.FRACTION)


def _cardinal(words: str) -> int:
    total = group = 0
    for word in re.split(r"[^a-zé]+", words.lower()):
        if word in _SCALES:
            total, group = total + max(group, 1) * _SCALES[word], 0
        elif word in ("cent", "cents"):
            group = max(group, 1) * 100
        elif word in ("vingt", "vingts") and group % 100 == 4:
            group += 76  # "quatre-vingts" is four times twenty: 4 stands in the group already
        else:
            group += _SMALL[word]
    return total + group
