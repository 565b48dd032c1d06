"""Making the reply of the open thread: draft and stop, accept or keep mine, copy, send, bring back.

What the workspace holds of the draft (`open_draft`) and what is heard of runs (`watch`) meet here; the editor's text
is the session's.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from iaposte_desktop.application.citing import without_markers
from iaposte_desktop.domain.errors import IAPosteError, InvalidValue, ModelGone
from iaposte_desktop.domain.runs import RunOverrides
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.lib.failures import missing_models_text
from iaposte_desktop.qt.threads.dialogs import RevisionsDialog
from iaposte_desktop.qt.threads.options_dialog import OptionsDialog
from iaposte_desktop.qt.threads.side_panes import RUN

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.drafting import DraftEstimate, Drafting
    from iaposte_desktop.application.drafts import Drafts, OpenDraft
    from iaposte_desktop.application.models import Models
    from iaposte_desktop.application.threads import Threads
    from iaposte_desktop.domain.assistants import ModelRef
    from iaposte_desktop.domain.drafts import DraftRevision
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.qt.lib.controller import Controller
    from iaposte_desktop.qt.threads.draft_session import DraftSession
    from iaposte_desktop.qt.threads.run_watch import RunWatch
    from iaposte_desktop.qt.threads.view import ThreadsView


class Reply(QObject):
    """`changed`: another run is to be shown, or one in another state. `estimated` carries a DraftEstimate or None."""

    changed = Signal()
    estimated = Signal(object)

    def __init__(
        self,
        host: Controller,
        view: ThreadsView,
        session: DraftSession,
        watch: RunWatch,
        *,
        threads: Threads,
        drafts: Drafts,
        drafting: Drafting,
        models: Models,
        connections: Connections,
        notify: Callable[[str, str, Callable[[], None] | None], None],
    ) -> None:
        super().__init__(host)
        self._host = host
        self._view = view
        self._session = session
        self._watch = watch
        self._threads = threads
        self._drafts = drafts
        self._drafting = drafting
        self._models = models
        self._connections = connections
        self._notify = notify
        self._decided: set[str] = set()
        self.open_draft: OpenDraft | None = None
        view.draft_requested.connect(self.on_draft)
        view.stop_requested.connect(self.on_stop)
        view.skip_requested.connect(self.on_skip)
        view.options_requested.connect(self.on_options)
        view.accept_requested.connect(self.on_accept)
        view.dismiss_requested.connect(self.on_dismiss)
        view.copy_requested.connect(self.on_copy)
        view.sent_requested.connect(self.on_sent)
        view.draft.foot.earlier_clicked.connect(self.on_earlier)

    @property
    def suggestion(self) -> Run | None:
        """The run that is being written, or waits for a decision."""
        thread_id = self._session.thread_id
        run = self._watch.suggestion(thread_id, self.open_draft) if thread_id is not None else None
        return run if run is not None and run.id not in self._decided else None

    def can_decide(self, run: Run) -> bool:
        """The draft knows of the suggestion; or there is no text, and it is only to be put away."""
        if not run.status.is_terminal:
            return False
        offered = self.open_draft.draft.suggestion_run_id if self.open_draft is not None else None
        return offered == run.id or not run.text.strip()

    def is_language_model(self, model: ModelRef) -> bool:
        try:
            return self._drafting.capabilities_of(model).is_language_model
        except ModelGone:
            return True

    def paint(self) -> None:
        """The suggestion and the buttons, as they are now."""
        run = self.suggestion
        can_decide = run is not None and self.can_decide(run)
        if run is None:
            self._view.draft.hide_suggestion()
        else:
            knows_language = self.is_language_model(run.answering_model)
            self._view.draft.show_suggestion(run, is_language_model=knows_language, can_decide=can_decide)
        self._view.can_decide(can_decide)
        self._view.draft.foot.show_waiting(can_decide)
        thread_id = self._session.thread_id
        self._view.draft.foot.show_running(thread_id is not None and self._watch.is_running(thread_id))
        self._view.draft.editor.show_run(self.open_draft.run if self.open_draft is not None else None)

    def estimate(self) -> None:
        """Ask what a draft would send; the latest question counts."""
        if (thread_id := self._session.thread_id) is not None:
            self._host.scope.start_latest(self._estimate(thread_id), "estimate")

    def on_draft(self) -> None:
        if (thread_id := self._session.thread_id) is not None:
            self._start_draft(thread_id, RunOverrides())

    def on_options(self) -> None:
        thread_id = self._session.thread_id
        if thread_id is not None and not self._watch.is_running(thread_id):
            self._ask_options(thread_id)

    def on_stop(self) -> None:
        thread_id = self._session.thread_id
        if thread_id is not None and self._watch.is_running(thread_id):
            self._host.scope.start(self._host.call(self._stop(thread_id)), "stop")

    def on_skip(self) -> None:
        if (thread_id := self._session.thread_id) is not None:
            self._host.scope.start(self._host.call(self._skip(thread_id)), "skip")

    def on_accept(self) -> None:
        run = self.suggestion
        if run is not None and run.text.strip() and self.can_decide(run):
            self._host.scope.start(self._accept(run), "accept")

    def on_dismiss(self) -> None:
        run = self.suggestion
        if run is not None and self.can_decide(run):
            self._host.scope.start(self._dismiss(run), "dismiss")

    def on_copy(self) -> None:
        text = without_markers(self._session.text()).strip()
        if text:
            QGuiApplication.clipboard().setText(text)
            self._notify(self.tr("The reply is copied, without its markers."), "", None)
        else:
            self._host.failed.emit(sentence_of(InvalidValue("reply")))

    def on_sent(self) -> None:
        text, thread_id = self._session.text(), self._session.thread_id
        if not without_markers(text).strip():
            self._host.failed.emit(sentence_of(InvalidValue("reply")))
        elif thread_id is not None:
            self._host.scope.start(self._send(thread_id, text), "mark sent")

    def on_earlier(self) -> None:
        if (thread_id := self._session.thread_id) is not None:
            self._host.scope.start_only(self._show_earlier(thread_id), "earlier texts")

    def _start_draft(self, thread_id: str, overrides: RunOverrides) -> None:
        self._watch.starting.add(thread_id)
        self._view.side.show_pane(RUN, focus=False)
        self.changed.emit()
        self._host.scope.start(self._draft(thread_id, overrides), f"draft {thread_id}")

    async def _draft(self, thread_id: str, overrides: RunOverrides) -> None:
        try:
            await self._host.call(self._drafting.draft_reply(thread_id, overrides=overrides))
        finally:
            self._watch.starting.discard(thread_id)
            self.changed.emit()

    def _ask_options(self, thread_id: str) -> None:
        scope = self._host.scope
        dialog = OptionsDialog(self._view)
        dialog.drafted.connect(lambda overrides: self._start_draft(thread_id, overrides))
        dialog.counted.connect(lambda overrides: scope.start_latest(self._count(dialog, thread_id, overrides), "count"))
        scope.start_latest(self._offer_models(dialog, thread_id), "offer models")

        def on_finished() -> None:
            for name in ("count", "offer models"):
                scope.cancel(name)

        dialog.finished.connect(on_finished)
        dialog.open()

    async def _offer_models(self, dialog: OptionsDialog, thread_id: str) -> None:
        with suppress(IAPosteError):  # The foot of the draft says it.
            dialog.show_own_model((await self._host.call(self._drafting.estimate(thread_id))).model.model)
        listed = await self._host.call(self._models.list())
        dialog.show_models(listed.choices, missing_models_text(listed, self._connections.name_of))

    async def _count(self, dialog: OptionsDialog, thread_id: str, overrides: RunOverrides) -> None:
        try:
            estimate = await self._host.call(self._drafting.estimate(thread_id, overrides=overrides, may_send=True))
        except IAPosteError as error:
            dialog.show_estimate(None, sentence_of(error))
        else:
            dialog.show_estimate(estimate)

    async def _stop(self, thread_id: str) -> None:
        """On the program's loop."""
        self._drafting.stop(thread_id)

    async def _skip(self, thread_id: str) -> None:
        """On the program's loop."""
        self._drafting.skip_wait(thread_id)

    async def _accept(self, run: Run) -> None:
        self._decided.add(run.id)
        self._view.draft.editor.show_run(run)
        self.changed.emit()
        try:
            draft = await self._session.replace(run.text, lambda: self._host.call(self._drafts.accept(run.thread_id)))
            self._settle(run.thread_id, draft)
        finally:
            self._decided.discard(run.id)
            self.changed.emit()

    async def _dismiss(self, run: Run) -> None:
        self._decided.add(run.id)
        self.changed.emit()
        try:
            self._settle(run.thread_id, await self._host.call(self._drafts.dismiss(run.thread_id)))
        finally:
            self._decided.discard(run.id)
            self.changed.emit()

    async def _send(self, thread_id: str, text: str) -> None:
        try:
            await self._session.replace("", lambda: self._host.call(self._threads.mark_sent(thread_id, text)))
        except Exception:
            self._session.put_back(thread_id, text)
            raise
        self._watch.forget(thread_id)
        self._notify(self.tr("Sent: the reply joined the conversation."), "", None)

    async def _show_earlier(self, thread_id: str) -> None:
        revisions = await self._host.call(self._drafts.revisions(thread_id))
        if thread_id == self._session.thread_id:
            dialog = RevisionsDialog(self._view, revisions)
            dialog.chosen.connect(lambda revision: self._on_revision(thread_id, revision))
            dialog.open()

    def _on_revision(self, thread_id: str, revision: DraftRevision) -> None:
        if thread_id == self._session.thread_id:
            self._host.scope.start(self._restore(thread_id, revision), "bring back")

    async def _restore(self, thread_id: str, revision: DraftRevision) -> None:
        draft = await self._session.replace(
            revision.text, lambda: self._host.call(self._drafts.restore(thread_id, revision.id))
        )
        if self._session.thread_id == thread_id:
            self.open_draft = draft
            self.changed.emit()

    async def _estimate(self, thread_id: str) -> None:
        estimate: DraftEstimate | None = None
        problem = ""
        try:
            estimate = await self._host.call(self._drafting.estimate(thread_id))
        except IAPosteError as error:
            problem = sentence_of(error)
        if thread_id == self._session.thread_id:
            self._view.draft.foot.show_estimate(estimate, problem)
            self.estimated.emit(estimate)

    def _settle(self, thread_id: str, draft: OpenDraft) -> None:
        self._watch.forget(thread_id)
        if self._session.thread_id == thread_id:
            self.open_draft = draft
