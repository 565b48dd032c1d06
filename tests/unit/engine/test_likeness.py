from __future__ import annotations

import random

from iaposte_desktop.engine.likeness import alike
from iaposte_desktop.engine.text.signature import signature

WORDS = [f"word{number}" for number in range(3000)]


def text(seed: int, words: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def test_texts_that_differ_in_a_word_are_alike() -> None:
    terms = text(1)
    changed = [*terms[:200], "otherwise", *terms[201:]]
    signatures = {"a": signature(terms), "b": signature(text(2)), "c": signature(changed)}
    assert alike(signatures) == (("a", "c"),)


def test_a_text_that_shares_a_page_with_another_is_not() -> None:
    shared = text(1, 100)
    assert alike({"a": signature(shared + text(2)), "b": signature(shared + text(3))}) == ()


def test_groups_of_several_and_texts_too_short_or_empty() -> None:
    terms, prices = text(1), text(2)
    texts = {"t1": terms, "none": [], "p1": prices, "t2": [*terms, "new"], "short": ["hello"], "t3": terms[2:],
             "p2": prices}  # fmt: skip
    assert alike({key: signature(words) for key, words in texts.items()}) == (("t1", "t2", "t3"), ("p1", "p2"))


def test_many_files_with_one_boilerplate_page_are_told_apart() -> None:
    page = text(0, 300)
    texts = {str(seed): page + text(seed, 200) for seed in range(1, 120)}
    texts["twin"] = texts["77"]
    assert alike({key: signature(words) for key, words in texts.items()}) == (("77", "twin"),)
