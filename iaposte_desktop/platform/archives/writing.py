"""An archive as it is written: beside its place, under another name, until it is whole. Runs on threads."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.file_names import safe_name
from iaposte_desktop.platform.archives import manifest

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.knowledge import VectorStoreFile

_SLICE: Final = 1024 * 1024


class ZipFileWriter:
    """Methods raise OSError where the disk does. One thread at a time."""

    def __init__(self, path: Path, head: dict[str, Any]) -> None:
        """`head`: the manifest without files and members."""
        self._path = path
        self._partial = path.with_name(f".{path.name}.part")
        self._head = head
        self._files: list[dict[str, Any]] = []
        self._members: dict[str, dict[str, Any]] = {}
        descriptor = os.open(self._partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(descriptor, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def add(self, file: VectorStoreFile, original: Path | None, text: str) -> None:
        fields = {**manifest.file_fields(file), "original": None, "text": None}
        number = f"{len(self._files) + 1:05}"
        if (source := _opened(original)) is not None:
            with source:
                name = f"{manifest.ORIGINALS}{number}/{safe_name(file.name)}"
                fields["original"] = self._copy(source, name)
        if text:
            fields["text"] = self._write(f"{manifest.TEXTS}{number}.txt", text)
        if fields["original"] or fields["text"]:
            self._files.append(fields)

    def finish(self) -> None:
        content = {**self._head, "files": self._files, "members": self._members}
        with self._zip.open(manifest.NAME, "w") as member:
            for piece in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(content):
                member.write(piece.encode("utf-8", "replace"))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._partial.replace(self._path)

    def discard(self) -> None:
        """Nothing of it is left, and what was at its place is there as before."""
        with suppress(OSError, ValueError):
            self._zip.fp = None  # Else it would write its directory, onto a disk that may be full.
            self._file.close()
        with suppress(OSError):
            self._partial.unlink(missing_ok=True)

    def _copy(self, source: IO[bytes], name: str) -> str:
        digest, size = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as member:
            while piece := source.read(_SLICE):
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self._members[name] = {"sha256": digest.hexdigest(), "bytes": size}
        return name

    def _write(self, name: str, text: str) -> str:
        content = text.encode("utf-8", "replace")
        self._zip.writestr(name, content)
        self._members[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        return name


def _opened(path: Path | None) -> IO[bytes] | None:
    try:
        return path.open("rb") if path is not None and path.is_file() else None
    except OSError:
        return None
