from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.providers.citation_marks import Mark, Unmarking

FILE = "<|file-8Jq_1|>"
UUID = "<|9f1c2b7e-0a52-4c39-8d1c-2f6f6f0f9e11|>"
MARKS = [FILE, UUID, "【4:0†source】", "【12†refunds and returns.pdf】", "\ue200filecite\ue202turn0file1\ue201"]
NO_MARKS = [
    "a < b",
    "<|",
    "<|>",
    "<||>",
    "<|a b|>",
    "<p>",
    "【重要】",
    "【4:0】",
    "【4:0†",
    "\ue200",
    "x  y",
    "〈|a|〉",
    "1 ",
]


def unmarked(*pieces: str) -> tuple[str, list[Mark]]:
    unmarking = Unmarking()
    text, marks = "", []
    for piece in pieces:
        shown, found = unmarking.take(piece)
        text += shown
        marks += found
    rest, found = unmarking.end()
    return text + rest, marks + found


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_taken_out_with_the_space_before_it(mark: str) -> None:
    text, marks = unmarked(f"Ten days {mark}. Or{mark} more.")
    assert text == "Ten days. Or more."
    assert [found.position for found in marks] == [8, 12]


@pytest.mark.parametrize("text", NO_MARKS)
def test_what_is_no_mark_stays(text: str) -> None:
    assert unmarked(text) == (text, [])
    assert unmarked(*text) == (text, [])


def test_a_mark_says_which_file_it_names() -> None:
    _, marks = unmarked(f"a {FILE}{UUID}【4:0†source】")
    assert [mark.file for mark in marks] == ["file-8Jq_1", "9f1c2b7e-0a52-4c39-8d1c-2f6f6f0f9e11", ""]


@pytest.mark.parametrize(
    ("piece", "shown"),
    [("ten days", "ten days"), ("days ", "days"), ("days <", "days"), ("days <|fi", "days"), ("days【4:", "days"),
     ("days <b", "days <b"), ("days【重", "days【重"), ("days <|a b", "days <|a b"), ("days <|a|", "days")],
)  # fmt: skip
def test_no_more_is_held_back_than_may_become_a_mark(piece: str, shown: str) -> None:
    assert Unmarking().take(piece) == (shown, [])


def test_what_goes_on_for_too_long_is_not_held_back() -> None:
    text, _ = Unmarking().take("<|" + "a" * 200)
    assert len(text) == 202


@given(
    parts=st.lists(st.one_of(st.sampled_from(MARKS + NO_MARKS), st.text(" ab<|>【】†4:\n", max_size=8)), max_size=8),
    data=st.data(),
)
def test_it_does_not_matter_where_a_text_is_cut(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert unmarked(*pieces) == unmarked(text)


@given(st.lists(st.sampled_from([*MARKS, "Ten days", " ", ".", "<", "|", "é"]), max_size=10))
def test_places_are_mapped(parts: list[str]) -> None:
    text = "".join(parts)
    unmarking = Unmarking()
    clean = unmarking.take(text)[0] + unmarking.end()[0]
    places = [unmarking.position(index) for index in range(len(text) + 1)]
    assert None not in places
    assert places == sorted(places)  # type: ignore[type-var]
    assert (places[0], places[-1]) == (0, len(clean))
    for index, place in enumerate(places[:-1]):
        assert place is not None
        # A character either stands where it is said to, or is part of a mark and takes no room.
        assert places[index + 1] == place or clean[place] == text[index]


def test_a_place_in_what_is_held_back_is_open() -> None:
    unmarking = Unmarking()
    unmarking.take("days <|fi")
    assert unmarking.position(4) == 4
    assert unmarking.position(5) is None
    unmarking.end()
    assert unmarking.position(9) == 9


def test_a_long_text_takes_no_time() -> None:
    """A million characters of beginnings: a search that went back over them would not end."""
    text = "<|a【1†" * 150_000
    shown, marks = unmarked(text)
    assert shown == text
    assert not marks
    assert not re.search(r"\|>", shown)
