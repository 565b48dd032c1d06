"""French or English? Told by the words that only one of them uses; no model, no data file, good on one sentence."""

from __future__ import annotations

import re

MAX_CHARACTERS = 20_000
"""More text adds time, not certainty."""

MIN_SHARE = 0.12
"""Of all words, how many must speak for the winner: another language shares a few with either."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FRENCH = _words(
    """
    à afin ai ainsi alors apparaît après attends aucun aucune au aujourd aussi autre aux avais avait avant avec avez
    avoir avons beaucoup bien bjr bonjour bonne bonsoir ça car ce ceci cela celle celui cependant ces cet cette ceux
    chez colis combien comme commande commandé comment contre cordialement dans déjà delà depuis des dès dire dois
    doit donc dont du elle elles encore entre est et étaient était été êtes être eu eux facture faire fait faut fois
    font hier ici il ils jamais je jour jours jusqu là laquelle le lequel les leur leurs livraison livré lors
    lorsque lui ma madame mais mal malgré merci mes moi moins mois mon monsieur ne ni nos notre nous où oui ont ou
    par parce parmi pas pendant peu peut peux plusieurs pour pourquoi pourriez pouvez près prix puis puisque quand
    quel quelle quelles quelque quelques quels qui quoi reçu remboursement rien sa sans sera seront ses seulement
    soit sommes sont sous souhaite stp svp sous suis sur ta tant tellement tes toi ton toujours tous tout toute
    toutes très trop une vers veuillez veux voici voilà vos votre voudrais vous vôtre
    """
)

ENGLISH = _words(
    """
    about after again all already also although am an and another any anything are aren because been before being
    best between both but by can cannot could customer delivery did didn do does doesn doing don down during each
    either ever every everything for from get getting given go good got had has hasn have haven having hello her
    here hi him his how however i if in into invoice is isn it its itself just know last let like made make many may
    me might more most much must my never next no nor not nothing of off often once only order other our out over
    own please pleased quite really received refund regards same see send sent she should shouldn since so some
    something soon still such take than thank thanks that the their them then there these they thing this those
    though through till to today too under until up upon us very want was wasn way we week well were weren what when
    where whether which while who whom whose why will with within without won would wouldn yes yesterday yet you
    your yours
    """
)

_WORD = re.compile(r"[^\W\d_]+")
_FRENCH_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu)['’](?=\w{2})", re.IGNORECASE)
_ENGLISH_CONTRACTION = re.compile(r"\w(?:n['’]t|['’](?:s|m|re|ve|ll|d))\b", re.IGNORECASE)
_FRENCH_LETTER = re.compile(r"[àâçèêëîïôùûœ]|é(?!\w*[óíñ])")


def detect_language(text: str) -> str | None:
    """`fr`, `en`, or None when the text does not tell."""
    sample = text[:MAX_CHARACTERS]
    words = _WORD.findall(sample.lower())
    french = sum(word in FRENCH or bool(_FRENCH_LETTER.search(word)) for word in words)
    french += len(_FRENCH_ELISION.findall(sample))
    english = sum(word in ENGLISH for word in words) + len(_ENGLISH_CONTRACTION.findall(sample))
    if max(french, english) < max(1.0, MIN_SHARE * len(words)) or french == english:
        return None
    return "fr" if french > english else "en"
