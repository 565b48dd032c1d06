from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.platform.settings import SettingsFile
from tests.unit.application.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock


@pytest.fixture
def settings(profile: Profile) -> Iterator[SettingsFile]:
    with ThreadPoolExecutor(1) as executor:
        yield SettingsFile(profile.settings_file, executor)


@pytest.fixture
async def office(workspace: SqlWorkspace, clock: ManualClock, settings: SettingsFile, tmp_path: Path) -> Office:
    folder = tmp_path / "files"
    folder.mkdir()
    return Office(workspace, clock, settings, folder)
