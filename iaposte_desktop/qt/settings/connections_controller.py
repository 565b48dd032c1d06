"""What the Connections page does.

Invariant: what is typed is replaced only where the user asks for it, or has saved it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import IAPosteError, InvalidValue
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.qt.lib.controller import Controller, sentence_of
from iaposte_desktop.qt.lib.language import quoted
from iaposte_desktop.qt.lib.questions import Leave, ask, ask_file, ask_leave
from iaposte_desktop.qt.settings.connection_list import BUILT_IN, ConnectionRow, KeyState
from iaposte_desktop.qt.settings.connection_trial import ConnectionTrial
from iaposte_desktop.qt.settings.texts import kind_text

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from PySide6.QtCore import QObject

    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.domain.connections import LocalServer
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.settings.connections_page import ConnectionsPage

_SPEAKS_RESPONSES: Final = frozenset({ConnectionKind.OPENAI, ConnectionKind.AZURE})


class ConnectionsController(Controller):
    """`_draft` is a connection that is not saved yet; it is the open one, then."""

    def __init__(
        self, page: ConnectionsPage, runtime: Runtime, connections: Connections, parent: QObject | None = None
    ) -> None:
        super().__init__(runtime, parent)
        self.page = page
        self._connections = connections
        self._saved: dict[str, Connection] = {}
        self._default_id = BUILT_IN
        self._draft: Connection | None = None
        self._open_id = BUILT_IN
        self._keys: dict[str, KeyState] = {}
        self._keeping = Keeping.KEYRING
        self._servers: tuple[LocalServer, ...] = ()
        self._trial = ConnectionTrial(page.form, page.bar, runtime, self.scope, connections, self)
        self._connect()
        self.scope.start(self._refresh(), "load connections")

    def look_for_servers(self) -> None:
        self.scope.start_only(self._look_for_servers(), "look for servers")

    def show_connection(self, connection_id: str) -> None:
        async def show() -> None:
            await self._refresh()
            await self._choose(connection_id)

        self._start(show)

    def save(self) -> None:
        if self._open is not None and self.page.bar.save.isEnabled():
            self._start(self._save)

    def has_edits(self) -> bool:
        return self._open is not None and self.page.form.has_edits()

    async def may_leave(self) -> bool:
        """Whether edits, if there are any, were saved or given up."""
        if not self.has_edits():
            return True
        name = self.page.form.read().name or kind_text(self.page.form.read().kind)
        question = self.tr("{0} has edits that are not saved.").format(quoted(name[:80]))
        answer = await ask_leave(
            self.page, question, self.tr("A key that was typed is not kept either."), can_save=True
        )
        if answer is Leave.SAVE:
            return await self._save()
        if answer is Leave.DISCARD:
            self._show(BUILT_IN if self._draft else self._open_id)
            return True
        return False

    async def aclose(self) -> None:
        self.runtime.changed.disconnect(self._on_changes)
        await super().aclose()

    @property
    def _open(self) -> Connection | None:
        """As it is kept, or was begun; None for the built-in engine."""
        return self._draft or self._saved.get(self._open_id)

    def _connect(self) -> None:
        page, form, bar = self.page, self.page.form, self.page.bar
        self.runtime.changed.connect(self._on_changes)
        page.chosen.connect(lambda chosen: self._start(lambda: self._choose(chosen)))
        page.add_requested.connect(lambda kind: self._start(lambda: self._add(kind)))
        page.servers.chosen.connect(lambda server: self._start(lambda: self._use(server)))
        page.remove_requested.connect(lambda: self._start(self._remove))
        page.default_requested.connect(lambda: self._start(self._make_default))
        form.edited.connect(self._on_edited)
        form.browse_requested.connect(lambda: self._start(self._browse))
        bar.test_requested.connect(self._test)
        bar.switch_requested.connect(lambda: self._start(self._switch))
        bar.save_requested.connect(self.save)

    def _start(self, action: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """One at a time: while a question is open, nothing else is begun."""
        if self.scope.start_only(action(), "act on connections") is None:
            self.page.select(self._open_id)

    def _on_changes(self, batch: tuple[object, ...]) -> None:
        if any(isinstance(change, Changed) and change.topic is Topic.CONNECTIONS for change in batch):
            self.scope.start_latest(self._refresh(), "refresh connections")

    async def _refresh(self) -> None:
        async def read() -> tuple[tuple[Connection, ...], str]:
            return self._connections.list(), self._connections.default_id

        connections, self._default_id = await self.call(read())
        self._saved = {connection.id: connection for connection in connections}
        self._show_rows()
        self._show_servers()
        self.scope.start_latest(self._read_keys(), "read keys")

    async def _read_keys(self) -> None:
        """One after the other: a keyring may be slow, or ask for its password."""
        self._keeping = await self.call(self._connections.keeping())
        self._show_key()
        for connection in tuple(self._saved.values()):
            has_key = await self.call(self._connections.has_key(connection))
            self._keys[connection.key_name] = KeyState.KEPT if has_key else KeyState.NONE
            self._show_rows()
            self._show_key()

    def _show_rows(self) -> None:
        rows = [
            ConnectionRow(connection, self._keys.get(connection.key_name, KeyState.UNKNOWN))
            for connection in self._saved.values()
        ]
        if self._draft is not None:
            rows.append(ConnectionRow(self._draft, is_saved=False))
        self.page.set_rows(rows, self._default_id)

    def _show_key(self) -> None:
        opened = self._open
        if opened is not None:
            has_kept = self._draft is None and self._keys.get(opened.key_name) is KeyState.KEPT
            self.page.form.set_keeping(self._keeping, has_kept=has_kept)

    def _show(self, connection_id: str) -> None:
        """Replaces what is typed. A connection that is not saved yet is given up."""
        self._draft = None
        self._open_id = connection_id if connection_id in self._saved else BUILT_IN
        self._show_open(for_drafts=self._open_id == self._default_id)

    def _begin(self, draft: Connection) -> None:
        self._draft, self._open_id = draft, draft.id
        self._show_open(for_drafts=not self._saved)

    def _show_open(self, *, for_drafts: bool) -> None:
        self._trial.forget()
        if (opened := self._open) is not None:
            self.page.form.show_connection(opened, for_drafts=for_drafts)
            self._show_key()
            self._on_edited()
        self._show_rows()
        self.page.select(self._open_id)

    def _on_edited(self) -> None:
        self.page.bar.set_can_save(self._draft is not None or self.page.form.has_edits())

    async def _choose(self, connection_id: str) -> None:
        if connection_id != self._open_id and await self.may_leave():
            self._show(connection_id)
        self.page.select(self._open_id)

    async def _add(self, kind: ConnectionKind) -> None:
        if await self.may_leave():
            protocol = ApiProtocol.RESPONSES if kind in _SPEAKS_RESPONSES else ApiProtocol.CHAT_COMPLETIONS
            self._begin(Connection(new_id("conn"), kind_text(kind), kind, protocol))
            self.page.form.focus_first()

    async def _use(self, server: LocalServer) -> None:
        if await self.may_leave():
            protocol = ApiProtocol.CHAT_COMPLETIONS
            self._begin(Connection(new_id("conn"), server.name, ConnectionKind.LOCAL, protocol, server.base_url))
            self.page.form.default_model.propose(server.models)
            self._test()

    async def _save(self) -> bool:
        self._trial.forget()
        form, bar = self.page.form, self.page.bar
        connection, is_for_drafts = form.read(), form.is_for_drafts()
        # The keyring may ask for its password meanwhile.
        form.setEnabled(False)
        bar.set_can_save(False)
        bar.say(self.tr("Saving…"))
        try:
            saved = await self.call(self._connections.save(connection, form.typed_key()))
        except InvalidValue as error:
            self._unlock()
            bar.say(self.tr("It was not saved: see the field that is marked."), "failed")
            form.set_problem(error)
            return False
        except IAPosteError as error:
            self._unlock()
            bar.say(sentence_of(error), "failed")
            return False
        if is_for_drafts != (self._default_id == connection.id):
            await self._set_default(connection.id if is_for_drafts else BUILT_IN)
        await self._refresh()
        self._unlock()
        self._show(connection.id)
        if saved.keeping is Keeping.SESSION:
            told = self.tr("Saved. No keyring took the key: it is kept in memory until you close the program.")
            bar.say(told, "attention")
        else:
            bar.say(self.tr("Saved."), "good")
        return True

    def _unlock(self) -> None:
        self.page.form.setEnabled(True)
        self._on_edited()

    async def _remove(self) -> None:
        opened = self._open
        if opened is None:
            return
        if self._draft is not None:
            if await self.may_leave():
                self._show(BUILT_IN)
            return
        question = self.tr("Remove the connection {0}?").format(quoted(opened.name[:80]))
        advice = self.tr(
            "Its key is forgotten, and assistants that name its models need another one. "
            "What lies at the server stays there."
        )
        if await ask(self.page, question, advice, self.tr("Remove")):
            await self.call(self._connections.delete(opened.id))
            await self._refresh()
            self._show(BUILT_IN)

    async def _make_default(self) -> None:
        await self._set_default(self._open_id)
        await self._refresh()
        self.page.form.show_use(for_drafts=True)

    async def _set_default(self, connection_id: str) -> None:
        async def make() -> None:
            self._connections.make_default(connection_id)

        await self.call(make())

    async def _browse(self) -> None:
        filters = (self.tr("Certificates (*.pem *.crt *.cer)"), self.tr("All files (*)"))
        if (path := await ask_file(self.page, filters)) is not None:
            self.page.form.advanced.ca_file.setText(str(path))

    async def _look_for_servers(self) -> None:
        self._servers = await self.call(self._connections.local_servers())
        self._show_servers()

    def _show_servers(self) -> None:
        """Those that are not among the connections yet."""
        known = {connection.url for connection in self._saved.values()}
        fresh = [server for server in self._servers if server.base_url.rstrip("/") not in known]
        self.page.servers.set_servers(fresh)

    def _test(self) -> None:
        if self._open is not None:
            self._trial.start(is_new=self._draft is not None)

    async def _switch(self) -> None:
        opened, protocol = self._open, self._trial.offered
        if opened is None or protocol is None:
            return
        if self._draft is not None or self.page.form.has_edits():
            self.page.form.choose_protocol(protocol)
        else:
            await self.call(self._connections.switch_protocol(opened.id, protocol))
            await self._refresh()
            self._show(opened.id)
        self._test()
