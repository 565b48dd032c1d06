"""Models behind the Assistants v2 protocol. A generation is a run of a thread that is made for it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import AnswerUnusable, ApiEnded, ProviderError, RequestRefused
from iaposte_desktop.domain.ports.model_provider import Completed, Incomplete, ModelCapabilities, Started, UsageReport
from iaposte_desktop.providers.assistants_v2.api import AssistantsApi
from iaposte_desktop.providers.assistants_v2.reading import Reading
from iaposte_desktop.providers.assistants_v2.request import body_of
from iaposte_desktop.providers.assistants_v2.runs import read_handle
from iaposte_desktop.providers.assistants_v2.waiting import WaitingRuns, last_results
from iaposte_desktop.providers.errors import unusable
from iaposte_desktop.providers.models import list_models
from iaposte_desktop.providers.token_counts import usage_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterator

    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, ModelInfo, ProviderEvent
    from iaposte_desktop.providers.assistants_v2.runs import RunRef, RunState
    from iaposte_desktop.providers.hosted import HostedPassages
    from iaposte_desktop.providers.wire import Wire

log = logging.getLogger(__name__)

_ENDED_ON: Final = "2026-08-26"
"""When OpenAI closed the protocol."""


class AssistantsProvider:
    """Implements ModelProvider. At the server it leaves one assistant, which bears our name, and no thread whose run
    has ended. A run that waits for results is left to them, and to `resume`; the server lets it expire. Closing waits
    at most `closing_seconds` for what is cleared away there."""

    def __init__(
        self,
        wire: Wire,
        stores: HostedPassages | None = None,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        closing_seconds: float = 5.0,
    ) -> None:
        self._wire = wire
        self._stores = stores
        self._sleep = sleep
        self._closing_seconds = closing_seconds
        self._api = AssistantsApi(wire, sleep)
        self._assistant_id: str | None = None
        self._finding = asyncio.Lock()
        self._waiting = WaitingRuns()
        self._followed_now: set[RunRef] = set()
        self._clearing: set[asyncio.Task[None]] = set()

    @property
    def name(self) -> str:
        return self._wire.connection.id

    @property
    def capabilities(self) -> ModelCapabilities:
        connection = self._wire.connection
        return ModelCapabilities(
            streaming=False,
            background_resume=True,
            hosted_file_search=connection.has_vector_stores,
            json_output=True,
            is_remote=connection.is_remote,
        )

    async def models(self) -> tuple[ModelInfo, ...]:
        return await list_models(self._wire)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[ProviderEvent, None]:
        """Results go to the run that waits for them; where it waits no longer, a new one is told what was called."""
        self._refuse_openai()
        run = await self._answered(request) or await self._created(request)
        async with aclosing(self._followed(run)) as events:
            async for event in events:
                yield event

    async def resume(self, handle: str) -> AsyncGenerator[ProviderEvent, None]:
        self._refuse_openai()
        found = read_handle(handle)
        if found is None:
            raise AnswerUnusable(f"no handle of a run: {handle}")
        ref, first_round = found
        state = await self._api.find_run(ref)
        run = Reading(ref, self._api, self._stores, state.store_ids, first_round)
        async with aclosing(self._followed(run)) as events:
            async for event in events:
                yield event

    async def cancel(self, handle: str) -> None:
        found = read_handle(handle)
        if found is None or self._wire.connection.is_openai:
            return
        ref, _ = found
        self._waiting.forget(ref)
        try:
            await self._api.cancel(ref)
        except RequestRefused as error:
            log.debug("%s is over: %s", handle, error.detail)
        if ref not in self._followed_now:
            self._clear(self._deleted(ref))

    async def count_input_tokens(self, request: GenerationRequest) -> int | None:  # noqa: ARG002 - the port's signature
        """None: the protocol does not count."""
        return None

    async def aclose(self) -> None:
        """Runs under way go on."""
        if self._clearing:
            await asyncio.wait(self._clearing, timeout=self._closing_seconds)
        left = [*self._clearing]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._wire.aclose()

    def _refuse_openai(self) -> None:
        if self._wire.connection.is_openai:
            raise ApiEnded(_ENDED_ON)

    async def _answered(self, request: GenerationRequest) -> Reading | None:
        """The run that waits for the results at the end of `request`, once it has them."""
        results = last_results(request.items)
        run = self._waiting.answered_by(results)
        if run is None:
            return None
        try:
            await self._api.submit(run.ref, results)
        except RequestRefused:
            self._waiting.forget(run.ref)
            self._clear(self._discarded(run.ref))
            return None
        self._waiting.forget(run.ref)
        run.begin_round()
        return run

    async def _created(self, request: GenerationRequest) -> Reading:
        body = body_of(request)
        assistant_id = await self._assistant(request.model)
        creating = asyncio.create_task(
            self._api.create_run({**body, "assistant_id": assistant_id}), name="assistants_v2.create_run"
        )
        try:
            state = await asyncio.shield(creating)
        except asyncio.CancelledError:
            self._clear(self._abandoned(creating))
            raise
        except RequestRefused:
            # Perhaps because it is not there any more.
            self._assistant_id = None
            raise
        store_ids = request.hosted_search.store_ids if request.hosted_search else ()
        return Reading(state.ref, self._api, self._stores, store_ids)

    async def _assistant(self, model: str) -> str:
        """Runs name their own model and tools, so that one serves all."""
        async with self._finding:
            if self._assistant_id is None:
                self._assistant_id = await self._api.find_assistant() or await self._api.create_assistant(model)
            return self._assistant_id

    async def _followed(self, run: Reading) -> AsyncGenerator[ProviderEvent, None]:
        is_over = False
        self._followed_now.add(run.ref)
        try:
            yield Started(run.handle)
            for pause in _pauses():
                state = await self._api.run(run.ref)
                for event in await run.news(is_resting=not state.is_under_way):
                    yield event
                if not state.is_under_way:
                    break
                await self._sleep(pause)
            is_over = not state.is_waiting
            for event in self._asked(run, state) if state.is_waiting else _ended(run, state):
                yield event
        except AnswerUnusable:
            if not is_over:
                self._clear(self._discarded(run.ref))
            raise
        finally:
            self._followed_now.discard(run.ref)
            if is_over:
                self._clear(self._deleted(run.ref))

    def _asked(self, run: Reading, state: RunState) -> Iterator[ProviderEvent]:
        calls = state.calls()
        for dropped in self._waiting.add((call.call_id for call in calls), run):
            self._clear(self._discarded(dropped.ref))
        yield from calls
        yield Completed()

    async def _abandoned(self, creating: asyncio.Task[RunState]) -> None:
        """Who asked for the run has gone before it had a name."""
        try:
            state = await creating
        except ProviderError as error:
            log.debug("no run to abandon: %s", error.code)
        else:
            await self._discarded(state.ref)

    async def _discarded(self, run: RunRef) -> None:
        try:
            await self._api.cancel(run)
        except ProviderError as error:
            log.debug("%s not cancelled: %s", run.run_id, error.code)
        await self._deleted(run)

    async def _deleted(self, run: RunRef) -> None:
        try:
            await self._api.delete_thread(run)
        except ProviderError as error:
            log.debug("%s not deleted: %s", run.thread_id, error.code)

    def _clear(self, clearing: Coroutine[object, object, None]) -> None:
        """In the background; `aclose` waits for it."""
        task = asyncio.create_task(clearing, name="assistants_v2.clear")
        self._clearing.add(task)
        task.add_done_callback(self._clearing.discard)


def _ended(run: Reading, state: RunState) -> Iterator[ProviderEvent]:
    """Raises AnswerUnusable where a completed run has written nothing."""
    usage = usage_of(state.body, run.searches)
    if usage:
        yield UsageReport(usage)
    ending = state.ending(run.reason)
    if isinstance(ending, Completed) and run.is_refused:
        yield Incomplete("refusal")
        return
    if isinstance(ending, Completed) and run.is_blank:
        raise unusable("empty answer")
    yield ending


def _pauses() -> Iterator[float]:
    """Seconds between two looks at a run."""
    pause = 0.2
    while True:
        yield pause
        pause = min(2.0, pause * 1.5)
