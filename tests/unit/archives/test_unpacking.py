"""Archives from outside: what they may hold is checked before anything is unpacked."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from iaposte_desktop.domain.errors import ArchiveProblem, ArchiveRefused, DiskFull
from iaposte_desktop.domain.ports.isolation import JobRefused
from iaposte_desktop.domain.ports.store_archives import ArchivedFile, ArchivedStore, Unpacked
from iaposte_desktop.platform.archives import guard, unpacking
from iaposte_desktop.platform.archives.zip_archives import ZipArchives
from iaposte_desktop.platform.clock import utc_now

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.platform.isolation import WorkerProcesses

pytestmark = pytest.mark.asyncio(loop_scope="session")

STORE = {
    "name": "Shop",
    "is_internal": False,
    "expires_after_days": None,
    "metadata": {},
    "keeps_copies": True,
    "takes_past_answers": False,
    "embedding_model": None,
}
ORIGINAL = "originals/00001/a.txt"


def described(name: str = "a.txt", **changes: Any) -> dict[str, Any]:
    """A file's row of the manifest."""
    row = {"name": name, "source_modified_at": None, "attributes": {}, "original": ORIGINAL, "text": None}
    return row | changes


def manifest(*files: dict[str, Any], **changes: Any) -> str:
    content = {
        "format": "iaposte.vector_store",
        "format_version": 1,
        "store": STORE,
        "search_tests": [],
        "files": list(files),
        "members": {ORIGINAL: {"sha256": hashlib.sha256(b"Lamps.").hexdigest(), "bytes": 6}},
    }
    return json.dumps(content | changes)


class Zip:
    """An archive at `path`, and where it is unpacked to."""

    def __init__(self, folder: Path, workers: WorkerProcesses) -> None:
        self.path = folder / "shop.zip"
        self.staging = folder / "staging"
        self.staging.mkdir()
        self._outside = folder
        self._archives = ZipArchives(workers, utc_now)

    def write(self, text: str, *members: tuple[str | zipfile.ZipInfo, bytes]) -> None:
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in members:
                package.writestr(name, content)
            package.writestr("manifest.json", text)

    async def unpacked(self) -> list[Unpacked]:
        return [item async for item in self._archives.unpack(self.path, self.staging)]

    async def problem(self) -> ArchiveProblem:
        """Why it was refused; nothing was unpacked anywhere."""
        with pytest.raises(ArchiveRefused) as refused:
            await self.unpacked()
        assert sorted(path.name for path in self._outside.iterdir()) == ["shop.zip", "staging"]
        assert list(self.staging.iterdir()) == []
        return refused.value.problem


@pytest.fixture
def archive(tmp_path: Path, workers: WorkerProcesses) -> Zip:
    return Zip(tmp_path, workers)


async def test_a_sound_archive_is_unpacked(archive: Zip) -> None:
    archive.write(manifest(described(source_modified_at="2026-01-02T03:04:05+00:00")), (ORIGINAL, b"Lamps."))
    store, file = await archive.unpacked()
    assert isinstance(store, ArchivedStore)
    assert (store.details.name, store.files) == ("Shop", 1)
    assert isinstance(file, ArchivedFile)
    assert file.path == archive.staging / "00001" / "a.txt"
    assert file.path.read_bytes() == b"Lamps."
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert file.path.stat().st_mtime == 1767323045


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "originals/../../outside.txt",
        "/etc/outside.txt",
        "originals//outside.txt",
        "originals/C:outside.txt",
        "originals\\..\\outside.txt",
        "elsewhere/a.txt",
        "originals/./a.txt",
        "originals/",
    ],
)
async def test_names_that_no_export_writes(archive: Zip, name: str) -> None:
    archive.write(manifest(described()), (ORIGINAL, b"Lamps."), (name, b"Outside."))
    assert await archive.problem() is ArchiveProblem.UNSAFE


async def test_names_that_differ_in_case_alone(archive: Zip) -> None:
    archive.write(manifest(described()), (ORIGINAL, b"Lamps."), (ORIGINAL.upper().replace("ORI", "ori"), b"Bulbs."))
    assert await archive.problem() is ArchiveProblem.UNSAFE
    archive.write(manifest(described()), (ORIGINAL, b"Lamps."), (ORIGINAL.replace("a.txt", "A.TXT"), b"Bulbs."))
    assert await archive.problem() is ArchiveProblem.UNSAFE


async def test_a_link(archive: Zip) -> None:
    link = zipfile.ZipInfo("originals/00002/b.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.write(manifest(described()), (ORIGINAL, b"Lamps."), (link, b"/etc/passwd"))
    assert await archive.problem() is ArchiveProblem.UNSAFE


async def test_a_bomb(archive: Zip) -> None:
    archive.write(manifest(described()), (ORIGINAL, b"\0" * (65 * 1024**2)))
    assert await archive.problem() is ArchiveProblem.TOO_LARGE


async def test_too_many_members(archive: Zip) -> None:
    empty = ((f"texts/{number}", b"") for number in range(guard.MAX_MEMBERS))
    archive.write(manifest(described()), *empty)
    assert await archive.problem() is ArchiveProblem.TOO_LARGE


async def test_a_directory_that_tells_another_size(archive: Zip) -> None:
    """What is unpacked ends where the directory says."""
    archive.write(manifest(described()), (ORIGINAL, b"Lamps."))
    content = archive.path.read_bytes()
    told = content.rindex(b"PK\x01\x02" + content[content.index(b"PK\x01\x02") + 4 :][:6])
    first = content.index(b"PK\x01\x02")
    assert told >= first
    size_at = first + 24
    archive.path.write_bytes(content[:size_at] + (3).to_bytes(4, "little") + content[size_at + 4 :])
    [_, file] = await archive.unpacked()
    assert isinstance(file, ArchivedFile)
    assert file.path is None


async def test_a_name_in_the_manifest_leads_nowhere_else(archive: Zip) -> None:
    archive.write(manifest(described("../../../outside.txt")), (ORIGINAL, b"Lamps."))
    [_, file] = await archive.unpacked()
    assert isinstance(file, ArchivedFile)
    assert file.path is not None
    assert file.path.parent == archive.staging / "00001"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", ArchiveProblem.DAMAGED),
        ("[" * 100_000, ArchiveProblem.DAMAGED),
        ("[]", ArchiveProblem.NOT_AN_ARCHIVE),
        (manifest(format="another"), ArchiveProblem.NOT_AN_ARCHIVE),
        (manifest(format_version=2), ArchiveProblem.NEWER),
        (manifest(files=3), ArchiveProblem.DAMAGED),
        (manifest(store={}), ArchiveProblem.DAMAGED),
        (manifest(store={**STORE, "expires_after_days": 0}), ArchiveProblem.DAMAGED),
        (manifest(store={**STORE, "metadata": {"a": 1}}), ArchiveProblem.DAMAGED),
        (manifest(store={**STORE, "name": "x" * 100_000}), ArchiveProblem.DAMAGED),
        (manifest({"name": 3}), ArchiveProblem.DAMAGED),
        (manifest(search_tests=[{"query": ""}]), ArchiveProblem.DAMAGED),
    ],
)
async def test_manifests_that_are_none(archive: Zip, text: str, problem: ArchiveProblem) -> None:
    archive.write(text)
    assert await archive.problem() is problem


async def test_attributes_no_store_would_take(archive: Zip) -> None:
    archive.write(manifest(described(attributes={"key": ["a"]})), (ORIGINAL, b"Lamps."))
    with pytest.raises(ArchiveRefused) as refused:
        await archive.unpacked()
    assert refused.value.problem is ArchiveProblem.DAMAGED


async def test_a_zip_of_something_else(archive: Zip) -> None:
    with zipfile.ZipFile(archive.path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert await archive.problem() is ArchiveProblem.NOT_AN_ARCHIVE


async def test_more_than_the_disk_holds(archive: Zip, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is the only part that cannot be a real one."""
    archive.write(manifest(described()), (ORIGINAL, b"Lamps."))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=5))
    with pytest.raises(JobRefused) as refused:
        list(unpacking.unpack(str(archive.path), str(archive.staging)))
    assert refused.value.reason == unpacking.DISK_FULL
    assert DiskFull.code == unpacking.DISK_FULL
