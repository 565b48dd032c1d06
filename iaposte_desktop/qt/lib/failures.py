"""Why what a connection's server has is not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from iaposte_desktop.application.explain import explain
from iaposte_desktop.qt.lib.language import current_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.application.models import ModelList
    from iaposte_desktop.domain.errors import ErrorInfo


def failure_text(connection: str, error: ErrorInfo) -> str:
    """`Team: The server refused the key.`"""
    reason = explain(error, current_language()).what
    return QCoreApplication.translate("Failures", "{0}: {1}").format(connection, reason)


def missing_models_text(listed: ModelList, name_of: Callable[[str], str]) -> str:
    """Nothing where every provider has told its models. `name_of`: a connection's name, by its id."""
    if not listed.failures:
        return ""
    reasons = (failure_text(name_of(provider), error) for provider, error in listed.failures.items())
    return " ".join((QCoreApplication.translate("Failures", "Not all models are listed."), *reasons))
