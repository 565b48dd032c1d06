"""The form of one connection. It can hold what is not valid; what is wrong is said beside the field."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from iaposte_desktop.application.connections import NAME_CHARACTERS, is_in_the_clear
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.qt.lib.controller import sentence_of
from iaposte_desktop.qt.lib.fields import Choice, Field
from iaposte_desktop.qt.settings.advanced import Advanced
from iaposte_desktop.qt.settings.key_field import KeyField
from iaposte_desktop.qt.settings.parts import HelpedCheck, Proposals
from iaposte_desktop.qt.settings.texts import ADDRESSES, host_text, kind_text, protocol_help, protocol_text

if TYPE_CHECKING:
    from iaposte_desktop.domain.errors import InvalidValue
    from iaposte_desktop.domain.secrets import Secret

_COLUMN_CHARACTERS: Final = 84
_REGIONS: Final = ("", "eu", "us", "ae", "au", "ca", "gb", "in", "jp", "kr", "sg")


class ConnectionForm(QScrollArea):
    """`edited` follows the user alone; `address_edited` too, for what a test depends on."""

    edited = Signal()
    address_edited = Signal()
    browse_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name, self.base_url = QLineEdit(self), QLineEdit(self)
        self.name.setMaxLength(NAME_CHARACTERS)
        self.kind, self.protocol = Choice(self), Choice(self)
        self.region, self.default_model = Proposals(self), Proposals(self)
        self.key = KeyField(self)
        self._vector_stores, self._drafts = HelpedCheck(self), HelpedCheck(self)
        self.has_vector_stores, self.use_for_drafts = self._vector_stores.check, self._drafts.check
        self.advanced = Advanced(self)
        self.fields: dict[str, Field] = {
            "name": Field(self.name, self),
            "kind": Field(self.kind, self),
            "base_url": Field(self.base_url, self),
            "region": Field(self.region, self),
            "protocol": Field(self.protocol, self),
            "default_model": Field(self.default_model, self),
            **self.advanced.fields,
        }
        for kind in ConnectionKind:
            self.kind.addItem("", kind)
        for protocol in ApiProtocol:
            self.protocol.addItem(protocol_text(protocol), protocol)
        self.region.propose(_REGIONS)
        self._shown: Connection | None = None
        self._was_for_drafts = False
        self._keeping, self._has_kept = Keeping.KEYRING, False
        self._is_showing = False
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_connection(self, connection: Connection, *, for_drafts: bool) -> None:
        """Replaces what was typed."""
        self._shown, self._was_for_drafts = connection, for_drafts
        self._is_showing = True
        try:
            self.name.setText(connection.name)
            self.kind.choose(connection.kind)
            self.base_url.setText(connection.base_url)
            self.region.setEditText(connection.region)
            self.key.clear()
            self.protocol.choose(connection.protocol)
            self.has_vector_stores.setChecked(connection.has_vector_stores)
            self.use_for_drafts.setChecked(for_drafts)
            self.advanced.show_values(connection)
            self.default_model.propose(())
            self.default_model.setEditText(connection.default_model)
        finally:
            self._is_showing = False
        self._show_kind()
        self.clear_problems()
        self.verticalScrollBar().setValue(0)

    def show_use(self, *, for_drafts: bool) -> None:
        """It became, or no longer is, what drafts ask; what else was typed stays."""
        self._was_for_drafts = for_drafts
        self.use_for_drafts.setChecked(for_drafts)

    def read(self) -> Connection:
        """Call `show_connection` first."""
        assert self._shown is not None, "the form shows nothing"
        kind = self._kind()
        return replace(
            self._shown,
            name=self.name.text().strip(),
            kind=kind,
            protocol=ApiProtocol(self.protocol.currentData()),
            base_url=self.base_url.text().strip(),
            region=self.region.text().lower() if kind is ConnectionKind.OPENAI else "",
            default_model=self.default_model.text(),
            has_vector_stores=self.has_vector_stores.isChecked(),
            **self.advanced.values_for(kind),
        )

    def typed_key(self) -> Secret | None:
        return self.key.key()

    def is_for_drafts(self) -> bool:
        return self.use_for_drafts.isChecked()

    def has_edits(self) -> bool:
        if self._shown is None:
            return False
        is_use_changed = self.is_for_drafts() != self._was_for_drafts
        return self.read() != self._shown or self.typed_key() is not None or is_use_changed

    def set_keeping(self, keeping: Keeping, *, has_kept: bool) -> None:
        """Where a key would go, and whether this connection has one."""
        self._keeping, self._has_kept = keeping, has_kept
        self._show_key()

    def choose_protocol(self, protocol: ApiProtocol) -> None:
        """As the user would."""
        self.protocol.choose(protocol)
        self._on_edited()

    def set_found(self, protocol: ApiProtocol, *, has_vector_stores: bool) -> None:
        """What a test found out."""
        self.has_vector_stores.setChecked(has_vector_stores)
        self.choose_protocol(protocol)

    def set_problem(self, error: InvalidValue) -> None:
        """Beside the field at fault, which gets the keyboard."""
        field = self.fields["base_url" if error.field == "local_address" else error.field]
        if self.advanced.isAncestorOf(field):
            self.advanced.unfold()
        field.set_problem(sentence_of(error))
        field.control.setFocus()
        self.ensureWidgetVisible(field)

    def clear_problems(self) -> None:
        for field in self.fields.values():
            field.set_problem("")
        self._warn()

    def focus_first(self) -> None:
        """Where something is most likely missing."""
        is_ready = self._kind() is ConnectionKind.OPENAI or self.base_url.text()
        (self.key.edit if is_ready else self.base_url).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        for kind in ConnectionKind:
            self.kind.setItemText(self.kind.findData(kind), kind_text(kind))
        self.fields["name"].set_texts(self.tr("Name"), self.tr("As you will see it in lists."))
        self.fields["kind"].set_texts(self.tr("Kind"))
        self.fields["region"].set_texts(
            self.tr("Region"), self.tr("Only where your account keeps its data in one: eu, us, …")
        )
        self.region.set_hint(self.tr("default"))
        self.fields["default_model"].set_texts(
            self.tr("Default model"), self.tr("Left empty, the first that the server offers. A test fills the list.")
        )
        self._vector_stores.set_texts(
            self.tr("Has vector stores"), self.tr("Files can be kept and searched at the server, too.")
        )
        self._drafts.set_texts(
            self.tr("Use it for drafts"), self.tr("Assistants that name no model of their own ask this connection.")
        )
        self._explain_protocol()
        if self._shown is not None:
            self._show_kind()
            self.clear_problems()

    def _kind(self) -> ConnectionKind:
        return ConnectionKind(self.kind.currentData())

    def _connect(self) -> None:
        self.kind.activated.connect(self._on_kind)
        self.protocol.currentIndexChanged.connect(self._explain_protocol)
        self.advanced.browse_requested.connect(self.browse_requested)
        address = (self.base_url.textChanged, self.region.editTextChanged, self.key.edited, self.advanced.edited)
        for signal in (*address, self.kind.activated):
            signal.connect(self._on_address_edited)
        checks = (self.has_vector_stores.toggled, self.use_for_drafts.toggled)
        for signal in (self.name.textChanged, self.protocol.activated, self.default_model.editTextChanged, *checks):
            signal.connect(self._on_edited)

    def _on_kind(self) -> None:
        if self._kind() is ConnectionKind.OPENAI:
            # Another kind's address would stay, folded away.
            self.base_url.clear()
        self._show_kind()

    def _on_address_edited(self) -> None:
        self._show_key()
        self._on_edited()
        if not self._is_showing:
            self.address_edited.emit()

    def _on_edited(self) -> None:
        if not self._is_showing:
            self.clear_problems()
            self.edited.emit()

    def _show_kind(self) -> None:
        kind = self._kind()
        self.fields["region"].setVisible(kind is ConnectionKind.OPENAI)
        self.advanced.show_kind(kind)
        url = self.fields["base_url"]
        if kind is ConnectionKind.OPENAI:
            self.advanced.column.insertWidget(0, url)
        else:
            self._column.insertWidget(self._column.indexOf(self.fields["kind"]) + 1, url)
        url.show()
        helps = {
            ConnectionKind.OPENAI: self.tr("Left empty, OpenAI’s own."),
            ConnectionKind.AZURE: self.tr("Of your resource, for example {0}").format(ADDRESSES[kind]),
            ConnectionKind.COMPATIBLE: self.tr("As its operator gives it; it often ends in /v1."),
            ConnectionKind.LOCAL: self.tr("Of this machine alone: nothing leaves it, nothing is billed."),
        }
        url.set_texts(self.tr("Address"), helps[kind])
        self.base_url.setPlaceholderText(ADDRESSES[kind])
        self._show_key()
        self._warn()
        self._set_tab_order()

    def _show_key(self) -> None:
        if self._shown is None:
            return
        is_changed = self._has_kept and host_text(self.read()) != self._shown.host
        is_typed = self.typed_key() is not None
        changed_from = self._shown.host if is_changed and not is_typed else ""
        self.key.show_kept(self._keeping, has_kept=self._has_kept, changed_from=changed_from)

    def _warn(self) -> None:
        if self._shown is not None and is_in_the_clear(self.read()):
            self.fields["base_url"].set_problem(
                self.tr("Without https the key and the mails travel unencrypted."), "attention"
            )

    def _explain_protocol(self) -> None:
        self.fields["protocol"].set_texts(self.tr("Protocol"), protocol_help(ApiProtocol(self.protocol.currentData())))

    def _set_tab_order(self) -> None:
        """As the eye goes; the address moves with the kind."""
        is_openai = self._kind() is ConnectionKind.OPENAI
        url: list[QWidget] = [self.base_url]
        controls: list[QWidget] = [
            self.name,
            self.kind,
            *([] if is_openai else url),
            self.region,
            self.key.edit,
            self.key.show_key,
            self.protocol,
            self.default_model,
            self.has_vector_stores,
            self.use_for_drafts,
            self.advanced.toggle,
            *(url if is_openai else []),
            *self.advanced.controls(),
        ]
        for before, after in pairwise(controls):
            QWidget.setTabOrder(before, after)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(self.fontMetrics().averageCharWidth() * _COLUMN_CHARACTERS)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        for part in ("name", "kind", "base_url", "region"):
            self._column.addWidget(self.fields[part])
        self._column.addWidget(self.key)
        for part in ("protocol", "default_model"):
            self._column.addWidget(self.fields[part])
        self._column.addWidget(self._vector_stores)
        self._column.addWidget(self._drafts)
        self._column.addWidget(self.advanced)
        self._column.addStretch()
        outer = QWidget(self)
        row = QHBoxLayout(outer)
        row.setContentsMargins(16, 12, 16, 16)
        row.addWidget(page, 1)
        row.addStretch()
        outer.setProperty("role", "paper")
        self.setWidget(outer)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
