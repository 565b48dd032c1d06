"""No customer is in a past answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import event, given, settings

from iaposte_desktop.application.masking import KnownOfCustomer, known_of, masked, without_customer
from iaposte_desktop.application.past_answers import PastAnswer, past_answer
from iaposte_desktop.domain.threads import Customer, Message, Role, Thread, ThreadStatus
from iaposte_desktop.engine.personal_data import RulesOfPersonalData
from tests.unit.application.canaries import NOON, Matter, matters

FINDER = RulesOfPersonalData()
CLAIRE = Customer("cust_1", "Claire Martin", "claire.martin@example.org", NOON)


def answered(mail: str, reply: str, *, customer: Customer = CLAIRE, subject: str = "Retour") -> PastAnswer | None:
    thread = Thread("thread_1", customer.id, subject, ThreadStatus.SENT, NOON, NOON)
    question = Message("msg_1", thread.id, Role.CUSTOMER, mail, NOON, language="fr")
    answer = Message("msg_2", thread.id, Role.AGENT, reply, NOON)
    return past_answer(thread, customer, [question, answer], answer, FINDER)


def known(mail: str, customer: Customer = CLAIRE) -> KnownOfCustomer:
    return known_of(customer, [Message("m", "t", Role.CUSTOMER, mail, NOON)], "", FINDER)


def said(mail: str, reply: str, customer: Customer = CLAIRE) -> str:
    """The reply without its customer."""
    return masked(reply, known(mail, customer), FINDER, "fr")


@settings(max_examples=300)
@given(matters())
def test_nothing_of_a_customer_is_kept(matter: Matter) -> None:
    kept = past_answer(matter.thread, matter.customer, [matter.mail, matter.reply], matter.reply, FINDER)
    event("kept" if kept is not None else "not kept")
    if kept is not None:
        for text in (kept.text, kept.title, kept.file_name):
            assert matter.canary.traces_in(text) == [], text


@settings(max_examples=100)
@given(matters())
def test_a_reply_that_names_nobody_is_kept_as_it_is(matter: Matter) -> None:
    plain = "Le remboursement prend dix jours ouvrés après réception du retour.\n\nIl arrive par virement."
    reply = replace(matter.reply, text=f"Bonjour {matter.canary.first},\n\n{plain}\n\nCordialement,\nMaison Lumen")
    kept = past_answer(matter.thread, matter.customer, [matter.mail, reply], reply, FINDER)
    assert kept is not None
    assert plain in kept.text


def test_the_question_is_the_heading_of_the_answer() -> None:
    kept = answered(
        "Bonjour,\n\nMa lampe est arrivée cassée. Comment la renvoyer ?\n\nMerci\nClaire Martin",
        "Bonjour Madame Martin,\n\nRenvoyez-la dans son carton : le retour est gratuit.\n\nBien cordialement,\nPaul",
    )
    assert kept is not None
    assert kept.text == "# Comment la renvoyer ?\n\nRenvoyez-la dans son carton : le retour est gratuit.\n"
    assert (kept.title, kept.language, kept.day) == ("Retour", "fr", "2026-11-02")
    assert kept.file_name == "Réponse passée 2026-11-02 Retour.md"


@pytest.mark.parametrize(
    ("mail", "reply", "left"),
    [
        ("Bonjour", "Merci Claire, c’est noté.", "Merci [client], c’est noté."),
        ("Bonjour", "Le colis de CLAIRE-MARTIN part.", "Le colis de [client] part."),
        ("Ma commande 1042.", "La commande 1042 part demain.", "La commande [commande] part demain."),
        ("Ma commande.", "CMD-1042 part demain.", "[commande] part demain."),
        ("Ma commande.", "La commande CMD 1042 part.", "La commande CMD [commande] part."),
        ("J’habite rue des Lilas.", "Livré rue des Lilas hier.", "Livré [adresse] hier."),
        ("J’habite 3 rue des Lilas.", "Livré rue des lilas hier.", "Livré [adresse] hier."),
        ("Bonjour", "Livré au 12 bis, avenue du Général Leclerc.", "Livré au [adresse]."),
        ("Bonjour", "Livré à 75011 Paris.", "Livré à [adresse]."),
        ("Reçu le 12/03/2026.", "Le colis du 12/03/2026 est parti.", "Le colis du [date] est parti."),
        ("Bonjour", "Suivez https://suivi.example/A12?b=1 ici.", "Suivez [lien] ici."),
        ("Bonjour", "Écrit à [Claire] hier.", "Écrit à ([client]) hier."),
        ("Bonjour", "M. Dupont passera.", "M. [client] passera."),
        ("Bonjour", "Votre IBAN FR76 3000 6000 0112 3456 7890 189.", "Votre IBAN [IBAN]."),
    ],
)
def test_neutral_words(mail: str, reply: str, left: str) -> None:
    assert said(mail, reply) == left


@pytest.mark.parametrize(
    "reply",
    [
        "Votre commande est en cours de livraison.",
        "Le délai est de 14 jours, en place depuis 2024.",
        "Les frais de port coûtent 4,90 € jusqu’à 30 kg.",
        "Comptez 3 à 5 jours ouvrés ; la garantie dure 24 mois.",
        "Passez sur place au magasin, la route est ouverte.",
    ],
)
def test_what_names_nobody_stays(reply: str) -> None:
    assert said("Bonjour, où en est ma commande ?", reply) == reply


@pytest.mark.parametrize(
    ("mail", "reply", "left"),
    [
        ("Au 06 12 34 56 78 ?", "Noté : 06 12 34 56 78, merci Claire.", "Noté : [téléphone], merci [client]."),
        ("Bonjour", "Écrit à claire.martin@example.org.", "Écrit à [adresse e-mail]."),
        ("Ma commande n° 1042.", "La commande n° 1042 part.", "La commande n° [commande] part."),
        ("J’habite 3 rue des Lilas.", "Livré rue des lilas hier.", "Livré [adresse] hier."),
        ("Bonjour", "Madame Martin, Claire MARTIN, merci.", "Madame [client], [client], merci."),
    ],
)
def test_what_the_customer_named_goes_from_what_a_person_reads(mail: str, reply: str, left: str) -> None:
    assert without_customer(reply, known(mail), "fr") == left


@pytest.mark.parametrize(
    "reply",
    [
        "Appelez le 01 98 76 54 32 ou écrivez à sav@maison-lumen.example.",
        "Passez au 12 rue de la Paix, 75002 Paris, chez M. Dupont.",
        "La lampe LX2000 est en pierre claire, 2 700 kelvins, référence 55120.",
    ],
)
def test_what_is_the_shops_own_stays_in_what_a_person_reads(reply: str) -> None:
    assert without_customer(reply, known("La LX2000 clignote depuis 2024, au 06 12 34 56 78."), "fr") == reply


def test_a_name_below_the_closing_of_the_mail_is_known() -> None:
    customer = replace(CLAIRE, name="contact@example.org", email="contact@example.org")
    assert said("Où est-il ?\n\nCordialement\nHélène Kervadec", "Merci Helene.", customer) == "Merci [client]."


def test_too_little_is_not_kept() -> None:
    assert answered("Merci ?", "Bonjour,\n\nOui.\n\nCordialement") is None
