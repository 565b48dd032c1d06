"""Drafting: from a thread and an assistant to a suggestion beside the agent's draft."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from iaposte_desktop.application.changes import Changed, RunChanged, Topic
from iaposte_desktop.application.prompting import estimated_input_tokens, generation_request, reply_language
from iaposte_desktop.application.runs import RunOrder
from iaposte_desktop.domain.assistants import Assistant, ModelRef, OutputFormat
from iaposte_desktop.domain.errors import (
    ModelGone,
    NoAssistant,
    NotFound,
    NothingToAnswer,
    RunAlreadyActive,
    StorageError,
)
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports.settings import AGENT_NAME, DEFAULT_ASSISTANT_ID, SIGNATURE
from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.domain.tasks import TaskKind, TaskStatus
from iaposte_desktop.domain.threads import Role, ThreadStatus
from iaposte_desktop.domain.usage import FREE, UNKNOWN_COST, Cost

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.drafts import Drafts
    from iaposte_desktop.application.runs import RunLoop
    from iaposte_desktop.application.tasks import TaskBoard
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, ModelProvider
    from iaposte_desktop.domain.ports.repositories import Workspace
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.runs import Run
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
    """What a draft would send, before it is sent: ≈ input tokens, without the passages a search will add."""

    assistant: Assistant
    input_tokens: int
    cost: Cost
    is_remote: bool


class Drafting:
    def __init__(
        self,
        workspace: Workspace,
        runs: RunLoop,
        providers: Mapping[str, ModelProvider],
        drafts: Drafts,
        board: TaskBoard,
        settings: Settings,
        changes: ChangeFeed,
        clock: Clock,
    ) -> None:
        self._workspace = workspace
        self._runs = runs
        self._providers = providers
        self._drafts = drafts
        self._board = board
        self._settings = settings
        self._changes = changes
        self._clock = clock
        self._stops: dict[str, asyncio.Event] = {}

    def provider_of(self, model: ModelRef) -> ModelProvider:
        """Raises ModelGone where no such provider is configured."""
        try:
            return self._providers[model.provider]
        except KeyError:
            raise ModelGone(f"{model.provider}/{model.model}") from None

    async def models(self) -> tuple[tuple[ModelRef, bool], ...]:
        """Every model that can be chosen, and whether it is a language model. Raises ProviderError."""
        found = []
        for provider in self._providers.values():
            knows_language = provider.capabilities.is_language_model
            found += [(ModelRef(provider.name, model.id), knows_language) for model in await provider.models()]
        return tuple(found)

    def is_running(self, thread_id: str) -> bool:
        return thread_id in self._stops

    def stop(self, thread_id: str) -> None:
        """The run under way ends as cancelled and keeps its text; nothing happens where none is."""
        if stop := self._stops.get(thread_id):
            stop.set()

    async def draft_reply(self, thread_id: str, assistant_id: str | None = None) -> Run:
        """Draft with this assistant, else the thread's, else the default one. Progress comes as RunChanged; the text
        becomes the thread's suggestion.

        Raises RunAlreadyActive (a second one is refused, not queued), NoAssistant, NothingToAnswer, ModelGone, and
        StorageError. Whatever fails after that is told by the run's status.
        """
        if thread_id in self._stops:
            raise RunAlreadyActive(thread_id)
        stop = self._stops[thread_id] = asyncio.Event()
        try:
            thread, assistant, request = await self._prepared(thread_id, assistant_id)
            provider = self.provider_of(assistant.version.settings.model)
            order = RunOrder(new_id("run"), thread_id, assistant.version, request)
            task_id = await self._board.begin(TaskKind.DRAFT, thread.subject, thread_id, stop.set)
            try:
                run = await self._runs.run(order, provider, lambda run: self._on_run(task_id, run), stop)
            except asyncio.CancelledError:
                await self._board.end(task_id, TaskStatus.INTERRUPTED)
                raise
            except StorageError as error:
                await self._board.end(task_id, TaskStatus.FAILED, error.code)
                raise
        finally:
            del self._stops[thread_id]
        await self._finish(run)
        # Last: a task that is over tells that its run was offered, see `recover`.
        await self._board.end(
            task_id, _TASK_STATUS.get(run.status, TaskStatus.FAILED), run.error.code if run.error else ""
        )
        return run

    async def estimate(self, thread_id: str, assistant_id: str | None = None) -> DraftEstimate:
        """Raises as `draft_reply` does; nothing is sent."""
        _, assistant, request = await self._prepared(thread_id, assistant_id)
        provider = self.provider_of(assistant.version.settings.model)
        exact = await provider.count_input_tokens(request)
        is_remote = provider.capabilities.is_remote
        tokens = estimated_input_tokens(request) if exact is None else exact
        return DraftEstimate(assistant, tokens, UNKNOWN_COST if is_remote else FREE, is_remote)

    async def recover(self, interrupted: Sequence[Task] = ()) -> tuple[Run, ...]:
        """At start: runs that a killed process left are ended as interrupted, and their text is offered; so is that
        of runs which had ended when it was killed, but whose task (one of `interrupted`) had not."""
        for task in interrupted:
            if task.kind is TaskKind.DRAFT:
                await self._offer_ended(task.target_id)
        ended = []
        for left in await self._workspace.journal.unfinished():
            run = await self._runs.close_interrupted(left)
            if run.text.strip():
                await self._drafts.offer(run.thread_id, run.id)
            ended.append(run)
        return tuple(ended)

    async def _prepared(self, thread_id: str, assistant_id: str | None) -> tuple[Thread, Assistant, GenerationRequest]:
        thread = await self._workspace.threads.retrieve(thread_id)
        messages = await self._workspace.threads.messages(thread_id)
        if not any(message.role is Role.CUSTOMER for message in messages):
            raise NothingToAnswer(thread_id)
        customer = await self._workspace.customers.retrieve(thread.customer_id)
        assistant = await self._assistant(assistant_id or thread.assistant_id)
        settings = assistant.version.settings
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
        return thread, assistant, request

    async def _assistant(self, assistant_id: str | None) -> Assistant:
        repository = self._workspace.assistants
        for candidate in filter(None, (assistant_id, self._settings.get(DEFAULT_ASSISTANT_ID))):
            try:
                assistant = await repository.retrieve(candidate)
            except NotFound:
                continue
            if assistant.deleted_at is None:
                return assistant
        assistants = await repository.list()
        if not assistants:
            raise NoAssistant
        # A classifier answers nobody: of several, one that writes replies.
        replying = (a for a in assistants if a.version.settings.output_format is OutputFormat.REPLY)
        return next(replying, assistants[0])

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
