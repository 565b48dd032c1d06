from __future__ import annotations

import json

import pytest

from iaposte_desktop.domain.assistants import OutputFormat
from iaposte_desktop.domain.ports import model_provider as mp
from tests.unit.engine_model.talks import request, talk


async def classified(text: str, subject: str = "") -> dict[str, object]:
    said = await talk(request(text, subject=subject, output_format=OutputFormat.JSON))
    assert said.queries == []
    assert said.end == mp.Completed()
    answer: dict[str, object] = json.loads(said.text)
    return answer


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Bonjour, mon colis n'est pas arrivé, le transporteur ne répond pas.", "delivery"),
        ("Where is my parcel? The carrier says it was delivered.", "delivery"),
        ("Quand serai-je remboursé ? J'attends mon remboursement.", "refund"),
        ("I would like to return this item.", "return"),
        ("Ma lampe est en panne, est-elle sous garantie ?", "warranty"),
        ("Please correct the VAT on my invoice.", "invoice"),
        ("Supprimez mes données personnelles, conformément au RGPD.", "privacy"),
        ("C'est inadmissible, je porte plainte.", "complaint"),
        ("Quelle est la taille du produit ?", "product"),
        ("Bonjour, recrutez-vous ?", "other"),
    ],
)
async def test_category(text: str, category: str) -> None:
    assert (await classified(text))["category"] == category


@pytest.mark.parametrize(
    ("text", "priority", "sentiment"),
    [
        ("C'EST INADMISSIBLE !!! Mon colis est perdu.", "high", "negative"),
        ("This is unacceptable, I want my money back.", "high", "negative"),
        ("J'ai besoin de la facture en urgence.", "high", "neutral"),
        ("Malheureusement le vase est cassé.", "normal", "negative"),
        ("Where can I find my invoice?", "normal", "neutral"),
        ("Je suis ravie, tout est parfait, bravo.", "low", "positive"),
    ],
)
async def test_priority_and_sentiment(text: str, priority: str, sentiment: str) -> None:
    answer = await classified(text)
    assert (answer["priority"], answer["sentiment"]) == (priority, sentiment)


async def test_the_words_it_rests_on_are_given() -> None:
    answer = await classified("Mon colis est en retard.", subject="Suivi de livraison")
    assert answer["evidence"] == ["suivi", "livraison", "colis", "retard"]


async def test_nothing_to_go_by() -> None:
    assert await classified("") == {"category": "other", "priority": "low", "sentiment": "neutral", "evidence": []}
