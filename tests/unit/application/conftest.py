from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.platform.settings import SettingsFile
from tests.unit.application.office import Office

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.platform.paths import Profile
    from iaposte_desktop.workspace.workspace import SqlWorkspace
    from tests.fakes.clock import ManualClock


@pytest.fixture
def settings(profile: Profile) -> SettingsFile:
    return SettingsFile(profile.settings_file)


@pytest.fixture
async def office(workspace: SqlWorkspace, clock: ManualClock, settings: SettingsFile, tmp_path: Path) -> Office:
    folder = tmp_path / "files"
    folder.mkdir()
    return Office(workspace, clock, settings, folder)
