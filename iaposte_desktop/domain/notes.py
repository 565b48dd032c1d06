"""Knowledge notes: what was learnt from a thread, written down for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Note:
    """`text` is Markdown, without the title. `audience` is `public`, `internal`, or empty: as its store. `thread_id` is
    the thread that it was learnt from."""

    title: str
    text: str
    store_id: str = ""
    thread_id: str = ""
    audience: str = ""
    valid_until: date | None = None
