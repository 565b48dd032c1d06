"""A search that the same words always answer the same way: the share of a question's word stems that a chunk has."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CHUNK_CHARACTERS: Final = 800
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_WORDS: Final = re.compile(r"\w+")
_SHORTEST_WORD: Final = 3
_COMMON: Final = frozenset(
    _WORDS.findall(
        "and are but can could did does for from had has have her him his how its may not one our out she should that "
        "the their them there they this was were what when where which who why will with would you your "
        "aux avec car ces cet cette comment dans des donc elle elles est etre fait ils les leur mais mes mon nos "
        "notre nous ont par pas plus pour puis quand que quel quelle qui quoi sans ses son sont sur tes ton une vos "
        "votre vous"
    )
)


def chunks(text: str) -> list[str]:
    """Paragraphs, put together up to about 800 characters; a longer one is cut."""
    found: list[str] = []
    for paragraph in filter(None, map(str.strip, _PARAGRAPHS.split(text))):
        if found and len(found[-1]) + len(paragraph) + 2 <= _CHUNK_CHARACTERS:
            found[-1] = f"{found[-1]}\n\n{paragraph}"
        else:
            starts = range(0, len(paragraph), _CHUNK_CHARACTERS)
            found += [paragraph[start : start + _CHUNK_CHARACTERS] for start in starts]
    return found


def stems(text: str) -> set[str]:
    """Lower case, without accents, plurals and the commonest words of English and French."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    words = {word for word in _WORDS.findall(plain) if len(word) >= _SHORTEST_WORD or word.isdecimal()}
    return {_singular(word) for word in words - _COMMON}


def score(query: str, chunk: str) -> float:
    """From 0 to 1. Nothing is found by a question of common words alone."""
    asked = stems(query)
    return round(len(asked & stems(chunk)) / len(asked), 4) if asked else 0.0


def _singular(word: str) -> str:
    is_plural = len(word) > _SHORTEST_WORD and not word.isdecimal() and word[-1] in "sx"
    return word[:-1] if is_plural else word
