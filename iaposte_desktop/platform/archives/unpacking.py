"""The job that unpacks an archive in a worker. Each file gets a folder of its own and a name that is safe; hashes are
checked on the way. It yields, in small items:

    {"store": {…}, "files": 3}                                            first
    {"tests": [{…}, …]}
    {"file": {…}, "path": "…" or null, "sha256": "…", "is_text": false}   one for each file
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.errors import ArchiveProblem
from iaposte_desktop.domain.file_names import safe_name, text_name
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.platform.archives import manifest
from iaposte_desktop.platform.archives.guard import opened

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from iaposte_desktop.domain.json import JsonValue

JOB: Final = "iaposte_desktop.platform.archives.unpacking:unpack"
DISK_FULL: Final = "disk_full"
_SLICE: Final = 1024 * 1024
_LARGEST_ROW: Final = 64 * 1024
_TESTS_AT_ONCE: Final = 50
_MOST_TESTS: Final = 10_000
_MALFORMED: Final = (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError)


def unpack(path: str, folder: str) -> Iterator[JsonValue]:
    """Raises JobRefused: an ArchiveProblem, or DISK_FULL."""
    with opened(Path(path)) as archive:
        content = _manifest(archive)
        try:
            files, tests, members = content["files"], content["search_tests"], content["members"]
            yield {"store": _row(content["store"]), "files": len(files)}
            for start in range(0, min(len(tests), _MOST_TESTS), _TESTS_AT_ONCE):
                yield {"tests": [_row(test) for test in tests[start : start + _TESTS_AT_ONCE]]}
        except _MALFORMED as error:
            raise JobRefused(ArchiveProblem.DAMAGED, f"{manifest.NAME}: {error!r}") from error
        _refuse_without_room(archive, Path(folder))
        for number, fields in enumerate(files, 1):
            yield _unpacked(archive, fields, members, Path(folder, f"{number:05}"))


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        content = json.loads(archive.read(manifest.NAME))
    except MemoryError:
        raise
    except Exception as error:  # zlib.error and LZMAError share no base class with the rest.
        raise JobRefused(ArchiveProblem.DAMAGED, f"{manifest.NAME}: {type(error).__name__} {error}") from error
    if not isinstance(content, dict) or content.get("format") != manifest.FORMAT:
        raise JobRefused(ArchiveProblem.NOT_AN_ARCHIVE, "another format")
    if content.get("format_version") != manifest.VERSION:
        raise JobRefused(ArchiveProblem.NEWER, f"version {content.get('format_version')!r:.40}")
    return content


def _row(fields: Any) -> Any:
    """As it is, where it can cross to the program. Raises ValueError."""
    if len(json.dumps(fields)) > _LARGEST_ROW:
        raise ValueError("a row of the manifest is too large")
    return fields


def _refuse_without_room(archive: zipfile.ZipFile, folder: Path) -> None:
    needed = sum(member.file_size for member in archive.infolist())
    if shutil.disk_usage(folder).free < needed:
        raise JobRefused(DISK_FULL, f"{needed} bytes are needed")


def _unpacked(archive: zipfile.ZipFile, fields: Any, members: Any, folder: Path) -> JsonValue:
    """The original where it is whole, else the text."""
    try:
        name, modified = safe_name(fields["name"]), manifest.modified_at(fields)
        wanted = [(fields["original"], name, False), (fields["text"], text_name(name), True)]
        row = _row(fields)
    except _MALFORMED as error:
        raise JobRefused(ArchiveProblem.DAMAGED, f"{manifest.NAME}: {error!r}") from error
    folder.mkdir(mode=0o700)
    for member, target, is_text in wanted:
        told = members.get(member) if isinstance(member, str) else None
        if isinstance(told, dict) and (digest := _extracted(archive, member, folder / target)) == told.get("sha256"):
            if modified is not None:
                os.utime(folder / target, (modified, modified))
            return {"file": row, "path": str(folder / target), "sha256": digest, "is_text": is_text}
        (folder / target).unlink(missing_ok=True)
    return {"file": row, "path": None, "sha256": "", "is_text": False}


def _extracted(archive: zipfile.ZipFile, name: str, target: Path) -> str | None:
    """The hash of what was unpacked; None where the member is damaged."""
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as written:
        for piece in _pieces(archive, name):
            if piece is None:
                return None
            digest.update(piece)
            try:
                written.write(piece)
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise JobRefused(DISK_FULL, str(error)) from error
                raise
    return digest.hexdigest()


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes | None]:
    """Never more than the directory declares, which was checked; None last where the member is damaged."""
    try:
        with archive.open(name) as member:
            while piece := member.read(_SLICE):
                yield piece
    except MemoryError:
        raise
    except Exception:  # zlib.error and LZMAError share no base class with the rest.
        yield None
