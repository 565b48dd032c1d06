"""Counted words that no single widget owns. lupdate finds plural forms in `self.tr` alone, not in `translate`."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject


class Counts(QObject):
    def files(self, count: int) -> str:
        return self.tr("%n file(s)", "", count)

    def failed(self, count: int) -> str:
        return self.tr("%n failed", "", count)

    def unchanged_lines(self, count: int) -> str:
        return self.tr("%n line(s) unchanged", "", count)

    def minutes_ago(self, count: int) -> str:
        return self.tr("%n min ago", "", count)

    def hours_ago(self, count: int) -> str:
        return self.tr("%n h ago", "", count)

    def days_ago(self, count: int) -> str:
        return self.tr("%n days ago", "", count)

    def tokens(self, count: int) -> str:
        return self.tr("%Ln token(s)", "", count)

    def passages(self, count: int) -> str:
        return self.tr("%n passage(s)", "", count)

    def drafts(self, count: int) -> str:
        return self.tr("%Ln draft(s)", "", count)


COUNTS: Final = Counts()
