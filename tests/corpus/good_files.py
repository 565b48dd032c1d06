"""A whole file of every format that is read, each with the same sentence."""

from __future__ import annotations

import json

from tests.unit.engine import made_files

SENTENCE = "Le remboursement est fait sous dix jours ouvrables apres le retour du colis."


def good_files() -> dict[str, bytes]:
    """Suffix → bytes."""
    return {
        ".txt": f"{SENTENCE}\n".encode(),
        ".md": f"# Retours\n\n{SENTENCE}\n".encode(),
        ".html": f"<html><body><h1>Retours</h1><p>{SENTENCE}</p></body></html>".encode(),
        ".pdf": made_files.pdf([SENTENCE], [SENTENCE]),
        ".docx": made_files.docx(made_files.paragraph("Retours", "Titre1") + made_files.paragraph(SENTENCE)),
        ".odt": made_files.odt(f"<text:h text:outline-level='1'>Retours</text:h><text:p>{SENTENCE}</text:p>"),
        ".rtf": made_files.rtf(rf"\pard {SENTENCE}\par "),
        ".pptx": made_files.pptx(["Retours", SENTENCE]),
        ".xlsx": made_files.xlsx(Retours=[["Quoi", "Texte"], ["retour", SENTENCE]]),
        ".ods": made_files.ods(Retours=[["Quoi", "Texte"], ["retour", SENTENCE]]),
        ".xls": made_files.xls(),
        ".csv": f"quoi;texte\nretour;{SENTENCE}\n".encode(),
        ".json": json.dumps({"retours": {"texte": SENTENCE}}).encode(),
        ".eml": f"From: Nora <nora@shop.example>\nSubject: Retours\n\n{SENTENCE}\n".encode(),
        ".mbox": made_files.mbox(("Retours", "2026-03-02", SENTENCE)),
    }
