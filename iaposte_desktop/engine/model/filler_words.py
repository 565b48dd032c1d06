"""Words that customers put around any question. They say nothing of its subject, so no search is made for them."""

from __future__ import annotations

from typing import Final

_FRENCH = (
    "bonjour merci svp stp plaît plait aide aider question questions demande savoir connaître comprendre dire dites "
    "indiquer préciser informer expliquer confirmer renseigner renseignement renseignements information "
    "informations possible normal puis peux peut peuvent pouvez pourriez pourrais pourrait pouvoir vais va vas "
    "allez vont aller dois doit doivent devons faut faudrait veux veut voulez voudrais voulais souhaite "
    "souhaiterais souhaitez aimerais désire besoin fait faire faites fais être avoir eu fût serait seront sera "
    "serai aura aurai toujours encore enfin déjà aussi alors donc bien très trop plus moins vraiment simplement "
    "juste urgent rapidement vite mon ma autre même temps aujourd hui hier demain ici là chose comme car concernant "
    "sujet propos veuillez bref sinon quelqu chez pas rien jamais ca jour jours semaine semaines mois an ans depuis "
    "fois pendant voilà environ procéder envoyer transmettre fournir communiquer attends attend attendre attendons "
    "passe"
)
_ENGLISH = (
    "hello hi dear please thanks thank help request know tell understand explain confirm advise wondering wonder "
    "want wants wanted need needs like love get got getting able going go let make really just still yet already "
    "also then here there asap quickly soon thing things some any one however much many long another same whether "
    "haven hasn hadn won wouldn couldn shouldn exactly actually since about regarding concerning not no never ago "
    "day days week weeks month months year years after before ever last send give provide proceed"
)

FILLER_WORDS: Final = frozenset(f"{_FRENCH} {_ENGLISH}".split())
