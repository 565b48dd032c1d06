"""What an archive from outside may be: everything its directory says is checked before anything is unpacked."""

from __future__ import annotations

import stat
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import ArchiveProblem
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.platform.archives import manifest

if TYPE_CHECKING:
    from pathlib import Path

MAX_MEMBERS: Final = 60_000
MAX_MEMBER_BYTES: Final = 512 * 1024**2
MAX_UNPACKED_BYTES: Final = 64 * 1024**3
MAX_MANIFEST_BYTES: Final = 64 * 1024**2
MAX_RATIO: Final = 100
_RATIO_FROM_BYTES: Final = 64 * 1024**2
_ENCRYPTED: Final = 0x1


def opened(path: Path) -> zipfile.ZipFile:
    """To be closed by the caller. Raises JobRefused."""
    try:
        size = path.stat().st_size
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise JobRefused(ArchiveProblem.UNREADABLE, str(error)) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise JobRefused(ArchiveProblem.NOT_AN_ARCHIVE, str(error)) from error
    try:
        _check(archive.infolist(), size)
    except BaseException:
        archive.close()
        raise
    return archive


def _check(members: list[zipfile.ZipInfo], packed: int) -> None:
    _check_sizes(members, packed)
    seen: set[str] = set()
    for member in members:
        folded = member.filename.casefold()
        if not _is_safe(member) or folded in seen:
            raise JobRefused(ArchiveProblem.UNSAFE, repr(member.filename[:200]))
        seen.add(folded)


def _check_sizes(members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    sizes = {member.filename: member.file_size for member in members}
    if manifest.NAME not in sizes:
        raise JobRefused(ArchiveProblem.NOT_AN_ARCHIVE, f"no {manifest.NAME}")
    if (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED_BYTES
        or (unpacked > _RATIO_FROM_BYTES and unpacked > MAX_RATIO * packed)
        or max(sizes.values()) > MAX_MEMBER_BYTES
        or sizes[manifest.NAME] > MAX_MANIFEST_BYTES
    ):
        raise JobRefused(ArchiveProblem.TOO_LARGE, f"{len(members)} members, {packed} bytes unpack to {unpacked}")


def _is_safe(member: zipfile.ZipInfo) -> bool:
    """A plain file under a plain name of ours. Names are checked although none of them becomes a path."""
    name = member.orig_filename
    mode = stat.S_IFMT(member.external_attr >> 16)
    parts = PurePosixPath(name).parts
    return (
        name == member.filename
        and (name == manifest.NAME or name.startswith((manifest.ORIGINALS, manifest.TEXTS)))
        and not any(part in {"..", "."} or ":" in part for part in parts)
        and "/".join(parts) == name
        and "\\" not in name
        and "\0" not in name
        and mode in (0, stat.S_IFREG)
        and not member.flag_bits & _ENCRYPTED
    )
