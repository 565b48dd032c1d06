from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain.ports.model_provider import ReasoningDelta, TextDelta
from iaposte_desktop.providers.chat_completions.thinking import ThinkingSplit

CONTENTS = st.lists(st.sampled_from(["<", "think", ">", "/", "</think>", "<think>", " ", "\n", "a", "é"])).map("".join)


def split(pieces: list[str]) -> tuple[str, str]:
    """Thought and text."""
    splitting = ThinkingSplit()
    events = [event for piece in pieces for event in splitting.take(piece)] + list(splitting.end())
    thought = "".join(event.text for event in events if isinstance(event, ReasoningDelta))
    return thought, "".join(event.text for event in events if isinstance(event, TextDelta))


@given(CONTENTS)
def test_cuts_make_no_difference(content: str) -> None:
    assert split(list(content)) == split([content])


@given(CONTENTS, CONTENTS)
def test_what_the_tag_holds_is_thought_and_the_rest_is_text(thought: str, text: str) -> None:
    thought = thought.replace("</think>", "")
    if "</think>" not in thought:
        assert split([f"<think>{thought}</think>{text}"]) == (thought, text.lstrip())


@given(st.text(min_size=1).filter(lambda text: not text.lstrip().startswith("<think>")))
def test_without_the_tag_all_is_text(text: str) -> None:
    assert split([text]) == ("", text)


def test_no_empty_pieces_are_told() -> None:
    splitting = ThinkingSplit()
    assert [list(splitting.take(piece)) for piece in ("<think>", "a", "</think>", "\n", "b")] == [
        [],
        [ReasoningDelta("a")],
        [],
        [],
        [TextDelta("b")],
    ]
