from __future__ import annotations

import pytest

from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.domain.synonyms import MOST_SYNONYMS, synonym_group, with_missing


def test_blanks_and_repeats_are_left_out() -> None:
    assert synonym_group([" colis", "", "Paquet ", "COLIS"]) == ("colis", "Paquet")


@pytest.mark.parametrize(
    "words",
    [[], ["colis"], ["colis", "Colis"], ["colis", "petit paquet"], ["mail", "e-mail"], list("abcdefghijklm")],
    ids=str,
)
def test_what_is_no_group(words: list[str]) -> None:
    with pytest.raises(InvalidValue):
        synonym_group(words)


def test_as_many_words_as_may_be() -> None:
    words = [f"mot{number}" for number in range(MOST_SYNONYMS)]
    assert synonym_group(words) == tuple(words)


def test_only_missing_groups_are_added() -> None:
    mine = (("Colis", "paquet", "pli"), ("a", "b"))
    assert with_missing(mine, [("colis", "paquet"), ("prix", "tarif")]) == (*mine, ("prix", "tarif"))
