"""The user's synonyms: kept, used by the search at once, told to who listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import Change, Changed, ChangeFeed, Topic
from iaposte_desktop.application.synonyms import Synonyms
from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.engine.text.synonyms import SynonymTable
from iaposte_desktop.platform.synonyms import SynonymFiles
from iaposte_desktop.resources import FOLDER

if TYPE_CHECKING:
    from pathlib import Path


async def loaded(folder: Path, table: SynonymTable, heard: list[Change] | None = None) -> Synonyms:
    changes = ChangeFeed()
    changes.subscribe([].append if heard is None else heard.append)
    synonyms = Synonyms(SynonymFiles(FOLDER / "synonyms.json", folder / "synonyms.json"), table, changes)
    await synonyms.load()
    return synonyms


async def test_the_bundled_list_counts_until_there_is_another(tmp_path: Path) -> None:
    table = SynonymTable()
    synonyms = await loaded(tmp_path, table)
    assert synonyms.groups() == synonyms.shipped()
    assert "paquet" in table.of("colis")
    assert not (tmp_path / "synonyms.json").exists()


async def test_what_is_saved_counts_at_once_and_at_the_next_start(tmp_path: Path) -> None:
    table = SynonymTable()
    heard: list[Change] = []
    await (await loaded(tmp_path, table, heard)).save([("pli", "lettre")])
    assert (table.of("pli"), table.of("colis")) == (("lettre",), ())
    assert heard == [Changed(Topic.SYNONYMS, "")]
    again = SynonymTable()
    assert (await loaded(tmp_path, again)).groups() == (("pli", "lettre"),)
    assert again.of("lettre") == ("pli",)


async def test_what_is_no_group_changes_nothing(tmp_path: Path) -> None:
    table = SynonymTable()
    synonyms = await loaded(tmp_path, table)
    with pytest.raises(InvalidValue):
        await synonyms.save([("pli", "lettre"), ("seul",)])
    assert synonyms.groups() == synonyms.shipped()
    assert table.of("pli") == ()


@pytest.mark.expected_log("synonyms.json cannot be read")
async def test_a_damaged_list_gives_way_to_the_bundled_one_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "synonyms.json").write_text("[", "utf-8")
    synonyms = await loaded(tmp_path, SynonymTable())
    assert synonyms.groups() == synonyms.shipped()
    assert synonyms.kept_aside is not None
    assert synonyms.kept_aside.read_text("utf-8") == "["
