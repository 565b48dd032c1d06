from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from iaposte_desktop.domain.errors import DiskFull, ProfileReadOnly
from iaposte_desktop.platform.paths import Profile, private_file, storage_error

unix = pytest.mark.skipif(sys.platform == "win32", reason="permission bits")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_lies_under_one_folder(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path / "here")
    for path in (
        profile.workspace_db,
        profile.engine_dir,
        profile.backups,
        profile.staging,
        profile.settings_file,
        profile.connections_file,
        profile.lock_file,
        profile.logs,
    ):
        assert path.is_relative_to(tmp_path / "here")


def test_the_environment_names_the_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IAPOSTE_PROFILE", str(tmp_path))
    assert Profile.default() == Profile.at(tmp_path)
    monkeypatch.delenv("IAPOSTE_PROFILE")
    assert "IAPoste Desktop" in str(Profile.default().data)


def test_a_relative_profile_does_not_move_with_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Profile.at(Path("p")).data == tmp_path / "p" / "data"


@unix
def test_folders_are_private_also_when_they_were_open(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path)
    profile.data.mkdir(mode=0o755)
    profile.prepare()
    profile.prepare()
    for folder in (profile.data, profile.config, profile.logs, profile.engine_dir, profile.backups, profile.staging):
        assert mode(folder) == 0o700
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@unix
@pytest.mark.parametrize("before", [None, 0o644])
def test_a_private_file_is_private_and_keeps_its_content(tmp_path: Path, before: int | None) -> None:
    path = tmp_path / "file"
    if before:
        path.write_text("kept")
        path.chmod(before)
    assert private_file(path) == path
    assert mode(path) == 0o600
    assert path.read_text() == ("kept" if before else "")


def test_a_profile_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ProfileReadOnly):
        Profile.at(tmp_path / "file").prepare()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_read_only_profile_is_refused(tmp_path: Path) -> None:
    profile = Profile.at(tmp_path)
    profile.prepare()
    tmp_path.chmod(0o500)
    profile.logs.chmod(0o500)
    with pytest.raises(ProfileReadOnly):
        private_file(profile.logs / "x")
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, ProfileReadOnly),
        (errno.EACCES, ProfileReadOnly),
    ],
)
def test_the_system_s_errors_are_told_apart(number: int, kind: type[Exception]) -> None:
    assert type(storage_error(OSError(number, "x"))) is kind
