"""Words for values of an assistant's settings, shared by the form, the list and the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from iaposte_desktop.domain.assistants import OutputFormat, Register, ReplyLength
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.times import relative_time

if TYPE_CHECKING:
    from datetime import datetime

    from iaposte_desktop.domain.assistants import Assistant, ModelRef

EMBEDDED: Final = "embedded"


def language_text(code: str | None) -> str:
    """`code` of a language; None or nothing for the customer's own."""
    texts = {
        "": QCoreApplication.translate("Assistants", "The customer’s language"),
        "fr": QCoreApplication.translate("Assistants", "French"),
        "en": QCoreApplication.translate("Assistants", "English"),
    }
    return texts.get(code or "") or str(code)


def register_text(register: str) -> str:
    if register == Register.FORMAL:
        return QCoreApplication.translate("Assistants", "Formal (vous)")
    return QCoreApplication.translate("Assistants", "Friendly (tu)")


def length_text(length: str) -> str:
    texts = {
        ReplyLength.SHORT: QCoreApplication.translate("Assistants", "Short"),
        ReplyLength.MEDIUM: QCoreApplication.translate("Assistants", "Medium"),
        ReplyLength.LONG: QCoreApplication.translate("Assistants", "Long"),
    }
    return texts[ReplyLength(length)]


def output_text(output_format: str) -> str:
    if output_format == OutputFormat.JSON:
        return QCoreApplication.translate("Assistants", "A JSON object")
    return QCoreApplication.translate("Assistants", "A reply")


def model_text(model: ModelRef, is_language_model: bool | None) -> str:
    """`is_language_model` None: no provider offers this model now."""
    place = model.provider
    if model.provider == EMBEDDED:
        place = QCoreApplication.translate("Assistants", "this machine")
    parts = [model.model, place]
    if is_language_model is None:
        parts.append(QCoreApplication.translate("Assistants", "no longer offered"))
    elif not is_language_model:
        parts.append(QCoreApplication.translate("Assistants", "no language model: quotes your files"))
    return " · ".join(parts)


def version_text(assistant: Assistant, now: datetime) -> str:
    """`version 4 · used 3 min ago`"""
    version = QCoreApplication.translate("Assistants", "version {0}").format(assistant.version.number)
    return f"{version} · {used_text(assistant, now)}"


def used_text(assistant: Assistant, now: datetime) -> str:
    if assistant.last_used_at is None:
        return QCoreApplication.translate("Assistants", "not used yet")
    when = relative_time(assistant.last_used_at, now)
    return QCoreApplication.translate("Assistants", "used {0}").format(when)


def unsaved_texts(name: str, problem: str) -> tuple[str, str]:
    """That the assistant `name` has unsaved edits, and what to know. With a `problem` they cannot be saved yet."""
    question = QCoreApplication.translate("Assistants", "“{0}” has edits that are not saved.").format(name[:80])
    if problem:
        return question, QCoreApplication.translate("Assistants", "They cannot be saved yet: {0}").format(problem)
    return question, QCoreApplication.translate("Assistants", "Saving makes a new version of it.")


def file_name_for(name: str) -> str:
    """A file name for the assistant that every system takes."""
    kept = "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in visible(name)).strip(" -")
    return f"{kept[:80] or 'assistant'}.json"


def file_filters() -> tuple[str, str]:
    """For a file dialog: assistants' files, and all files."""
    return (
        QCoreApplication.translate("Assistants", "Assistants (*.json)"),
        QCoreApplication.translate("Assistants", "All files (*)"),
    )
