"""The first line of a reply, from the name a customer's mail carries, which may be anything."""

from __future__ import annotations

import re

from iaposte_desktop.domain.assistants import Register
from iaposte_desktop.engine.model.phrases import phrases_in

LONGEST_NAME = 60
_NAME = re.compile(r"[^\W\d_]+(?:[.'’ -]+[^\W\d_]+)*\.?")
_CIVILITY = re.compile(
    r"(?:(?P<woman>mme|madame|mlle|mrs|ms|miss)|(?P<man>m|mr|monsieur)|(?P<doctor>dr))\b\.?\s+", re.IGNORECASE
)
_CIVILITIES = {
    "fr": {"woman": "Madame", "man": "Monsieur", "doctor": "Docteur"},
    "en": {"woman": "Ms", "man": "Mr", "doctor": "Dr"},
}


def salutation(language: str, name: str, register: Register) -> str:
    greeting = phrases_in(language).greeting[register]
    name = _readable(name)
    if not name:
        return "Bonjour," if language == "fr" else "Hello,"
    civility = _CIVILITY.match(name)
    rest = name[civility.end() :] if civility else name
    if register is Register.INFORMAL and (not civility or " " in rest):
        return f"{greeting} {rest.split()[0]},"
    if civility:
        title = _CIVILITIES.get(language, _CIVILITIES["en"])[str(civility.lastgroup)]
        return f"{greeting} {title} {rest.split(' ', 1)[-1]},"
    return f"{greeting} {name},"


def _readable(name: str) -> str:
    """As it is written to people; empty when it is no name."""
    if name.count(",") == 1:
        name = " ".join(reversed(name.split(",")))
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        return ""
    return name.title() if name.islower() or name.isupper() else name
