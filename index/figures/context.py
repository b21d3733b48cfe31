"""What stands around a number: whether it belongs to a word or a name, its sign, whether it needs a noun."""

from __future__ import annotations

import re

from index.figures.language import DATE_BLANK, alternation, read_table, words
from index.figures.numerals import Numeral
from index.french.numbers import NumberForm
from index.model import Span

_GRAMMAR = read_table("grammar")
_LINE_REACH = 200
_REACH = 40  # characters looked at before a number: more than the longest lead, less than a sentence
_COMPOUND = 17  # numbers in words from here on are made of several
_CODE_DIGITS = 8  # a count this large is printed in groups of three digits; a register number is not
_LEAD = re.compile(
    rf"(?:(?:^|[:,;(=>+\t{DATE_BLANK}]|^[ >]*[-•*]| [-–]) *|(?<![\w-]){alternation(words(_GRAMMAR, 'leads'))} *)$", re.I
)
_WORD_LEAD = re.compile(rf"\b{alternation(words(_GRAMMAR, 'word_leads'))} +$", re.I)
_PAIR_LEAD = re.compile(r"(?:\bsoit|[(:=]) *$")
_PAIR_END = re.compile(r"\d+ ?/ ?$")
_LOWER_WORD = re.compile(r"(?<![\w-])[a-zà-ÿ][\w'-]* +$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:«\"(>\t—]|^ *[-–•*]) *$")
_HAVE = re.compile(r" (?:en |y )?(?:ont|a|sont|est|étaient|était|furent|fut|seront|sera)\b")
_SIGN = re.compile(r"(?:(?:^ *[-•*] +|[(:\t] ?|\b(?:soit|de|à|est) +)(?P<spaced>[-–+]) ?| (?P<joined>[-–+])|^(?P<plus>\+) ?)$")
_FIRST_SIGN = re.compile(r"(?P<joined>[-–+])")
_STREET = re.compile(rf"(?: ?bis| ?ter)?,? {alternation(words(read_table('identifiers'), 'streets'))}(?!\w)", re.IGNORECASE)
_IN_WORD_BEFORE = re.compile(r"[\w^{°]$|[^\W\d]-$|[^\W\d]\.$|\d'$")
_IN_WORD_AFTER = re.compile(r"\^(?!\{?[23])|'|_|-[^\W\d]")


def line_before(text: str, position: int) -> str:
    """Return what its line has before `position`, as far as it can tell what a number there is."""
    near = max(0, position - _LINE_REACH)
    return text[max(near, text.rfind("\n", near, position) + 1) : position]


def is_part_of_word(text: str, span: Span) -> bool:
    """Return whether letters, hyphens or apostrophes tie a number to a word ("CO2", "Covid-19", "1^{er}", "14'18'")."""
    before = text[max(0, span.start - 2) : span.start]
    return bool(_IN_WORD_BEFORE.search(before) or _IN_WORD_AFTER.match(text, span.end))


def is_name_in_words(text: str, numeral: Numeral) -> bool:
    """Return whether capitals make a number in words a name ("la Quinzaine de l'Architecture", "les Quatre Vents")."""
    if numeral.form is None:
        return False
    first, *others = numeral.span.of(text).split(" ")
    at_start = _SENTENCE_START.search(line_before(text, numeral.span.start))
    return any(word[0].isupper() for word in others) or (first[0].isupper() and not at_start)


def sign_before(text: str, span: Span, *, changes: bool) -> Span | None:
    """Return where the sign of a number stands; the dash that opens a list item is none ("- - 0,12 %" has one).

    `changes` says that the number can well be negative: a dash that touches it at the start of its line is its sign.
    """
    line = line_before(text, span.start)
    match = (_FIRST_SIGN.fullmatch(line) if changes else None) or _SIGN.search(line)
    if match is None:
        return None
    start = span.start - len(line) + match.start(match.lastgroup or 0)
    return Span(start, start + 1)


def may_lack_plural(text: str, numeral: Numeral) -> bool:
    """Return whether the words before a number make a noun in the singular behind it a counted one ("soit 1 décès")."""
    before = line_before(text, numeral.span.start)[-_REACH:]
    return bool(_LEAD.search(before)) or (numeral.value == 1 and bool(_LOWER_WORD.search(before)))


def is_house_number(text: str, end: int) -> bool:
    """Return whether what follows a number that ends there makes it one of a street ("12 bis rue de la Paix")."""
    return bool(_STREET.match(text, end))


def may_lack_noun(text: str, numeral: Numeral) -> bool:
    """Return whether a number with neither unit nor noun is still a figure ("contre 7500 en 2020") and not a name."""
    line, printed = line_before(text, numeral.span.start), numeral.span.of(text)
    if numeral.form is not None:
        # "Neuf" is new, "six" may count what went before; "cent soixante-sept" can only be a number.
        compound = numeral.form is NumberForm.CARDINAL and numeral.value >= _COMPOUND and re.search(r"[ -]", printed)
        return bool(numeral.form is NumberForm.APPROXIMATE or compound or _WORD_LEAD.search(line))
    following = text[numeral.span.end : numeral.span.end + 3]
    if re.match(r"[^\W\d_]|-\d", following) or re.search(r"\d-$", line):
        return False
    if not line.strip() and not text[numeral.span.end :].split("\n", 1)[0].strip():
        return False  # alone on its line: the number of a page
    if printed.isdigit() and len(printed) >= _CODE_DIGITS:
        return False
    if _PAIR_END.search(line) or re.match(r" ?/ ?\d", following):
        return bool(_PAIR_LEAD.search(_PAIR_END.sub("", line)))
    if _SENTENCE_START.search(line) and _HAVE.match(text, numeral.span.end):  # "232 ont retrouvé leur maître"
        return True
    return " " in printed or bool(_LEAD.search(line[-_REACH:]))
