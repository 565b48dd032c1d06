"""Passages and content of every format: offsets to the character, places, originals."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.knowledge import FileStatus
from tests.unit.engine import made_files
from tests.unit.engine.made_files import paragraph, table

if TYPE_CHECKING:
    from tests.unit.engine.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "Ein Päckchen – 12 € 😀 parcel – wird l’été geliefert. " * 60
CONTENTS = {
    "a.txt": f"First parcel.\r\n\r\n{LONG}\n\nLast parcel.",
    "a.md": f"# Parcels\n\n{LONG}\n\n## More\n\n- one parcel\n- two parcels\n",
    "a.html": f"<h1>Parcels</h1><p>{LONG}</p><h2>More</h2><ul><li>one parcel<li>two</ul>",
    "a.csv": "ref;what\n" + "".join(f"A{n};parcel number {n}\n" for n in range(200)),
    "a.docx": made_files.docx(paragraph("Parcels", "Titre1") + paragraph(LONG) + table(["parcel", "2 €"])),
    "a.xlsx": made_files.xlsx(
        Sent=[["ref", "what"], *([f"A{n}", "parcel"] for n in range(99))], Lost=[["parcel", "x"]]
    ),
    "a.pdf": made_files.pdf(*(["More of it."] * 4 + [f"The {n} parcel."] + ["More of it."] * 4 for n in range(1, 9))),
}


@pytest.mark.parametrize("name", CONTENTS)
async def test_passages_are_cut_from_the_content_to_the_character(desk: Desk, name: str) -> None:
    store_id = await desk.store()
    file = await desk.completed(store_id, desk.file(name, CONTENTS[name]))
    content = await desk.stores.content(store_id, file.id)
    assert content.file == file
    at = 0
    for part in content.parts:
        assert part.start == at
        at += len(part.text)
    found = await desk.search(store_id, "parcel")
    assert found
    for passage in found:
        assert content.text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip()


async def test_every_format_tells_its_places(desk: Desk) -> None:
    store_id = await desk.store()
    files = await desk.add(store_id, *(desk.file(name, content) for name, content in CONTENTS.items()))
    assert {file.name: file.pages for file in files} == {
        "a.txt": None, "a.md": None, "a.html": None, "a.csv": None, "a.docx": None, "a.xlsx": 2, "a.pdf": 8,
    }  # fmt: skip
    assert all(file.chunks > 0 for file in files)
    places = {p.file_name: p.anchor for p in await desk.stores.search([store_id], "parcel number 7", limit=50)}
    assert places["a.pdf"].page is not None
    assert places["a.xlsx"].sheet in {"Sent", "Lost"}
    assert places["a.csv"].row is not None
    assert places["a.docx"].headings == places["a.md"].headings[:1] == ("Parcels",)


async def test_the_original_is_a_private_copy(desk: Desk) -> None:
    store_id = await desk.store()
    path = desk.file("my: file.txt", "A parcel.")
    file = await desk.completed(store_id, path)
    path.unlink()
    original = await desk.stores.original(store_id, file.id)
    assert original is not None
    assert original.read_text() == "A parcel."
    assert (original.name, original.stat().st_mode & 0o777) == ("my_ file.txt", 0o600)
    assert {folder.stat().st_mode & 0o777 for folder in (original.parent, original.parents[1])} == {0o700}


async def test_nothing_of_a_removed_file_stays(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("kept.txt", "An ordinary parcel."))
    file = await desk.completed(store_id, desk.file("gone.txt", "The zebrafactory is closed."))
    assert b"zebrafactory" in desk.bytes_kept(store_id)
    await desk.stores.remove_files(store_id, [file.id])
    assert b"zebra" not in desk.bytes_kept(store_id)
    assert await desk.search(store_id, "zebrafactory") == ()


async def test_a_deleted_store_leaves_no_folder(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("a.txt", "A parcel."))
    await desk.search(store_id, "parcel")
    await desk.stores.delete(store_id)
    assert not (desk.engine_dir / store_id).exists()


async def test_a_file_is_searched_while_others_are_added(desk: Desk) -> None:
    store_id = await desk.store()
    await desk.completed(store_id, desk.file("first.txt", "The first parcel."))
    adding = asyncio.create_task(desk.add(store_id, *(desk.file(f"{n}.txt", f"Parcel {n}. {LONG}") for n in range(8))))
    while not adding.done():
        assert (await desk.search(store_id, "first parcel"))[0].file_name == "first.txt"
    assert {file.status for file in await adding} == {FileStatus.COMPLETED}
