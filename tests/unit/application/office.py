"""The use cases over a real workspace, with scripted stores and a scripted model: what most tests here work in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from iaposte_desktop.application.assistants import AssistantLibrary
from iaposte_desktop.application.changes import Change, ChangeFeed
from iaposte_desktop.application.connections import Connections
from iaposte_desktop.application.drafting import Drafting
from iaposte_desktop.application.drafts import Drafts
from iaposte_desktop.application.knowledge import Knowledge
from iaposte_desktop.application.past_answers import PastAnswers
from iaposte_desktop.application.pricing import Prices
from iaposte_desktop.application.prompting import generation_request
from iaposte_desktop.application.questions import Questions
from iaposte_desktop.application.retries import Circuits
from iaposte_desktop.application.run_orders import Asked, RunControl, RunOrder
from iaposte_desktop.application.runs import RunLoop
from iaposte_desktop.application.staging import Staging
from iaposte_desktop.application.tasks import TaskBoard
from iaposte_desktop.domain.assistants import AssistantSettings, ModelRef
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.knowledge import FileToAdd
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.threads import Customer, Message, Role, Thread, ThreadStatus
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST
from iaposte_desktop.engine.personal_data import RulesOfPersonalData
from iaposte_desktop.platform.connections import ConnectionsFile
from iaposte_desktop.platform.prices import PriceFiles
from iaposte_desktop.resources import FOLDER
from tests.fakes.connector import ScriptedConnector
from tests.fakes.scripted_model import MODEL, Round, ScriptedModel
from tests.fakes.scripted_stores import ScriptedStores
from tests.fakes.secrets import MemorySecrets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from iaposte_desktop.domain.assistants import Assistant
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, ModelProvider
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.ports.vector_stores import VectorStores
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.workspace.workspace import SqlWorkspace

SCRIPTED = ModelRef("scripted", MODEL.id)


def asked_of(model: ScriptedModel, request: GenerationRequest) -> Asked:
    """Free on this machine, of unknown price elsewhere."""
    cost = UNKNOWN_COST if model.capabilities.is_remote else FREE
    return Asked(model, ModelRef(model.name, request.model), request, lambda _: cost)


def _refuse(name: str, error: BaseException) -> None:
    raise AssertionError(name) from error


@dataclass(slots=True)
class Office:
    workspace: SqlWorkspace
    clock: Clock
    settings: Settings
    folder: Path
    changes: ChangeFeed = field(default_factory=ChangeFeed)
    heard: list[Change] = field(default_factory=list)
    """Everything published, in order."""
    stores: ScriptedStores = field(init=False)
    providers: dict[str, VectorStores] = field(init=False)
    board: TaskBoard = field(init=False)
    knowledge: Knowledge = field(init=False)
    drafts: Drafts = field(init=False)
    circuits: Circuits = field(init=False)
    questions: Questions = field(init=False)
    runs: RunLoop = field(init=False)
    library: AssistantLibrary = field(init=False)

    def __post_init__(self) -> None:
        self.changes.subscribe(self.heard.append)
        self.stores = ScriptedStores(self.clock)
        self.board = TaskBoard(self.workspace.tasks, self.changes, self.clock)
        self.providers = {self.stores.name: self.stores}
        self.knowledge = Knowledge(
            self.providers, self.stores.name, self.workspace.catalog, self.board, self.changes, self.clock
        )
        self.drafts = Drafts(self.workspace.drafts, self.workspace.journal, self.changes, self.clock)
        self.circuits = Circuits(self.clock)
        self.questions = Questions(self.workspace.questions, self.clock)
        self.runs = RunLoop(self.workspace.journal, self.knowledge, self.questions, self.circuits, self.clock)
        self.library = AssistantLibrary(self.workspace.assistants, SCRIPTED, self.changes, self.clock)

    def past_answers(self) -> PastAnswers:
        staging = Staging(self.folder, self.knowledge)
        return PastAnswers(self.workspace, self.knowledge, staging, RulesOfPersonalData(), self.settings, _refuse)

    def drafting(self, *models: ScriptedModel) -> Drafting:
        """DEFAULT_MODEL means SCRIPTED."""
        providers: dict[str, ModelProvider] = {model.name: model for model in models}
        connections = Connections(
            ConnectionsFile(self.folder / "connections.json"),
            ScriptedConnector(),
            MemorySecrets(),
            providers,
            {},
            SCRIPTED,
            self.circuits,
            self.settings,
            self.changes,
        )
        shipped = FOLDER / "prices.json"
        prices = Prices(
            PriceFiles(shipped, self.folder / "prices.json"), providers, connections, self.changes, self.clock
        )
        return Drafting(
            self.workspace,
            self.runs,
            connections,
            prices,
            self.knowledge,
            self.drafts,
            self.board,
            self.settings,
            self.changes,
            self.clock,
        )

    async def thread(self, *mails: str, language: str | None = "en") -> str:
        """A thread of a new customer with these mails; its id."""
        now = self.clock()
        customer = Customer(new_id("cust"), "Ada Lovelace", f"{new_id('cust')}@example.org", now)
        await self.workspace.customers.save(customer)
        thread = Thread(new_id("thread"), customer.id, "Refund", ThreadStatus.TO_ANSWER, now, now)
        await self.workspace.threads.save(thread)
        for mail in mails:
            await self.workspace.threads.add_message(
                Message(new_id("msg"), thread.id, Role.CUSTOMER, mail, now, language=language)
            )
        return thread.id

    async def store(self, **texts: str) -> str:
        """A store with these texts as files; its id."""
        store = await self.stores.create(StoreDetails("Shop"))
        files = []
        for name, text in texts.items():
            path = self.folder / f"{name}.txt"
            path.write_text(text, "utf-8")
            files.append(FileToAdd(path))
        async for _ in self.stores.add_files(store.id, files):
            pass
        return store.id

    async def assistant(self, *store_ids: str, **settings: object) -> Assistant:
        defaults = AssistantSettings("Reply", SCRIPTED, instructions="Answer.", vector_store_ids=store_ids)
        return await self.library.create(replace(defaults, **settings))  # type: ignore[arg-type]  # Fields by name.

    async def order(self, *store_ids: str, mail: str = "How long does a refund take?", **settings: object) -> RunOrder:
        """An order for a new thread and a new assistant."""
        thread_id = await self.thread(mail)
        thread = await self.workspace.threads.retrieve(thread_id)
        customer = await self.workspace.customers.retrieve(thread.customer_id)
        version = (await self.assistant(*store_ids, **settings)).version
        messages = await self.workspace.threads.messages(thread_id)
        request = generation_request(
            thread, customer, messages, version.settings, language="en", variables={}, signature=""
        )
        return RunOrder(new_id("run"), thread_id, version, asked_of(ScriptedModel(), request))

    async def play(
        self,
        model: ScriptedModel,
        order: RunOrder,
        on_run: Callable[[Run], None] = lambda _: None,
        stop: asyncio.Event | None = None,
    ) -> Run:
        """The order given to this model."""
        order = replace(order, asked=asked_of(model, order.asked.request))
        return await self.runs.run(order, on_run, RunControl(stop or asyncio.Event()))

    async def run(
        self,
        *rounds: Round,
        store_ids: tuple[str, ...] = (),
        on_run: Callable[[Run], None] = lambda _: None,
        stop: asyncio.Event | None = None,
    ) -> Run:
        """A run of these rounds, ended."""
        model = ScriptedModel(*rounds)
        order = await self.order(*store_ids)
        run = await self.play(model, order, on_run, stop)
        assert model.closed == model.opened
        return run
