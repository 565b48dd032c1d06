"""The attributes that the program itself knows."""

from __future__ import annotations

import pytest

from iaposte_desktop.domain.file_attributes import of_newer_version


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "2"),
        ("1", "2"),
        ("9", "10"),
        ("2026-09", "2026-10"),
        ("1.4 (final)", "1.5 (final)"),
        ("draft", "draft"),
        (2.0, "3"),
        (1.5, "1.6"),
    ],
)
def test_a_newer_version_counts_the_last_number_up(before: str | float | None, after: str) -> None:
    old = {"title": "Prices"} if before is None else {"title": "Prices", "version": before}
    assert of_newer_version(old) == {"title": "Prices", "version": after}


def test_where_no_key_has_room_the_attributes_stay_as_they_are() -> None:
    full = {f"key{number}": "x" for number in range(16)}
    assert of_newer_version(full) == full
