"""Where everything lies: the one file that knows paths. Folders are 0700 and files 0600 on systems with such bits."""

from __future__ import annotations

import errno
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from iaposte_desktop.domain.errors import DiskFull, ProfileReadOnly, StorageError

APP_NAME = "IAPoste Desktop"
PROFILE_VARIABLE = "IAPOSTE_PROFILE"

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Profile:
    """The three folders of one user's installation, and the files in them. Nothing exists before `prepare`."""

    data: Path
    config: Path
    logs: Path

    @classmethod
    def default(cls) -> Profile:
        """The folder named by IAPOSTE_PROFILE, else where this system keeps such things."""
        if folder := os.environ.get(PROFILE_VARIABLE):
            return cls.at(Path(folder))
        folders = PlatformDirs(APP_NAME, appauthor=False)
        return cls(folders.user_data_path, folders.user_config_path, folders.user_log_path)

    @classmethod
    def at(cls, folder: Path) -> Profile:
        """Everything under one folder."""
        folder = folder.expanduser().absolute()
        return cls(folder / "data", folder / "config", folder / "logs")

    @property
    def workspace_db(self) -> Path:
        return self.data / "workspace.db"

    @property
    def engine_dir(self) -> Path:
        return self.data / "engine"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def staging(self) -> Path:
        """For what is on its way into a store."""
        return self.data / "staging"

    @property
    def notes(self) -> Path:
        """Knowledge notes that were written here."""
        return self.data / "notes"

    @property
    def lock_file(self) -> Path:
        return self.data / "instance.lock"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def connections_file(self) -> Path:
        return self.config / "connections.json"

    @property
    def prices_file(self) -> Path:
        return self.config / "prices.json"

    @property
    def synonyms_file(self) -> Path:
        return self.config / "synonyms.json"

    def prepare(self) -> None:
        """Make the folders, and try that they can be written. Raises ProfileReadOnly, DiskFull."""
        for folder in (self.data, self.config, self.logs, self.engine_dir, self.backups, self.staging):
            try:
                folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
                folder.chmod(PRIVATE_FOLDER)
                with tempfile.TemporaryFile(dir=folder) as probe:
                    probe.write(b"writable")
            except OSError as error:
                raise storage_error(error) from error


def private_file(path: Path) -> Path:
    """The same path, as an existing file that only its owner reads. Raises ProfileReadOnly, DiskFull."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE))
        path.chmod(PRIVATE_FILE)
    except OSError as error:
        raise storage_error(error) from error
    return path


def storage_error(error: OSError) -> StorageError:
    """What a failed write to the profile means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(str(error))
    return ProfileReadOnly(str(error))
