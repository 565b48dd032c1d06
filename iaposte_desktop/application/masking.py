"""What a text says of one customer, taken out of it: a neutral word stands where a name, an address or a number stood.

Two nets: what has the form of personal data goes, whoever's it is; and so does whatever this customer's mails and card
name, in whatever form. `masked` casts both, for a text that nobody reads before it is kept: `is_clean` looks once more,
and is to be asked first. `without_customer` casts the second alone: the shop's own telephone stays, and a person reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.masking_forms import (
    ALWAYS,
    AMOUNT,
    CIVILITY,
    DATE,
    LONG_NUMBER,
    LOOKS_LIKE_ONE,
    NAMED,
    REFERENCE,
    RUN,
    SIGNED,
    STREET,
    STREET_ALONE,
    WORDS,
)
from iaposte_desktop.domain.language import ENGLISH, FRENCH
from iaposte_desktop.domain.mail_text import body_of_mail
from iaposte_desktop.domain.ports.personal_data import PersonalDataKind
from iaposte_desktop.domain.threads import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from iaposte_desktop.domain.ports.personal_data import PersonalDataFinder
    from iaposte_desktop.domain.threads import Customer, Message

_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NO_BRACKETS: Final = str.maketrans("[]", "()")
_WORD: Final = re.compile(r"[^\W\d_]+")
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-_/.][^\W_]+)*")
_SHORTEST_NAME: Final = 3
_SHORTEST_NUMBER: Final = 4
_SIGNATURE_LINES: Final = 5
_FUNCTION_WORDS: Final = FRENCH | ENGLISH


@dataclass(frozen=True, slots=True)
class KnownOfCustomer:
    """What gives this customer away: parts of names, numbers and streets, all folded; and personal data as the mails
    write them."""

    names: frozenset[str]
    numbers: frozenset[str]
    streets: frozenset[str]
    data: Mapping[str, PersonalDataKind]


def known_of(
    customer: Customer, messages: Sequence[Message], subject: str, finder: PersonalDataFinder
) -> KnownOfCustomer:
    """From the card and from every mail of the thread, with what was cut from it."""
    texts = [subject, customer.notes, *customer.metadata.values()]
    addresses = [customer.email]
    names = [customer.name]
    signed: list[str] = []
    for message in messages:
        if message.role is Role.CUSTOMER:
            texts += [message.text, message.quoted, message.signature]
            signed += _signed(message)
            if message.headers is not None:
                names.append(message.headers.sender_name)
                addresses.append(message.headers.sender_address)
                texts.append(message.headers.subject)
    names += [address.partition("@")[0] for address in addresses]
    words = {fold(word) for name in names for word in _WORD.findall(name)}
    words |= {fold(word) for line in signed for word in _WORD.findall(line)} - _FUNCTION_WORDS
    joined = "\n".join(texts)
    return KnownOfCustomer(
        frozenset(word for word in words if len(word) >= _SHORTEST_NAME),
        frozenset(_numbers(joined)),
        frozenset(fold(street) for street in _street_names(joined)),
        {datum.text: datum.kind for datum in finder.find(joined)}
        | {address: PersonalDataKind.EMAIL for address in addresses if address},
    )


def masked(text: str, known: KnownOfCustomer, finder: PersonalDataFinder, language: str) -> str:
    """`language` is that of the neutral words, `fr` or else English."""
    words, text = _words(language), _plain(text)
    for datum in reversed(finder.find(text)):
        text = f"{text[: datum.start]}[{words[datum.kind]}]{text[datum.end :]}"
    for pattern, word in ALWAYS:
        text = pattern.sub(f"[{words[word]}]", text)
    text = DATE.sub(lambda date: f"[{words['date']}]" if _is_known(date[0], known) else date[0], text)
    text = LONG_NUMBER.sub(f"[{words['number']}]", text)
    text = REFERENCE.sub(lambda found: f"[{words['order']}]" if _is_reference(found, known) else found[0], text)
    text = NAMED.sub(lambda found: _replaced(found, "number", words["order"]), text)
    text = CIVILITY.sub(lambda found: _replaced(found, "name", words["name"]), text)
    return _once(_without_names(_without(text, known.streets, f"[{words['address']}]"), known.names, words["name"]))


def without_customer(text: str, known: KnownOfCustomer, language: str) -> str:
    """`Pierre` is a name and `pierre` a stone; a number goes where it is called an order, an invoice or the like."""
    words, text = _words(language), _plain(text)
    for datum in sorted(known.data, key=len, reverse=True):
        exact = re.compile(rf"(?<!\w){re.escape(datum)}(?!\w)", re.IGNORECASE)
        text = exact.sub(f"[{words[known.data[datum]]}]", text)
    text = NAMED.sub(
        lambda found: _replaced(found, "number", words["order"]) if _is_known(found["number"], known) else found[0],
        text,
    )
    text = _without(text, known.streets, f"[{words['address']}]")
    return _once(_without_names(text, known.names, words["name"], is_written_as_one=lambda word: word[0].isupper()))


def is_clean(text: str, known: KnownOfCustomer, finder: PersonalDataFinder) -> bool:
    """Whether nothing that is known of the customer, and nothing of the form of personal data, is left."""
    plain = re.sub(r"\[[^\]\n]*\]", " ", text)
    folded = fold(plain)
    runs = [_digits(run) for run in RUN.findall(plain)]
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


def _words(language: str) -> Mapping[str, str]:
    return WORDS["fr" if language == "fr" else "en"]


def _plain(text: str) -> str:
    """Brackets are for neutral words alone."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_NO_BRACKETS)


def _without_names(
    text: str,
    names: Collection[str],
    neutral: str,
    is_written_as_one: Callable[[str], bool] = lambda _: True,
) -> str:
    def replaced(word: re.Match[str]) -> str:
        return f"[{neutral}]" if fold(word[0]) in names and is_written_as_one(word[0]) else word[0]

    return _outside_brackets(text, lambda part: _WORD.sub(replaced, part))


def _once(text: str) -> str:
    """A neutral word that is said several times in a row, said once."""
    return re.sub(r"(\[[^\]\n]+\])(?:[\s.'’-]*\1)+", r"\1", text)


def _signed(message: Message) -> Iterator[str]:
    """Lines below a closing that may be a name."""
    body = set(body_of_mail(message.text).splitlines())
    below = [line.strip() for line in message.text.splitlines() if line.strip() and line not in body]
    lines = [*below[-_SIGNATURE_LINES:], *message.signature.split("\n")[:_SIGNATURE_LINES]]
    return (line for line in lines if SIGNED.fullmatch(line.strip(" ,.-–—")))


def _numbers(text: str) -> Iterator[str]:
    """Tokens with a digit, four characters long or longer, and such parts of them, folded. Amounts are none."""
    for token in _TOKEN.findall(text):
        if not AMOUNT.fullmatch(token):
            for part in (token, *re.split(r"[-_/.]", token), *re.findall(r"\d+", token)):
                if len(part) >= _SHORTEST_NUMBER and any(each.isdigit() for each in part):
                    yield fold(part)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_known(token: str, known: KnownOfCustomer) -> bool:
    return not known.numbers.isdisjoint(_numbers(token))


def _is_reference(found: re.Match[str], known: KnownOfCustomer) -> bool:
    return bool(LOOKS_LIKE_ONE.fullmatch(found[0])) or _is_known(found[0], known)


def _replaced(found: re.Match[str], group: str, word: str) -> str:
    """The match with one of its groups replaced."""
    start, end = (at - found.start() for at in found.span(group))
    return f"{found[0][:start]}[{word}]{found[0][end:]}"


def _street_names(text: str) -> Iterator[str]:
    for pattern in (STREET, STREET_ALONE):
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
