from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iaposte_desktop.domain.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Bonjour M. Dupont.", "Comment allez-vous ?", "Bien, merci !"],
        ["Mme Roy et le Dr. Petit sont là.", "Voir p. 5, art. 12 et fig. 3.", "Fin."],
        ["Les frais (p. ex. la livraison) sont de 1.234,56 €.", "Le taux est de 3.5 %."],
        ["Il faut du soin, de la patience, etc.", "Rien de plus."],
        ["Prévoyez vis, clous, etc. pour le montage.", "Puis vissez."],
        ["We ship to the U.S. and Canada, i.e. overseas.", "See No. 5.", "No.", "Yes."],
        ["Mr. Smith came at 5 p.m. on Monday.", "He left."],
        ["Passez le 12 sept. 2024 ou le 3 janv. 2025.", "Merci."],
        ["C’était en 2019.", "12 personnes sont venues."],
        ["Voir https://example.com/a?b=c.d et www.example.com.", "Écrivez à a.b@example.com."],
        ["La version 1.2.3 est sortie.", "La 1.3 suivra."],
        ["Je réfléchis… encore un peu...", "Voilà."],
        ["« Oui ! » dit-il.", "Elle répond « Non. »", "Silence."],
        ["Le colis est parti.", "[Note] Il arrive demain (peut-être).", "Fin."],
        ["Un fait établi. [1]", "Un autre. [2]", "Un dernier [3]."],
        ["où est mon colis ?", "merci d’avance.", "je l’attends."],
        ["J. K. Rowling l’a écrit.", "C’est tout."],
        ["Quoi ?!", "Vraiment !!!", "Oui."],
    ],
)
def test_running_text(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_line_break_inside_a_paragraph_ends_nothing() -> None:
    assert sentences("Votre colis est\nparti ce matin. Il arrive\ndemain.") == [
        "Votre colis est\nparti ce matin.",
        "Il arrive\ndemain.",
    ]


def test_a_blank_line_ends_a_sentence() -> None:
    assert sentences("sans point\n \nautre chose") == ["sans point", "autre chose"]


def test_list_items_stand_alone() -> None:
    text = "Il faut :\n- une vis\n- un clou,\n  bien droit\n1. Ouvrez. Fermez.\n2) Jetez\na) ou non"
    assert sentences(text) == [
        "Il faut :",
        "- une vis",
        "- un clou,\n  bien droit",
        "1. Ouvrez.",
        "Fermez.",
        "2) Jetez",
        "a) ou non",
    ]


def test_headings_stand_alone() -> None:
    assert sentences("# Délais et prix. Tout\nLa suite.\n\nNos horaires\nLe magasin ouvre à 9 h.") == [
        "# Délais et prix. Tout",
        "La suite.",
        "Nos horaires",
        "Le magasin ouvre à 9 h.",
    ]


def test_rows_of_tables_are_not_split() -> None:
    rows = ["Réf.: A-1; Prix: 3,00; Remarque: Fragile. À plat", "Réf.: A-2; Prix: 4,00", "| a | b. C | d |"]
    assert sentences("\n".join(rows)) == rows


def test_nothing_in_nothing() -> None:
    assert split_sentences(" \n\t\u00a0") == ()


FRAGMENTS = st.sampled_from(
    ["Le prix", "M.", "etc.", "1.234,56 €", "e.g.", "? ", "! ", ". ", "…", "\n", "\n\n", "- ", "1. ", "# ", "« ", " »",
     "(", ")", "\u202f", " ", "a", "É", "a: b; c: d", "|", "[1]", "https://x.y/?z", "\r\n", "\x1c", "\u2028",
     "é\u0301", "🙂"]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=40).map("".join) | st.text(max_size=200))
@example("\x85a")
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = split_sentences(text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    for span in spans:
        assert span.of(text)
        assert span.of(text) == span.of(text).strip()
    covered = {index for span in spans for index in range(span.start, span.end)}
    assert all(index in covered for index, character in enumerate(text) if not character.isspace())
