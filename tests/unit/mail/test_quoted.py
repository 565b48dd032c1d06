"""Quoted history and signatures, French and English. Whatever the form, every line stands somewhere."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.mail.quoted import SplitText, split_quoted

NEW = "Bonjour,\n\nOù est mon colis ?\n\nCordialement,\nZoé"
OLD = "Votre colis est parti.\nLe support"
MARKED = "> Votre colis est parti.\n> Le support"

HISTORIES = {
    "gmail fr": f"Le mar. 3 mars 2026 à 14:05, Support <s@example.org> a écrit :\n\n{MARKED}",
    "gmail fr wrapped": f"Le mar. 3 mars 2026 à 14:05, Maison Lumen <\nsupport@example.org> a écrit :\n{MARKED}",
    "fr wrapped before the verb": f"Le 3 mars 2026 à 14:05, Support <s@example.org>\na écrit :\n{MARKED}",
    "fr narrow space": f"Le 3 mars 2026, Support <s@example.org> a écrit\u202f:\n{MARKED}",
    "fr unmarked": f"Le 3 mars 2026 à 14:05, Support <s@example.org> a écrit :\n\n{OLD}",
    "gmail en": f"On Tue, 3 Mar 2026 at 14:05, Support <s@example.org> wrote:\n\n{MARKED}",
    "gmail en wrapped": f"On Tue, 3 Mar 2026 at 14:05, Support <\ns@example.org>\nwrote:\n{MARKED}",
    "apple en": f"On Mar 3, 2026, at 2:05 PM, Support <s@example.org> wrote:\n\n{MARKED}",
    "address only": f"Support <s@example.org> wrote:\n{MARKED}",
    "old gmail": f"2026-03-03 14:05 GMT+01:00 Support <s@example.org>:\n{MARKED}",
    "marked without attribution": MARKED,
    "outlook separator fr": f"-----Message d'origine-----\nDe : Support\nObjet : x\n\n{OLD}",
    "outlook separator fr, curly": f"----- Message d’origine -----\n{OLD}",
    "outlook separator en": f"-----Original Message-----\nFrom: Support\nSubject: x\n\n{OLD}",
    "forwarded en": f"---------- Forwarded message ---------\nFrom: Support\n\n{OLD}",
    "forwarded fr": f"---------- Message transféré ---------\nDe : Support\n\n{OLD}",
    "apple forwarded en": f"Begin forwarded message:\n\nFrom: Support\n\n{OLD}",
    "apple forwarded fr": f"Début du message réexpédié :\n\nDe : Support\n\n{OLD}",
    "outlook head fr": f"De : Support <s@example.org>\nEnvoyé : mardi 3 mars 2026\nÀ : Zoé\nObjet : x\n\n{OLD}",
    "outlook head fr, bold": f"*De :* Support\n*Envoyé :* mardi 3 mars 2026\n*À :* Zoé\n*Objet :* x\n\n{OLD}",
    "outlook head en": f"From: Support <s@example.org>\nSent: Tuesday, March 3, 2026\nTo: Zoe\nSubject: x\n\n{OLD}",
    "outlook head under a rule": f"________________________________\nDe : Support\nEnvoyé : hier\nÀ : Zoé\n\n{OLD}",
}

SIGNATURES = {
    "dashes": "-- \nZoé Martin\nRue du Lac\n\nTél. 01 02 03 04 05",
    "dashes without the space": "--\nZoé Martin",
    "iphone fr": "Envoyé de mon iPhone",
    "iphone en": "Sent from my iPhone",
    "android fr": "Envoyé depuis mon appareil Galaxy",
    "outlook en": "Get Outlook for iOS",
    "outlook fr": "Obtenez Outlook pour Android<https://aka.example/x>",
}


def filled_lines(*texts: str) -> Counter[str]:
    return Counter(line for text in texts for line in text.split("\n") if line.strip())


def all_lines(split: SplitText) -> Counter[str]:
    return filled_lines(split.text, split.quoted, split.signature)


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
@pytest.mark.parametrize("signature", [None, *SIGNATURES.values()], ids=["no signature", *SIGNATURES])
def test_history_and_signature_are_taken_from_below_the_text(history: str, signature: str | None) -> None:
    mail = "\n\n".join([NEW, *([signature] if signature else []), history]) + "\n\n"
    assert split_quoted(mail) == SplitText(NEW, history, signature or "")


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES)
def test_a_signature_alone(signature: str) -> None:
    assert split_quoted(f"{NEW}\n{signature}") == SplitText(NEW, "", signature)


@pytest.mark.parametrize("name", [name for name in HISTORIES if "unmarked" not in name and MARKED in HISTORIES[name]])
def test_an_answer_below_the_quote(name: str) -> None:
    assert split_quoted(f"{HISTORIES[name]}\n\n{NEW}") == SplitText(NEW, HISTORIES[name], "")


def test_answers_between_quoted_lines_keep_them() -> None:
    inline = "On 3 Mar 2026, S <s@e.org> wrote:\n> First?\nYes.\n\n> Second?\nNo, never."
    split = split_quoted(f"Hello,\n\n{inline}\n\n> Third?\n> Fourth?\n\n-- \nZoe")
    assert split.text == f"Hello,\n\n{inline}"
    assert split.quoted == "> Third?\n> Fourth?"
    assert split.signature == "-- \nZoe"


def test_answers_that_begin_below_a_quote_keep_it_too() -> None:
    inline = "> First?\nYes.\n> Second?\nNo."
    assert split_quoted(inline) == SplitText(inline, "", "")


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_nothing_but_history_is_the_text(history: str) -> None:
    assert split_quoted(history) == SplitText(history, "", "")


@pytest.mark.parametrize(
    "text",
    [
        "Cordialement,\nZoé Martin\n01 02 03 04 05",
        "De : ma part, merci.\nÀ bientôt",
        "Le colis est arrivé cassé.\nLe livreur a écrit : absent",
        "On Monday you wrote to me: nothing came.",
        "From: what I read, it is late.\nDate: unknown",
        "5 > 3, you know",
        "---\nIMPORTANT",
        "-- \n" + "\n".join(f"- question {number} ?" for number in range(20)),
        "Voici ma liste :\n-----\n1. lampe\n2. vase",
    ],
)
def test_what_only_looks_like_history_stays(text: str) -> None:
    mail = f"Bonjour,\n{text}"
    assert split_quoted(mail) == SplitText(mail, "", "")


FORMS = [line for form in (*HISTORIES.values(), *SIGNATURES.values()) for line in form.split("\n")]
LINES = st.one_of(st.sampled_from([*FORMS, "", " ", ">", ">> x", "-- ", "texte", "On 1 x"]), st.text(max_size=30))


@given(st.lists(LINES, max_size=40))
def test_no_line_is_ever_lost(lines: list[str]) -> None:
    mail = "\n".join(lines)
    split = split_quoted(mail)
    assert all_lines(split) == filled_lines(mail.replace("\r\n", "\n").replace("\r", "\n"))
    assert bool(split.text) == bool(mail.strip())


@given(st.lists(LINES, max_size=20))
def test_what_is_under_a_separator_is_history(lines: list[str]) -> None:
    below = "\n".join(["-----Original Message-----", *lines])
    split = split_quoted(f"{NEW}\n\n{below}")
    assert split.text == NEW
    assert filled_lines(split.quoted) == filled_lines(below.replace("\r\n", "\n").replace("\r", "\n"))
