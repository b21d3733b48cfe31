"""What a figure counts, in the report's words: a short noun phrase from around the number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.figures.language import read_table, words
from index.figures.nouns import NO_NOUN
from index.figures.qualifiers import start_with_qualifier
from index.figures.quantities import Quantity
from index.model import FigureKind, Span

_GRAMMAR = read_table("grammar")
_VERBS = frozenset(words(_GRAMMAR, "verbs"))
_STOPS = _VERBS | frozenset(words(_GRAMMAR, "links"))
_DETERMINERS = frozenset(words(_GRAMMAR, "determiners"))
_SMALL_WORDS = frozenset(words(_GRAMMAR, "prepositions")) | _DETERMINERS
_VAGUE = frozenset(words(_GRAMMAR, "vague"))
_JOINS = ("et", "ou", "dont", "soit", "contre")
_MARKS = frozenset(',;:.!?()«»"')
_NO_NAME = NO_NOUN | _MARKS
_MAX_WORDS, _MAX_CHARS = 8, 100
_REACH = 400  # characters before a number in which its name is looked for
_TOKEN = re.compile(r"(?i:[sn]'[^\W\d_]+)|[^\W\d_]'|[^\s,;:.!?()«»\"']+(?:[.'][^\s,;:.!?()«»\"']+)*|[,;:.!?()«»\"]")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PARTICIPLE = re.compile(r"[^\W\d]+(?:é|ée|és|ées|i|is|ie|u|us|ue)")
_REMARK = re.compile(r" *\([^()\d]{3,60}\)")
_AIM = re.compile(r" *(?:pour|à|en|sur|dans) (?:les? |la |l'|une? )?")
_OF = re.compile(r" *(?:de |du |des |d')(?:les? |la |l'|ses |ces |nos |leurs )?")
_TAIL = re.compile(r" *(?:[^\W\d][^\d;]*)?")
_BULLET = re.compile(r"^[ >]*(?:[-•*] +)?(?:- )?")


def label_of(text: str, numbers_blanked: str, sentence: Span, quantity: Quantity) -> str:
    """Return what `quantity` counts: a few words of its sentence in a plain text, or "" where nothing tells."""
    if quantity.kind in (FigureKind.COUNT, FigureKind.RATE) and quantity.span.end < quantity.after:
        return _phrase(text, quantity.after, sentence.end)
    named = _named_before(text, quantity, sentence)
    if named or (quantity.kind is FigureKind.COUNT and quantity.unit):
        return named or f"{quantity.unit} {_phrase(text, quantity.after, sentence.end)}".strip()
    of = _OF.match(text, quantity.after)
    label = _phrase(text, of.end(), sentence.end) if of else ""
    return label or _phrase_around(numbers_blanked, quantity, sentence)


def _phrase(text: str, start: int, end: int) -> str:
    """Return the noun phrase that begins at `start`, with a remark in brackets that has no number in it."""
    taken: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        if len(taken) == _MAX_WORDS or _ends_phrase(token.group()):
            break
        taken.append(token)
    while taken and _bare_word(taken[-1].group()) in _SMALL_WORDS:
        taken.pop()
    if not taken:
        return ""
    remark = _REMARK.match(text, taken[-1].end(), end)
    return _clean(text[start : remark.end() if remark else taken[-1].end()])


def _named_before(text: str, quantity: Quantity, sentence: Span) -> str:
    """Return the name in "name : 32 169 €" and in "name (40 000 €)"."""
    before = text[max(sentence.start, quantity.span.start - _REACH) : quantity.span.start]
    name, _, tail = before.rpartition(":")
    if not name or not _TAIL.fullmatch(tail):
        name = before.rstrip().removesuffix("(")
        if name == before.rstrip() or text[quantity.after : quantity.after + 1] != ")":
            return ""
    label = _clean(_BULLET.sub("", _last_part(name)))
    return label if len(label) <= _MAX_CHARS and re.search(r"[^\W\d_]{2}", label) else ""


def _last_part(text: str) -> str:
    """Return what follows the last colon, semicolon or tab of `text`, or its last bracket left open."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth < 0 or (depth == 0 and text[place] in ";:\t"):
            return text[place + 1 :]
    return text


def _phrase_around(text: str, quantity: Quantity, sentence: Span) -> str:
    """Return the noun phrase that leads to the number; else the subject of its verb; else what follows."""
    end = max(sentence.start, start_with_qualifier(text, quantity.span.start))
    tokens = [token.group() for token in _TOKEN.finditer(text, max(sentence.start, end - _REACH), end)]
    aim = _AIM.match(text, quantity.after)
    following = _phrase(text, aim.end() if aim else quantity.after, sentence.end)
    following = "" if _YEAR.search(following) else following
    if tokens[-1:] == ["("]:
        return " · ".join(filter(None, (_leading_phrase(tokens[:-1]), following)))
    if following and tokens and tokens[-1] in _JOINS:
        return following
    return _leading_phrase(tokens) or _subject(tokens) or following or _leading_phrase(_without_end(tokens, _NO_NAME))


def _leading_phrase(tokens: Sequence[str]) -> str:
    """Return the noun phrase that `tokens` end with, or the one before "pour un montant de"; "" after a verb."""
    tokens = _without_end(tokens, _NO_NAME - _VERBS - _MARKS)
    near = _last_phrase(tokens)
    if len(near) == 1 and len(tokens) > 1 and _bare_word(tokens[-2]) in _VERBS and _PARTICIPLE.fullmatch(near[0]):
        return ""
    phrase = _join(near)
    if phrase.lower() not in _VAGUE:
        return phrase
    before = _leading_phrase(tokens[: len(tokens) - len(near)])
    return (before if " " in before else "") or _subject(tokens) or before or phrase


def _without_end(tokens: Sequence[str], words: frozenset[str]) -> Sequence[str]:
    end = len(tokens)
    while end and _bare_word(tokens[end - 1]) in words:
        end -= 1
    return tokens[:end]


def _subject(tokens: Sequence[str]) -> str:
    """Return the noun phrase that begins the clause of the last verb of `tokens`."""
    verb = next((place for place in range(len(tokens) - 1, -1, -1) if _bare_word(tokens[place]) in _VERBS), 0)
    while verb and _bare_word(tokens[verb - 1]) in _VERBS:
        verb -= 1
    ends = _VERBS | _MARKS
    start = next((place + 1 for place in range(verb - 1, -1, -1) if _bare_word(tokens[place]) in ends), 0)
    clause = [token for token in tokens[start:verb] if token[0].isalnum()]
    while clause and _bare_word(clause[0]) in _NO_NAME:
        clause.pop(0)
    end = next((place for place, token in enumerate(clause) if _ends_phrase(token)), len(clause))
    subject = _join(_without_end(clause[: min(end, _MAX_WORDS)], _SMALL_WORDS))
    return "" if subject.isupper() else subject


def _last_phrase(tokens: Sequence[str]) -> list[str]:
    taken: list[str] = []
    for token in reversed(tokens):
        if _ends_phrase(token) or _bare_word(token) in _DETERMINERS or len(taken) == _MAX_WORDS:
            break
        taken.insert(0, token)
    return taken


def _ends_phrase(token: str) -> bool:
    return not (token[0].isalpha() or _YEAR.fullmatch(token)) or _bare_word(token) in _STOPS


def _bare_word(token: str) -> str:
    return token.lower().rstrip("'")


def _join(tokens: Sequence[str]) -> str:
    """Return the tokens as text, without the small words and years they begin with."""
    kept = (place for place, token in enumerate(tokens) if token[0].isalpha() and _bare_word(token) not in _SMALL_WORDS)
    first = next(kept, len(tokens))
    return "".join(token if token.endswith("'") else f"{token} " for token in tokens[first:]).strip(" -–")


def _clean(phrase: str) -> str:
    return " ".join(phrase.split()).strip(" -–,")
