"""What a file says it is by its first bytes, whatever its name says."""

from __future__ import annotations

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import refused

PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Office files of before 2007, and encrypted ones of today."""

_BINARY = (PDF, ZIP, OLE, b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ", b"\x1f\x8b", b"{\\rtf", b"Rar!")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def refuse_binary(data: bytes) -> None:
    """Raises JobRefused where `data` is of a known format that is no plain text."""
    if data.startswith(_BINARY):
        raise refused(FileProblem.MISLABELLED, f"begins with {data[:8]!r}")


def refuse_other_than_zip(head: bytes, whole: bytes) -> None:
    """`head` are the first bytes of a file that should be a zip, `whole` as much of it as tells an encrypted one."""
    if head.startswith(OLE):
        problem = FileProblem.ENCRYPTED if _ENCRYPTED_PACKAGE in whole else FileProblem.MISLABELLED
        raise refused(problem, "an OLE compound file")
    if not head.startswith(ZIP):
        raise refused(FileProblem.MISLABELLED, f"begins with {head[:8]!r}")
