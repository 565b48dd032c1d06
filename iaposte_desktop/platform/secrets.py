"""Keys in the operating system's own secret store, or in memory where none answers.

A keyring that is locked asks its user for a password and blocks whoever asked until there is an answer, which may be
never. So one thread talks to it, which the program's end does not wait for, and nobody waits for that thread longer
than a time limit.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, TypeVar

from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

SERVICE: Final = "IAPoste Desktop"
READ_SECONDS: Final = 5.0
WRITE_SECONDS: Final = 30.0
"""The system may ask for a password first."""

_WINDOWS_BYTES: Final = 2_560
"""What an item of the Windows vault holds, in UTF-16: 1,280 characters."""
_NATIVE: Final = {
    "darwin": ("keyring.backends.macOS.Keyring",),
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "linux": (
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
    ),
}

T = TypeVar("T")

log = logging.getLogger(__name__)


def native_backend() -> KeyringBackend | None:
    """The system's own store. Never the one that a variable or a file of the user's names, nor that of a plug-in: these
    may write in the clear."""
    from keyring.core import load_keyring

    for name in _NATIVE.get(sys.platform, ()):
        with suppress(Exception):  # Whatever the bus raises; and RuntimeError for what is not there.
            return load_keyring(name)
    return None


class KeyringSecrets:
    """Implements `SecretStore`, for callers on one loop.

    A keyring that was late is not asked again until it has answered: until then nothing is read, what is set is kept in
    memory, and what is deleted is deleted once it answers.
    """

    def __init__(
        self,
        choose: Callable[[], KeyringBackend | None] = native_backend,
        *,
        read_seconds: float = READ_SECONDS,
        write_seconds: float = WRITE_SECONDS,
    ) -> None:
        self._choose = choose
        self._read_seconds = read_seconds
        self._write_seconds = write_seconds
        self._memory: dict[str, Secret] = {}
        self._backend: KeyringBackend | None = None
        self._is_silent = self._is_missing = False
        self._thread: threading.Thread | None = None
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()

    async def get(self, name: str) -> Secret | None:
        if name in self._memory:
            return self._memory[name]
        value = await self._ask(lambda backend: backend.get_password(SERVICE, name), self._read_seconds)
        # What was set meanwhile is newer.
        return self._memory.setdefault(name, Secret(value)) if value else self._memory.get(name)

    async def set(self, name: str, secret: Secret) -> Keeping:
        def write(backend: KeyringBackend) -> Keeping:
            if not _fits(backend, secret.reveal()):
                log.info("a secret is too long for the keyring")
                return Keeping.SESSION
            backend.set_password(SERVICE, name, secret.reveal())
            return Keeping.KEYRING

        self._memory[name] = secret
        return await self._ask(write, self._write_seconds) or Keeping.SESSION

    async def delete(self, name: str) -> None:
        def remove(backend: KeyringBackend) -> None:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        await self._ask(remove, self._write_seconds, is_owed=True)
        self._memory.pop(name, None)

    async def keeping(self) -> Keeping:
        return await self._ask(lambda _: Keeping.KEYRING, self._read_seconds) or Keeping.SESSION

    async def _ask(self, job: Callable[[KeyringBackend], T], seconds: float, *, is_owed: bool = False) -> T | None:
        """What `job` returns on the keyring's thread; None where there is no keyring, or it fails, or is late. A job
        that is owed is done even then."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T | None] = loop.create_future()

        def work() -> None:
            if is_owed or not answer.cancelled():
                result = self._done(job)
                with suppress(RuntimeError):  # The loop may have ended before a late answer.
                    loop.call_soon_threadsafe(_resolve, answer, result)

        was_silent = self._is_silent  # Its thread may change it at any moment.
        if not was_silent or is_owed:
            self._hand_over(work)
        if was_silent:
            return None
        try:
            return await asyncio.wait_for(answer, seconds)
        except TimeoutError:
            log.info("the keyring is silent")
            self._is_silent = True
            self._hand_over(self._speak)
            return None

    def _hand_over(self, work: Callable[[], None]) -> None:
        self._jobs.put(work)
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="keyring", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while True:
            self._jobs.get()()

    def _speak(self) -> None:
        self._is_silent = False

    def _done(self, job: Callable[[KeyringBackend], T]) -> T | None:
        try:
            if self._backend is None:
                self._backend = self._choose()
            if self._backend is None:
                if not self._is_missing:
                    self._is_missing = True
                    log.info("there is no keyring")
                return None
            return job(self._backend)
        # Backends raise what their libraries raise, panics of extension modules among it. A message may quote a name.
        except BaseException as error:
            log.info("the keyring failed: %s", type(error).__name__)
            return None


def _resolve(answer: asyncio.Future[T], result: T) -> None:
    if not answer.done():
        answer.set_result(result)


def _fits(backend: KeyringBackend, value: str) -> bool:
    from keyring.backends.Windows import WinVaultKeyring

    return not isinstance(backend, WinVaultKeyring) or len(value.encode("utf-16-le", "surrogatepass")) <= _WINDOWS_BYTES
