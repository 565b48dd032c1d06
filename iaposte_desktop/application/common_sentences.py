"""What several errors advise, and the shape of what is said of each."""

from __future__ import annotations

from typing import Final

RETRY: Final = ("Try again.", "Réessayez.")
REPORT: Final = (
    "Please report it with the log (Help → Open the log folder).",
    "Signalez-le avec le journal (Aide → Ouvrir le dossier du journal).",
)
FREE_SPACE: Final = (
    "Free some space, then try again; nothing that was saved is lost.",
    "Libérez de la place, puis réessayez ; rien de ce qui était enregistré n’est perdu.",
)

Sentence = tuple[tuple[str, str], tuple[str, str]]
"""What happened and what to do next, each in English and French."""
