"""Finding a thread by what one remembers of it: words in any order, without regard to case or accents."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from iaposte_desktop.domain.threads import ThreadSummary


_ACCENTS: Final = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """`Élodie` and `ELODIE` alike; `œ` and `ß` as one types them."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    return _ACCENTS.sub("", spread)


def haystack(summary: ThreadSummary) -> str:
    """What a filter looks through."""
    return fold("\n".join((summary.thread.subject, summary.customer_name, summary.customer_email, summary.preview)))


def words_of(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())
