"""What a file is by its content, whatever its name says.

A file is read as what it certainly is. Where its content says nothing for certain (text of any kind), its name decides;
a name that promises a format with a signature of its own is then a wrong one.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import refused
from iaposte_desktop.engine.extraction.ole import OLE, streams_of

if TYPE_CHECKING:
    from pathlib import Path

PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
RTF = b"{\\rtf"

_HEAD_BYTES = 1024
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIN_PARTS = {
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "ppt/presentation.xml": ".pptx",
}
_ODF = b"application/vnd.oasis.opendocument."
_ODF_TYPES = {_ODF + b"text": ".odt", _ODF + b"spreadsheet": ".ods"}
_IN_ZIP = frozenset({*_MAIN_PARTS.values(), *_ODF_TYPES.values()})
_SIGNED = _IN_ZIP | {".pdf", ".xls", ".rtf", ".doc"}

_WORD_97 = "a Word document of before 2007"
# The suffix of the files that are rightly so called, and what they are.
_IN_OLE = {
    "WordDocument": (".doc", _WORD_97),
    "PowerPoint Document": (".ppt", "a PowerPoint presentation of before 2007"),
    "__properties_version1.0": (".msg", "an Outlook mail"),
}
_OTHERS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
)


def format_of(path: Path, suffix: str) -> str:
    """The suffix of the format that `path`, whose name ends in `suffix`, is to be read as. Raises JobRefused."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if certain := _certain(path, head, suffix):
        return certain
    if suffix in _SIGNED:
        raise refused(FileProblem.MISLABELLED, f"no signature of {suffix[1:].upper()}")
    return suffix


def refuse_binary(data: bytes) -> None:
    """Raises JobRefused where `data` is of a known format that is no plain text."""
    known = next((what for signature, what in _OTHERS if data.startswith(signature)), "")
    if known or data.startswith((PDF, ZIP, RTF, OLE)):
        raise refused(FileProblem.MISLABELLED, known or f"begins with {data[:8]!r}")


def _certain(path: Path, head: bytes, suffix: str) -> str:
    """Empty where nothing is."""
    # Some programs write a line before a PDF's header; readers allow for it.
    if head.lstrip().startswith(PDF) or (suffix == ".pdf" and PDF in head):
        return ".pdf"
    if head.startswith(ZIP):
        return _in_zip(path, suffix)
    if head.startswith(OLE):
        return _in_ole(path, suffix)
    if head.lstrip().startswith(RTF):
        return ".rtf"
    if _HTML.match(head):
        return ".html"
    refuse_binary(head)
    return ""


def _in_zip(path: Path, suffix: str) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.NameToInfo
            if found := next((kind for part, kind in _MAIN_PARTS.items() if part in names), None):
                return found
            declared = package.open("mimetype").read(100) if "mimetype" in names else b""
    except Exception as error:  # Whatever is wrong with it: zlib.error and the like share no base class.
        if suffix in _IN_ZIP:
            raise refused(FileProblem.DAMAGED, str(error)) from error
        raise refused(FileProblem.MISLABELLED, f"a damaged zip archive: {error}") from error
    if found := _ODF_TYPES.get(declared.strip().removesuffix(b"-template")):
        return found
    raise refused(FileProblem.MISLABELLED, "a zip archive" + (f" of {declared!r}" if declared else ""))


def _in_ole(path: Path, suffix: str) -> str:
    names = streams_of(path)
    if "EncryptedPackage" in names:
        raise refused(FileProblem.ENCRYPTED, "an encrypted Office document")
    for stream, (honest, what) in _IN_OLE.items():
        if stream in names:
            raise refused(FileProblem.UNSUPPORTED if suffix == honest else FileProblem.MISLABELLED, what)
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"} or suffix == ".xls":
        return ".xls"
    raise refused(FileProblem.MISLABELLED, "an OLE compound file")
