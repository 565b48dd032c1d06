"""The folded part of the connection's form: what most people never need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.qt.lib.fields import Field
from iaposte_desktop.qt.lib.fold import Fold

if TYPE_CHECKING:
    from iaposte_desktop.domain.connections import Connection

_WITH_ACCOUNT = frozenset({ConnectionKind.OPENAI, ConnectionKind.COMPATIBLE})


class Advanced(Fold):
    """`edited` follows every change of a field."""

    edited = Signal()
    browse_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.organization, self.project, self.proxy, self.ca_file = (QLineEdit(self) for _ in range(4))
        self.browse = QPushButton(self)
        self.browse.setAutoDefault(False)
        self.fields = {
            "organization": Field(self.organization, self),
            "project": Field(self.project, self),
            "proxy": Field(self.proxy, self),
            "ca_file": Field(self.ca_file, self, beside=self.browse),
        }
        for field in self.fields.values():
            self.column.addWidget(field)
        self.browse.clicked.connect(self.browse_requested)
        for edit in (self.organization, self.project, self.proxy, self.ca_file):
            edit.textChanged.connect(self.edited)
        self.retranslate()

    def show_values(self, connection: Connection) -> None:
        self.organization.setText(connection.organization)
        self.project.setText(connection.project)
        self.proxy.setText(connection.proxy)
        self.ca_file.setText(connection.ca_file)
        is_openai = connection.kind is ConnectionKind.OPENAI
        values = (connection.organization, connection.project, connection.proxy, connection.ca_file)
        self.toggle.setChecked(any(values) or bool(is_openai and connection.base_url))

    def show_kind(self, kind: ConnectionKind) -> None:
        """The fields that a connection of this kind has."""
        for name in ("organization", "project"):
            self.fields[name].setVisible(kind in _WITH_ACCOUNT)
        # A loopback address is never reached through a proxy.
        self.fields["proxy"].setVisible(kind is not ConnectionKind.LOCAL)

    def values_for(self, kind: ConnectionKind) -> dict[str, str]:
        has_account, has_proxy = kind in _WITH_ACCOUNT, kind is not ConnectionKind.LOCAL
        return {
            "organization": self.organization.text().strip() if has_account else "",
            "project": self.project.text().strip() if has_account else "",
            "proxy": self.proxy.text().strip() if has_proxy else "",
            "ca_file": self.ca_file.text().strip(),
        }

    def controls(self) -> list[QWidget]:
        return [self.organization, self.project, self.proxy, self.ca_file, self.browse]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.toggle.setText(self.tr("Advanced"))
        self.fields["organization"].set_texts(self.tr("Organisation"), self.tr("Where one key serves several."))
        self.fields["project"].set_texts(self.tr("Project"))
        self.fields["proxy"].set_texts(self.tr("Proxy"), self.tr("Left empty, the system’s own is used."))
        self.proxy.setPlaceholderText("http://proxy:8080")
        self.fields["ca_file"].set_texts(
            self.tr("CA file"),
            self.tr("Further root certificates (PEM), for a company’s own or an inspected network."),
        )
        self.browse.setText(self.tr("Browse…"))
        self.browse.setAccessibleName(self.tr("Browse for the CA file"))
