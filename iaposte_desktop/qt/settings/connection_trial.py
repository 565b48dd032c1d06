"""A test of what the form holds: begun, cancelled, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from iaposte_desktop.application.explain import explain
from iaposte_desktop.domain.connections import ApiProtocol
from iaposte_desktop.domain.errors import ApiEnded, IAPosteError, InvalidValue
from iaposte_desktop.qt.lib.language import current_language
from iaposte_desktop.qt.settings.texts import host_text, protocol_text, report_text

if TYPE_CHECKING:
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.task_scope import TaskScope
    from iaposte_desktop.domain.connections import ConnectionReport
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.settings.connection_form import ConnectionForm
    from iaposte_desktop.qt.settings.connection_test import ConnectionTestBar

_NAME: Final = "test connection"


class ConnectionTrial(QObject):
    """One at a time, in `scope`. `offered`: the protocol that the button beside the result would switch to."""

    def __init__(
        self,
        form: ConnectionForm,
        bar: ConnectionTestBar,
        runtime: Runtime,
        scope: TaskScope,
        connections: Connections,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._bar = bar
        self._runtime = runtime
        self._scope = scope
        self._connections = connections
        self.offered: ApiProtocol | None = None
        bar.cancel_requested.connect(self._on_cancelled)
        form.address_edited.connect(self.forget)

    def start(self, *, is_new: bool) -> None:
        """A new connection becomes what its server is; one that is kept is told of, and left to its user."""
        self._scope.start_latest(self._run(is_new=is_new), _NAME)

    def forget(self) -> None:
        """What it tells would be of something else now."""
        self._scope.cancel(_NAME)
        self.offered = None
        self._bar.say("")

    async def _run(self, *, is_new: bool) -> None:
        connection = self._form.read()
        self._form.clear_problems()
        self._bar.show_testing(host_text(connection))
        try:
            report = await self._runtime.call(self._connections.test(connection, self._form.typed_key()))
        except InvalidValue as error:
            self._bar.say("")
            self._form.set_problem(error)
        except IAPosteError as error:
            self._tell_failure(error)
        else:
            self._take(report, is_new=is_new)

    def _tell_failure(self, error: IAPosteError) -> None:
        told = explain(error, current_language())
        self.offered = ApiProtocol.RESPONSES if isinstance(error, ApiEnded) else None
        offer = protocol_text(self.offered) if self.offered else ""
        self._bar.say(f"{told.what}\n{told.delivery} {told.next}", "failed", switch_to=offer)

    def _take(self, report: ConnectionReport, *, is_new: bool) -> None:
        self._form.default_model.propose(model.id for model in report.models)
        best = report.best_protocol
        if is_new and best is not None:
            self._form.set_found(best, has_vector_stores=report.has_vector_stores)
        chosen = self._form.read().protocol
        if best is None or chosen in report.protocols:
            self._bar.say(report_text(report), "good")
            return
        self.offered = best
        silent = self.tr("{0}, which is chosen above, does not answer.").format(protocol_text(chosen))
        self._bar.say(f"{report_text(report)}\n{silent}", "attention", switch_to=protocol_text(best))

    def _on_cancelled(self) -> None:
        self.forget()
        self._bar.say(self.tr("The test was cancelled."))
