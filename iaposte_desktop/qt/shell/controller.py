"""What the window itself does: tasks, and telling what the start found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.changes import Changed, TaskChanged, Topic
from iaposte_desktop.application.explain import explain_repair
from iaposte_desktop.domain.assistants import DEFAULT_MODEL
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.tasks import TaskKind
from iaposte_desktop.qt.lib.controller import Controller
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.shell.dialogs import AboutDialog

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program, Recovered
    from iaposte_desktop.domain.ports.model_provider import ModelCapabilities
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.shell.window import MainWindow


class ShellController(Controller):
    def __init__(self, window: MainWindow, runtime: Runtime, program: Program) -> None:
        super().__init__(runtime, window)
        self._window = window
        self._program = program
        runtime.changed.connect(self._on_changed)
        window.sample_requested.connect(self.load_sample)
        window.tasks.cancel_requested.connect(self._on_cancel)
        window.tasks.retry_requested.connect(self._on_retry)
        window.tasks.clear_requested.connect(lambda: self.scope.start(self._clear(), "clear tasks"))
        window.tasks.running_changed.connect(window.status.show_running)
        self.failed.connect(window.notify)
        window.about_requested.connect(lambda: AboutDialog(window).open())
        self.scope.start(self._tell_model(), "tell the model")
        self.scope.start(self._show_tasks(), "show tasks")

    async def aclose(self) -> None:
        # The program publishes while it closes; nothing is to be started then.
        self.runtime.changed.disconnect(self._on_changed)
        await super().aclose()

    def tell_recovered(self, recovered: Recovered) -> None:
        if (repaired := recovered.repaired) is not None:
            self._window.notify(explain_repair(repaired.source, repaired.kept_at, current_language()))
        elif recovered.runs:
            self._window.notify(
                self.tr("%n draft(s) were interrupted; their text is kept as a suggestion.", "", len(recovered.runs))
            )
        elif recovered.files:
            self._window.notify(self.tr("Indexing goes on: %n file(s) left.", "", recovered.files))

    def load_sample(self) -> None:
        self.scope.start_only(self._load_sample(), "load sample")

    async def _tell_model(self) -> None:
        """Until a thread is open, which knows its own."""
        connections = self._program.connections

        async def read() -> tuple[str, ModelCapabilities]:
            model = connections.placed(DEFAULT_MODEL)
            name = connections.name_of(model.provider)
            return " · ".join(filter(None, (model.model, name))), connections.provider_of(model).capabilities

        model, can = await self.call(read())
        self._window.status.show_first_model(model, is_remote=can.is_remote, is_language_model=can.is_language_model)

    async def _show_tasks(self) -> None:
        async def listed() -> tuple[Task, ...]:
            return self._program.board.list()

        self._window.tasks.show_tasks(await self.call(listed()))

    async def _load_sample(self) -> None:
        await self.call(self._program.sample.install(current_language()))
        self._window.notify(self.tr("The sample shop is ready: pick a mail and press Draft."))

    def _on_changed(self, batch: tuple[object, ...]) -> None:
        for change in batch:
            if isinstance(change, TaskChanged):
                self._window.tasks.show_task(change.task)
            elif isinstance(change, Changed) and change.topic is Topic.CONNECTIONS:
                self.scope.start_latest(self._tell_model(), "tell the model")

    def _on_cancel(self, task_id: str) -> None:
        self.scope.start(self._cancel(task_id), "cancel task")

    def _on_retry(self, task: Task) -> None:
        self.scope.start(self._retry(task), "retry task")

    async def _cancel(self, task_id: str) -> None:
        async def cancel() -> None:
            self._program.board.cancel(task_id)

        await self.call(cancel())

    async def _retry(self, task: Task) -> None:
        if task.kind is TaskKind.DRAFT:
            await self.call(self._program.drafting.draft_reply(task.target_id))
            return
        if task.kind is TaskKind.EMBED:
            await self.call(self._program.meaning.retry(task.target_id))
            return
        files = await self.call(self._program.knowledge.files(task.target_id))
        failed = [file.id for file in files if file.status in (FileStatus.FAILED, FileStatus.CANCELLED)]
        await self.call(self._program.knowledge.retry(task.target_id, failed))

    async def _clear(self) -> None:
        await self.call(self._program.board.clear_finished())
