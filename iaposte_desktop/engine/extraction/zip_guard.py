"""Office packages are zips: what they unpack to is checked before anything is unpacked."""

from __future__ import annotations

import contextlib
import zipfile
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
MAX_XML_BYTES = 128 * 1024 * 1024
MAX_MEMBERS = 10_000
MAX_RATIO = 100
_RATIO_FROM_BYTES = 16 * 1024 * 1024
_ENCRYPTED_FLAG = 0x1
_MANIFEST = "META-INF/manifest.xml"


def open_package(path: Path, *main_parts: str) -> zipfile.ZipFile:
    """A package that has one of `main_parts`, to be closed by the caller. Raises JobRefused for one that has none, is
    encrypted, or unpacks to too much."""
    with _damage_told(path.name):
        package = zipfile.ZipFile(path)
    try:
        _check(package.infolist(), main_parts)
        if _MANIFEST in package.NameToInfo and b"encryption-data" in read_member(package, _MANIFEST):
            raise refused(FileProblem.ENCRYPTED, "encrypted parts")
    except BaseException:
        package.close()
        raise
    return package


def read_member(package: zipfile.ZipFile, name: str) -> bytes:
    """Never more than the directory declares, which was checked. Raises JobRefused."""
    with _damage_told(name):
        return package.read(name)


@contextlib.contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Errors of zipfile and of its decompressors share no base class."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise refused(FileProblem.DAMAGED, f"{name}: {type(error).__name__} {error}") from error


def _check(members: list[zipfile.ZipInfo], main_parts: tuple[str, ...]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    largest = max((member.file_size for member in members if member.filename.endswith((".xml", ".rels"))), default=0)
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED_BYTES
        or largest > MAX_XML_BYTES
        or (unpacked > _RATIO_FROM_BYTES and unpacked > MAX_RATIO * max(1, packed))
    ):
        raise refused(
            FileProblem.TOO_COMPLEX, f"{len(members)} members, {packed} bytes unpack to {unpacked}, XML to {largest}"
        )
    if not any(member.filename in main_parts for member in members):
        raise refused(FileProblem.MISLABELLED, f"a zip without {' or '.join(main_parts)}")
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise refused(FileProblem.ENCRYPTED, "encrypted members")
