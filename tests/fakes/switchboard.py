"""Connections, prices and models over real files in a folder, a scripted connector and keys in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iaposte_desktop.application.changes import Change, ChangeFeed
from iaposte_desktop.application.connections import Connections
from iaposte_desktop.application.models import Models
from iaposte_desktop.application.pricing import Prices
from iaposte_desktop.application.retries import Circuits
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind, ConnectionReport
from iaposte_desktop.domain.ports.model_provider import ModelInfo
from iaposte_desktop.platform.connections import ConnectionsFile
from iaposte_desktop.platform.prices import PriceFiles, known_models
from iaposte_desktop.platform.settings import SettingsFile
from iaposte_desktop.resources import FOLDER
from tests.fakes.clock import ManualClock
from tests.fakes.connector import ScriptedConnector
from tests.fakes.scripted_model import MODEL, ScriptedModel
from tests.fakes.secrets import MemorySecrets

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.ports.model_provider import ModelProvider
    from iaposte_desktop.domain.ports.vector_stores import VectorStores

BUILT_IN = ModelRef("embedded", MODEL.id)
OPENAI = Connection("conn_1", "Work", ConnectionKind.OPENAI)
LOCAL = Connection("conn_2", "Ollama", ConnectionKind.LOCAL, ApiProtocol.CHAT_COMPLETIONS, "http://127.0.0.1:11434/v1")
REPORT = ConnectionReport(
    frozenset({ApiProtocol.RESPONSES, ApiProtocol.CHAT_COMPLETIONS}),
    has_vector_stores=True,
    models=(ModelInfo("gpt-6-luna"), ModelInfo("gpt-6.1-terra")),
)


@dataclass(slots=True)
class Switchboard:
    """A second one on the same folder sees what the first one saved, as after a restart."""

    folder: Path
    connector: ScriptedConnector = field(default_factory=ScriptedConnector)
    secrets: MemorySecrets = field(default_factory=MemorySecrets)
    clock: ManualClock = field(default_factory=ManualClock)
    changes: ChangeFeed = field(default_factory=ChangeFeed)
    heard: list[Change] = field(default_factory=list)
    ports: dict[str, ModelProvider] = field(default_factory=dict)
    stores: dict[str, VectorStores] = field(default_factory=dict)
    settings: SettingsFile = field(init=False)
    circuits: Circuits = field(init=False)
    connections: Connections = field(init=False)
    prices: Prices = field(init=False)
    models: Models = field(init=False)

    def __post_init__(self) -> None:
        self.changes.subscribe(self.heard.append)
        self.ports[BUILT_IN.provider] = ScriptedModel(name=BUILT_IN.provider)
        self.settings = SettingsFile(self.folder / "settings.json")
        self.circuits = Circuits(self.clock)
        self.connections = Connections(
            ConnectionsFile(self.folder / "connections.json"),
            self.connector,
            self.secrets,
            self.ports,
            self.stores,
            BUILT_IN,
            self.circuits,
            self.settings,
            self.changes,
        )
        files = PriceFiles(FOLDER / "prices.json", self.folder / "prices.json")
        self.prices = Prices(files, self.ports, self.connections, self.changes, self.clock)
        self.models = Models(
            self.ports, self.connections, self.prices, known_models(FOLDER / "models.json"), self.clock
        )

    async def load(self) -> None:
        await self.connections.load()
        await self.prices.load()

    async def aclose(self) -> None:
        await self.connections.aclose()
        self.settings.flush()
