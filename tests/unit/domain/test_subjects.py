from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain.subjects import normalised_subject


@pytest.mark.parametrize(
    "subject",
    [
        "Colis perdu",
        "Re: Colis perdu",
        "RE : Colis  perdu",
        "re: RE: Fwd: TR : colis perdu ",
        "AW: WG: Colis perdu",
        "Re[3]: Colis perdu",
        "Re(2): Colis perdu",
        "Réf : Colis perdu",
        "FW:Colis\tperdu",
        "TR\u00a0: Colis perdu",
        "Ｒｅ： Colis perdu",
    ],
)
def test_marks_case_and_spaces_do_not_tell_mails_of_one_matter_apart(subject: str) -> None:
    assert normalised_subject(subject) == "colis perdu"


@pytest.mark.parametrize("subject", ["Retour : colis perdu", "Refund: parcel", "Trottinette: frein", "Report: parcel"])
def test_a_word_that_begins_like_a_mark_stays(subject: str) -> None:
    assert normalised_subject(subject) == subject.casefold()


@pytest.mark.parametrize("subject", ["", "  ", "Re:", "Fwd: RE :"])
def test_marks_alone_are_no_subject(subject: str) -> None:
    assert normalised_subject(subject) == ""


def test_accents_stay() -> None:
    assert normalised_subject("Payé") != normalised_subject("Paye")


@given(st.text())
def test_normalising_twice_changes_nothing(subject: str) -> None:
    once = normalised_subject(subject)
    assert normalised_subject(once) == once
    assert normalised_subject(f"Re: {subject}") == once
