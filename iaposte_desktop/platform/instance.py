"""One program per profile. The lock is the operating system's: it vanishes with the process, however that ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Self

from iaposte_desktop.domain.errors import ProfileInUse
from iaposte_desktop.platform.paths import private_file

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """Held from its construction until `release`. Raises ProfileInUse, ProfileReadOnly, DiskFull."""

    def __init__(self, lock_file: Path) -> None:
        self._descriptor: int | None = os.open(private_file(lock_file), os.O_RDWR)
        try:
            _lock(self._descriptor)
        except OSError as error:
            self.release()
            raise ProfileInUse(str(lock_file)) from error

    def release(self) -> None:
        """The file stays: removing it would let two programs lock two files of one name."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
