from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
from pathlib import Path

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.Windows import WinVaultKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.platform.secrets import KeyringSecrets, native_backend

NAME = "conn_1@api.example.com"
KEY = "sk-canary-0123456789"
SHORT = 0.05
"""A time limit, in seconds, that a blocked keyring always exceeds."""


class Vault(KeyringBackend):
    """A keyring in memory. While `held` it blocks, as one does whose user is asked for a password; `failure` is raised
    by each call."""

    priority = 9

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], str] = {}
        self.calls: list[str] = []
        self.threads: set[threading.Thread] = set()
        self.failure: BaseException | None = None
        self.entered = threading.Event()
        self.deleted = threading.Event()
        self._free = threading.Event()
        self._free.set()

    def hold(self) -> None:
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    def get_password(self, service: str, username: str) -> str | None:
        self._call("get")
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._call("set")
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._call("delete")
        if self.items.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")
        self.deleted.set()

    def _call(self, name: str) -> None:
        self.calls.append(name)
        self.threads.add(threading.current_thread())
        self.entered.set()
        self._free.wait()
        if self.failure:
            raise self.failure


class PlainText(Vault):
    """What `keyrings.alt` offers: a keyring that is viable and preferred, and none of the system's."""


class WindowsVault(WinVaultKeyring):
    """The Windows vault without Windows: what would be handed to it."""

    def __init__(self) -> None:
        self.items: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.items.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.items[username] = password


class Panic(BaseException):
    """As extension modules raise, past `except Exception`."""


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def secrets(vault: Vault) -> KeyringSecrets:
    return KeyringSecrets(lambda: vault)


def revealed(secret: Secret | None) -> str | None:
    return secret.reveal() if secret else None


async def happened(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, 30)


async def test_what_was_set_is_read_at_the_next_start(vault: Vault, secrets: KeyringSecrets) -> None:
    assert await secrets.get(NAME) is None
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.KEYRING
    assert revealed(await secrets.get(NAME)) == KEY
    assert vault.items == {("IAPoste Desktop", NAME): KEY}
    assert revealed(await KeyringSecrets(lambda: vault).get(NAME)) == KEY
    assert await secrets.keeping() is Keeping.KEYRING


async def test_a_key_that_was_read_is_not_asked_for_again(vault: Vault, secrets: KeyringSecrets) -> None:
    vault.items["IAPoste Desktop", NAME] = KEY
    assert await secrets.get(NAME) is await secrets.get(NAME)
    assert vault.calls == ["get"]


async def test_one_thread_of_its_own_talks_to_the_keyring(vault: Vault, secrets: KeyringSecrets) -> None:
    await asyncio.gather(secrets.set("a", Secret(KEY)), secrets.get("b"), secrets.delete("c"), secrets.get("d"))
    (thread,) = vault.threads
    assert thread is not threading.current_thread()
    assert thread.daemon


async def test_a_deleted_key_is_in_neither_place(vault: Vault, secrets: KeyringSecrets) -> None:
    await secrets.set(NAME, Secret(KEY))
    await secrets.set("other", Secret("kept"))
    await secrets.delete(NAME)
    assert await secrets.get(NAME) is None
    assert vault.items == {("IAPoste Desktop", "other"): "kept"}


async def test_an_unknown_name_is_no_failure(secrets: KeyringSecrets, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await secrets.delete("unknown")
    assert not caplog.records


async def test_a_newer_key_wins_over_one_that_is_being_read(vault: Vault, secrets: KeyringSecrets) -> None:
    vault.items["IAPoste Desktop", NAME] = "old"
    vault.hold()
    reading = asyncio.create_task(secrets.get(NAME))
    await happened(vault.entered)
    setting = asyncio.create_task(secrets.set(NAME, Secret(KEY)))
    await asyncio.sleep(0)
    vault.release()
    assert revealed(await reading) == KEY
    assert await setting is Keeping.KEYRING
    assert revealed(await secrets.get(NAME)) == KEY


async def test_without_a_keyring_keys_are_kept_until_the_program_ends() -> None:
    secrets = KeyringSecrets(lambda: None)
    assert await secrets.keeping() is Keeping.SESSION
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.SESSION
    assert revealed(await secrets.get(NAME)) == KEY
    await secrets.delete(NAME)
    assert await secrets.get(NAME) is None


async def test_a_keyring_that_comes_later_is_used(vault: Vault) -> None:
    offered = [None, None, vault]
    secrets = KeyringSecrets(lambda: offered.pop(0))
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.SESSION
    assert await secrets.keeping() is Keeping.SESSION
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.KEYRING
    assert await secrets.keeping() is Keeping.KEYRING


@pytest.mark.parametrize(
    "failure", [KeyringLocked(f"cannot unlock {NAME}"), OSError(f"lost {KEY}"), Panic(f"{NAME} {KEY}")]
)
async def test_a_keyring_that_fails_is_told_in_the_log_without_names_and_keys(
    vault: Vault, secrets: KeyringSecrets, failure: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    vault.failure = failure
    with caplog.at_level(logging.INFO):
        assert await secrets.get(NAME) is None
        assert await secrets.set(NAME, Secret(KEY)) is Keeping.SESSION
        assert revealed(await secrets.get(NAME)) == KEY
        await secrets.delete(NAME)
    assert await secrets.get(NAME) is None
    assert f"INFO     {KeyringSecrets.__module__}" in caplog.text
    assert f"the keyring failed: {type(failure).__name__}" in caplog.text
    assert NAME not in caplog.text
    assert "canary" not in caplog.text


async def test_a_failure_does_not_silence_the_keyring(vault: Vault, secrets: KeyringSecrets) -> None:
    vault.failure = KeyringLocked()
    assert await secrets.set(NAME, Secret("first")) is Keeping.SESSION
    vault.failure = None
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.KEYRING


async def test_a_locked_keyring_is_waited_for_no_longer_than_the_time_limit(
    vault: Vault, caplog: pytest.LogCaptureFixture
) -> None:
    vault.items["IAPoste Desktop", NAME] = KEY
    # Whatever is asked of it afterwards would be waited for until this test's own limit.
    secrets = KeyringSecrets(lambda: vault, read_seconds=SHORT, write_seconds=1_000)
    vault.hold()
    with caplog.at_level(logging.INFO):
        assert await secrets.get(NAME) is None
    assert [record.levelname for record in caplog.records if record.getMessage() == "the keyring is silent"] == ["INFO"]
    assert await secrets.keeping() is Keeping.SESSION
    assert await secrets.set("other", Secret("theirs")) is Keeping.SESSION
    assert revealed(await secrets.get("other")) == "theirs"
    assert await secrets.get(NAME) is None
    assert vault.calls == ["get"]
    vault.release()


async def test_a_keyring_that_is_locked_while_a_key_is_set_leaves_it_in_memory(vault: Vault) -> None:
    secrets = KeyringSecrets(lambda: vault, write_seconds=SHORT)
    vault.hold()
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.SESSION
    assert revealed(await secrets.get(NAME)) == KEY
    assert await secrets.keeping() is Keeping.SESSION
    vault.release()


async def test_a_keyring_that_answers_late_is_used_again_and_what_was_deleted_meanwhile_goes(vault: Vault) -> None:
    vault.items["IAPoste Desktop", NAME] = KEY
    vault.items["IAPoste Desktop", "left"] = "theirs"
    secrets = KeyringSecrets(lambda: vault, read_seconds=SHORT)
    vault.hold()
    assert await secrets.get(NAME) is None
    await secrets.delete(NAME)
    assert vault.calls == ["get"]
    vault.release()
    await happened(vault.deleted)
    assert vault.items == {("IAPoste Desktop", "left"): "theirs"}
    assert await secrets.set("new", Secret("mine")) is Keeping.KEYRING
    assert vault.items["IAPoste Desktop", "new"] == "mine"


async def test_what_waited_in_vain_is_not_written_later(vault: Vault) -> None:
    vault.items["IAPoste Desktop", "last"] = "theirs"
    secrets = KeyringSecrets(lambda: vault, write_seconds=SHORT)
    vault.hold()
    reading = asyncio.create_task(secrets.get("first"))
    await happened(vault.entered)
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.SESSION
    await secrets.delete("last")
    vault.release()
    await happened(vault.deleted)
    assert vault.items == {}
    assert "set" not in vault.calls
    await reading


async def test_a_keyring_that_cannot_even_be_looked_for_in_time_is_silent() -> None:
    found = threading.Event()

    def choose() -> None:
        found.wait()

    secrets = KeyringSecrets(choose, read_seconds=SHORT)
    assert await secrets.keeping() is Keeping.SESSION
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.SESSION
    found.set()


@pytest.mark.parametrize(
    ("key", "keeping"),
    [("k" * 1_280, Keeping.KEYRING), ("k" * 1_281, Keeping.SESSION), ("🔑" * 641, Keeping.SESSION)],
)
async def test_the_windows_vault_is_given_no_more_than_it_holds(key: str, keeping: Keeping) -> None:
    vault = WindowsVault()
    secrets = KeyringSecrets(lambda: vault)
    assert await secrets.set(NAME, Secret(key)) is keeping
    assert revealed(await secrets.get(NAME)) == key
    assert (NAME in vault.items) == (keeping is Keeping.KEYRING)


def test_a_keyring_that_the_user_s_files_name_is_never_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"{PlainText.__module__}.{PlainText.__name__}"
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    monkeypatch.setenv(variable, str(tmp_path))
    folder = tmp_path / ("Python Keyring" if sys.platform == "win32" else "python_keyring")
    folder.mkdir()
    (folder / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring={name}\n")
    assert isinstance(keyring.core.load_env(), PlainText), "the library itself would take it"
    assert isinstance(keyring.core.load_config(), PlainText)
    taken = native_backend()
    assert taken is None or type(taken).__module__.startswith("keyring.backends.")


def run(source: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", source],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


BLOCKED = """
import asyncio, threading
from iaposte_desktop.platform.secrets import KeyringSecrets

class Blocked:
    def get_password(self, service, username):
        threading.Event().wait()

print(asyncio.run(KeyringSecrets(Blocked, read_seconds=0.05).get("name")))
"""


def test_a_blocked_keyring_does_not_keep_the_program_from_ending() -> None:
    ended = run(BLOCKED)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "None\n", "")


LATE = """
import asyncio, threading
from iaposte_desktop.platform.secrets import KeyringSecrets

free, gone = threading.Event(), threading.Event()

class Late:
    def get_password(self, service, username):
        free.wait()
        return "key"

    def delete_password(self, service, username):
        gone.set()

async def main():
    secrets = KeyringSecrets(Late, read_seconds=0.05)
    print(await secrets.get("name"))
    await secrets.delete("name")

asyncio.run(main())
free.set()
assert gone.wait(30)
"""


def test_an_answer_after_the_loop_has_ended_harms_nobody() -> None:
    ended = run(LATE)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "None\n", "")


def test_the_keyring_s_library_is_not_loaded_at_start() -> None:
    ended = run("import sys, iaposte_desktop.platform.secrets; print('keyring' in sys.modules)")
    assert (ended.stdout, ended.stderr) == ("False\n", "")
