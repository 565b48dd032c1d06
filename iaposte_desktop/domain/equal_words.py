"""What can be said of why a passage was found where only its text is known: the words that it shares with the query."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.search import Explanation, Match, MatchKind

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import Passage

_WORD: Final = re.compile(r"[^\W_]+")


def explained_by_words(query: str, passage: Passage) -> Explanation:
    """Words are the same whatever their case and accents. The score is the passage's own."""
    wanted = {_folded(word): word for word in _WORD.findall(query)}
    matches = (
        Match(found.start(), found.end(), MatchKind.EXACT, wanted[folded])
        for found in _WORD.finditer(passage.text)
        if (folded := _folded(found[0])) in wanted
    )
    return Explanation(tuple(matches), passage.score)


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
