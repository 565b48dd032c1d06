from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.ports.synonyms import KeptSynonyms
from iaposte_desktop.platform.synonyms import SynonymFiles
from iaposte_desktop.resources import FOLDER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def files(tmp_path: Path) -> SynonymFiles:
    return SynonymFiles(FOLDER / "synonyms.json", tmp_path / "synonyms.json")


async def test_every_group_that_the_program_came_with_can_be_used(files: SynonymFiles) -> None:
    shipped = await files.shipped()
    assert len(shipped) == len(json.loads((FOLDER / "synonyms.json").read_text("utf-8"))) >= 40


async def test_what_is_saved_is_read_again_an_empty_list_too(files: SynonymFiles) -> None:
    assert await files.edited() == KeptSynonyms(None)
    await files.save([("pli", "lettre")])
    assert await files.edited() == KeptSynonyms((("pli", "lettre"),))
    await files.save([])
    assert await files.edited() == KeptSynonyms(())


@pytest.mark.expected_log("a group of synonyms cannot be read")
async def test_a_group_that_cannot_be_read_leaves_the_others(tmp_path: Path, files: SynonymFiles) -> None:
    rows = [["pli"], "lettre", ["pli", 3], ["a b", "c"], ["pli", "lettre"]]
    (tmp_path / "synonyms.json").write_text(json.dumps(rows), "utf-8")
    assert await files.edited() == KeptSynonyms((("pli", "lettre"),))


@pytest.mark.expected_log("synonyms.json cannot be read")
@pytest.mark.parametrize("content", ["[", "{}", ""])
async def test_a_damaged_file_is_kept_aside_and_told(tmp_path: Path, files: SynonymFiles, content: str) -> None:
    (tmp_path / "synonyms.json").write_text(content, "utf-8")
    kept = await files.edited()
    assert kept.groups is None
    assert kept.kept_aside is not None
    assert kept.kept_aside.read_text("utf-8") == content
