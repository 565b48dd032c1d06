"""What several files share, and what an edit makes of each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from iaposte_desktop.application.attribute_edits import edited, exceeds_limit, shared
from iaposte_desktop.domain.knowledge import FileStatus, VectorStoreFile

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import Attribute


def file(file_id: str, **attributes: Attribute) -> VectorStoreFile:
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    return VectorStoreFile(
        file_id, "vs_1", f"{file_id}.txt", "", "", 1, FileStatus.COMPLETED, moment, attributes=attributes
    )


FILES = (
    file("a", title="Prices", version="1", team="x", final=True),
    file("b", title="Prices", version="2", final=1.0),
)


def test_what_differs_or_is_missing_somewhere_is_mixed() -> None:
    found = shared(FILES)
    assert found.same == {"title": "Prices"}
    assert found.mixed == {"version", "team", "final"}


def test_an_edit_touches_what_it_names_alone() -> None:
    made = edited(FILES, {"audience": "internal", "title": None})
    assert made["a"] == {"version": "1", "team": "x", "final": True, "audience": "internal"}
    assert made["b"] == {"version": "2", "final": 1.0, "audience": "internal"}


def test_files_that_stay_as_they_are_are_left_out() -> None:
    assert list(edited(FILES, {"team": "x"})) == ["b"]
    assert edited(FILES, {}) == {}


def test_sixteen_keys_are_enough_for_any_file() -> None:
    full = file("c", **{f"key{number}": "x" for number in range(16)})
    assert exceeds_limit([*FILES, full], {"title": "One more"})
    assert not exceeds_limit([*FILES, full], {"key3": "other"})
