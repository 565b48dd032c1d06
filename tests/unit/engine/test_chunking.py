from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain.tokens import estimate_tokens
from iaposte_desktop.engine.chunking import CHUNK_TOKENS, PART_CHARACTERS, ROW_CHUNK_TOKENS, TextChunk, TextPart, split
from iaposte_desktop.engine.extraction.blocks import Block

SENTENCE = "The parcel leaves the warehouse on the day of the order. "


def parts_and_chunks(*blocks: Block) -> tuple[str, list[TextPart], list[TextChunk]]:
    made = list(split(blocks))
    parts = [each for each in made if isinstance(each, TextPart)]
    return "".join(part.text for part in parts), parts, [each for each in made if isinstance(each, TextChunk)]


def test_chunks_are_cut_from_the_text_to_the_character() -> None:
    text, parts, chunks = parts_and_chunks(
        Block("Delivery", headings=("Delivery",)),
        Block("Two days.", headings=("Delivery",)),
        Block("Returns", headings=("Returns",)),
        Block("Thirty days.", headings=("Returns",)),
    )
    assert text == "Delivery\n\nTwo days.\n\nReturns\n\nThirty days."
    assert [chunk.text for chunk in chunks] == ["Delivery\n\nTwo days.", "Returns\n\nThirty days."]
    assert all(text[chunk.start : chunk.end] == chunk.text for chunk in chunks)
    assert all(text[part.start : part.start + len(part.text)] == part.text for part in parts)


def test_a_heading_with_nothing_under_it_stays_with_the_next() -> None:
    _, _, chunks = parts_and_chunks(
        Block("Help", headings=("Help",)),
        Block("Returns", headings=("Help", "Returns")),
        Block("Thirty days.", headings=("Help", "Returns")),
    )
    (chunk,) = chunks
    assert chunk.anchor.headings == ("Help", "Returns")
    assert chunk.own_headings == ("Help", "Returns")


def test_a_chunk_never_goes_past_its_page() -> None:
    _, _, chunks = parts_and_chunks(Block("One.", page=1), Block("Two.", page=2), Block("Too.", page=2))
    assert [(chunk.anchor.page, chunk.text) for chunk in chunks] == [(1, "One."), (2, "Two.\n\nToo.")]


def test_paragraphs_fill_a_chunk_up_to_its_size() -> None:
    _, _, chunks = parts_and_chunks(*(Block(SENTENCE.strip()) for _ in range(100)))
    sizes = [estimate_tokens(chunk.text) for chunk in chunks]
    assert max(sizes) <= CHUNK_TOKENS * 1.2
    assert min(sizes[:-1]) > CHUNK_TOKENS * 0.8


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    _, _, chunks = parts_and_chunks(Block((SENTENCE * 100).strip()))
    assert len(chunks) > 1
    assert all(chunk.text.endswith("order.") for chunk in chunks)


@pytest.mark.parametrize("sign", ["x", "7", "☎", "字"])
def test_text_without_any_break_is_cut_all_the_same(sign: str) -> None:
    text, parts, chunks = parts_and_chunks(Block(sign * 100_000))
    assert "".join(chunk.text for chunk in chunks) == text == sign * 100_000
    assert max(len(part.text) for part in parts) <= 2 * PART_CHARACTERS


def test_rows_are_grouped_and_anchored_at_the_first() -> None:
    rows = [Block(f"ref: A{number}; price: {number}", sheet="Prices", row=number) for number in range(2, 60)]
    text, parts, chunks = parts_and_chunks(*rows)
    assert text.splitlines() == [row.text for row in rows]
    assert len(parts) == 1
    assert parts[0].anchor.row is None
    assert 1 < len(chunks) < len(rows)
    assert all(chunk.text.startswith(f"ref: A{chunk.anchor.row};") for chunk in chunks)
    assert all(estimate_tokens(chunk.text) <= ROW_CHUNK_TOKENS * 1.2 for chunk in chunks)


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=3000).filter(lambda text: text.strip() == text)
blocks = st.builds(Block, texts, page=st.sampled_from([None, 1, 2]), headings=st.lists(texts, max_size=2).map(tuple))


@given(st.lists(blocks, max_size=20))
def test_whatever_the_blocks_chunks_lie_in_the_text_in_order_and_hold_every_block(given_blocks: list[Block]) -> None:
    text, parts, chunks = parts_and_chunks(*given_blocks)
    assert all(text[chunk.start : chunk.end] == chunk.text for chunk in chunks)
    assert all(part.text for part in parts)
    assert all(before.end <= after.start for before, after in itertools.pairwise(chunks))
    held = "".join("".join(chunk.text.split()) for chunk in chunks)
    assert held == "".join("".join(block.text.split()) for block in given_blocks)
