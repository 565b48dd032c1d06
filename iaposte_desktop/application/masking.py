"""What a text says of one customer, taken out of it: a neutral word stands where a name, an address or a number stood.

Two nets: what has the form of personal data goes, whoever's it is; and so does whatever this customer's mails and card
name, in whatever form. `is_clean` looks once more, and is to be asked before a text is kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.language import ENGLISH, FRENCH
from iaposte_desktop.domain.mail_text import body_of_mail
from iaposte_desktop.domain.ports.personal_data import PersonalDataKind
from iaposte_desktop.domain.threads import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from iaposte_desktop.domain.ports.personal_data import PersonalDataFinder
    from iaposte_desktop.domain.threads import Customer, Message

_WORDS: Final = {
    "fr": {"name": "client", "email": "e-mail", "phone": "téléphone", "number": "numéro", "order": "commande"}
    | {"date": "date", "address": "adresse", "link": "lien"},
    "en": {"name": "customer", "email": "e-mail", "phone": "phone", "number": "number", "order": "order"}
    | {"date": "date", "address": "address", "link": "link"},
}
_KINDS: Final = {PersonalDataKind.EMAIL: "email", PersonalDataKind.PHONE: "phone"}
_CAPITALISED: Final = r"[A-ZÀ-ÖØ-Þ][\w'’-]*"
_PARTICLES: Final = r"(?i:(?:de|du|des|la|le|les|aux?|sur|saint|sainte|st|ste)[\s-]+|[dl]['’]\s?)*"
_SURE_STREET: Final = r"(?i:rue|avenue|boulevard|bd|impasse|all[ée]e|chemin|lotissement)"
_ANY_STREET: Final = (
    rf"(?:{_SURE_STREET}|(?i:av|blvd|place|route|quai|cours|square|passage|sentier|r[ée]sidence|faubourg|villa|hameau))"
)
_TAIL: Final = rf"(?:[ -]{_PARTICLES}{_CAPITALISED}){{0,5}}"
_STREET: Final = re.compile(
    rf"(?<!\w)\d{{1,5}}[ ,]*(?i:bis|ter|quater|[a-d])?[ ,]+(?P<street>{_ANY_STREET}\.?\s+{_PARTICLES}[\w'’-]+{_TAIL})"
    rf"|(?<!\w)\d{{1,5}}[ ,]+(?P<road>(?:{_CAPITALISED} ){{1,4}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Square"
    r"|Court|Ct|Way|Close|Place|Terrace|Crescent|Gardens)\b|(?:[\w'’-]+ ){1,3}(?i:street|road|avenue|lane)\b)"
)
_STREET_ALONE: Final = re.compile(rf"\b(?P<street>{_SURE_STREET}\s+{_PARTICLES}{_CAPITALISED}{_TAIL})")
_POSTCODE: Final = re.compile(
    rf"(?<!\w)(?:F-?)?\d{{5}}\s+{_CAPITALISED}(?:[ -](?:{_CAPITALISED}|[lds]['’]\w+|sur|sous|en|le|la|les|de|du|des))*"
    r"|(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?!\w)"
)
_CIVILITY: Final = re.compile(
    rf"\b(?:M\.|MM\.|Mr|Mrs|Ms|Miss|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur|Maître)\.?\s+"
    rf"(?P<name>{_CAPITALISED}(?:[ -]{_CAPITALISED}){{0,3}})"
)
_DATE: Final = re.compile(r"(?<![\w/.-])\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?![\w/-])")
_EMAIL: Final = re.compile(r"[^\s<>()\[\]]+@[^\s<>()\[\]]+")
_URL: Final = re.compile(r"(?:https?://|www\.)\S*[\d?@]\S*", re.IGNORECASE)
_LONG_NUMBER: Final = re.compile(r"(?<!\w)\+?\(?\d(?:[ .\-/()\u00a0\u202f]{0,2}\d){7,}(?!\w)")
_NAMED: Final = re.compile(
    r"\b(?:commande|order|facture|invoice|colis|parcel|suivi|tracking|dossier|ticket|r[ée]f[ée]rence|r[ée]f|contrat"
    r"|contract|client|customer|account|compte|(?-i:(?!EUR|USD|CHF|GBP|TVA|VAT|ISO)[A-Z]{2,5}))s?\b\W{0,3}(?:(?:n[°o]|no|number|num[ée]ro|ref)\b\W{0,3}|n°\W{0,2})?"
    r"(?P<number>(?=[\w/.-]*\d{3})[^\W_]+(?:[-_/.][^\W_]+)*)",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"(?<!\w)(?:#\s?|n[°o]\s?\.?\s?)?(?=[\w./-]*\d)[^\W_]+(?:[-_/.][^\W_]+)*", re.IGNORECASE)
_LOOKS_LIKE_ONE: Final = re.compile(
    r"(?:#|n[°o]\s?\.?\s?)\s?[\w-]*\d.*|[^\W\d_]{2,}[-_/.]?\d{3,}.*|.*\d{5,}.*|[\d-]*\d-[\d-]*\d{3,}"
    r"|(?=(?:.*\d){3})(?=(?:.*[^\W\d_]){2})[\w-]{6,}",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(r"\d{1,4}\.\d{2}")
_RUN: Final = re.compile(r"\d(?:[ .\-/()]{0,2}\d)*")
_ALWAYS: Final = (
    (_EMAIL, "email"),
    (_URL, "link"),
    (_STREET, "address"),
    (_STREET_ALONE, "address"),
    (_POSTCODE, "address"),
)
"""Whether or not a mail of the customer has them: what an agent adds comes from somewhere, too."""
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NO_BRACKETS: Final = str.maketrans("[]", "()")
_WORD: Final = re.compile(r"[^\W\d_]+")
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-_/.][^\W_]+)*")
_SIGNED: Final = re.compile(rf"(?:{_CAPITALISED}\.?[ ,]*){{1,4}}")
_SHORTEST_NAME: Final = 3
_SHORTEST_NUMBER: Final = 4
_SIGNATURE_LINES: Final = 5
_FUNCTION_WORDS: Final = FRENCH | ENGLISH


@dataclass(frozen=True, slots=True)
class KnownOfCustomer:
    """What gives this customer away: parts of names, numbers and streets, all folded."""

    names: frozenset[str]
    numbers: frozenset[str]
    streets: frozenset[str]


def known_of(customer: Customer, messages: Sequence[Message], subject: str) -> KnownOfCustomer:
    """From the card and from every mail of the thread, with what was cut from it."""
    texts = [subject, customer.notes, *customer.metadata.values()]
    names = [customer.name, customer.email.partition("@")[0]]
    signed: list[str] = []
    for message in messages:
        if message.role is Role.CUSTOMER:
            texts += [message.text, message.quoted, message.signature]
            signed += _signed(message)
            if message.headers is not None:
                names += [message.headers.sender_name, message.headers.sender_address.partition("@")[0]]
                texts.append(message.headers.subject)
    words = {fold(word) for name in names for word in _WORD.findall(name)}
    words |= {fold(word) for line in signed for word in _WORD.findall(line)} - _FUNCTION_WORDS
    joined = "\n".join(texts)
    return KnownOfCustomer(
        frozenset(word for word in words if len(word) >= _SHORTEST_NAME),
        frozenset(_numbers(joined)),
        frozenset(fold(street) for street in _street_names(joined)),
    )


def masked(text: str, known: KnownOfCustomer, finder: PersonalDataFinder, language: str) -> str:
    """`language` is that of the neutral words, `fr` or else English."""
    words = _WORDS["fr" if language == "fr" else "en"]
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_NO_BRACKETS)
    for datum in reversed(finder.find(text)):
        text = f"{text[: datum.start]}[{words[_KINDS.get(datum.kind, 'number')]}]{text[datum.end :]}"
    for pattern, word in _ALWAYS:
        text = pattern.sub(f"[{words[word]}]", text)
    text = _DATE.sub(lambda date: f"[{words['date']}]" if _is_known(date[0], known) else date[0], text)
    text = _LONG_NUMBER.sub(f"[{words['number']}]", text)
    text = _REFERENCE.sub(lambda found: f"[{words['order']}]" if _is_reference(found, known) else found[0], text)
    text = _NAMED.sub(lambda found: _replaced(found, "number", words["order"]), text)
    text = _CIVILITY.sub(lambda found: _replaced(found, "name", words["name"]), text)
    text = _without(text, known.streets, f"[{words['address']}]")
    text = _outside_brackets(
        text, lambda part: _WORD.sub(lambda w: f"[{words['name']}]" if fold(w[0]) in known.names else w[0], part)
    )
    return re.sub(r"(\[[^\]\n]+\])(?:[\s.'’-]*\1)+", r"\1", text)


def is_clean(text: str, known: KnownOfCustomer, finder: PersonalDataFinder) -> bool:
    """Whether nothing that is known of the customer, and nothing of the form of personal data, is left."""
    plain = re.sub(r"\[[^\]\n]*\]", " ", text)
    folded = fold(plain)
    runs = [_digits(run) for run in _RUN.findall(plain)]
    long_numbers = [digits for digits in map(_digits, known.numbers) if len(digits) > _SHORTEST_NUMBER]
    return (
        not finder.find(plain)
        and "@" not in plain
        and known.names.isdisjoint(_WORD.findall(folded))
        and known.numbers.isdisjoint(_numbers(plain))
        and not any(street in folded for street in known.streets)
        and not any(number in run for number in long_numbers for run in runs)
    )


def fold(text: str) -> str:
    """Without case and accents."""
    return "".join(each for each in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(each))


def _signed(message: Message) -> Iterator[str]:
    """Lines below a closing that may be a name."""
    body = set(body_of_mail(message.text).splitlines())
    below = [line.strip() for line in message.text.splitlines() if line.strip() and line not in body]
    lines = [*below[-_SIGNATURE_LINES:], *message.signature.split("\n")[:_SIGNATURE_LINES]]
    return (line for line in lines if _SIGNED.fullmatch(line.strip(" ,.-–—")))


def _numbers(text: str) -> Iterator[str]:
    """Tokens with a digit, four characters long or longer, and such parts of them, folded. Amounts are none."""
    for token in _TOKEN.findall(text):
        if not _AMOUNT.fullmatch(token):
            for part in (token, *re.split(r"[-_/.]", token), *re.findall(r"\d+", token)):
                if len(part) >= _SHORTEST_NUMBER and any(each.isdigit() for each in part):
                    yield fold(part)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_known(token: str, known: KnownOfCustomer) -> bool:
    return not known.numbers.isdisjoint(_numbers(token))


def _is_reference(found: re.Match[str], known: KnownOfCustomer) -> bool:
    return bool(_LOOKS_LIKE_ONE.fullmatch(found[0])) or _is_known(found[0], known)


def _replaced(found: re.Match[str], group: str, word: str) -> str:
    """The match with one of its groups replaced."""
    start, end = (at - found.start() for at in found.span(group))
    return f"{found[0][:start]}[{word}]{found[0][end:]}"


def _street_names(text: str) -> Iterator[str]:
    for pattern in (_STREET, _STREET_ALONE):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            yield " ".join((groups["street"] or groups["road"]).split())


def _without(text: str, phrases: Iterable[str], word: str) -> str:
    for phrase in phrases:
        while (at := _place(text, phrase)) is not None:
            text = f"{text[: at[0]]}{word}{text[at[1] :]}"
    return text


def _place(text: str, phrase: str) -> tuple[int, int] | None:
    """Where the folded phrase stands in a text, which may be written otherwise."""
    letters = [(fold(each), at) for at, each in enumerate(text)]
    folded = "".join(each for each, _ in letters)
    start = folded.find(phrase)
    if start < 0:
        return None
    places = [at for each, at in letters for _ in each]
    return places[start], places[start + len(phrase) - 1] + 1


def _outside_brackets(text: str, change: Callable[[str], str]) -> str:
    """What stands in brackets is a neutral word already."""
    parts = re.split(r"(\[[^\]\n]*\])", text)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))
