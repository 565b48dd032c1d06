"""Files of every format, made in the tests that read them."""

from __future__ import annotations

import base64
import datetime
import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DRAWING = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "manifest", "draw")
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE = 0xFFFF_FFFF

STYLES = f"""<w:styles {WORD}>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Maison"><w:name w:val="House"/><w:basedOn w:val="Titre2"/></w:style>
<w:style w:type="paragraph" w:styleId="Plan"><w:name w:val="Plan"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Puce"><w:name w:val="Puce"/><w:pPr><w:numPr/></w:pPr></w:style>
</w:styles>"""


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(body: str, *, prolog: str = "", **members: bytes) -> bytes:
    document = f"{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return package({"word/document.xml": document.encode(), "word/styles.xml": STYLES.encode(), **members})


def package(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return made.getvalue()


def members_of(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def with_encrypted_flags(made: bytes) -> bytes:
    """A zip whose directory says that its members are encrypted."""
    return re.sub(rb"(PK\x01\x02....)..", lambda entry: entry.group(1) + b"\x01\0", made, flags=re.DOTALL)


def pdf(*pages: Sequence[str] | None, password: str | None = None) -> bytes:
    """A line of text for each string; an empty page has a drawing and no text, None is a blank one."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, encrypt=password)
    for lines in pages:
        if lines is not None:
            canvas.rect(20, 20, 100, 100)
        for number, line in enumerate(lines or ()):
            canvas.drawString(50, 780 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def encrypted(kind: str) -> bytes:
    """As Office wraps an encrypted document, or LibreOffice (`odt`, `ods`) marks one."""
    if kind in {"odt", "ods"}:
        manifest = f"<manifest:manifest {ODF}><manifest:encryption-data/></manifest:manifest>".encode()
        return _odf("text" if kind == "odt" else "spreadsheet", "", {"META-INF/manifest.xml": manifest})
    return ole("EncryptionInfo", "EncryptedPackage")


def ole(*streams: str) -> bytes:
    """A compound file with a directory of these names, and nothing in them."""
    table, directory = 0, 1
    head = OLE + bytes(22) + struct.pack("<H", 9) + bytes(16) + struct.pack("<I", directory) + bytes(24)
    header = head + struct.pack("<109I", table, *[FREE] * 108)
    links = [(FREE, FREE, 1), *((FREE, n + 2 if n + 1 < len(streams) else FREE, FREE) for n in range(len(streams)))]
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<H", 2 * len(name) + 2)
        + b"\2\1"
        + struct.pack("<3I", *link)
        + bytes(48)
        for name, link in zip(("Root Entry", *streams), links, strict=True)
    )
    sectors = 1 + -(-len(entries) // 512)
    chain = [0xFFFF_FFFD, *range(2, sectors), 0xFFFF_FFFE]
    return (
        header + struct.pack("<128I", *chain, *[FREE] * (128 - len(chain))) + entries.ljust(512 * (sectors - 1), b"\0")
    )


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def pptx(*slides: Sequence[str], notes: Sequence[str] = (), hidden: Sequence[int] = ()) -> bytes:
    """A slide for each: its title, then the paragraphs of its body. `notes` are the first slide's; `hidden` counts
    from 1."""
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    members = {
        "ppt/presentation.xml": f"<p:presentation {DRAWING}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"rId{n}", "slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1))
        ),
    }
    for number, (title, *body) in enumerate(slides, 1):
        shapes = shape("title", title) + shape("body", *body) + shape("sldNum", str(number))
        show = ' show="0"' if number in hidden else ""
        members[f"ppt/slides/slide{number}.xml"] = f"<p:sld {DRAWING}{show}>{shapes}</p:sld>"
    if notes:
        members["ppt/slides/_rels/slide1.xml.rels"] = relations(("rId1", "notesSlide", "../notesSlides/notes1.xml"))
        members["ppt/notesSlides/notes1.xml"] = f"<p:notes {DRAWING}>{shape('body', *notes)}</p:notes>"
    return package({name: text.encode() for name, text in members.items()})


def shape(kind: str, *paragraphs: str) -> str:
    lines = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>'


def relations(*targets: tuple[str, str, str]) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = (f'<Relationship Id="{name}" Type="{kind}/{what}" Target="{part}"/>' for name, what, part in targets)
    return f"<Relationships>{''.join(listed)}</Relationships>"


def odt(body: str, *, styles: str = "", **members: bytes) -> bytes:
    return _odf("text", f"{styles}<office:body><office:text>{body}</office:text></office:body>", members)


def ods(**sheets: Sequence[Sequence[object]]) -> bytes:
    tables = "".join(
        f'<table:table table:name="{name}">{_ods_rows(rows)}</table:table>' for name, rows in sheets.items()
    )
    return _odf("spreadsheet", f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>", {})


def _ods_rows(rows: Sequence[Sequence[object]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)


def _ods_cell(value: object) -> str:
    told = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
    return f'<table:table-cell office:value-type="{told}"><text:p>{value}</text:p></table:table-cell>'


def _odf(kind: str, content: str, members: dict[str, bytes]) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
    return package(
        {
            "mimetype": mimetype.encode(),
            "content.xml": f"<office:document-content {ODF}>{content}</office:document-content>".encode(),
            "META-INF/manifest.xml": f"<manifest:manifest {ODF}>{entry}</manifest:manifest>".encode(),
            **members,
        }
    )


def rtf(body: str) -> bytes:
    head = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil Arial;}{\f1\fcharset204 Arial Cyr;}}"
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}}"
    )
    return f"{head}{body}}}".encode("ascii")


def mbox(*mails: tuple[str, str, str]) -> bytes:
    """Subject, date (ISO) and body of each."""
    return "\n".join(_posted(*mail) for mail in mails).encode()


def _posted(subject: str, date: str, body: str) -> str:
    sent = datetime.datetime.fromisoformat(date).strftime("%a, %d %b %Y 10:00:00 +0000")
    head = f"From - Mon Mar 02 10:00:00 2026\nFrom: Nora <nora@shop.example>\nSubject: {subject}\nDate: {sent}\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}\n"


def xls() -> bytes:
    """Sheets `Tarifs` (Réf, Prix, Depuis; two rows), a hidden one, and `Notes` with one cell in its second row. Its
    format is too much to write here: these are the bytes that a spreadsheet program saved."""
    return zlib.decompress(base64.b85decode(_XLS))


def xls_with_password() -> bytes:
    """Its second record made the one that says that what follows is encrypted."""
    return xls().replace(b"\xe1\0\x02\0", b"\x2f\0\x02\0")


_XLS = (
    "c-rk)O=uHA6#i!O+t8#*e}q;jp<vb8LQ+w@v}^tA$x@4=h@fe^#ib!FNh|6>t2HMP1W$^WLN8vbUi?81dh;Mu^dJa@Mo-0)px~kH"
    "`sVF!Of^U&8jS3>nK!d<=G&Ql@6Av4)qG@e=6+KSKcE{ftQuAD7U%?}D*Gl3sy7T-v~xct!$C!%%1@5;dhjIp(kFc={hfn?d+z5X"
    "f%lY7U>tp8DJ@z??BOvagd9Vc@KWq46p^<{hS10(t7SRFvX13lZvB+yZq{65*+p#^#c|B5eQmp}NIs^ta9xO`z(eM|V@(_lcp)SC"
    ";&oxR^`IxMCzAhWMYFpavmoE~YAG$9NG_tDoH&awMilsL&(>#AM_*pO0O`N3)%%L*ZzyhH3dSiR12Ibh8FiZz@o*xok7Tk4BIGq4"
    "zBe&+dPypVd9HeBR!(S{WgOvUStb`Surxvs=uhisiM3A~pVTuH);;k6&>8F8*%8~(5sOPrXI?|UII;EA89k#9CN<(`w8>;ZK9tvo"
    "@S61@$aAKe<S=Tu9O0Q0rX67U&ZpN02m95NteN6H!Q44E$rpuzOOiq45ZAc!vW*$rSYGC*Zsc+k%X)fS%3J#ztipk5ZgYieTdAMz"
    "j5q4$g7OwBXFnc#)SUgGZl&^EZ|;2k+*@@9Eo81?;>&9q?V?@Wx+(EkwR2&uFbgaje_Cz)O4u5^VQr5!SV4e`5tiniw2sK%DVD7y"
    "TNGgnW=nfqPy#%<2(H$_s*`ND#a4>26=r)Zw&|IW)wjZI>A!BJ77t`oS|z`u9NrdrS*hL@MZN8_t%`D6Rd7sIvQ<S9tD3XG|4XYn"
    "aNxj!0|yR%7xwu<o;cn7pTaz!_^j_bE0k89&m{jX1~5j~1pO)9j}+x;oGU4QHozn7XNh%k?C*sVN2&KTMls0a7%e$|>3k^)-)G&#"
    "@SmGPrS`vC$~gaW|K9+A=Pv*"
)
