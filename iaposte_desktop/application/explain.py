"""What to tell people about an error: what happened, whether anything was sent or billed, and what to do next.

One table for every face, in every language; `tests/unit/application/test_explain.py` holds it against the error tree.
Where a sentence holds `[… {detail} …]`, the error's detail stands there; what is in the brackets goes without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.error_sentences import SENTENCES
from iaposte_desktop.application.labels import french_spaces
from iaposte_desktop.domain.errors import Delivery, ErrorInfo, IAPosteError

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import FileError


@dataclass(frozen=True, slots=True)
class Explanation:
    what: str
    delivery: str
    next: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.what, self.delivery, self.next)))


_DELIVERY: Final = {
    (Delivery.NO, Delivery.NO): ("Nothing was sent or billed.", "Rien n’a été envoyé ni facturé."),
    (Delivery.YES, Delivery.NO): ("It was sent; nothing was billed.", "C’est parti ; rien n’a été facturé."),
    (Delivery.YES, Delivery.YES): ("It was sent and billed.", "C’est parti et c’est facturé."),
}
_DELIVERY_UNCLEAR: Final = ("It may have been sent and billed.", "C’est peut-être parti, et facturé.")

CODES: Final = frozenset(SENTENCES)


def explain(error: ErrorInfo | IAPosteError, language: str) -> Explanation:
    """`language`: `fr`, or else English. A code that a newer version wrote falls back to its family's sentence."""
    info = error.info if isinstance(error, IAPosteError) else error
    what, advice = SENTENCES.get(info.code) or SENTENCES.get(info.code.partition(".")[0]) or SENTENCES["internal"]
    delivery = _DELIVERY.get((info.sent, info.billed), _DELIVERY_UNCLEAR)
    index = 1 if language == "fr" else 0
    # That nothing was sent is worth saying only where something could have been.
    says_delivery = info.code.partition(".")[0] in _PROVIDER_CODES
    spoken = (what[index], delivery[index] if says_delivery else "", advice[index])
    return Explanation(*(_filled(french_spaces(text) if index else text, info.detail) for text in spoken))


def _filled(sentence: str, detail: str) -> str:
    """A detail is foreign: it becomes one line, of a length that can be read, without its own full stop."""
    shown = " ".join(detail.split()).rstrip(".")
    if len(shown) > _DETAIL_CHARACTERS:
        shown = f"{shown[:_DETAIL_CHARACTERS]}…"
    kept = _WITH_DETAIL.sub(r"\1" if shown else "", sentence)
    return kept.replace("{detail}", shown)


_DETAIL_CHARACTERS: Final = 240
_WITH_DETAIL: Final = re.compile(r"\[([^\]]*)\]")
_PROVIDER_CODES: Final = frozenset(
    {
        "provider",
        "provider_unavailable",
        "key_missing",
        "key_refused",
        "rate_limited",
        "quota_exhausted",
        "model_gone",
        "api_ended",
        "request_refused",
        "answer_unusable",
        "stream_cut",
        "over_budget",
        "too_many_rounds",
    }
)


_REPAIRED: Final = {
    "recovered": (
        "The workspace was damaged and repaired with everything that could be read.",
        "L’espace de travail était endommagé ; il a été réparé avec tout ce qui était lisible.",
    ),
    "backup": (
        "The workspace was damaged and replaced by its last sound backup.",
        "L’espace de travail était endommagé ; il a été remplacé par sa dernière sauvegarde saine.",
    ),
    "new": (
        "The workspace was damaged beyond repair; a new one was begun.",
        "L’espace de travail était irréparable ; un nouveau a été commencé.",
    ),
}
_KEPT: Final = ("The damaged file is kept: {0}", "Le fichier endommagé est gardé : {0}")


def explain_repair(source: str, kept_at: Path, language: str) -> str:
    """`source`: `recovered`, `backup` or `new`."""
    index = 1 if language == "fr" else 0
    return f"{_REPAIRED[source][index]} {_KEPT[index].format(kept_at)}"


def explain_file(error: FileError, language: str) -> Explanation:
    """The reason a file's row shows."""
    return explain(ErrorInfo(f"file_refused.{error.problem}", error.detail), language)
