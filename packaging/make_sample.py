"""Make the binary knowledge files of the sample shop: two PDF, one DOCX, one XLSX.

The same sources give the same bytes on every system: dates are fixed, nothing is compressed (the bytes would
then depend on the zlib at hand) and the zip entries carry a fixed time. The texts are in `sample_sources/`.

    python packaging/make_sample.py
"""

import io
import re
import sys
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl
from docx.enum.style import WD_STYLE_TYPE
from openpyxl.styles import Font
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

SOURCES = Path(__file__).resolve().parent / "sample_sources"
KNOWLEDGE = Path(__file__).resolve().parent.parent / "iaposte_desktop/resources/sample/knowledge"

AUTHOR = "Maison Lumen"
EDITION = datetime(2026, 9, 1, 8, 0, 0)
ZIP_TIME = (2026, 9, 1, 8, 0, 0)

CONDITIONS = "conditions-generales-guide-client.pdf"
MANUAL = "aurore-lamp-manual.pdf"
RETURNS = "procedure-retours.docx"
DELIVERY = "livraison-produits.xlsx"

MARGIN = 16 * mm
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=14.5, spaceAfter=6)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=16, bulletIndent=3, spaceAfter=3)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceAfter=10)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=11.5, leading=15, spaceBefore=6, spaceAfter=4)


@dataclass(frozen=True)
class Block:
    """One line of a source: a heading of some level, a paragraph, a list item or a row of a table."""

    kind: str  # "h1", "h2", "h3", "text", "bullet", "number" or "row"
    text: str
    mark: str = ""


def read_source(name: str) -> list[Block]:
    """The blocks of a source: one a line; blank lines only separate."""
    blocks = []
    for line in (SOURCES / name).read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        if heading := re.match(r"(#{1,3}) (.+)", line):
            blocks.append(Block(f"h{len(heading[1])}", heading[2]))
        elif number := re.match(r"(\d+)\. (.+)", line):
            blocks.append(Block("number", number[2], f"{number[1]}."))
        elif line.startswith("- "):
            blocks.append(Block("bullet", line[2:], "\u2022"))
        elif line.startswith("|"):
            blocks.append(Block("row", line))
        else:
            blocks.append(Block("text", line))
    return blocks


def read_table(name: str) -> list[list[str]]:
    """The cells of a tab-separated source."""
    return [line.split("\t") for line in (SOURCES / name).read_text(encoding="utf-8").splitlines()]


def make_pdf(source: str, target: Path, *, header: str, lang: str) -> None:
    """A PDF with one page for each first-level heading, a running header and a numbered footer."""
    blocks = read_source(source)
    pages = sum(block.kind == "h1" for block in blocks)
    width, height = A5
    drawn = 0

    def frame(canvas: Any, document: Any) -> None:
        nonlocal drawn
        drawn = document.page
        canvas.saveState()
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(MARGIN, height - 12 * mm, header)
        canvas.line(MARGIN, height - 14 * mm, width - MARGIN, height - 14 * mm)
        canvas.drawCentredString(width / 2, 8 * mm, f"Page {document.page} / {pages}")
        canvas.restoreState()

    story: list[Flowable] = []
    for block in blocks:
        text = escape(block.text)
        if block.kind == "h1":
            if story:
                story.append(PageBreak())
            story.append(Paragraph(text, TITLE))
        elif block.kind in ("h2", "h3"):
            story.append(Paragraph(text, HEADING))
        elif block.mark:
            story.append(Paragraph(text, ITEM, bulletText=block.mark))
        else:
            story.append(Paragraph(text, BODY))
    document = SimpleDocTemplate(
        str(target),
        pagesize=A5,
        leftMargin=MARGIN - 6,  # The frame pads its text by 6 points.
        rightMargin=MARGIN - 6,
        topMargin=MARGIN + 4 * mm,
        bottomMargin=MARGIN,
        title=blocks[0].text,
        author=AUTHOR,
        creator=AUTHOR,
        lang=lang,
        invariant=1,
        pageCompression=0,
    )
    document.build(story, onFirstPage=frame, onLaterPages=frame)
    if drawn != pages:
        raise ValueError(f"{target.name}: {drawn} pages where {pages} are planned; a section is too long")


def make_docx(source: str, target: Path) -> None:
    """A Word document with real heading and list styles, and tables."""
    document = docx.Document()
    slim(document)
    blocks = read_source(source)
    styles = {"bullet": "List Bullet", "number": "List Number"}
    table: Any = None
    for block in blocks:
        if block.kind == "row":
            cells = [cell.strip() for cell in block.text.strip("|").split("|")]
            if table is None:
                table = document.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
            if len(table.rows) == 1:
                for cell in table.rows[0].cells:
                    cell.paragraphs[0].runs[0].bold = True
            continue
        table = None
        if block.kind.startswith("h"):
            document.add_heading(block.text, level=int(block.kind[1]))
        else:
            document.add_paragraph(block.text, style=styles.get(block.kind))
    properties = document.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.title = blocks[0].text
    properties.comments = ""
    properties.language = "fr-FR"
    properties.created = properties.modified = EDITION
    buffer = io.BytesIO()
    document.save(buffer)
    write_fixed_zip(buffer, target)


def slim(document: Any) -> None:
    """Drop what the library's template brings and this document does not use: it is 95% of its bytes."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml")):
                del relations[key]


def cell_value(text: str) -> str | int | float | None:
    """A cell's text as the number it is, where it is one."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    if re.fullmatch(r"\d+\.\d+", text):
        return float(text)
    return text or None


def make_xlsx(sheets: dict[str, str], target: Path) -> None:
    """A workbook with one sheet for each tab-separated source; the first row is the header."""
    book = openpyxl.Workbook()
    for number, (title, source) in enumerate(sheets.items()):
        sheet: Any = book.active if number == 0 else book.create_sheet()
        sheet.title = title
        rows = read_table(source)
        for row in rows:
            sheet.append([cell_value(text) for text in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for index, column in enumerate(sheet.columns):
            width = max(len(row[index]) for row in rows)
            sheet.column_dimensions[column[0].column_letter].width = min(width + 2, 100)
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    book.properties.created = EDITION
    buffer = io.BytesIO()
    book.save(buffer)
    write_fixed_zip(buffer, target)


def write_fixed_zip(buffer: io.BytesIO, target: Path) -> None:
    """The same archive with fixed times, stored uncompressed; the date of the last save is fixed too."""
    saved = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
    edition = EDITION.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as result:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = saved.sub(rb"\g<1>" + edition + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.create_system = 3  # Otherwise the bytes tell the system they were made on.
            entry.external_attr = 0o644 << 16
            result.writestr(entry, content)


def make(target: Path) -> list[Path]:
    """Write the binary sample files into `target`, and give their paths."""
    target.mkdir(parents=True, exist_ok=True)
    conditions, manual, returns, delivery = (target / name for name in (CONDITIONS, MANUAL, RETURNS, DELIVERY))
    make_pdf(
        "conditions-generales-guide-client.txt",
        conditions,
        header="Maison Lumen - Conditions générales",
        lang="fr-FR",
    )
    make_pdf("aurore-lamp-manual.txt", manual, header="Maison Lumen - Aurore user manual", lang="en-GB")
    make_docx("procedure-retours.txt", returns)
    make_xlsx({"Livraison": "livraison.tsv", "Produits": "produits.tsv"}, delivery)
    return [conditions, manual, returns, delivery]


if __name__ == "__main__":
    for path in make(Path(sys.argv[1]) if len(sys.argv) > 1 else KNOWLEDGE):
        print(f"{path.name}: {path.stat().st_size} bytes")
