from __future__ import annotations

import random

import pytest

from iaposte_desktop.engine.text.signature import LONG_WORDS, signature, similarity


def words(count: int, seed: int = 0) -> list[str]:
    chance = random.Random(seed)
    return [f"w{chance.randrange(3_000)}" for _ in range(count)]


def edited(text: list[str], every: int) -> list[str]:
    return [word + "x" if at % every == 0 else word for at, word in enumerate(text)]


def true_share(one: list[str], other: list[str]) -> float:
    a, b = ({*zip(*(text[at:] for at in range(5)), strict=False)} for text in (one, other))
    return len(a & b) / len(a | b)


@pytest.mark.parametrize("count", [1, 4, 5, 60, LONG_WORDS, LONG_WORDS + 1, 120_000])
def test_the_same_words_are_the_same(count: int) -> None:
    text = words(count)
    assert similarity(signature(text), signature(iter(text))) == 1


@pytest.mark.parametrize("count", [300, 900, 5_000, 60_000])
@pytest.mark.parametrize("every", [20, 50, 200])
def test_near_texts_are_as_near_as_they_are(count: int, every: int) -> None:
    one, other = words(count), edited(words(count), every)
    assert similarity(signature(one), signature(other)) == pytest.approx(true_share(one, other), abs=0.2)


@pytest.mark.parametrize("count", [60, 900, 5_000, 60_000])
def test_far_texts_are_far(count: int) -> None:
    assert similarity(signature(words(count)), signature(words(count, seed=1))) < 0.1


def test_a_text_with_a_part_added_stays_near() -> None:
    text = words(20_000)
    assert similarity(signature(text), signature(words(500, seed=2) + text)) > 0.85


def test_no_words_are_like_nothing() -> None:
    assert signature([]) == ""
    assert similarity("", "") == similarity("", signature(["a"])) == 0


def test_a_signature_is_512_hexadecimal_digits() -> None:
    made = signature(["été", "w"])
    assert len(made) == 512
    assert int(made, 16)
