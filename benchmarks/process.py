"""What the system says of this process (Linux)."""

from __future__ import annotations

import os
import time
from pathlib import Path


def since_start() -> float:
    """Seconds of wall time since the process was made, to the hundredth that the system counts in."""
    fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / os.sysconf("SC_CLK_TCK")


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
