"""What the Threads tab does: it lists threads, opens them, and shows their runs while they happen.

Its parts: `reply` makes the reply, `session` keeps the editor's text in its thread, `care` changes the thread,
`intake` takes mails in, `sources` opens files, `source_watch` tells which of them changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal

from iaposte_desktop.application.changes import Changed, RunChanged, Topic
from iaposte_desktop.domain.errors import NotFound
from iaposte_desktop.domain.ports.settings import DEFAULT_ASSISTANT_ID
from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.domain.threads import Role
from iaposte_desktop.qt.lib.announcing import announce
from iaposte_desktop.qt.lib.controller import Controller
from iaposte_desktop.qt.lib.source_opener import SourceOpener
from iaposte_desktop.qt.threads.draft_session import DraftSession
from iaposte_desktop.qt.threads.draft_writer import DraftWriter
from iaposte_desktop.qt.threads.intake import MailIntake
from iaposte_desktop.qt.threads.reply import Reply
from iaposte_desktop.qt.threads.run_news import RunNews
from iaposte_desktop.qt.threads.run_watch import RunWatch
from iaposte_desktop.qt.threads.side_panes import RUN, SOURCES
from iaposte_desktop.qt.threads.source_watch import SourceWatch
from iaposte_desktop.qt.threads.thread_care import ThreadCare
from iaposte_desktop.qt.threads.totals import summary_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QObject

    from iaposte_desktop.application.assistants import AssistantLibrary
    from iaposte_desktop.application.changes import Change
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.drafting import DraftEstimate, Drafting
    from iaposte_desktop.application.drafts import Drafts, OpenDraft
    from iaposte_desktop.application.knowledge import Knowledge
    from iaposte_desktop.application.models import Models
    from iaposte_desktop.application.sources import Sources
    from iaposte_desktop.application.threads import ImportedMail, OpenThread, Threads
    from iaposte_desktop.domain.assistants import Assistant
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.threads import ThreadSummary
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.threads.view import ThreadsView

_BLANK_MS: Final = 120
"""How long the thread before stays on the screen while the next one loads: less would flicker."""


class ThreadsController(Controller):
    """`summary_changed` carries an OpenThreadSummary; `announced` a sentence for those who do not see the screen."""

    summary_changed = Signal(object)
    announced = Signal(str)

    def __init__(
        self,
        view: ThreadsView,
        runtime: Runtime,
        *,
        threads: Threads,
        drafts: Drafts,
        drafting: Drafting,
        models: Models,
        connections: Connections,
        assistants: AssistantLibrary,
        knowledge: Knowledge,
        sources: Sources,
        settings: Settings,
        notify: Callable[[str, str, Callable[[], None] | None], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(runtime, parent)
        self.view = view
        self._threads, self._drafts, self._assistants, self._settings = threads, drafts, assistants, settings
        self._notify = notify
        self._summaries: tuple[ThreadSummary, ...] = ()
        self._known_assistants: tuple[Assistant, ...] = ()
        self._opened: OpenThread | None = None
        self._chosen_run: str | None = None
        self._is_list_stale = False
        self._news = RunNews(self)
        self._estimate: DraftEstimate | None = None
        self.writer = DraftWriter(self._stored_text, self._save_text, self.scope, self)
        self.session = DraftSession(view.draft.editor, self.writer, self)
        self.watch = RunWatch()
        self.reply = Reply(
            self,
            view,
            self.session,
            self.watch,
            threads=threads,
            drafts=drafts,
            drafting=drafting,
            models=models,
            connections=connections,
            notify=notify,
        )
        self.care = ThreadCare(self, view, threads, notify)
        self.intake = MailIntake(runtime, threads, self)
        self.sources = SourceOpener(self, view, knowledge, sources, notify)
        self.source_watch = SourceWatch(self, view, sources)
        self._blank = QTimer(self)
        self._blank.setSingleShot(True)
        self._blank.setInterval(_BLANK_MS)
        self._blank.timeout.connect(self._show_blank)
        self._connect()
        view.come_alive()
        self.scope.start(self._start(), "start threads")

    def open_thread(self, thread_id: str) -> None:
        if self._turn_to(thread_id):
            self.scope.start_latest(self._open(thread_id), "open")

    async def show_thread(self, thread_id: str) -> None:
        """Open it and return when it is shown."""
        self._turn_to(thread_id)
        await self.scope.start_latest(self._open(thread_id), "open")

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Mail files become messages; what is refused is told, the rest goes on."""
        self.scope.start(self.intake.import_files(paths), "import mails")

    async def flush(self) -> bool:
        """What was typed is durable when it returns True; False where the workspace refuses it."""
        await self.care.flush()
        return await self.session.flush()

    async def aclose(self) -> None:
        """To be awaited after `flush`."""
        self.runtime.changed.disconnect(self._on_changed)
        self.session.stop()
        self._blank.stop()
        self.view.side.customer.stop()
        await super().aclose()

    def _connect(self) -> None:
        view = self.view
        self.runtime.changed.connect(self._on_changed)
        self._news.told.connect(self.announced)
        self._news.draft_ready.connect(self._on_draft_ready)
        self.announced.connect(lambda sentence: announce(view, sentence))
        view.list.thread_selected.connect(self.open_thread)
        view.list.delete_requested.connect(self._on_delete)
        view.mails_chosen.connect(self.import_paths)
        view.mail_pasted.connect(self._on_pasted)
        view.step_requested.connect(self._on_step)
        view.left.connect(self.session.save_now)
        view.left.connect(view.side.customer.save_now)
        view.side.customer.thread_requested.connect(self.open_thread)
        view.side.run.run_chosen.connect(self._on_run_chosen)
        view.side.sources.open_requested.connect(self.sources.open)
        for text in (view.draft.editor, view.draft.suggestion.text):
            text.marker_opened.connect(view.side.sources.open)
        view.draft.editor.marker_clicked.connect(self._on_draft_marker)
        view.draft.suggestion.text.marker_clicked.connect(self._on_suggestion_marker)
        self.session.saving_changed.connect(view.draft.foot.show_saving)
        self.reply.changed.connect(self._show_runs)
        self.reply.estimated.connect(self._on_estimated)
        self.care.deleting.connect(self._on_deleting)
        self.intake.refused.connect(view.list.notice.show_refused)
        self.intake.imported.connect(self._on_imported)

    async def _start(self) -> None:
        await self._list_assistants()
        await self._list_threads()
        wanted = self.view.wanted_thread
        if self.session.thread_id is None and any(summary.thread.id == wanted for summary in self._summaries):
            self.open_thread(wanted or "")

    async def _list_threads(self) -> None:
        self._is_list_stale = True
        while self._is_list_stale:
            self._is_list_stale = False
            self._summaries = await self.call(self._threads.list())
            self.view.list.show_threads(self._summaries)
            self.view.welcome.show_state(has_threads=bool(self._summaries), is_ready=True)
            self._show_past()

    async def _list_assistants(self) -> None:
        self._known_assistants = await self.call(self._assistants.list())
        self._show_assistants()
        self.reply.estimate()

    def _turn_to(self, thread_id: str) -> bool:
        """The draft belongs to this thread from now on; False where it is open already."""
        if thread_id == self.session.thread_id:
            return False
        self.session.bind(thread_id)
        self._opened = self.care.opened = self.reply.open_draft = None
        self._chosen_run = None
        self.view.show_thread_page(thread_id)
        self._blank.start()
        return True

    async def _open(self, thread_id: str) -> None:
        """Read the thread and show it, unless another was turned to meanwhile."""
        await self.writer.flush(thread_id)
        edits = self.session.edits
        try:
            opened, draft = await self.call(self._read(thread_id))
        except NotFound:
            self._close(thread_id)
            raise
        if thread_id != self.session.thread_id:
            return
        if opened.thread.deleted_at is not None:
            self._close(thread_id)
            return
        self._blank.stop()
        self.watch.draft_loaded(thread_id, draft)
        self._opened = self.care.opened = opened
        self.reply.open_draft = draft
        self.session.show_stored(thread_id, draft.draft.text, edits)
        self._show_thread(opened)
        self.reply.estimate()

    async def _read(self, thread_id: str) -> tuple[OpenThread, OpenDraft]:
        """On the program's loop."""
        return await self._threads.open(thread_id), await self._drafts.load(thread_id)

    async def _stored_text(self, thread_id: str) -> str:
        return (await self.call(self._drafts.load(thread_id))).draft.text

    async def _save_text(self, thread_id: str, text: str) -> None:
        await self.call(self._drafts.save(thread_id, text))

    def _close(self, thread_id: str) -> None:
        """No thread is open any more, if this one was."""
        if thread_id == self.session.thread_id:
            self.session.bind(None)
            self._opened = self.care.opened = self.reply.open_draft = None
            self._chosen_run = None
            self.view.show_thread_page(None)
            self._show_blank()

    def _show_blank(self) -> None:
        self._blank.stop()
        self.view.conversation.show_nothing()
        self.view.side.customer.show_customer(None)
        self._show_runs()

    def _show_thread(self, opened: OpenThread) -> None:
        self.view.conversation.show_thread(opened)
        self.view.side.customer.show_customer(opened.customer)
        mails = [message for message in opened.messages if message.role is Role.CUSTOMER]
        language = mails[-1].language if mails else None
        self.view.draft.strip.show_language(opened.thread.reply_language, language)
        self._show_past()
        self._show_assistants()
        self._show_runs()

    def _show_past(self) -> None:
        if self._opened is not None:
            own = self._opened.thread
            others = [s for s in self._summaries if s.thread.customer_id == own.customer_id and s.thread.id != own.id]
            self.view.side.customer.show_threads(others)

    def _show_assistants(self) -> None:
        chosen = self._opened.thread.assistant_id if self._opened is not None else None
        default = self._settings.get(DEFAULT_ASSISTANT_ID)
        known = self._known_assistants
        name = next((each.name for each in known if each.id == default), known[0].name if known else "")
        self.view.draft.strip.show_assistants(known, chosen, name)

    def _show_runs(self) -> None:
        """Suggestion, Run, Sources and Checklist, as far as they changed."""
        self.reply.paint()
        runs = self._runs()
        run = self._shown_run(runs)
        side = self.view.side
        side.run.show_runs(runs, run.id if run is not None else None)
        for pane in (side.run, side.sources, side.checklist):
            pane.show_run(run)
        draft = self.reply.open_draft
        self.source_watch.show_runs(run, self.reply.suggestion or (draft.run if draft is not None else None))
        self.view.draft.strip.show_run(run)
        self._tell_summary(runs)

    def _runs(self) -> tuple[Run, ...]:
        return self.watch.runs(self._opened) if self._opened is not None else ()

    def _shown_run(self, runs: Sequence[Run]) -> Run | None:
        """The one that was chosen, else the one being written or waiting, else the draft's own, else the latest."""
        draft = self.reply.open_draft
        suggestion = self.reply.suggestion
        wanted = (
            self._chosen_run,
            suggestion.id if suggestion is not None else None,
            draft.draft.run_id if draft is not None else None,
        )
        by_id = {run.id: run for run in runs}
        found = next((by_id[run_id] for run_id in wanted if run_id in by_id), None)
        return found or (runs[0] if runs else None)

    def _tell_summary(self, runs: Sequence[Run]) -> None:
        if self._estimate is not None:
            is_language_model = self.reply.is_language_model(self._estimate.model)
            self.summary_changed.emit(summary_of(self._estimate, runs, is_language_model=is_language_model))

    def _on_changed(self, batch: tuple[Change, ...]) -> None:
        own = self.session.thread_id
        customer = self._opened.customer.id if self._opened is not None else None
        topics = set()
        is_own = False
        for change in batch:
            if isinstance(change, RunChanged):
                self._hear(change.run)
            elif isinstance(change, Changed):
                topics.add(change.topic)
                is_own = is_own or change.id in (own, customer)
                if change.topic is Topic.DRAFTS:
                    self.watch.draft_changed(change.id)
        if topics & {Topic.THREADS, Topic.DRAFTS}:
            self._is_list_stale = True
            self.scope.start_only(self._list_threads(), "list threads")
        if topics & {Topic.CONNECTIONS, Topic.PRICES}:
            self.reply.estimate()
        self.source_watch.hear(topics)
        if Topic.ASSISTANTS in topics:
            self.scope.start_latest(self._list_assistants(), "list assistants")
        if is_own and own is not None:
            self.scope.start_latest(self._open(own), "open")

    def _hear(self, run: Run) -> None:
        was_running = self.watch.running()
        self.watch.hear(run)
        if run.thread_id == self.session.thread_id:
            if run.status is RunStatus.QUEUED:
                self._chosen_run = None
            self._show_runs()
        if was_running != self.watch.running():
            self.view.list.show_writing(self.watch.running())
        self._news.hear(run)

    def _on_draft_ready(self, run: Run) -> None:
        is_watched = run.thread_id == self.session.thread_id and self.view.side.currentIndex() == RUN
        if is_watched and run.sources:
            self.view.side.show_pane(SOURCES, focus=False)

    def _on_estimated(self, estimate: DraftEstimate | None) -> None:
        self._estimate = estimate
        self._tell_summary(self._runs())

    def _on_run_chosen(self, run_id: str) -> None:
        self._chosen_run = run_id
        self._show_runs()

    def _on_draft_marker(self, number: int) -> None:
        draft = self.reply.open_draft
        self._show_source(draft.draft.run_id if draft is not None else None, number)

    def _on_suggestion_marker(self, number: int) -> None:
        suggestion = self.reply.suggestion
        self._show_source(suggestion.id if suggestion is not None else None, number)

    def _show_source(self, run_id: str | None, number: int) -> None:
        self._chosen_run = run_id
        self._show_runs()
        self.view.side.show_pane(SOURCES, focus=False)
        self.view.side.sources.select(number)

    def _on_step(self, step: int) -> None:
        neighbour = self.view.list.model.neighbour(self.session.thread_id, step)
        if neighbour is not None:
            self.open_thread(neighbour)

    def _on_pasted(self, text: str, name: str, address: str) -> None:
        self.scope.start(self.intake.import_text(text, name, address), "import text")

    def _on_imported(self, mails: Sequence[ImportedMail]) -> None:
        new = [mail for mail in mails if not mail.is_known]
        if new:
            self._notify(self.tr("%n mail(s) added.", "", len(new)), "", None)
        else:
            self._notify(self.tr("This mail is here already."), "", None)
        self.open_thread((new or list(mails))[0].thread_id)

    def _on_delete(self, thread_id: str) -> None:
        summary = next((each for each in self._summaries if each.thread.id == thread_id), None)
        if summary is not None:
            self.care.delete(summary.thread)

    def _on_deleting(self, thread_id: str) -> None:
        """The next thread takes its place."""
        if thread_id == self.session.thread_id:
            if (follower := self.view.list.model.follower(thread_id)) is not None:
                self.open_thread(follower)
            else:
                self._close(thread_id)
