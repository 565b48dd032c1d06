"""OLE compound files: Office's format of before 2007, and the wrapping of its encrypted documents of today."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_MOST_SECTORS = 1_000
_NONE = 0xFFFF_FFFF


def streams_of(path: Path) -> frozenset[str]:
    """Names of the root's streams and storages, as far as the directory can be followed."""
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
        if len(header) < _HEADER_BYTES:
            return frozenset()
        entries = b"".join(_directory(file, header))
    return frozenset(_children(entries))


def _directory(file: BinaryIO, header: bytes) -> Iterator[bytes]:
    (shift,) = struct.unpack_from("<H", header, 30)
    size = 1 << min(shift, 12)
    sector: int = struct.unpack_from("<I", header, 48)[0]
    tables = struct.unpack_from("<109I", header, 76)
    for _ in range(_MOST_SECTORS):
        file.seek((sector + 1) * size)
        read = file.read(size)
        yield read
        table, at = divmod(sector, size // 4)
        if len(read) < size or table >= len(tables) or tables[table] == _NONE:
            return
        file.seek((tables[table] + 1) * size + 4 * at)
        if len(after := file.read(4)) < 4:
            return
        (sector,) = struct.unpack("<I", after)


def _children(entries: bytes) -> Iterator[str]:
    """Siblings are a tree: the root entry names its top."""
    waiting, seen = [_links(entries, 0)[2]], {0, _NONE}
    while waiting:
        number = waiting.pop()
        at = number * _ENTRY_BYTES
        if number in seen or at + _ENTRY_BYTES > len(entries):
            continue
        seen.add(number)
        (length,) = struct.unpack_from("<H", entries, at + 64)
        yield entries[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        waiting += _links(entries, number)[:2]


def _links(entries: bytes, number: int) -> tuple[int, int, int]:
    """Left sibling, right sibling, first child."""
    at = number * _ENTRY_BYTES
    if at + _ENTRY_BYTES > len(entries):
        return _NONE, _NONE, _NONE
    left, right, child = struct.unpack_from("<3I", entries, at + 68)
    return left, right, child
