"""What the window itself does: settings, tasks, and telling what the start found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.changes import TaskChanged
from iaposte_desktop.application.explain import explain_repair
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.ports.settings import AGENT_NAME, SIGNATURE
from iaposte_desktop.domain.tasks import TaskKind
from iaposte_desktop.qt.lib.controller import Controller
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.shell.dialogs import AboutDialog, SignatureDialog

if TYPE_CHECKING:
    from iaposte_desktop.application.program import Program, Recovered
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.tasks import Task
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.shell.window import MainWindow


class ShellController(Controller):
    def __init__(self, window: MainWindow, runtime: Runtime, program: Program, settings: Settings) -> None:
        super().__init__(runtime, window)
        self._window = window
        self._program = program
        self._settings = settings
        runtime.changed.connect(self._on_changed)
        window.sample_requested.connect(self.load_sample)
        window.tasks.cancel_requested.connect(self._on_cancel)
        window.tasks.retry_requested.connect(self._on_retry)
        window.tasks.clear_requested.connect(lambda: self.scope.start(self._clear(), "clear tasks"))
        window.tasks.running_changed.connect(window.status.show_running)
        self.failed.connect(window.notify)
        window.about_requested.connect(lambda: AboutDialog(window).open())
        window.signature_requested.connect(self.ask_signature)
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

    def ask_signature(self) -> None:
        dialog = SignatureDialog(self._settings.get(AGENT_NAME), self._settings.get(SIGNATURE), self._window)
        dialog.chosen.connect(self._on_signature)
        dialog.open()

    def load_sample(self) -> None:
        self.scope.start_only(self._load_sample(), "load sample")

    async def _tell_model(self) -> None:
        """Until a thread is open, which knows its own."""
        (model, is_language_model), *_ = await self.call(self._program.drafting.models())
        self._window.status.show_first_model(model.model, is_language_model=is_language_model)

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

    def _on_signature(self, name: str, signature: str) -> None:
        self._settings.set(AGENT_NAME, name)
        self._settings.set(SIGNATURE, signature)

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
        files = await self.call(self._program.knowledge.files(task.target_id))
        failed = [file.id for file in files if file.status in (FileStatus.FAILED, FileStatus.CANCELLED)]
        await self.call(self._program.knowledge.retry(task.target_id, failed))

    async def _clear(self) -> None:
        await self.call(self._program.board.clear_finished())
