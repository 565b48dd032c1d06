from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.domain.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour",
        "Où est mon colis ?",
        "Ou est mon colis, je n'ai rien recu",
        "Commande CMD-1042 : toujours pas livrée",
        "Facture svp",
        "OU EST MON COLIS ?",
        "Merci de m’envoyer la facture de ma commande.",
        "I ordered ? Non, j'ai commandé une lampe le 3 novembre et je ne l'ai pas reçue.",
    ],
)
def test_french(text: str) -> None:
    assert detect_language(text) == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "Where is my parcel?",
        "Invoice please",
        "I haven’t received the café table yet.",
        "How long is a gift card valid?",
        "Hello, I live in Saint-Étienne, rue de la République, and my order did not arrive.",
    ],
)
def test_english(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "ok",
        "CMD-1042",
        "https://example.org/x",
        "Guten Tag, ich habe meine Bestellung noch nicht erhalten. Wann kommt sie an?",
        "Hola, quisiera saber el estado de mi pedido, que no ha llegado a la dirección",
        "注文した商品がまだ届いていません",
    ],
)
def test_undecided(text: str) -> None:
    assert detect_language(text) is None


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert detect_language(text) in ("fr", "en", None)


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: text * 500])
def test_case_and_length_do_not_matter(change: Callable[[str], str]) -> None:
    assert detect_language(change("Je souhaite un remboursement. ")) == "fr"
    assert detect_language(change("I would like a refund. ")) == "en"
