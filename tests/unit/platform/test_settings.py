from __future__ import annotations

import json
import stat
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.errors import InvalidValue, ProfileReadOnly
from iaposte_desktop.domain.ports.settings import (
    AGENT_NAME,
    ALL_SETTINGS,
    LANGUAGE,
    THEME,
    WINDOW_STATE,
)
from iaposte_desktop.platform.settings import SettingsFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _no_writer_left() -> Iterator[None]:
    yield
    settle()


def settle() -> None:
    """Until every writer has ended."""
    for thread in threading.enumerate():
        if thread.name == "settings":
            thread.join()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_without_a_file_everything_has_its_default(path: Path) -> None:
    settings = SettingsFile(path)
    assert [settings.get(setting) for setting in ALL_SETTINGS] == [setting.default for setting in ALL_SETTINGS]
    assert not path.exists()
    assert settings.kept_aside is None


def test_what_was_set_is_there_at_the_next_start(path: Path) -> None:
    settings = SettingsFile(path)
    settings.set(LANGUAGE, "fr")
    settings.set(AGENT_NAME, "Zoé")
    settings.set(WINDOW_STATE, {"splitter": "AAE="})
    assert settings.get(AGENT_NAME) == "Zoé"
    settle()
    again = SettingsFile(path)
    assert (again.get(LANGUAGE), again.get(AGENT_NAME)) == ("fr", "Zoé")
    assert again.get(WINDOW_STATE) == {"splitter": "AAE="}
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_flush_writes_on_the_calling_thread(path: Path) -> None:
    settings = SettingsFile(path)
    settings.set(THEME, "dark")
    settings.flush()
    assert json.loads(path.read_text())["theme"] == "dark"


def test_a_value_outside_the_declaration_is_refused(path: Path) -> None:
    settings = SettingsFile(path)
    with pytest.raises(InvalidValue) as refused:
        settings.set(LANGUAGE, "de")
    assert refused.value.info.code == "invalid_value.language"
    with pytest.raises(InvalidValue):
        settings.set(WINDOW_STATE, {"a": 1})  # type: ignore[misc]  # the point of the test
    assert settings.get(LANGUAGE) == "system"


def test_values_and_keys_of_another_version_are_kept(path: Path) -> None:
    path.write_text('{"language": "eo", "theme": 3, "window_state": {"a": 1}, "future": [1], "agent_name": "A"}')
    settings = SettingsFile(path)
    assert (settings.get(LANGUAGE), settings.get(THEME), settings.get(AGENT_NAME)) == ("system", "system", "A")
    assert settings.get(WINDOW_STATE) == {}
    settings.set(THEME, "light")
    settings.flush()
    written = json.loads(path.read_text())
    assert (written["future"], written["language"], written["theme"]) == ([1], "eo", "light")


@pytest.mark.expected_log("kept aside")
@pytest.mark.parametrize("content", [b"{", b"", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_an_unreadable_file_is_kept_aside(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    settings = SettingsFile(path)
    assert settings.kept_aside is not None
    assert settings.kept_aside.name.startswith("settings.damaged-")
    assert settings.kept_aside.read_bytes() == content
    assert settings.get(LANGUAGE) == "system"
    settings.set(LANGUAGE, "en")
    settings.flush()
    assert SettingsFile(path).get(LANGUAGE) == "en"


@pytest.mark.expected_log("settings were not written: profile_read_only")
def test_a_failed_write_is_told_and_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    settings = SettingsFile(folder / "settings.json")
    settings.set(AGENT_NAME, "Zoé")
    settle()
    with pytest.raises(ProfileReadOnly):
        settings.flush()
    folder.mkdir()
    settings.flush()
    assert SettingsFile(folder / "settings.json").get(AGENT_NAME) == "Zoé"


def test_many_threads_lose_nothing(path: Path) -> None:
    settings = SettingsFile(path)

    def change(prefix: str) -> None:
        for number in range(100):
            settings.set(AGENT_NAME, f"{prefix}{number}")

    threads = [threading.Thread(target=change, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settle()
    assert SettingsFile(path).get(AGENT_NAME) == settings.get(AGENT_NAME)


def test_keys_are_unique_and_defaults_are_allowed() -> None:
    assert len({setting.key for setting in ALL_SETTINGS}) == len(ALL_SETTINGS)
    assert all(setting.accepts(setting.default) for setting in ALL_SETTINGS)
