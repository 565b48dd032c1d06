"""Words for what connections and prices are made of, shared by the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject

from iaposte_desktop.domain.connections import ApiProtocol, ConnectionKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.domain.connections import Connection, ConnectionReport, LocalServer

ADDRESSES: Final = {
    ConnectionKind.OPENAI: "https://api.openai.com/v1",
    ConnectionKind.AZURE: "https://RESOURCE.openai.azure.com/openai/v1",
    ConnectionKind.COMPATIBLE: "https://server/v1",
    ConnectionKind.LOCAL: "http://127.0.0.1:11434/v1",
}
"""What an address of each kind looks like."""


def kind_text(kind: ConnectionKind) -> str:
    texts = {
        ConnectionKind.OPENAI: "OpenAI",
        ConnectionKind.AZURE: "Azure OpenAI",
        ConnectionKind.COMPATIBLE: QCoreApplication.translate("Settings", "OpenAI-compatible server"),
        ConnectionKind.LOCAL: QCoreApplication.translate("Settings", "On this machine"),
    }
    return texts[kind]


def short_kind_text(kind: ConnectionKind) -> str:
    """Beside a host’s name."""
    texts = {
        ConnectionKind.OPENAI: "OpenAI",
        ConnectionKind.AZURE: "Azure",
        ConnectionKind.COMPATIBLE: QCoreApplication.translate("Settings", "compatible"),
        ConnectionKind.LOCAL: QCoreApplication.translate("Settings", "this machine"),
    }
    return texts[kind]


def protocol_text(protocol: ApiProtocol) -> str:
    texts = {
        ApiProtocol.RESPONSES: "Responses",
        ApiProtocol.CHAT_COMPLETIONS: "Chat Completions",
        ApiProtocol.ASSISTANTS_V2: "Assistants v2",
    }
    return texts[protocol]


def protocol_help(protocol: ApiProtocol) -> str:
    texts = {
        ApiProtocol.RESPONSES: QCoreApplication.translate(
            "Settings", "OpenAI’s present interface: right for OpenAI, Azure, and servers that offer it."
        ),
        ApiProtocol.CHAT_COMPLETIONS: QCoreApplication.translate(
            "Settings", "What nearly every server speaks, those on this machine among them."
        ),
        ApiProtocol.ASSISTANTS_V2: QCoreApplication.translate(
            "Settings", "Ended at OpenAI and Azure in August 2026; for servers that still speak it."
        ),
    }
    return texts[protocol]


def host_text(connection: Connection) -> str:
    """Empty for an address that is no address yet."""
    try:
        return connection.host
    except ValueError:
        return ""


def built_in_text() -> str:
    return QCoreApplication.translate("Settings", "Built-in, this machine")


class Reports(QObject):
    """lupdate finds plural forms in `self.tr` alone."""

    def models(self, count: int) -> str:
        return self.tr("%n model(s)", "", count)

    def running(self, name: str, count: int) -> str:
        return self.tr("{0} is running here (%n model(s))", "", count).format(name)


_REPORTS: Final = Reports()


def report_text(report: ConnectionReport) -> str:
    """What a good test found, in one line."""
    stores = (
        QCoreApplication.translate("Settings", "vector stores")
        if report.has_vector_stores
        else QCoreApplication.translate("Settings", "no vector stores")
    )
    families = protocols_text(report.protocols) or QCoreApplication.translate("Settings", "no known protocol")
    found = " · ".join((families, _REPORTS.models(len(report.models)), stores))
    return QCoreApplication.translate("Settings", "The server answers: {0}").format(found)


def protocols_text(protocols: Iterable[ApiProtocol]) -> str:
    """In the order of preference."""
    return ", ".join(protocol_text(protocol) for protocol in ApiProtocol if protocol in set(protocols))


def server_text(server: LocalServer) -> str:
    return _REPORTS.running(server.name, len(server.models))
