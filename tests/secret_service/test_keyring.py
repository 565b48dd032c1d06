"""`KeyringSecrets` over a real Secret Service, see conftest.py."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from keyring.backends import SecretService

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.ports.settings import AGENT_NAME
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.platform.connections import ConnectionsFile
from iaposte_desktop.platform.logs import logging_to
from iaposte_desktop.platform.secrets import KeyringSecrets, native_backend
from iaposte_desktop.platform.settings import SettingsFile
from tests.secret_service.service import Prompter, lock, unlock

if TYPE_CHECKING:
    from iaposte_desktop.platform.paths import Profile

NAME = "conn_1@api.example.com"
KEY = "sk-canary-0123456789"
LONG = 60.0
SHORT = 0.5
"""Time limits in seconds: one that a service at work keeps, one that a locked one exceeds."""


def store(read_seconds: float = LONG, write_seconds: float = LONG) -> KeyringSecrets:
    return KeyringSecrets(read_seconds=read_seconds, write_seconds=write_seconds)


async def kept(name: str) -> str | None:
    """What a program that starts now would read."""
    secret = await store().get(name)
    return secret.reveal() if secret else None


@pytest.mark.parametrize("key", [KEY, "clé – ключ – 鍵 🔑", "k" * 2_000, "é" * 2_000])
async def test_a_key_is_kept_replaced_and_deleted(key: str) -> None:
    secrets = store()
    assert await secrets.set(NAME, Secret("before")) is Keeping.KEYRING
    assert await secrets.set(NAME, Secret(key)) is Keeping.KEYRING
    assert await kept(NAME) == key
    await secrets.delete(NAME)
    assert await secrets.get(NAME) is None
    assert await kept(NAME) is None


async def test_names_do_not_meet() -> None:
    secrets = store()
    await secrets.set("a@host", Secret("of a"))
    await secrets.set("b@host", Secret("of b"))
    await secrets.delete("a@host")
    assert (await kept("a@host"), await kept("b@host")) == (None, "of b")


READER = """
import asyncio, sys
from iaposte_desktop.platform.secrets import KeyringSecrets
secret = asyncio.run(KeyringSecrets(read_seconds=60).get(sys.argv[1]))
print(secret.reveal() if secret else None, end="")
"""


def read_elsewhere() -> str:
    command = [sys.executable, "-c", READER, NAME]
    ended = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=100, check=True
    )
    assert not ended.stderr
    return ended.stdout


async def test_another_process_reads_what_the_first_one_wrote() -> None:
    await store().set(NAME, Secret(KEY))
    assert await asyncio.to_thread(read_elsewhere) == KEY
    await store().delete(NAME)
    assert await asyncio.to_thread(read_elsewhere) == "None"


async def test_the_system_s_keyring_is_taken_whatever_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert type(native_backend()) is SecretService.Keyring
    assert await store().keeping() is Keeping.KEYRING


async def test_without_a_bus_keys_are_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    await store().set(NAME, Secret("before"))
    with monkeypatch.context() as without:
        without.delenv("DBUS_SESSION_BUS_ADDRESS")
        secrets = store()
        assert await secrets.keeping() is Keeping.SESSION
        assert await secrets.get(NAME) is None
        assert await secrets.set(NAME, Secret(KEY)) is Keeping.SESSION
    assert await kept(NAME) == "before"


async def test_a_bus_that_is_gone_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'gone'}")
    assert await store().set(NAME, Secret(KEY)) is Keeping.SESSION


async def test_a_locked_keyring_that_nobody_unlocks_is_silent(prompter: Prompter) -> None:
    await store().set(NAME, Secret("before"))
    lock()
    secrets = store(read_seconds=SHORT)
    assert await secrets.get(NAME) is None
    assert await secrets.keeping() is Keeping.SESSION
    assert await secrets.set(NAME, Secret(KEY)) is Keeping.SESSION
    held = await secrets.get(NAME)
    assert held is not None
    assert held.reveal() == KEY


async def test_a_key_for_a_locked_keyring_stays_in_memory(prompter: Prompter) -> None:
    lock()
    secrets = store(write_seconds=SHORT)
    assert await secrets.set("conn_2@host", Secret(KEY)) is Keeping.SESSION
    assert await secrets.get("conn_2@host") is not None
    await secrets.delete("conn_2@host")
    unlock()
    prompter.close()
    while await secrets.keeping() is Keeping.SESSION:  # noqa: ASYNC110  # No event tells.
        await asyncio.sleep(0.01)
    assert await kept("conn_2@host") is None


async def test_a_keyring_that_is_unlocked_after_the_time_limit_is_read_again(prompter: Prompter) -> None:
    await store().set(NAME, Secret(KEY))
    lock()
    secrets = store(read_seconds=SHORT)
    assert await secrets.get(NAME) is None
    await asyncio.to_thread(prompter.asked)
    unlock()
    prompter.close()
    while (held := await secrets.get(NAME)) is None:  # noqa: ASYNC110  # No event tells; this test's limit ends it.
        await asyncio.sleep(0.01)
    assert held.reveal() == KEY


async def test_a_refused_password_leaves_the_key_in_memory(prompter: Prompter) -> None:
    await store().set(NAME, Secret("before"))
    lock()
    secrets = store()
    setting = asyncio.create_task(secrets.set(NAME, Secret(KEY)))
    await asyncio.to_thread(prompter.asked)
    prompter.close()
    assert await setting is Keeping.SESSION
    held = await secrets.get(NAME)
    assert held is not None
    assert held.reveal() == KEY


def holding(folder: Path, text: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


async def test_no_file_holds_a_key(profile: Profile, prompter: Prompter) -> None:
    """Nor does the keyring's own: what lies on the disk is encrypted."""
    settings = SettingsFile(profile.settings_file)
    with logging_to(profile.logs):
        settings.set(AGENT_NAME, "Zoé")
        settings.flush()
        connection = Connection(id="conn_1", name="Canary's", kind=ConnectionKind.COMPATIBLE, base_url="https://h/v1")
        file = ConnectionsFile(profile.connections_file)
        await file.save([connection])
        await store().set(connection.key_name, Secret(KEY))
        await file.save([replace(connection, default_model="m")])
        lock()
        secrets = store(read_seconds=SHORT, write_seconds=SHORT)
        assert await secrets.get(connection.key_name) is None
        assert await secrets.set(connection.key_name, Secret(KEY)) is Keeping.SESSION
        logging.getLogger("iaposte_desktop").info("kept: %s", await secrets.get(connection.key_name))
    assert holding(profile.logs, "kept: Secret(…)")
    assert holding(profile.config, "Canary's")
    keyrings = Path(os.environ["XDG_DATA_HOME"]) / "keyrings"
    assert list(keyrings.glob("*.keyring"))
    assert not [*holding(profile.data.parent, KEY), *holding(keyrings, KEY)]
