from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iaposte_desktop.domain.matching import differences, find_quote

TEXT = (
    "Conditions de vente\n\nUn remboursement prend dix jours ouvrés, sauf pour les cartes cadeaux. "
    "La carte cadeau n’est pas remboursée : c’est un « bon d’achat ».\n\n"
    "Les colis de plus de 12,5 kg sont livrés en 3 à 5 jours. Le rendez-vous est fixé par e-mail.\n\n"
    "Livraison\nSoixante-dix jours au plus. La garantie légale de conformité dure deux ans à compter de la délivrance."
)

_SIGNS = "abé0123 .,;:'’«»“”()\n\t\u00a0…ßŒ€%退"


def found(quote: str, text: str = TEXT, near: tuple[int, int] | None = None) -> tuple[str, bool] | None:
    match = find_quote(quote, text, near)
    return (text[match.start : match.end], match.is_exact) if match is not None else None


class TestExact:
    @pytest.mark.parametrize(
        ("quote", "words"),
        [
            ("prend dix jours ouvrés, sauf", "prend dix jours ouvrés, sauf"),
            ("prend  dix\njours\u00a0ouvrés", "prend dix jours ouvrés"),
            ("La carte cadeau n'est pas remboursée", "La carte cadeau n’est pas remboursée"),
            ("c'est un \"bon d'achat\"", "c’est un « bon d’achat »"),
            ("« La carte cadeau n’est pas remboursée »", "La carte cadeau n’est pas remboursée"),
            ("… les colis de plus de 12,5 kg …".replace("les", "Les"), "Les colis de plus de 12,5 kg"),
            ("n’est pas remboursée: c’est", "n’est pas remboursée : c’est"),
            ("Le rendez‑vous est fixé", "Le rendez-vous est fixé"),
            ("Le rendezvous est fixé", "Le rendez-vous est fixé"),
            ("rembour\u00adsement prend dix", "remboursement prend dix"),
            ("livre\u0301s en 3", "livrés en 3"),
        ],
    )
    def test_the_shape_of_spaces_and_signs_is_forgotten(self, quote: str, words: str) -> None:
        assert found(quote) == (words, True)

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("Le rembour-\nsement est fait en dix jours.", "Le remboursement est fait"),
            ("Les o\ufb03ces sont fermés le lundi.", "Les offices sont fermés"),
            ("Le rembour\u00adsement est fait.", "Le remboursement est fait"),
            ("Dix jours...  puis plus rien.", "Dix jours… puis plus rien."),
            ("退款需要十个工作日。送货需要两天。", "退款需要十个工作日"),
            ("退款需要十个工作日。送货需要两天。", "十个工作"),
        ],
    )
    def test_what_layout_does_to_a_text_is_forgotten(self, text: str, quote: str) -> None:
        match = find_quote(quote, text)
        assert match is not None
        assert match.is_exact

    def test_of_several_places_the_near_one_counts(self) -> None:
        text = "Two days. " * 50
        assert (match := find_quote("Two days.", text, (205, 230))) is not None
        assert (match.start, match.is_exact) == (210, True)

    @given(st.data())
    def test_whole_words_of_a_text_are_always_exact(self, data: st.DataObject) -> None:
        words = TEXT.split()
        start = data.draw(st.integers(0, len(words) - 3))
        end = data.draw(st.integers(start + 2, len(words)))
        spaces = data.draw(st.sampled_from([" ", "\n", "  ", "\u00a0", " \n "]))
        result = found(spaces.join(words[start:end]))
        assert result is not None
        assert result[1]


class TestApproximate:
    @pytest.mark.parametrize(
        ("quote", "words"),
        [
            ("Un remboursement prend 10 jours ouvrés", "Un remboursement prend dix jours ouvrés"),
            ("Les colis de plus de 15,5 kg sont livrés", "Les colis de plus de 12,5 kg sont livrés"),
            ("Les colis de plus de 12.5 kg sont livrés", "Les colis de plus de 12,5 kg sont livrés"),
            ("La carte cadeau est remboursée", "La carte cadeau n’est pas remboursée"),
            ("La carte cadau n’est pas rembourssée", "La carte cadeau n’est pas remboursée"),
            ("la Carte cadeau n’est pas remboursée", "La carte cadeau n’est pas remboursée"),
            ("La garantie legale de conformite dure deux ans", "La garantie légale de conformité dure deux ans"),
            ("La garantie légale dure deux ans à compter de la livraison",
             "La garantie légale de conformité dure deux ans à compter de la délivrance"),
            ("dix jours au plus", "Soixante-dix jours au plus"),
        ],
    )  # fmt: skip
    def test_a_letter_or_a_digit_is_enough(self, quote: str, words: str) -> None:
        assert found(quote) == (words, False)

    def test_part_of_a_number_is_not_the_number(self) -> None:
        result = find_quote("5 kg sont livrés en 3 à 5 jours", TEXT)
        assert result is not None
        assert not result.is_exact

    @given(st.data())
    def test_a_changed_number_is_never_exact(self, data: st.DataObject) -> None:
        number = data.draw(st.from_regex(r"\A\d{1,3}([.,]\d{1,2})?\Z"))
        result = found(f"Les colis de plus de {number} kg sont livrés en 3 à 5 jours")
        assert result == ("Les colis de plus de 12,5 kg sont livrés en 3 à 5 jours", number == "12,5")

    @pytest.mark.parametrize("removed", ["n’est pas", "n’", "pas"])
    def test_a_lost_negation_is_never_exact(self, removed: str) -> None:
        result = found("La carte cadeau n’est pas remboursée".replace(removed, "est" if "est" in removed else ""))
        assert result is not None
        assert not result[1]

    def test_it_is_found_anywhere_in_a_large_file(self) -> None:
        chance = random.Random(3)
        filler = " ".join("".join(chance.choices("abcdefghij", k=chance.randint(2, 9))) for _ in range(60_000))
        text = f"{filler} {TEXT} {filler}"
        quote = "La garantie légale de conformité dure trois ans à compter de la délivrance"
        result = found(quote, text, (0, 200))
        assert result == (quote.replace("trois", "deux"), False)


class TestNotThere:
    @pytest.mark.parametrize(
        "quote",
        [
            "",
            " \n",
            "« … »",
            "The warranty covers lamps for two years.",
            "Les abonnements de la piscine sont vendus pour dix jours",
            "La carte grise du véhicule n’est pas fournie avec le contrat",
            "Un jours",
            "Les colis sont les colis de la carte",
        ],
    )
    def test_common_words_do_not_make_a_quote(self, quote: str) -> None:
        assert find_quote(quote, TEXT) is None

    def test_nothing_is_in_an_empty_text(self) -> None:
        assert find_quote("dix jours", "") is None

    @given(st.text(), st.text())
    def test_any_text_is_borne(self, quote: str, text: str) -> None:
        match = find_quote(quote, text)
        assert match is None or 0 <= match.start < match.end <= len(text)

    @given(st.text(_SIGNS, min_size=1), st.text(_SIGNS), st.text(_SIGNS))
    @example("0\\xad", "", "")
    @example("0\\xad0", "", "")
    @example("_0", "", "")
    def test_what_is_verbatim_between_spaces_is_found(self, quote: str, before: str, after: str) -> None:
        text = f"{before} \n{quote}\n {after}"
        match = find_quote(quote, text)
        assert (match is not None and match.is_exact) or not any(c.isalnum() for c in quote)


@pytest.mark.parametrize(
    ("quote", "text", "different"),
    [
        ("prend 10 jours", "prend dix  jours", [("10", "dix")]),
        ("La carte est remboursée", "La carte n’est pas remboursée", [("", "n’"), ("", "pas")]),
        ("sous 12,5 kg  au plus", "sous 15,2 kg au moins", [("12,5", "15,2"), ("plus", "moins")]),
        ("l'été", "l’été", []),
    ],
)
def test_what_differs_is_told_in_whole_words(quote: str, text: str, different: list[tuple[str, str]]) -> None:
    assert list(differences(quote, text)) == different
