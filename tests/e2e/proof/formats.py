"""How a document is written in each format, and how its places are named there. A new format is a line of FORMATS."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import reportlab
from docx import Document as Docx
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageBreak, PageTemplate, Paragraph

from iaposte_desktop.domain.knowledge import Anchor
from tests.unit.engine import made_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.proof.corpus import Document

_BODY: Final = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=14, spaceAfter=8)
_LINE: Final = 62


@dataclass(frozen=True, slots=True)
class Format:
    """`is_at` says whether an anchor names page `page` of a document. `repeats` as for `document`."""

    name: str
    suffix: str
    write: Callable[[Document], bytes]
    is_at: Callable[[Anchor | None, int], bool]
    count: int
    repeats: bool = False


def _pdf(document: Document, columns: int = 1) -> bytes:
    """With a running header and page numbers."""
    file = BytesIO()
    width = (A4[0] - 100 - 20 * (columns - 1)) / columns
    frames = [Frame(50 + n * (width + 20), 60, width, A4[1] - 140) for n in range(columns)]
    template = BaseDocTemplate(file, pagesize=A4, pageTemplates=[PageTemplate("page", frames, onPage=_header)])
    story: list[object] = [NextPageTemplate("page")]
    for at, sentences in enumerate(document.pages):
        story += [PageBreak()] if at else []
        half = (len(sentences) + 1) // 2 if columns > 1 else len(sentences)
        story += [Paragraph(escape(sentence), _BODY) for sentence in sentences[:half]]
        story += [FrameBreak()] if columns > 1 else []
        story += [Paragraph(escape(sentence), _BODY) for sentence in sentences[half:]]
    template.build(story)
    return file.getvalue()


def _header(canvas: Canvas, _template: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(50, A4[1] - 40, "Conditions de la boutique")
    canvas.drawString(50, 30, f"Page {canvas.getPageNumber()}")


def _hyphenated(document: Document) -> bytes:
    """Lines end within words."""
    return _drawn(document, "Helvetica", lambda text: text)


def _ligatures(document: Document) -> bytes:
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(font)))
    return _drawn(document, "Vera", lambda text: text.replace("fi", "ﬁ").replace("fl", "ﬂ"))


def _drawn(document: Document, font: str, written: Callable[[str], str]) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for sentences in document.pages:
        canvas.setFont(font, 10)
        down = A4[1] - 90
        for sentence in sentences:
            for line in _broken(sentence):
                canvas.drawString(60, down, written(line))
                down -= 13
            down -= 10
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _broken(sentence: str) -> list[str]:
    """A hyphen where a line ends between two letters of a word, never in a number or a code."""
    lines = []
    while len(sentence) > _LINE:
        within = [
            at
            for at in range(30, _LINE)
            if all(sentence[at + n].isalpha() and sentence[at + n].islower() for n in (-2, -1, 0, 1))
        ]
        at = within[-1]
        lines.append(sentence[:at] + "-")
        sentence = sentence[at:]
    return [*lines, sentence]


def _docx(document: Document) -> bytes:
    file, made = BytesIO(), Docx()
    for page, sentences in enumerate(document.pages, 1):
        made.add_heading(f"Section {page}", level=1)
        for sentence in sentences:
            made.add_paragraph(sentence)
    made.save(file)
    return file.getvalue()


def _xlsx(document: Document) -> bytes:
    file, book = BytesIO(), Workbook()
    book.remove(book.active)
    for page, sentences in enumerate(document.pages, 1):
        sheet = book.create_sheet(f"Feuille {page}")
        sheet.append(["Règle", "Texte"])
        for row, sentence in enumerate(sentences, 1):
            sheet.append([row, sentence])
    book.save(file)
    return file.getvalue()


def _csv(document: Document) -> bytes:
    file = StringIO()
    table = csv.writer(file)
    table.writerow(["Section", "Texte"])
    table.writerows([page, sentence] for page, sentences in enumerate(document.pages, 1) for sentence in sentences)
    return file.getvalue().encode()


def _markdown(document: Document) -> bytes:
    sections = (f"# Section {page}\n\n" + "\n\n".join(sentences) for page, sentences in enumerate(document.pages, 1))
    return "\n\n".join(sections).encode()


def _html(document: Document) -> bytes:
    sections = (
        f"<h1>Section {page}</h1>" + "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
        for page, sentences in enumerate(document.pages, 1)
    )
    return f"<!DOCTYPE html><html><meta charset='utf-8'><body>{''.join(sections)}</body></html>".encode()


def _text(document: Document) -> bytes:
    return "\n\n".join("\n".join(sentences) for sentences in document.pages).encode()


def _mail(document: Document) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", f"Note {document.number}"
    mail.set_content("\n\n".join("\n\n".join(sentences) for sentences in document.pages))
    return mail.as_bytes()


def _slides(document: Document) -> bytes:
    slides = ([f"Section {page}", *map(escape, sentences)] for page, sentences in enumerate(document.pages, 1))
    return made_files.pptx(*slides)


def _odt(document: Document) -> bytes:
    return made_files.odt(
        "".join(
            f'<text:h text:outline-level="1">Section {page}</text:h>'
            + "".join(f"<text:p>{escape(sentence)}</text:p>" for sentence in sentences)
            for page, sentences in enumerate(document.pages, 1)
        )
    )


def _ods(document: Document) -> bytes:
    sheets = {
        f"Feuille {page}": [["Règle", "Texte"], *([row, escape(each)] for row, each in enumerate(sentences, 1))]
        for page, sentences in enumerate(document.pages, 1)
    }
    return made_files.ods(**sheets)


def _rtf(document: Document) -> bytes:
    def written(text: str) -> str:
        return "".join(each if each.isascii() else f"\\u{ord(each)}?" for each in text)

    sections = (
        rf"\pard\s1 Section {page}\par" + "".join(rf"\pard\s0 {written(each)}\par" for each in sentences)
        for page, sentences in enumerate(document.pages, 1)
    )
    return made_files.rtf("".join(sections))


def _json(document: Document) -> bytes:
    sections = {
        f"Section {page}": {f"regle {row}": sentence for row, sentence in enumerate(sentences, 1)}
        for page, sentences in enumerate(document.pages, 1)
    }
    return json.dumps(sections, ensure_ascii=False).encode()


def _mbox(document: Document) -> bytes:
    mails = ((f"Section {page}", "2026-03-02", "\n\n".join(each)) for page, each in enumerate(document.pages, 1))
    return made_files.mbox(*mails)


def _within(anchor: Anchor | None, page: int) -> bool:
    """The section's name begins one of the headings above."""
    return anchor is not None and any(f"{each} ".startswith(f"Section {page} ") for each in anchor.headings)


def _on_page(anchor: Anchor | None, page: int) -> bool:
    return anchor is not None and anchor.page == page


def _under_heading(anchor: Anchor | None, page: int) -> bool:
    return anchor is not None and anchor.headings[-1:] == (f"Section {page}",)


def _on_sheet(anchor: Anchor | None, page: int) -> bool:
    return anchor is not None and anchor.sheet == f"Feuille {page}"


def _anywhere(_anchor: Anchor | None, _page: int) -> bool:
    """The format knows no places but the text's own."""
    return True


FORMATS: Final = (
    Format("plain", ".pdf", _pdf, _on_page, 20),
    Format("columns", ".pdf", lambda document: _pdf(document, columns=2), _on_page, 15),
    Format("hyphens", ".pdf", _hyphenated, _on_page, 15),
    Format("ligatures", ".pdf", _ligatures, _on_page, 15),
    Format("repeated", ".pdf", _pdf, _on_page, 15, repeats=True),
    Format("word", ".docx", _docx, _under_heading, 20),
    Format("sheets", ".xlsx", _xlsx, _on_sheet, 20),
    Format("table", ".csv", _csv, _anywhere, 15),
    Format("markdown", ".md", _markdown, _under_heading, 20),
    Format("web", ".html", _html, _under_heading, 20),
    Format("text", ".txt", _text, _anywhere, 15),
    Format("mail", ".eml", _mail, _anywhere, 10),
    Format("slides", ".pptx", _slides, _on_page, 8),
    Format("writer", ".odt", _odt, _under_heading, 8),
    Format("calc", ".ods", _ods, _on_sheet, 8),
    Format("rich", ".rtf", _rtf, _under_heading, 8),
    Format("keys", ".json", _json, _within, 8),
    Format("mailbox", ".mbox", _mbox, _within, 8),
)
