from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import Changed, ChangeFeed, Topic
from iaposte_desktop.application.connections import Connections
from iaposte_desktop.application.models import Models
from iaposte_desktop.application.pricing import Prices
from iaposte_desktop.application.retries import Circuits
from iaposte_desktop.domain.assistants import DEFAULT_MODEL, ModelRef
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import KeyRefused
from iaposte_desktop.domain.ports.model_provider import ModelInfo
from iaposte_desktop.domain.prices import Price
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST, Cost, Usage
from iaposte_desktop.platform.connections import ConnectionsFile
from iaposte_desktop.platform.prices import PriceFiles
from iaposte_desktop.resources import FOLDER
from tests.fakes.connector import ScriptedConnector
from tests.fakes.scripted_model import LOCAL, REMOTE, ScriptedModel
from tests.fakes.secrets import MemorySecrets

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.ports.model_provider import ModelProvider
    from iaposte_desktop.domain.ports.settings import Settings
    from tests.fakes.clock import ManualClock

OPENAI = Connection("con_1", "OpenAI", ConnectionKind.OPENAI)
TERRA = ModelInfo("gpt-6.1-terra")
OLD = ModelInfo("gpt-4o")


class Listing(ScriptedModel):
    """Lists what it is given, or raises it."""

    def __init__(self, name: str, *infos: ModelInfo, error: Exception | None = None, is_remote: bool = True) -> None:
        super().__init__(name=name, capabilities=REMOTE if is_remote else LOCAL)
        self._infos = infos
        self._error = error

    async def models(self) -> tuple[ModelInfo, ...]:
        if self._error is not None:
            raise self._error
        return self._infos


class Shop:
    def __init__(self, folder: Path, settings: Settings, clock: ManualClock, *models: ScriptedModel) -> None:
        self.changes = ChangeFeed()
        self.providers: dict[str, ModelProvider] = {}
        self.connections = Connections(
            ConnectionsFile(folder / "connections.json"),
            ScriptedConnector(models={model.name: model for model in models}),
            MemorySecrets(),
            self.providers,
            {},
            ModelRef("embedded", "built-in"),
            Circuits(clock),
            settings,
            self.changes,
        )
        files = PriceFiles(FOLDER / "prices.json", folder / "prices.json")
        self.prices = Prices(files, self.providers, self.connections, self.changes, clock)
        known = [ModelInfo("gpt-4o", 128_000, date(2027, 1, 14))]
        self.models = Models(self.providers, self.connections, self.prices, known, clock)


async def opened(shop: Shop, *connections: Connection) -> Shop:
    await shop.prices.load()
    for connection in connections:
        await shop.connections.save(connection)
    return shop


@pytest.fixture
async def shop(tmp_path: Path, settings: Settings, clock: ManualClock) -> Shop:
    made = Shop(tmp_path, settings, clock, Listing("con_1", TERRA, OLD))
    made.providers["embedded"] = Listing("embedded", ModelInfo("built-in"), is_remote=False)
    return await opened(made, OPENAI)


class TestListing:
    async def test_every_provider_with_price_and_place(self, shop: Shop) -> None:
        choices = {choice.info.id: choice for choice in (await shop.models.list()).choices}
        assert choices["gpt-6.1-terra"].price is not None
        assert choices["gpt-6.1-terra"].connection == "OpenAI"
        assert (choices["gpt-4o"].price, choices["gpt-4o"].is_free) == (None, False)
        assert (choices["built-in"].price, choices["built-in"].is_free) == (None, True)
        assert choices["built-in"].connection == ""

    async def test_what_the_server_does_not_tell_is_filled_in(self, shop: Shop) -> None:
        (old,) = [choice.info for choice in (await shop.models.list()).choices if choice.info.id == "gpt-4o"]
        assert (old.context_tokens, old.shutdown_date) == (128_000, date(2027, 1, 14))

    async def test_one_that_fails_leaves_the_others(
        self, tmp_path: Path, settings: Settings, clock: ManualClock
    ) -> None:
        made = Shop(tmp_path, settings, clock, Listing("con_1", error=KeyRefused()), Listing("con_2", TERRA))
        shop = await opened(made, OPENAI, replace(OPENAI, id="con_2", name="Other"))
        listed = await shop.models.list()
        assert [choice.ref.provider for choice in listed.choices] == ["con_2"]
        assert {name: error.code for name, error in listed.failures.items()} == {"con_1": "key_refused"}

    async def test_a_server_that_says_nothing_in_time_is_unavailable(
        self, tmp_path: Path, settings: Settings, clock: ManualClock
    ) -> None:
        made = Shop(tmp_path, settings, clock, Listing("con_1", error=TimeoutError()))
        listed = await (await opened(made, OPENAI)).models.list()
        assert listed.failures["con_1"].code == "provider_unavailable"


class TestTheEndOfAModel:
    @pytest.mark.parametrize(("days", "is_told"), [(61, False), (60, True), (0, True), (-30, True)])
    async def test_is_told_from_sixty_days_before(
        self, shop: Shop, clock: ManualClock, days: int, is_told: bool
    ) -> None:
        end = date(2027, 1, 14)
        clock.advance(days=(end - clock().date()).days - days)
        ref = ModelRef("con_1", "gpt-4o")
        assert await shop.models.ending([ref]) == ({ref: end} if is_told else {})

    async def test_what_the_server_tells_comes_first(
        self, tmp_path: Path, settings: Settings, clock: ManualClock
    ) -> None:
        sooner = clock().date()
        made = Shop(tmp_path, settings, clock, Listing("con_1", replace(OLD, shutdown_date=sooner)))
        shop = await opened(made, OPENAI)
        ref = ModelRef("con_1", "gpt-4o")
        await shop.models.list()
        assert await shop.models.ending([ref]) == {ref: sooner}

    async def test_the_default_model_ends_as_what_it_means(
        self, tmp_path: Path, settings: Settings, clock: ManualClock
    ) -> None:
        made = Shop(tmp_path, settings, clock, Listing("con_1"))
        shop = await opened(made, replace(OPENAI, default_model="gpt-4o"))
        clock.advance(days=60)
        assert await shop.models.ending([DEFAULT_MODEL]) == {}
        shop.connections.make_default("con_1")
        assert await shop.models.ending([DEFAULT_MODEL]) == {DEFAULT_MODEL: date(2027, 1, 14)}

    async def test_a_model_of_that_name_on_this_machine_does_not_end(self, shop: Shop, clock: ManualClock) -> None:
        clock.advance(days=60)
        there, here = ModelRef("con_1", "gpt-4o"), ModelRef("embedded", "gpt-4o")
        assert (await shop.models.ending([there, here])).keys() == {there}


class TestPrices:
    async def test_what_the_user_wrote_comes_first_and_is_told(self, shop: Shop) -> None:
        heard: list[object] = []
        shop.changes.subscribe(heard.append)
        mine = Price("con_1", "gpt-6.1-terra", date(2026, 11, 2), Decimal(3), Decimal(4))
        ref = ModelRef("con_1", "gpt-6.1-terra")
        assert shop.prices.cost_of(ref)(Usage(input_tokens=1_000_000)) != Cost(Decimal(3))
        await shop.prices.save([mine])
        assert shop.prices.price(ref) == mine
        assert shop.prices.cost_of(ref)(Usage(input_tokens=1_000_000)) == Cost(Decimal(3))
        assert heard == [Changed(Topic.PRICES, "")]

    async def test_this_machine_is_free_and_the_unknown_is_unknown(self, shop: Shop) -> None:
        usage = Usage(input_tokens=1_000)
        assert shop.prices.cost_of(ModelRef("embedded", "gpt-6.1-terra"))(usage) == FREE
        assert shop.prices.cost_of(ModelRef("con_1", "gpt-99"))(usage) == UNKNOWN_COST
        assert shop.prices.cost_of(ModelRef("gone", "gpt-6.1-terra"))(usage) == UNKNOWN_COST
