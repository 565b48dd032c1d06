"""Text to words, the same way for documents and queries. A change of what comes out is a new TOKENISER_VERSION."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

TOKENISER_VERSION: Final = 1

WORD: Final = re.compile(r"[^\W_]+")
# It begins where a word does: tried from each character of a run of 20,000 digits, it took seconds.
COMPOUND: Final = re.compile(r"(?<![^\W_])[^\W_]+(?:[._/@+-]+[^\W_]+)+")
_SIGN: Final = re.compile(r"[@\d]")
_LONGEST_COMPOUND: Final = 80
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def normalise(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def split_words(normalised: str) -> list[str]:
    """The words of a normalised text. An elision is a word of its own: l'été is l, été."""
    return WORD.findall(normalised)


def split_compounds(normalised: str) -> list[str]:
    """E-mail addresses, versions, part numbers, dates: what a customer copies whole."""
    if not _SIGN.search(normalised):
        return []
    return [
        found
        for token in normalised.split()
        if not token.isalpha() and _SIGN.search(token)
        for found in COMPOUND.findall(token)
        if len(found) <= _LONGEST_COMPOUND and _SIGN.search(found)
    ]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Without accents and ligatures. The stem is taken from the accented word first: été is not ete to Snowball."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_LIGATURES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
