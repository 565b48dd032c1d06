"""The fault table, played: a run over each protocol, through the run loop and into a real journal."""

from __future__ import annotations

import asyncio
import inspect
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

import pytest

from iaposte_desktop.application.explain import explain
from iaposte_desktop.application.retries import OPEN_FOR
from iaposte_desktop.application.run_orders import Asked, RunControl
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import Delivery
from iaposte_desktop.domain.reducer import replay
from iaposte_desktop.domain.runs import RunStatus, StepKind
from iaposte_desktop.domain.usage import UNKNOWN_COST
from iaposte_desktop.platform.settings import SettingsFile
from iaposte_desktop.providers.assistants_v2.provider import AssistantsProvider
from iaposte_desktop.providers.chat_completions.provider import ChatCompletionsProvider
from iaposte_desktop.providers.responses.background import Patience
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from iaposte_desktop.providers.wire import Wire
from tests.contract import fault_table
from tests.contract.fault_table import CANCELS, ROWS, SECOND_ROUNDS, Ends, Row, Text, Wired, meets
from tests.contract.generating import generating_posts
from tests.fakes.clock import ManualClock
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.model import pieces
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.until import until
from tests.unit.application.office import Office
from tests.unit.providers.loopback import closed_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    from iaposte_desktop.domain.ports.model_provider import ModelProvider
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace

KEY = "sk-toy"
QUICK = Patience(silence=0.5, pause=0.01, longest_pause=0.02, tries=3)
UNKNOWN = "http://no-such-host.invalid/v1"


def provider_of(wired: Wired, wire: Wire) -> ModelProvider:
    """As quick to look again as a test wants it."""
    match wired:
        case Wired.RESPONSES:
            return ResponsesProvider(wire)
        case Wired.BACKGROUND:
            return ResponsesProvider(wire, patience=QUICK)
        case Wired.CHAT:
            return ChatCompletionsProvider(wire)
        case Wired.ASSISTANTS:
            return AssistantsProvider(wire, sleep=lambda _: asyncio.sleep(0.002))
        case _:
            assert_never(wired)


@dataclass(slots=True)
class Watched:
    """What an agent sees and does: a wait is skipped at once. `run` is the last that was told."""

    clock: ManualClock
    control: RunControl = field(default_factory=RunControl)
    waits: list[float] = field(default_factory=list)
    run: Run | None = None

    def told(self, run: Run) -> None:
        self.run = run
        if run.waiting and not self.control.skip.is_set():
            until = datetime.fromisoformat(str(run.waiting.detail["until"]))
            self.waits.append((until - self.clock()).total_seconds())
            self.control.skip.set()

    def is_under_way(self, wired: Wired) -> bool:
        """So far that something can be stopped."""
        return self.run is not None and bool(self.run.handle if wired is Wired.ASSISTANTS else self.run.text)


@dataclass(slots=True)
class Desk:
    office: Office
    clock: ManualClock

    async def run(
        self, provider: ModelProvider, wired: Wired, *store_ids: str, is_stopped: bool = False
    ) -> tuple[Run, Watched]:
        order = await self.office.order(*store_ids)
        request = replace(order.asked.request, model="toy-1", background=wired is Wired.BACKGROUND)
        asked = Asked(provider, ModelRef(provider.name, "toy-1"), request, lambda _: UNKNOWN_COST)
        watched = Watched(self.clock)
        running = asyncio.create_task(self.office.runs.run(replace(order, asked=asked), watched.told, watched.control))
        if is_stopped:
            await until(lambda: watched.is_under_way(wired))
            watched.control.stop.set()
        run = await running
        assert replay(await self.office.workspace.journal.entries(run.id)) == run
        return run, watched


@pytest.fixture
async def desk(workspace: SqlWorkspace, clock: ManualClock, profile: Profile, tmp_path: Path) -> Desk:
    folder = tmp_path / "files"
    folder.mkdir()
    return Desk(Office(workspace, clock, SettingsFile(profile.settings_file), folder), clock)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def toy(stack: ExitStack) -> Iterator[ToyOpenAI]:
    toy = stack.enter_context(served())
    yield toy
    assert toy.invalid == []


@pytest.fixture
async def made() -> AsyncIterator[list[ModelProvider]]:
    """Providers to be closed."""
    providers: list[ModelProvider] = []
    yield providers
    for provider in providers:
        await provider.aclose()


def served(port: int = 0) -> ToyOpenAI:
    toy = ToyOpenAI(port=port)
    toy.background_seconds = 0.001
    toy.assistants.step_seconds = 0.001
    return toy


async def wired_to(url: str, wired: Wired, read_seconds: float = 60.0) -> ModelProvider:
    from httpx2 import Timeout

    connection = Connection("con_toy", "Toy", ConnectionKind.COMPATIBLE, base_url=url)
    wire = Wire(connection, MemorySecrets({connection.key_name: KEY}))
    (await wire.client()).timeout = Timeout(connect=5, write=60, pool=5, read=read_seconds)
    return provider_of(wired, wire)


def cells(rows: Sequence[Row]) -> list[object]:
    return [
        pytest.param(row, wired, cell, id=f"{row.name}: {wired}")
        for row in rows
        for wired in Wired
        if isinstance(cell := row.cell(wired), Ends)
    ]


def is_kept(text: str, much: Text, whole: str) -> bool:
    match much:
        case Text.NONE:
            return not text
        case Text.PART:
            return bool(text) and whole.startswith(text) and text != whole
        case Text.SOME:
            return bool(text) and whole.startswith(text)
        case Text.REPEATED:
            piece = next(iter(pieces(whole)))
            return bool(text) and not text.replace(piece, "")
        case Text.WHOLE:
            return text == whole


def assert_ended(run: Run, watched: Watched, ends: Ends, whole: str) -> None:
    told = run.error.code if run.error else run.incomplete_reason or ""
    assert (run.status, told) == (ends.status, ends.code)
    if run.error is not None:
        assert (run.error.sent, run.error.billed) == (ends.sent, ends.billed)
        assert KEY not in repr(run.error)
        assert "{" not in str(explain(run.error, "en"))
    assert is_kept(run.text, ends.text, whole), run.text
    assert (run.status is RunStatus.COMPLETED) == (ends.text is Text.WHOLE)
    assert len(watched.waits) == len(ends.waits)
    for waited, expected in zip(watched.waits, ends.waits, strict=True):
        assert 0 < waited <= 30 if expected is None else waited == expected
    assert all(step.ended_at for step in run.steps)


@pytest.mark.parametrize(("row", "wired", "ends"), cells(ROWS))
async def test_the_run_ends_as_the_table_says_and_the_next_one_is_well(
    desk: Desk, stack: ExitStack, toy: ToyOpenAI, made: list[ModelProvider], row: Row, wired: Wired, ends: Ends
) -> None:
    port = closed_port() if row.address == "nobody" else toy.port
    url = UNKNOWN if row.address == "unknown" else f"http://127.0.0.1:{port}/v1"
    provider = await wired_to(url, wired, row.read_seconds)
    made.append(provider)
    (ends.does or row.does)(toy, wired)

    run, watched = await desk.run(provider, wired, is_stopped=row.is_stopped)
    assert generating_posts(toy) == ends.posts
    assert toy.count("POST", CANCELS.get(wired, "")) == ends.cancels
    await until(lambda: toy.under_way == 0)

    desk.clock.advance(seconds=OPEN_FOR.total_seconds())
    toy.heal()
    toy.assistants.step_seconds = 0.001
    if row.address == "nobody":
        stack.enter_context(served(port))
    if row.address == "unknown":
        provider = await wired_to(toy.base_url, wired)
        made.append(provider)
    alive, _ = await desk.run(provider, wired)
    assert alive.status is RunStatus.COMPLETED
    assert_ended(run, watched, ends, alive.text)


@pytest.mark.parametrize(("row", "wired", "ends"), cells(SECOND_ROUNDS))
async def test_a_second_round_ends_as_the_table_says(
    desk: Desk, toy: ToyOpenAI, made: list[ModelProvider], row: Row, wired: Wired, ends: Ends
) -> None:
    store_id = await desk.office.store(refund="A refund takes ten working days.")
    provider = await wired_to(toy.base_url, wired)
    made.append(provider)
    row.does(toy, wired)

    run, watched = await desk.run(provider, wired, store_id)
    assert generating_posts(toy) == ends.posts
    assert [step.kind for step in run.steps].count(StepKind.SEARCH) == 1
    await until(lambda: toy.under_way == 0)

    desk.clock.advance(seconds=OPEN_FOR.total_seconds())
    toy.heal()
    alive, _ = await desk.run(provider, wired, store_id)
    assert [citation.match for citation in alive.citations] == [CitationMatch.EXACT]
    assert_ended(run, watched, ends, alive.text)


@pytest.mark.parametrize("wired", Wired)
async def test_a_redirect_gives_nothing_to_the_other_host(
    desk: Desk, toy: ToyOpenAI, made: list[ModelProvider], wired: Wired
) -> None:
    with ToyOpenAI() as other:
        meets(faults.Redirect(f"{other.base_url}/elsewhere"))(toy, wired)
        provider = await wired_to(toy.base_url, wired)
        made.append(provider)
        run, watched = await desk.run(provider, wired)
        assert (generating_posts(toy), other.requests) == (1, [])
    alive, _ = await desk.run(provider, wired)
    ends = Ends(RunStatus.FAILED, Text.NONE, "provider_unavailable.redirected", Delivery.YES, Delivery.NO)
    assert_ended(run, watched, ends, alive.text)


def test_every_fault_that_the_server_can_play_is_in_the_table() -> None:
    played = {fault for fault in vars(faults).values() if isinstance(fault, type) and issubclass(fault, faults.Fault)}
    abstract = {faults.Fault, faults._StreamFault}
    source = inspect.getsource(fault_table) + inspect.getsource(sys.modules[__name__])
    assert [fault.__name__ for fault in played - abstract if f"faults.{fault.__name__}" not in source] == []
