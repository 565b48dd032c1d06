from __future__ import annotations

import pytest

from iaposte_desktop.domain.ports.model_provider import CustomerMail
from iaposte_desktop.engine.model.questions import MOST_LISTED, Question, find_questions


def found(text: str, subject: str = "", name: str = "") -> tuple[Question, ...]:
    return find_questions(CustomerMail(subject, text), name)


def texts(text: str, subject: str = "", name: str = "") -> list[str]:
    return [question.text for question in found(text, subject, name)]


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        ("Bonjour,\n\nLivrez-vous en Suisse ?\n\nMerci d'avance,\nPaul", ["Livrez-vous en Suisse ?"]),
        ("Hi, where is my parcel?\nThanks, Bob", ["where is my parcel?"]),
        ("Je voudrais savoir si vous livrez en Belgique.", ["Je voudrais savoir si vous livrez en Belgique."]),
        ("Merci de m'indiquer le délai de retour.", ["Merci de m'indiquer le délai de retour."]),
        ("Pouvez-vous m'envoyer une facture svp", ["Pouvez-vous m'envoyer une facture svp"]),
        ("I would like to know how to pay.", ["I would like to know how to pay."]),
        ("Could you tell me the price of the lamp", ["Could you tell me the price of the lamp"]),
        ("Please send me the invoice.", ["Please send me the invoice."]),
        ("comment faire pour rendre un article", ["comment faire pour rendre un article"]),
        ("How do I reset the lamp", ["How do I reset the lamp"]),
        ("1. Quel est le prix ?\n2. Quel est le délai ?", ["Quel est le prix ?", "Quel est le délai ?"]),
    ],
)
def test_what_is_asked(mail: str, expected: list[str]) -> None:
    assert texts(mail) == expected


def test_one_sentence_may_ask_twice() -> None:
    first, second = found("Livrez-vous en Belgique et combien coûte l'envoi ?")
    assert (first.query, second.query) == ("Livrez Belgique", "coûte envoi")


def test_the_same_question_is_asked_once() -> None:
    assert len(texts("Où est mon colis Alizé ? Je vous demande : où est mon colis Alizé ?")) == 1


def test_a_complaint_counts_where_nothing_is_asked() -> None:
    mail = "Bonjour,\n\nJe suis fidèle depuis dix ans. Je n'ai toujours pas reçu ma commande.\n\nCordialement"
    assert texts(mail) == ["Je n'ai toujours pas reçu ma commande."]
    assert texts(f"{mail}\nPS : où est ma lampe ?") == ["PS : où est ma lampe ?"]


def test_a_wish_counts_where_nothing_is_asked() -> None:
    assert texts("Je souhaite retourner ma lampe. Elle est belle.") == ["Je souhaite retourner ma lampe."]


def test_else_what_the_mail_is_mostly_about() -> None:
    (question,) = found("Ma lampe murale orange est posée.", subject="Pose d'une applique")
    assert question.text == "Ma lampe murale orange est posée."
    assert "applique" in question.context


def test_the_subject_may_be_the_question() -> None:
    assert texts("", subject="Re: Horaires du magasin ?") == ["Horaires du magasin ?"]


@pytest.mark.parametrize(
    "mail", ["", "Merci beaucoup !", "Bonjour,\nUn grand merci pour votre aide.\nBonne journée,\nPaul", "Thanks a lot!"]
)
def test_a_mail_of_thanks_asks_nothing(mail: str) -> None:
    assert found(mail, name="Paul") == ()


def test_greetings_courtesies_and_signature_are_not_asked() -> None:
    mail = (
        "Dear Sir or Madam,\n\nHow are you? I hope you are well.\nCan I pay by cheque?\nLooking forward to your reply."
        "\n\nKind regards,\nHow Long\nWhy Street 5"
    )
    assert texts(mail) == ["Can I pay by cheque?"]


def test_quoted_history_is_not_asked() -> None:
    assert texts("Merci. Et le prix ?\n\nLe lun. 16 nov. 2026 à 08:14, Paul a écrit :\n> Où êtes-vous ?") == [
        "Et le prix ?"
    ]
    assert texts("Yes. How long?\n> When do you open?\n> Bye") == ["How long?"]


def test_outcries_are_not_questions() -> None:
    assert texts("Vous vous moquez de moi ? Quand arrive le vase ?") == ["Quand arrive le vase ?"]


def test_references_stay_out_of_the_query() -> None:
    mail = "Où en est la commande CMD-1042 du 12/03/2026, suivi FE12345678, compte a.b@example.com, facture n° 77 ?"
    assert found(mail)[0].query == "commande suivi compte facture"


def test_product_references_and_years_stay() -> None:
    assert (
        found("L'ampoule E27 du modèle RTX-40 de 2024 est-elle vendue ?")[0].query
        == "ampoule E27 modèle RTX-40 2024 vendue"
    )


def test_politeness_stays_out_of_the_query() -> None:
    assert (
        found("Pourriez-vous s'il vous plaît me dire si la lampe Aurore est étanche ?")[0].query
        == "lampe Aurore étanche"
    )
    assert (
        found("Could you please let me know whether the Aurore lamp is waterproof?")[0].query
        == "Aurore lamp waterproof"
    )


def test_a_pronoun_is_filled_from_the_sentence_before() -> None:
    (question,) = found("J'ai acheté la lampe Aurore. Est-elle garantie ?")
    assert question.keywords == "garantie"
    assert question.context.split()[0] == "Aurore"


def test_a_short_question_is_filled_from_the_subject() -> None:
    (question,) = found("C'est possible ?", subject="Échange d'un abat-jour")
    assert question.query == "Échange abat-jour"


def test_a_full_question_is_left_alone() -> None:
    (question,) = found("Ma lampe est jolie. Combien coûte la livraison en Belgique ?", subject="Lampe Aurore")
    assert question.context == ""


def test_the_name_of_the_customer_is_no_context() -> None:
    (question,) = found("C'est possible ?\nClaire Martin", subject="Retour Martin", name="Claire Martin")
    assert question.query == "Retour"


def test_a_flood_of_questions_is_cut() -> None:
    mail = "\n".join(f"Quel est le prix du modèle {'abcdefghijklmnop'[at] * 4} ?" for at in range(16))
    assert len(found(mail)) == MOST_LISTED
