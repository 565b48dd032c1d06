"""Marks and indices as servers write them."""

from __future__ import annotations

from typing import Any

import pytest

from iaposte_desktop.domain.ports.model_provider import CitedFile
from iaposte_desktop.providers.assistants_v2.messages import Written, written_in

MARK = "【4:0†refund.txt】"


def citing(mark: str, start: object = None, file_id: str = "file-1") -> dict[str, Any]:
    return {"type": "file_citation", "text": mark, "start_index": start, "file_citation": {"file_id": file_id}}


def read(value: str, *annotations: Any) -> Written:
    return written_in({"content": [{"type": "text", "text": {"value": value, "annotations": list(annotations)}}]})


def test_a_mark_is_taken_out_with_the_space_before_it() -> None:
    assert read(f"Ten days {MARK}.", citing(MARK, 9)) == Written("Ten days.", (CitedFile("file-1", 8),))


@pytest.mark.parametrize("start", [None, -1, 0, 3, 10_000, "9"])
def test_an_index_that_points_elsewhere_is_not_believed(start: object) -> None:
    assert read(f"Ten days{MARK}.", citing(MARK, start)).cited == (CitedFile("file-1", 8),)


def test_the_same_mark_twice() -> None:
    annotations = [citing(MARK, file_id=name) for name in ("file-1", "file-2")]
    written = read(f"Ten{MARK} days{MARK}.", *annotations)
    assert written == Written("Ten days.", (CitedFile("file-1", 3), CitedFile("file-2", 8)))


def test_a_mark_without_an_annotation_is_taken_out() -> None:
    assert read(f"Ten days{MARK}.") == Written("Ten days.")


def test_an_annotation_without_a_mark_stands_at_the_end() -> None:
    assert read("Ten days.", citing("【9†x】", 3)).cited == (CitedFile("file-1", 9),)


@pytest.mark.parametrize("annotation", [{}, {"type": "file_path", "text": "sandbox:/x", "file_path": {}}, "x", None])
def test_other_annotations_change_nothing(annotation: object) -> None:
    assert read("Ten days.", annotation) == Written("Ten days.")


def test_several_blocks() -> None:
    block = {"type": "text", "text": {"value": f"Ten{MARK}", "annotations": [citing(MARK)]}}
    picture = {"type": "image_file", "image_file": {"file_id": "file-9"}}
    written = written_in({"content": [block, picture, block]})
    assert written == Written("TenTen", (CitedFile("file-1", 3), CitedFile("file-1", 6)))


@pytest.mark.parametrize("message", [{}, {"content": None}, {"content": [{"type": "text", "text": None}]}])
def test_a_message_without_anything_is_empty(message: dict[str, Any]) -> None:
    assert written_in(message) == Written("")
