"""How people write: a word left out, two letters swapped, one missing or doubled."""

from __future__ import annotations

import random
from collections.abc import Sequence

MIN_LETTERS = 4  # a shorter word with a slip is another word


def misspelt(word: str, chance: random.Random) -> str:
    """Return a word with one slip inside it; numbers and short words come back as they are."""
    if len(word) < MIN_LETTERS or word[0].isdigit():
        return word
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice([before + after, before + after[0] + letter + after[1:], before + 2 * letter + after, word[:-1]])


def thinned(words: Sequence[str], share: float, chance: random.Random) -> Sequence[str]:
    """Return the words without about a share of them; never fewer than one of a text that has any."""
    return [word for word in words if chance.random() >= share] or words
