"""What is taken for personal data, and what only looks like it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from iaposte_desktop.domain.ports.personal_data import PersonalDataKind as Kind
from iaposte_desktop.engine.personal_data import RulesOfPersonalData

FRENCH = "Bonjour, merci de nous dire quand le colis sera livré, nous vous en remercions. {} Bien à vous, et à bientôt."
ENGLISH = "Hello, please tell us when the parcel will be delivered, we thank you for that. {} With our best regards."
SENTENCES = (FRENCH, ENGLISH)

TRUE = {
    "an address": (Kind.EMAIL, "jean.dupont+sav@mail.example.fr"),
    "an address in capitals": (Kind.EMAIL, "J.DUPONT@EXAMPLE.COM"),
    "a French IBAN in fours": (Kind.IBAN, "FR76 3000 6000 0112 3456 7890 189"),
    "a Belgian IBAN in one": (Kind.IBAN, "BE71096123456769"),
    "a British IBAN": (Kind.IBAN, "GB82 WEST 1234 5698 7654 32"),
    "a card in fours": (Kind.CARD, "4111 1111 1111 1111"),
    "a card in one": (Kind.CARD, "5555555555554444"),
    "an American Express card": (Kind.CARD, "3782-822463-10005"),
    "a social security number": (Kind.NIR, "1 84 12 76 451 089 46"),
    "a Corsican's, in one": (Kind.NIR, "184032A00601029"),
    "an establishment": (Kind.SIRET, "732 829 320 00074"),
    "a French number": (Kind.PHONE, "01 42 68 53 00"),
    "a French number with points": (Kind.PHONE, "06.12.34.56.78"),
    "a French number in one": (Kind.PHONE, "0612345678"),
    "a French number from abroad": (Kind.PHONE, "+33 (0)6 12 34 56 78"),
    "no-break spaces": (Kind.PHONE, "01\u00a042\u00a068\u00a053\u00a000"),
    "a British number": (Kind.PHONE, "+44 20 7946 0958"),
    "a Swiss number": (Kind.PHONE, "+41 44 668 18 00"),
}


@pytest.mark.parametrize("sentence", SENTENCES, ids=["fr", "en"])
@pytest.mark.parametrize(("kind", "number"), TRUE.values(), ids=TRUE.keys())
def test_it_is_found_where_it_stands(kind: Kind, number: str, sentence: str) -> None:
    text = sentence.format(number)
    (found,) = RulesOfPersonalData().find(text)
    assert (found.kind, found.text) == (kind, number)
    assert text[found.start : found.end] == number


BY_LANGUAGE = {
    "a Belgian number": (FRENCH, "02 555 12 12"),
    "a number of Québec": (FRENCH, "514 555-1234"),
    "a number of London": (ENGLISH, "020 7946 0958"),
    "an American number": (ENGLISH, "(415) 555-2671"),
    "an American number in one, named": (ENGLISH, "cell: 4155552671"),
}


@pytest.mark.parametrize(("sentence", "number"), BY_LANGUAGE.values(), ids=BY_LANGUAGE.keys())
def test_numbers_without_a_country_are_read_by_the_texts_language(sentence: str, number: str) -> None:
    (found,) = RulesOfPersonalData().find(sentence.format(number))
    assert found.kind is Kind.PHONE
    assert number.endswith(found.text)


FALSE = {
    "an order of ten digits": "order 4155552671",
    "an order with letters": "CMD-0612345678",
    "an order with its year": "2024-123456",
    "an order after a hash": "#0612345678",
    "a price": "1 234 567,00 €",
    "a price in dollars": "$1,234,567.00",
    "a day": "12/03/2026",
    "a day with points": "12.03.2026 12:30",
    "a day of the standard": "2026-03-12 10:30:00",
    "a span of days": "01/02/2026 - 05/02/2026",
    "a moment": "20260312103045",
    "an address of a machine": "192.168.100.100",
    "a part number": "300-555-1234-99",
    "an ISBN": "978-2-07-036822-8",
    "a parcel": "1Z999AA10123456784",
    "a version": "1.2.3.4",
    "a picture": "logo@2x.png",
    "an IBAN with a wrong digit": "FR76 3000 6000 0112 3456 7890 188",
    "a card with a wrong digit": "4111 1111 1111 1112",
    "a social security number with a wrong key": "1 84 12 76 451 089 47",
    "nine digits that could be a company": "732 829 320",
    "fourteen digits that could be an establishment": "73282932000074",
}


@pytest.mark.parametrize("sentence", SENTENCES, ids=["fr", "en"])
@pytest.mark.parametrize("number", FALSE.values(), ids=FALSE.keys())
def test_it_only_looks_like_it(number: str, sentence: str) -> None:
    assert RulesOfPersonalData().find(sentence.format(number)) == ()


@pytest.mark.parametrize("named", ["SIREN : 732 829 320", "RCS Paris 732829320", "732 829 320 R.C.S. Paris"])
def test_a_company_is_known_by_its_name_beside_it(named: str) -> None:
    (found,) = RulesOfPersonalData().find(FRENCH.format(named))
    assert found.kind is Kind.SIREN


def test_many_in_one_text_come_in_order_and_never_overlap() -> None:
    text = (
        "SIRET 732 829 320 00074, tél. 01 42 68 53 00 / 06 12 34 56 78, IBAN FR76 3000 6000 0112 3456 7890 189 BIC "
        "AGRIFRPP, jean.dupont@example.fr."
    )
    found = RulesOfPersonalData().find(text)
    assert [datum.kind for datum in found] == [Kind.SIRET, Kind.PHONE, Kind.PHONE, Kind.IBAN, Kind.EMAIL]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_text_with_nothing_in_it() -> None:
    assert RulesOfPersonalData().find("") == ()
