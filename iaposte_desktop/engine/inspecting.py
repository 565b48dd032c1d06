"""The job that looks at a file in a worker: read as for the index, but of the text only counts and the opening leave.

It yields once: {"sha256": …}; then, where the file can be read, {"pages", "scanned_pages", "language", "tokens",
"personal_data": {kind: count}, "opening"}.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.ports.file_inspector import MOST_PERSONAL_DATA
from iaposte_desktop.engine.personal_data import RulesOfPersonalData
from iaposte_desktop.engine.reading import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iaposte_desktop.domain.json import JsonValue

INSPECTION_JOB = "iaposte_desktop.engine.inspecting:inspect_file"
_SEARCHED_AT_ONCE = 100_000
_OPENING = 200


def inspect_file(path: str, name: str, extractor: str = "") -> Iterator[JsonValue]:
    """Arguments as for `read_file`. Raises JobRefused."""
    with Path(path).open("rb") as file:
        yield {"sha256": hashlib.file_digest(file, "sha256").hexdigest()}
    seen = _Seen()
    summary: Mapping[str, Any] = {}
    items: Iterator[Any] = read_file(path, name, extractor)
    for item in items:
        for part in item.get("parts", ()):
            seen.take(part[1])
        summary = item.get("summary", summary)
    yield {
        "pages": summary["pages"],
        "scanned_pages": summary["scanned_pages"],
        "language": summary["language"],
        "tokens": summary["tokens"],
        "personal_data": seen.personal_data(),
        "opening": " ".join(seen.opening.split())[:_OPENING],
    }


class _Seen:
    """What passed by. Text waits until there is enough of it to be searched at once: its language is told from it."""

    def __init__(self) -> None:
        self.opening = ""
        self._finder = RulesOfPersonalData()
        self._found: Counter[str] = Counter()
        self._waiting: list[str] = []
        self._characters = 0

    def take(self, text: str) -> None:
        if len(self.opening) < _OPENING:
            self.opening += text[: 2 * _OPENING]
        if self._found.total() < MOST_PERSONAL_DATA:
            self._waiting.append(text)
            self._characters += len(text)
            if self._characters >= _SEARCHED_AT_ONCE:
                self._search()

    def personal_data(self) -> dict[str, JsonValue]:
        self._search()
        return dict(self._found)

    def _search(self) -> None:
        found = self._finder.find("".join(self._waiting))
        self._found.update(datum.kind.value for datum in found[: MOST_PERSONAL_DATA - self._found.total()])
        self._waiting, self._characters = [], 0
