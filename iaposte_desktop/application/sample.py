"""The sample shop: knowledge, customers, mails and assistants to try the program on, in one step."""

from __future__ import annotations

import asyncio
import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.templates import Template, settings_of
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports.settings import DEFAULT_ASSISTANT_ID
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.threads import Customer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from iaposte_desktop.application.assistants import AssistantLibrary
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.threads import Threads
    from iaposte_desktop.domain.assistants import ModelRef
    from iaposte_desktop.domain.knowledge import UploadEvent
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import CustomerRepository
    from iaposte_desktop.domain.ports.settings import Settings

STORE_NAME: Final = "Maison Lumen"


@dataclass(frozen=True, slots=True)
class InstalledSample:
    """`thread_ids` in the order of the mails' file names."""

    store_id: str
    assistant_ids: tuple[str, ...]
    thread_ids: tuple[str, ...]


class SampleShop:
    """`folder` holds `knowledge/`, `mails/` and `orders.csv`."""

    def __init__(
        self,
        folder: Path,
        threads: Threads,
        assistants: AssistantLibrary,
        knowledge: Knowledge,
        customers: CustomerRepository,
        settings: Settings,
        model: ModelRef,
        clock: Clock,
    ) -> None:
        self._folder = folder
        self._threads = threads
        self._assistants = assistants
        self._knowledge = knowledge
        self._customers = customers
        self._settings = settings
        self._model = model
        self._clock = clock

    async def install(self, language: str, *, on_event: Callable[[UploadEvent], None] | None = None) -> InstalledSample:
        """Assistants and mails first, so that there is something to look at while the files are read. `language` is
        that of the assistants' texts. Raises StorageError."""
        store = await self._knowledge.create(StoreDetails(STORE_NAME))
        assistant_ids = []
        for template in Template:
            settings = settings_of(template, language, self._model)
            stores = (store.id,) if settings.knowledge_search else ()
            assistant = await self._assistants.create(replace(settings, vector_store_ids=stores))
            assistant_ids.append(assistant.id)
        if not self._settings.get(DEFAULT_ASSISTANT_ID):
            self._settings.set(DEFAULT_ASSISTANT_ID, assistant_ids[list(Template).index(Template.EMAIL_REPLY)])
        await self._add_customers()
        mails = sorted(self._folder.glob("mails/*.eml"))
        thread_ids = [(await self._threads.import_mail(mail)).thread_id for mail in mails]
        await self._knowledge.upload(store.id, [self._folder / "knowledge"], on_event=on_event)
        return InstalledSample(store.id, tuple(assistant_ids), tuple(thread_ids))

    async def _add_customers(self) -> None:
        orders = await asyncio.to_thread(_orders, self._folder / "orders.csv")
        for email, rows in orders.items():
            if await self._customers.by_email(email) is None:
                latest = rows[-1]
                facts = {key: latest[key] for key in ("order", "status", "items", "promised_date") if latest[key]}
                await self._customers.save(
                    Customer(new_id("cust"), latest["customer"], email, self._clock(), metadata=facts)
                )


def _orders(path: Path) -> dict[str, list[dict[str, str]]]:
    """Orders by the customer's address, oldest first."""
    found: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: row["date"]):
            found.setdefault(row["email"], []).append(row)
    return found
