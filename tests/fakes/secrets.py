"""`SecretStore` in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping


class MemorySecrets:
    """`asked` are the names that `get` was called with, in order."""

    def __init__(self, secrets: Mapping[str, str] | None = None, keeping: Keeping = Keeping.KEYRING) -> None:
        self.secrets = {name: Secret(value) for name, value in (secrets or {}).items()}
        self.asked: list[str] = []
        self._keeping = keeping

    async def get(self, name: str) -> Secret | None:
        self.asked.append(name)
        return self.secrets.get(name)

    async def set(self, name: str, secret: Secret) -> Keeping:
        self.secrets[name] = secret
        return self._keeping

    async def delete(self, name: str) -> None:
        self.secrets.pop(name, None)

    async def keeping(self) -> Keeping:
        return self._keeping
