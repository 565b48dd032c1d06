"""The port that keeps keys: the operating system's secret store, or memory where there is none."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from iaposte_desktop.domain.secrets import Secret


class Keeping(StrEnum):
    """Where a secret is kept: in the system's keyring, or in memory until the program ends."""

    KEYRING = "keyring"
    SESSION = "session"


class SecretStore(Protocol):
    """No method raises for a keyring that is missing, locked or silent: the secret is kept in memory then, and
    `Keeping` tells. Nothing is ever written to a file of ours."""

    async def get(self, name: str) -> Secret | None:
        """None where there is none, or the keyring gave none within its time limit."""
        ...

    async def set(self, name: str, secret: Secret) -> Keeping: ...

    async def delete(self, name: str) -> None:
        """Unknown names are not an error."""
        ...

    async def keeping(self) -> Keeping:
        """Where `set` would keep a secret now."""
        ...
