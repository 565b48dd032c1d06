"""Connections: where models and hosted vector stores are reached. A key is no part of one, see `ports.secrets`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from iaposte_desktop.domain.ports.model_provider import ModelInfo


class ConnectionKind(StrEnum):
    """LOCAL is a server on this machine: nothing leaves it, nothing is billed."""

    OPENAI = "openai"
    AZURE = "azure"
    COMPATIBLE = "compatible"
    LOCAL = "local"


class ApiProtocol(StrEnum):
    """The endpoint family that generates."""

    RESPONSES = "responses"
    CHAT_COMPLETIONS = "chat_completions"
    ASSISTANTS_V2 = "assistants_v2"


OPENAI_HOST: Final = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Connection:
    """`id` is what `ModelRef.provider` and `VectorStore.provider` name. `base_url` ends before the endpoint's own path
    (`https://host/v1`); for OPENAI it is made of `region` (`eu`, `us`, …) where it is empty. `proxy` is a URL, empty
    for the system's own; a loopback address is never reached through one. `ca_file` holds further root certificates,
    PEM. `protocol` and `has_vector_stores` are what the last test found, or the user chose."""

    id: str
    name: str
    kind: ConnectionKind
    protocol: ApiProtocol = ApiProtocol.RESPONSES
    base_url: str = ""
    region: str = ""
    organization: str = ""
    project: str = ""
    proxy: str = ""
    ca_file: str = ""
    default_model: str = ""
    has_vector_stores: bool = False

    @property
    def url(self) -> str:
        """Without a slash at its end; empty where it is not known."""
        if self.base_url:
            return self.base_url.rstrip("/")
        if self.kind is not ConnectionKind.OPENAI:
            return ""
        return f"https://{self.region}.{OPENAI_HOST}/v1" if self.region else f"https://{OPENAI_HOST}/v1"

    @property
    def host(self) -> str:
        """With its port, where the address names one."""
        return urlsplit(self.url).netloc.rpartition("@")[2].lower()

    @property
    def is_remote(self) -> bool:
        return self.kind is not ConnectionKind.LOCAL

    @property
    def is_openai(self) -> bool:
        """At OpenAI's own address."""
        name = urlsplit(self.url).hostname or ""
        return name == OPENAI_HOST or name.endswith(f".{OPENAI_HOST}")

    @property
    def key_name(self) -> str:
        """The name its key is kept under. It holds the host: a changed address never gets the old one's key."""
        return f"{self.id}@{self.host}"


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """What a test found: the endpoint families that answer, and the models, embedding models left out."""

    protocols: frozenset[ApiProtocol]
    has_vector_stores: bool
    models: tuple[ModelInfo, ...]

    @property
    def best_protocol(self) -> ApiProtocol | None:
        return next((protocol for protocol in ApiProtocol if protocol in self.protocols), None)


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server found on this machine; `name` is that of the program that listens there by custom (Ollama, …)."""

    name: str
    base_url: str
    models: tuple[str, ...]
