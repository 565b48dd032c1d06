"""Drafting: from a thread and an assistant to a suggestion beside the agent's draft."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from iaposte_desktop.application.assistants import assistant_for
from iaposte_desktop.application.changes import Changed, RunChanged, Topic
from iaposte_desktop.application.prompting import (
    estimated_input_tokens,
    generation_request,
    overridden,
    reply_language,
)
from iaposte_desktop.application.run_orders import Asked, RunControl, RunOrder
from iaposte_desktop.domain.assistants import Assistant, AssistantSettings, AssistantVersion, ModelRef
from iaposte_desktop.domain.errors import (
    ModelGone,
    NotFound,
    NothingToAnswer,
    ProviderError,
    RunAlreadyActive,
    StorageError,
)
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports.model_provider import GenerationRequest, HostedSearch, ModelCapabilities
from iaposte_desktop.domain.ports.settings import AGENT_NAME, SIGNATURE
from iaposte_desktop.domain.runs import Run, RunOverrides, RunStatus
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.domain.threads import Role, ThreadStatus
from iaposte_desktop.domain.usage import Cost, Usage, Used

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.drafts import Drafts
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.pricing import Prices
    from iaposte_desktop.application.runs import RunLoop
    from iaposte_desktop.application.tasks import TaskBoard
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import Workspace
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.domain.threads import Thread

_TASK_STATUS = {
    RunStatus.COMPLETED: TaskStatus.COMPLETED,
    RunStatus.INCOMPLETE: TaskStatus.COMPLETED,
    RunStatus.CANCELLED: TaskStatus.CANCELLED,
    RunStatus.INTERRUPTED: TaskStatus.INTERRUPTED,
}


@dataclass(frozen=True, slots=True)
class DraftEstimate:
    """What a draft would send, before it is sent: input tokens, without the passages a search will add; `is_counted`
    where the provider counted them. `cost` is that of the input alone. `model` is the one that would be asked, over
    the connection of that name (empty: built in)."""

    assistant: Assistant
    model: ModelRef
    connection: str
    input_tokens: int
    is_counted: bool
    cost: Cost
    is_remote: bool


_NO_OVERRIDES = RunOverrides()


@dataclass(frozen=True, slots=True)
class Recovery:
    """Runs that were ended as interrupted, and those that `resume` can go on with."""

    ended: tuple[Run, ...]
    resumable: tuple[Run, ...]


class Drafting:
    def __init__(
        self,
        workspace: Workspace,
        runs: RunLoop,
        connections: Connections,
        prices: Prices,
        knowledge: Knowledge,
        drafts: Drafts,
        board: TaskBoard,
        settings: Settings,
        changes: ChangeFeed,
        clock: Clock,
    ) -> None:
        self._workspace = workspace
        self._runs = runs
        self._connections = connections
        self._prices = prices
        self._knowledge = knowledge
        self._drafts = drafts
        self._board = board
        self._settings = settings
        self._changes = changes
        self._clock = clock
        self._controls: dict[str, RunControl] = {}

    def capabilities_of(self, model: ModelRef) -> ModelCapabilities:
        """Of the provider that `model` is asked of today. Raises ModelGone."""
        return self._connections.provider_of(model).capabilities

    async def used_by_assistant(self, assistant_id: str) -> Used:
        """Of all its runs."""
        return await self._workspace.journal.used_by_assistant(assistant_id)

    def is_running(self, thread_id: str) -> bool:
        return thread_id in self._controls

    def stop(self, thread_id: str) -> None:
        """The run under way ends as cancelled and keeps its text; nothing happens where none is."""
        if control := self._controls.get(thread_id):
            control.stop.set()

    def skip_wait(self, thread_id: str) -> None:
        """A run that waits for its provider asks again now; nothing happens where none does."""
        if control := self._controls.get(thread_id):
            control.skip.set()

    async def draft_reply(
        self, thread_id: str, assistant_id: str | None = None, overrides: RunOverrides = _NO_OVERRIDES
    ) -> Run:
        """Draft with this assistant, else the thread's, else the default one. Progress comes as RunChanged; the text
        becomes the thread's suggestion.

        Raises RunAlreadyActive (a second one is refused, not queued), NoAssistant, NothingToAnswer, InvalidValue,
        ModelGone, and StorageError. Whatever fails after that is told by the run's status.
        """
        if thread_id in self._controls:
            raise RunAlreadyActive(thread_id)
        control = self._controls[thread_id] = RunControl()
        try:
            thread, assistant = await self._prepared(thread_id, assistant_id)
            order = await self._order(new_id("run"), thread, assistant.version, overrides)
            task_id = await self._board.begin(TaskKind.DRAFT, thread.subject, thread_id, control.stop.set)
            return await self._to_the_end(
                task_id, self._runs.run(order, lambda run: self._on_run(task_id, run), control)
            )
        finally:
            del self._controls[thread_id]

    async def resume(self, left: Run) -> Run:
        """Go on with a run of a former process at the provider that still has it. Raises as `draft_reply` does."""
        if left.thread_id in self._controls:
            raise RunAlreadyActive(left.thread_id)
        control = self._controls[left.thread_id] = RunControl()
        try:
            thread = await self._workspace.threads.retrieve(left.thread_id)
            order = await self._order(left.id, thread, await self._version_of(left), left.overrides)
            task_id = await self._board.begin(TaskKind.DRAFT, thread.subject, thread.id, control.stop.set)
            return await self._to_the_end(
                task_id, self._runs.resume(order, left, lambda run: self._on_run(task_id, run), control)
            )
        except (NotFound, ModelGone):
            return await self._given_up(left)
        finally:
            del self._controls[left.thread_id]

    async def _to_the_end(self, task_id: str, running: Coroutine[Any, Any, Run]) -> Run:
        try:
            run = await running
        except asyncio.CancelledError:
            await self._board.end(task_id, TaskStatus.INTERRUPTED)
            raise
        except StorageError as error:
            await self._board.end(task_id, TaskStatus.FAILED, error.code)
            raise
        await self._finish(run)
        # Last: a task that is over tells that its run was offered, see `recover`.
        await self._board.end(
            task_id, _TASK_STATUS.get(run.status, TaskStatus.FAILED), run.error.code if run.error else ""
        )
        return run

    async def estimate(
        self,
        thread_id: str,
        assistant_id: str | None = None,
        overrides: RunOverrides = _NO_OVERRIDES,
        *,
        may_send: bool = False,
    ) -> DraftEstimate:
        """Raises as `draft_reply` does. `may_send`: the agent asked for it, so a remote provider may be sent what a
        draft would send, to count it; nothing is generated."""
        thread, assistant = await self._prepared(thread_id, assistant_id)
        asked = (await self._order("", thread, assistant.version, overrides)).asked
        is_remote = asked.provider.capabilities.is_remote
        exact = await asked.provider.count_input_tokens(asked.request) if may_send or not is_remote else None
        tokens = estimated_input_tokens(asked.request) if exact is None else exact
        return DraftEstimate(
            assistant,
            asked.model,
            self._connections.name_of(asked.model.provider),
            tokens,
            exact is not None,
            asked.cost_of(Usage(input_tokens=tokens)),
            is_remote,
        )

    async def recover(self, interrupted: Sequence[Task] = ()) -> Recovery:
        """At start: runs that a killed process left are ended as interrupted, and their text is offered, but for those
        that their provider can go on with; so is the text of runs which had ended when it was killed, but whose task
        (one of `interrupted`) had not."""
        for task in interrupted:
            if task.kind is TaskKind.DRAFT:
                await self._offer_ended(task.target_id)
        ended, resumable = [], []
        for left in await self._workspace.journal.unfinished():
            if left.handle and self._can_resume(left):
                resumable.append(left)
            else:
                ended.append(await self._given_up(left))
        return Recovery(tuple(ended), tuple(resumable))

    def _can_resume(self, left: Run) -> bool:
        try:
            return self._connections.provider_of(left.answering_model).capabilities.background_resume
        except ModelGone:
            return False

    async def _given_up(self, left: Run) -> Run:
        run = await self._runs.close_interrupted(left)
        if run.text.strip():
            await self._drafts.offer(run.thread_id, run.id)
        return run

    async def _prepared(self, thread_id: str, assistant_id: str | None) -> tuple[Thread, Assistant]:
        thread = await self._workspace.threads.retrieve(thread_id)
        messages = await self._workspace.threads.messages(thread_id)
        if not any(message.role is Role.CUSTOMER for message in messages):
            raise NothingToAnswer(thread_id)
        return thread, await self._assistant(assistant_id or thread.assistant_id)

    async def _order(self, run_id: str, thread: Thread, version: AssistantVersion, overrides: RunOverrides) -> RunOrder:
        messages = await self._workspace.threads.messages(thread.id)
        customer = await self._workspace.customers.retrieve(thread.customer_id)
        settings = overridden(version.settings, overrides)
        request = generation_request(
            thread,
            customer,
            messages,
            settings,
            language=reply_language(thread, settings, messages, default="en"),
            variables={
                "agent_name": self._settings.get(AGENT_NAME),
                "date": self._clock().date().isoformat(),
            },
            signature=self._settings.get(SIGNATURE) or self._settings.get(AGENT_NAME),
        )
        fallback = None
        if settings.generation.fallback is not None:
            with suppress(ProviderError):
                fallback = await self._asked(settings.generation.fallback, settings, request)
        version = replace(version, settings=settings)
        return RunOrder(
            run_id, thread.id, version, await self._asked(settings.model, settings, request), fallback, overrides
        )

    async def _asked(self, model: ModelRef, settings: AssistantSettings, request: GenerationRequest) -> Asked:
        """What a provider cannot do is not asked of it. Raises ModelGone."""
        model = await self._connections.resolved(model)
        provider = self._connections.provider_of(model)
        able = provider.capabilities
        hosted = None
        if request.tools and able.hosted_file_search:
            homes = await self._knowledge.homes(settings.vector_store_ids)
            if set(homes.values()) == {model.provider}:
                limits = settings.limits
                hosted = HostedSearch(tuple(homes), limits.max_passages, limits.score_threshold)
        request = replace(
            request,
            model=model.model,
            tools=() if hosted or not able.function_tools else request.tools,
            hosted_search=hosted,
            background=request.background and able.background_resume,
        )
        return Asked(provider, model, request, self._prices.cost_of(model))

    async def _version_of(self, run: Run) -> AssistantVersion:
        for version in await self._workspace.assistants.versions(run.assistant_id):
            if version.number == run.assistant_version:
                return version
        raise NotFound(run.assistant_id)

    async def _assistant(self, assistant_id: str | None) -> Assistant:
        return await assistant_for(self._workspace.assistants, self._settings, assistant_id)

    async def _offer_ended(self, thread_id: str) -> None:
        runs = await self._workspace.journal.runs_of(thread_id)
        if runs and runs[0].status.is_terminal and runs[0].text.strip():
            draft = (await self._drafts.load(thread_id)).draft
            if runs[0].id not in {draft.run_id, draft.suggestion_run_id}:
                await self._drafts.offer(thread_id, runs[0].id)

    def _on_run(self, task_id: str, run: Run) -> None:
        ended = sum(1 for step in run.steps if step.ended_at is not None)
        self._board.progress(task_id, done=ended, total=None)
        self._changes.publish(RunChanged(run))

    async def _finish(self, run: Run) -> None:
        now = self._clock()
        await self._workspace.assistants.mark_used(run.assistant_id, now)
        self._changes.publish(Changed(Topic.ASSISTANTS, run.assistant_id))
        if cited := {s.passage.file_id: now for c in run.citations if (s := run.source(c.source))}:
            await self._workspace.catalog.mark_cited(cited)
        if not run.text.strip():
            return
        await self._drafts.offer(run.thread_id, run.id)
        if run.status is RunStatus.COMPLETED:
            await self._workspace.threads.change(run.thread_id, _drafted)
        self._changes.publish(Changed(Topic.THREADS, run.thread_id))


def _drafted(thread: Thread) -> Thread:
    is_waiting = thread.status is ThreadStatus.TO_ANSWER
    return replace(thread, status=ThreadStatus.DRAFTED) if is_waiting else thread
