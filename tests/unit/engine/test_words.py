from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.engine.text.columns import columns
from iaposte_desktop.engine.text.edit_distance import damerau
from iaposte_desktop.engine.text.language import language_of
from iaposte_desktop.engine.text.stemming import stems
from iaposte_desktop.engine.text.stop_words import STOP_WORDS
from iaposte_desktop.engine.text.words import fold, normalise, split_compounds, split_words


def test_an_elision_is_a_word_of_its_own_with_either_apostrophe() -> None:
    assert split_words(normalise("L'été")) == split_words(normalise("l’été")) == ["l", "été"]


def test_accents_written_in_two_characters_are_the_same() -> None:
    assert split_words(normalise("e\u0301te\u0301")) == ["été"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("write to Jean.Dupont@mail.example.fr.", "jean.dupont@mail.example.fr"),
        ("firmware 2.10.3 only", "2.10.3"),
        ("part AB-12/X", "ab-12/x"),
        ("on 12/05/2026", "12/05/2026"),
    ],
)
def test_what_is_copied_whole_is_kept_whole(text: str, whole: str) -> None:
    assert split_compounds(normalise(text)) == [whole]


def test_words_joined_by_a_hyphen_are_no_reference() -> None:
    assert split_compounds("porte-monnaie et rendez-vous") == []


def test_folding_takes_accents_and_ligatures_away() -> None:
    assert fold("cœur") == "coeur"
    assert fold("été") == "ete"


def test_summer_is_not_a_stop_word() -> None:
    assert not {"été", "car", "but", "son", "pas"} & STOP_WORDS


def test_columns_leave_stop_words_out_and_stem_before_folding() -> None:
    made = columns("Les délais de remboursement", "fr")
    assert made.words == "delais remboursement"
    assert made.stems == "del rembours"


def test_a_text_is_stemmed_in_the_language_its_small_words_tell() -> None:
    assert columns("the deliveries of the parcels", "fr").stems == "deliveri parcel"


def test_a_query_word_has_the_stems_of_both_languages() -> None:
    assert set(stems("deliveries")) == {"deliveri", "deliver"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("où est mon colis", "fr"), ("where is my parcel", "en"), ("colis 12", None), ("", None)],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(split_words(normalise(text))) == language


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("colis", "colis", 0), ("colis", "coils", 1), ("colis", "colisse", 2), ("colis", "coli", 1), ("abcd", "wxyz", 3)],
)
def test_edit_distance_up_to_two(left: str, right: str, distance: int) -> None:
    assert damerau(left, right, 2) == distance


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_edit_distance_is_the_same_both_ways(left: str, right: str) -> None:
    assert damerau(left, right, 2) == damerau(right, left, 2)
