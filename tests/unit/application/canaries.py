"""Customers who can be told from every word around them, with mails and replies that name them in all ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from iaposte_desktop.application.masking import fold
from iaposte_desktop.domain.threads import Customer, MailHeaders, Message, Role, Thread, ThreadStatus

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

NOON: Final = datetime(2026, 11, 2, 12, tzinfo=UTC)
_LETTERS: Final = "zqxkvwéö"
_STREETS: Final = ("rue", "avenue", "boulevard", "chemin", "impasse")


@dataclass(frozen=True, slots=True)
class Canary:
    first: str
    last: str
    email: str
    phone: str
    iban: str
    order: str
    street: str
    city: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def road(self) -> str:
        return self.street.partition(" ")[2]

    def _long_numbers(self) -> list[str]:
        """Those that no other number holds by chance."""
        return [number for number in (self.phone, self.iban, self.order) if len(_core(number)) > 5]

    def traces_in(self, text: str) -> list[str]:
        """What of this customer is left in a text, however it is written."""
        folded = fold(text)
        words = set(re.findall(r"[^\W\d_]+", folded))
        digits = re.sub(r"[^\da-z]", "", folded)
        left = [name for name in (self.first, self.last) if fold(name) in words]
        left += [self.email] if self.email.lower() in folded else []
        left += [number for number in self._long_numbers() if _core(number) in digits]
        order = re.escape(self.order.lower().removeprefix("#"))
        left += [self.order] if re.search(rf"(?<![0-9a-z]){order}(?![0-9a-z])", folded) else []
        left += [place for place in (self.street.split()[-1], self.city) if fold(place) in words]
        return left


def _core(number: str) -> str:
    """The part of a number that every way of writing it has."""
    plain = re.sub(r"[^\da-z]", "", number.lower())
    return plain[-8:] if len(plain) > 8 else re.sub(r"\D", "", plain)


def _names() -> SearchStrategy[str]:
    return st.text(_LETTERS, min_size=3, max_size=8).map(lambda letters: f"K{letters}")


def _iban(account: int) -> str:
    bban = f"2004101005{account:011}06"
    check = 98 - int(f"{bban}152700") % 97
    plain = f"FR{check:02}{bban}"
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


@st.composite
def canaries(draw: DrawFn) -> Canary:
    first, last, street, city = draw(st.lists(_names(), min_size=4, max_size=4, unique_by=fold))
    phone = f"{draw(st.sampled_from(('06', '07')))}{draw(st.integers(10_000_000, 99_999_999))}"
    spaced = " ".join(phone[at : at + 2] for at in range(0, 10, 2))
    number = draw(st.one_of(st.integers(3_000, 9_999), st.integers(100_000, 99_999_999)))
    return Canary(
        first=first,
        last=last,
        email=f"{fold(first)}.{fold(last)}@{fold(city)}.example.org",
        phone=draw(st.sampled_from((phone, spaced, spaced.replace(" ", "."), f"+33 {spaced[1:]}"))),
        iban=_iban(draw(st.integers(1, 10**11 - 1))),
        order=draw(st.sampled_from((f"CMD-{number}", f"#{number}", f"{number}", f"ML{number}", f"2026-{number}"))),
        street=f"{draw(st.integers(1, 199))} {draw(st.sampled_from(_STREETS))} des {street}",
        city=city,
    )


_SAID_BY_CUSTOMER: Final = (
    "Ma commande {order} n’est pas arrivée.",
    "Where is my order {order}?",
    "Je suis {first} {last}, j’habite au {street}, 75011 {city}.",
    "You can call me at {phone}.",
    "Mon IBAN est {iban}, remboursez-moi svp.",
    "Écrivez-moi à {email} ou au {phone} !",
    "My name is {last}, my wife {first} ordered it.",
    "Quel est le délai de remboursement ?",
    "How long does a refund take?",
)
_SAID_BY_AGENT: Final = (
    "Votre commande {order} est partie hier, {first}.",
    "Your order {order} was sent to {street}, 75011 {city}.",
    "Nous avons écrit à {email} et appelé le {phone}.",
    "We refunded {iban} today.",
    "M. {last} a été remboursé ; Mme {last} aussi.",
    "Le colis de {LAST} est livré {street}.",
    "Le livreur était {road} hier, la commande était à part.",
    "Elle porte le numéro interne {order}, dit-on.",
    "{first}-{last}’s parcel is late.",
    "Le remboursement prend dix jours ouvrés après réception du retour.",
    "A refund takes ten working days after we received the parcel.",
)


@st.composite
def _told(draw: DrawFn, canary: Canary, sentences: tuple[str, ...], *, greeting: str, closing: str) -> str:
    said = draw(st.lists(st.sampled_from(sentences), min_size=1, max_size=6))
    breaks = draw(st.sampled_from((" ", "\n", "\n\n")))
    values = {field: getattr(canary, field) for field in Canary.__slots__}
    text = breaks.join(said).format(**values, road=canary.road, LAST=canary.last.upper())
    return f"{greeting},\n\n{text}\n\n{closing}"


@dataclass(frozen=True, slots=True)
class Matter:
    canary: Canary
    thread: Thread
    customer: Customer
    mail: Message
    reply: Message


@st.composite
def matters(draw: DrawFn) -> Matter:
    """A thread in which the customer wrote once, and was answered."""
    who = draw(canaries())
    mail = draw(_told(who, _SAID_BY_CUSTOMER, greeting="Bonjour", closing=f"Cordialement\n{who.first} {who.last}"))
    reply = draw(
        _told(who, _SAID_BY_AGENT, greeting=f"Bonjour {who.first} {who.last}", closing="Cordialement,\nMaison Lumen")
    )
    subject = draw(st.sampled_from(("Remboursement", f"Commande {who.order}", f"Re: {who.name} - {who.phone}")))
    shown = draw(st.sampled_from((who.name, f"{who.last.upper()} {who.first}", "", who.email)))
    customer = Customer("cust_1", shown or who.name, who.email, NOON, metadata={"order": who.order})
    headers = MailHeaders("<1@example.org>", None, (), who.name, who.email, (), subject, NOON)
    return Matter(
        who,
        Thread("thread_1", customer.id, subject, ThreadStatus.SENT, NOON, NOON),
        customer,
        Message("msg_1", "thread_1", Role.CUSTOMER, mail, NOON, headers=headers, language="fr"),
        Message("msg_2", "thread_1", Role.AGENT, reply, NOON),
    )
