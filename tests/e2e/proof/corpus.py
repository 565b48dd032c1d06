"""Documents with a known passage on each of their pages. Neighbours share words and shapes of sentences, as the papers
of one shop do; passages that must not be taken for one another differ in what they say."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

SHAPES: Final = (
    "Le {noun} {adjective} est repris sous {number} jours au comptoir {code}, sur présentation du bon.",
    "Pour la référence {code}, comptez {number} euros de frais de port et un emballage {adjective} pour chaque {noun}.",
    "La garantie couvre {number} mois tout {noun} {adjective} dont le numéro commence par {code}.",
    "Un technicien confirme par écrit le rendez-vous {code} : il dure {number} minutes, {noun} {adjective} compris.",
    "Aucun {noun} n’est échangé après {number} semaines, même {adjective}, sauf accord noté {code}.",
    "L’atelier {code} affiche un retard de {number} heures ; le {noun} {adjective} partira ensuite.",
    "Conservez le {noun} {adjective} à moins de {number} °C et notez le lot {code} au dos de la fiche.",
    "Notre service facture {number} % de pénalité si le {noun} {adjective} du dossier {code} manque.",
)
_NOUNS: Final = (
    "luminaire", "fauteuil", "bracelet", "radiateur", "tabouret", "parasol", "coffret", "miroir", "tapis", "moulin",
    "carillon", "sablier", "buffet", "chandelier", "paravent", "vaisselier",
)  # fmt: skip
_ADJECTIVES: Final = (
    "abîmé", "neuf", "démonté", "laqué", "ajouré", "blanchi", "tressé", "doré", "vitré", "sculpté", "émaillé", "ciré",
)  # fmt: skip
_FILLERS: Final = (
    "Ce document est remis à titre d’information.",
    "Les horaires figurent à la fin du livret.",
    "Nos équipes répondent du lundi au vendredi.",
    "Merci de garder votre ticket.",
    "Toute demande passe par le formulaire en ligne.",
    "La boutique reste ouverte pendant les travaux.",
)


@dataclass(frozen=True, slots=True)
class Known:
    """`words` stand on page (or section) `page`, from 1; `altered` says another number and leaves a word out."""

    page: int
    words: str
    altered: str


@dataclass(frozen=True, slots=True)
class Document:
    """`pages` are sentences; `foreign` is a passage of another document."""

    number: int
    pages: tuple[tuple[str, ...], ...]
    known: tuple[Known, ...]
    foreign: str


def document(number: int, *, repeats: bool = False) -> Document:
    """`repeats`: one passage stands on every page, and twice on the second."""
    chance = random.Random(number)
    known = [_known(number, page, chance) for page in (1, 2, 3)]
    if repeats:
        known = [Known(page, known[0].words, known[0].altered) for page in (1, 2, 3)]
    pages = []
    for each in known:
        fillers = chance.sample(_FILLERS, 4)
        again = (each.words, fillers[0]) if repeats and each.page == 2 else ()
        pages.append((*fillers[:2], each.words, *again, *fillers[2:]))
    foreign = _known(number + 4, 1, random.Random(number + 5_000))
    return Document(number, tuple(pages), tuple(known), foreign.words)


def _known(number: int, page: int, chance: random.Random) -> Known:
    shape = SHAPES[(number + page) % len(SHAPES)]
    noun, adjective = chance.choice(_NOUNS), chance.choice(_ADJECTIVES)
    code = f"{chance.choice('ABCDEFGH')}{chance.randint(100, 999)}-{number}"
    count = chance.randint(3, 97)
    words = shape.format(noun=noun, adjective=adjective, number=count, code=code)
    altered = shape.format(noun=noun, adjective="", number=count + 1, code=code)
    return Known(page, words, " ".join(altered.replace(" ,", ",").split()))
