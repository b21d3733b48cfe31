"""The tokenizer of a static encoder: careless writing gives the tokens of careful writing, unknown words pieces."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
PIECE = "##"  # begins a token that continues a word
_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
_APOSTROPHES = r"[’ʼ‘´]"
_ELIDED = r"\b(?:qu|jusqu|lorsqu|puisqu|quoiqu|[cdjlmnst])'"
_ACRONYM_POINT = r"(?<=\b[a-z])\.(?=[a-z]\b)"  # "a.i.p.r." is one word
# The lexical index finds figures. A vector for each would only blur what a sentence is about: years alone are kept.
_FIGURE = r"(?<!\w)(?!(?:19|20)\d\d(?!\w))\d+(?:[.,]\d+)*(?!\w)"


def build_tokenizer(words: Sequence[str], pieces: Sequence[str]) -> Tokenizer:
    """Return the tokenizer whose token numbers are those of `tokens_of`.

    Args:
        words: folded words, without accents or ligatures.
        pieces: what may continue an unknown word after the longest known beginning.
    """
    vocabulary = {token: number for number, token in enumerate(tokens_of(words, pieces))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.Sequence(
        [
            *(normalizers.Replace(ligature, letters) for ligature, letters in _LIGATURES.items()),
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(_APOSTROPHES), "'"),
            normalizers.Replace(Regex(_ELIDED), " "),
            normalizers.Replace(Regex(_ACRONYM_POINT), ""),
            normalizers.Replace(Regex(_FIGURE), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\w]+|_+"), behavior="removed")
    return tokenizer


def tokens_of(words: Sequence[str], pieces: Sequence[str]) -> list[str]:
    """Return the tokens in the order of their rows: the unknown one, the words, the pieces."""
    return [UNKNOWN, *words, *(PIECE + piece for piece in pieces)]
