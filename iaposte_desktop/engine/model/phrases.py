"""Every sentence of a reply that is no quote. They state nothing about the customer's matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from iaposte_desktop.domain.assistants import Register

LONGEST_QUESTION = 100
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S+")
_CONJUNCTION = re.compile(r"^(?:et|mais|alors|donc|sinon|aussi|and|but|so|also|then)\b[ ,:]*", re.IGNORECASE)
_BRACKETS = re.compile(r"[\[\]{}<>«»\"“”]")
_FRENCH_MARKS = re.compile(r"\s*([?!:;])(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Phrases:
    """In one language. `{question}`, `{titles}`, `{language}` are filled in; `languages` names those of the files."""

    greeting: Mapping[Register, str]
    closing: Mapping[Register, str]
    found: str
    found_for: str
    same_as_above: str
    nothing_for: str
    nearest: str
    not_covered: str
    thanks: str
    title: str
    languages: Mapping[str, str]


FRENCH = Phrases(
    greeting={Register.FORMAL: "Bonjour", Register.INFORMAL: "Bonjour"},
    closing={Register.FORMAL: "Cordialement,", Register.INFORMAL: "À bientôt,"},
    found="D’après notre documentation{language}\u00a0:",
    found_for="À propos de «\u00a0{question}\u00a0», d’après notre documentation{language}\u00a0:",
    same_as_above="À propos de «\u00a0{question}\u00a0», voir ci-dessus.",
    nothing_for="Nous n’avons rien trouvé dans notre documentation à propos de «\u00a0{question}\u00a0».",
    nearest="Documents les plus proches\u00a0: {titles}.",
    not_covered="Reste à traiter\u00a0: «\u00a0{question}\u00a0».",
    thanks="Merci pour ce message.",
    title="«\u00a0{title}\u00a0»",
    languages={"en": " (en anglais)", "fr": ""},
)
ENGLISH = Phrases(
    greeting={Register.FORMAL: "Dear", Register.INFORMAL: "Hi"},
    closing={Register.FORMAL: "Kind regards,", Register.INFORMAL: "Best wishes,"},
    found="According to our documentation{language}:",
    found_for="About “{question}”, according to our documentation{language}:",
    same_as_above="About “{question}”, please see above.",
    nothing_for="We found nothing in our documentation about “{question}”.",
    nearest="Nearest documents: {titles}.",
    not_covered="Still to be answered: “{question}”.",
    thanks="Thank you for your message.",
    title="“{title}”",
    languages={"fr": " (in French)", "en": ""},
)


def phrases_in(language: str) -> Phrases:
    return FRENCH if language == "fr" else ENGLISH


def shown_question(question: str, language: str) -> str:
    """Short, and without what must not be repeated to a customer as ours: addresses, markers."""
    bare = " ".join(_BRACKETS.sub("", _ADDRESS.sub("…", question)).split())
    bare = _CONJUNCTION.sub("", bare)
    bare = bare[:1].upper() + bare[1:]
    if len(bare) > LONGEST_QUESTION:
        bare = bare[:LONGEST_QUESTION].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    bare = bare.removesuffix(".")
    return _FRENCH_MARKS.sub("\u00a0\\1", bare) if language == "fr" else bare
