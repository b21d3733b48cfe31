"""The numbers of a text by themselves, in digits and in words, before it is known what they measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.french.numbers import NumberForm, parse_number_words
from index.model import Span

# "2021 7 actes" and "2021 262 agents" are two numbers: a group of three digits joins one to three digits, not four.
_DIGITS = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:[1-9]\d{0,2}(?: \d{3})+(?!\d)"
    r"|[1-9]\d{0,2}(?:\.\d{3}){2,}(?!\d)|[1-9]\d{0,2}(?:\.\d{3})+(?=,\d)|\d+)(?:[.,]\d+(?![\d.]))?"
)
_DOTTED_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_ONE = re.compile(
    r"\b(?:près|plus|moins) d'(?P<one>une?)(?= (?:an|année|mois|jour|journée|semaine|heure|tonne|hectare|kilomètre)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed and its value; `form` is None for digits."""

    span: Span
    value: Decimal
    form: NumberForm | None = None


def numerals_in(text: str) -> tuple[Numeral, ...]:
    """Return the numbers of a plain text in reading order, names and dates being blanked."""
    digits = [Numeral(Span(*match.span()), _value(text, match)) for match in _DIGITS.finditer(text)]
    spelled = [Numeral(number.span, number.value, number.form) for number in parse_number_words(text)]
    # "près d'une année" measures; "une année" does not.
    one = [Numeral(Span(*match.span("one")), Decimal(1), NumberForm.CARDINAL) for match in _ONE.finditer(text)]
    return tuple(sorted(digits + spelled + one, key=lambda numeral: numeral.span))


def _value(text: str, match: re.Match[str]) -> Decimal:
    """Return the value; comma and dot are decimal, but not dots before groups of three ("1.234.567", "1.500 €")."""
    printed = match.group().replace(" ", "")
    percent = re.match(r" ?%", text[match.end() : match.end() + 2])
    if printed.count(".") > 1 or "," in printed or (_DOTTED_THOUSANDS.fullmatch(printed) and not percent):
        printed = printed.replace(".", "")
    return Decimal(printed.replace(",", "."))
