"""Sorting a mail by the words in it: what it is about, how urgent, in what mood, and the words that say so."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.mail_text import sentences_of_mail
from iaposte_desktop.engine.model.terms import telling_words
from iaposte_desktop.engine.text.stemming import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from iaposte_desktop.domain.ports.model_provider import CustomerMail

SUBJECT_WEIGHT: Final = 2

# Of equals the first counts: a delayed delivery is about delivery, however angry the mail.
_CATEGORIES: Final[Mapping[str, str]] = {
    "delivery": "livraison livrer livré colis suivi transporteur expédition expédié retard acheminement relais "
    "delivery deliver delivered parcel package tracking carrier shipping shipped shipment ship "
    "courier late",
    "refund": "remboursement rembourser remboursé refund refunded reimbursed money reimbursement",
    "return": "retour retourner renvoyer rendre échange échanger rétractation return returned exchange",
    "warranty": "garantie garanti panne réparation réparer défectueux défaut warranty guarantee repair faulty "
    "defective",
    "invoice": "facture facturation tva paiement payer débité prélèvement invoice bill billing vat payment charged",
    "privacy": "rgpd cnil données personnelles supprimer suppression désinscription désabonner gdpr privacy "
    "personal data delete erase unsubscribe",
    "complaint": "réclamation plainte inadmissible inacceptable scandaleux honteux déçu avocat litige arnaque "
    "cassé complaint unacceptable disgraceful disappointed lawyer scam broken damaged terrible",
    "product": "produit article taille couleur dimension stock disponible catalogue notice "
    "entretien prix product item size colour color dimensions available stock manual instructions "
    "reset price",
}
_ANGER: Final = (
    "inadmissible inacceptable scandaleux honteux honte furieux colère arnaque avocat plainte ras-le-bol "
    "lamentable nul unacceptable disgraceful outrageous furious angry scam lawyer ridiculous appalling "
    "terrible worst"
)
_URGENCY: Final = "urgent urgence immédiatement immédiat impératif avocat asap urgently immediately emergency deadline"
_DISPLEASURE: Final = (
    "déçu mécontent insatisfait problème cassé abîmé retard perdu panne erreur défectueux malheureusement "
    "réclamation disappointed unhappy problem broken damaged late lost faulty wrong unfortunately complaint "
    "never"
)
_PLEASURE: Final = (
    "ravi ravie satisfait parfait parfaite super génial bravo adore magnifique excellent "
    "happy delighted pleased perfect great love lovely excellent wonderful"
)
_SHOUTING: Final = re.compile(r"!{2,}|\b[A-ZÀ-Þ]{4,}(?:['’ ]+[A-ZÀ-Þ]{2,}){2,}")


def classify(mail: CustomerMail) -> str:
    """A JSON object: `category`, `priority`, `sentiment`, and the `evidence` words for them."""
    body = " ".join(sentences_of_mail(mail.text))
    words = [*telling_words(mail.subject) * SUBJECT_WEIGHT, *telling_words(body)]
    by_category = {category: _found(words, cues) for category, cues in _CATEGORIES.items()}
    category = max(by_category, key=lambda name: len(by_category[name]))
    anger, urgency = _found(words, _ANGER), _found(words, _URGENCY)
    shouting = [match.group() for match in _SHOUTING.finditer(f"{mail.subject} {mail.text}")]
    displeasure, pleasure = _found(words, _DISPLEASURE), _found(words, _PLEASURE)
    is_angry = bool(anger or shouting)
    sentiment = _sentiment(is_angry, len(displeasure), len(pleasure))
    mood = {"negative": displeasure, "positive": pleasure}.get(sentiment, ())
    evidence = [*by_category[category], *anger, *urgency, *shouting, *mood]
    answer = {
        "category": category if by_category[category] else "other",
        "priority": "high" if is_angry or urgency else "normal" if by_category[category] or displeasure else "low",
        "sentiment": sentiment,
        "evidence": list(dict.fromkeys(evidence)),
    }
    return json.dumps(answer, ensure_ascii=False)


def _sentiment(is_angry: bool, displeasure: int, pleasure: int) -> str:
    if is_angry or displeasure > pleasure:
        return "negative"
    return "positive" if pleasure > displeasure else "neutral"


def _found(words: Iterable[str], cues: str) -> Sequence[str]:
    return [word for word in words if not _stems_of_cues(cues).isdisjoint(stems(word))]


@cache
def _stems_of_cues(cues: str) -> frozenset[str]:
    return frozenset(form for word in telling_words(cues) for form in stems(word))
