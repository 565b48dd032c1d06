"""Office packages are zips: what they unpack to is checked before anything is unpacked."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import refused
from iaposte_desktop.engine.extraction.magic import refuse_other_than_zip

if TYPE_CHECKING:
    from pathlib import Path

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
MAX_XML_BYTES = 128 * 1024 * 1024
MAX_MEMBERS = 10_000
MAX_RATIO = 100
_RATIO_FROM_BYTES = 16 * 1024 * 1024
_ENCRYPTED_FLAG = 0x1
_TOLD_BYTES = 1024 * 1024


def open_package(path: Path, main_part: str) -> zipfile.ZipFile:
    """Raises JobRefused for what is no package of this kind, or unpacks to too much. To be closed by the caller."""
    with path.open("rb") as file:
        start = file.read(_TOLD_BYTES)
    refuse_other_than_zip(start[:16], start)
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise refused(FileProblem.DAMAGED, str(error)) from error
    try:
        _check(package.infolist(), main_part)
    except BaseException:
        package.close()
        raise
    return package


def read_member(package: zipfile.ZipFile, name: str) -> bytes:
    """Never more than the directory declares, which was checked. Raises JobRefused."""
    try:
        return package.read(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise refused(FileProblem.DAMAGED, f"{name}: {error}") from error
    except Exception as error:
        # zlib.error and lzma.LZMAError share no base class with the rest.
        raise refused(FileProblem.DAMAGED, f"{name}: {type(error).__name__} {error}") from error


def _check(members: list[zipfile.ZipInfo], main_part: str) -> None:
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
    main = next((member for member in members if member.filename == main_part), None)
    if main is None:
        raise refused(FileProblem.MISLABELLED, f"a zip without {main_part}")
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise refused(FileProblem.ENCRYPTED, "encrypted members")
