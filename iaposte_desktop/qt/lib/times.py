"""Times as people say them: relative, with the full date for the tooltip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from iaposte_desktop.qt.lib.counts import COUNTS

if TYPE_CHECKING:
    from datetime import datetime


def relative_time(moment: datetime, now: datetime) -> str:
    """`just now`, `3 min ago`, `2 h ago`, `yesterday`, else a short date; both aware."""
    seconds = (now - moment).total_seconds()
    days = (now.astimezone().date() - moment.astimezone().date()).days
    if seconds < 60:
        return QCoreApplication.translate("Times", "just now")
    if seconds < 3600:
        return COUNTS.minutes_ago(int(seconds // 60))
    if days <= 0:
        return COUNTS.hours_ago(int(seconds // 3600))
    if days == 1:
        return QCoreApplication.translate("Times", "yesterday")
    if days < 7:
        return COUNTS.days_ago(days)
    return short_date(moment)


def short_date(moment: datetime) -> str:
    return QLocale().toString(_qt(moment).date(), QLocale.FormatType.ShortFormat)


def full_time(moment: datetime) -> str:
    return QLocale().toString(_qt(moment), QLocale.FormatType.LongFormat)


def _qt(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
