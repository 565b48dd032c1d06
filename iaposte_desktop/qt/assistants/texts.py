"""Words for values of an assistant's settings, shared by the form, the list and the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from iaposte_desktop.domain.assistants import DEFAULT_MODEL, OutputFormat, Register, ReplyLength
from iaposte_desktop.qt.lib.amounts import usage_text
from iaposte_desktop.qt.lib.counts import COUNTS
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.numbers import shown_number
from iaposte_desktop.qt.lib.times import relative_time

if TYPE_CHECKING:
    from datetime import date, datetime

    from iaposte_desktop.application.models import ModelChoice, ModelList
    from iaposte_desktop.domain.assistants import Assistant, ModelRef
    from iaposte_desktop.domain.usage import Used


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


def effort_text(effort: str) -> str:
    texts = {
        "": QCoreApplication.translate("Assistants", "The model’s default"),
        "none": QCoreApplication.translate("Assistants", "None"),
        "minimal": QCoreApplication.translate("Assistants", "Minimal"),
        "low": QCoreApplication.translate("Assistants", "Low"),
        "medium": QCoreApplication.translate("Assistants", "Moderate"),
        "high": QCoreApplication.translate("Assistants", "High"),
        "xhigh": QCoreApplication.translate("Assistants", "Highest"),
    }
    return texts.get(effort, effort)


def model_text(model: ModelRef, choice: ModelChoice | None) -> str:
    """`choice` None: no provider offers this model now."""
    if choice is None:
        gone = QCoreApplication.translate("Assistants", "not offered now")
        return f"{ref_text(model)} · {gone}"
    return f"{model.model} · {place_text(choice)}"


def ref_text(model: ModelRef) -> str:
    """A model by its name alone, where nothing more is known of it."""
    if model == DEFAULT_MODEL:
        return QCoreApplication.translate("Assistants", "Default of the settings")
    return model.model or model.provider


def place_text(choice: ModelChoice) -> str:
    if not choice.capabilities.is_language_model:
        return QCoreApplication.translate("Assistants", "this machine · no language model: quotes your files")
    return choice.connection


def default_text(listed: ModelList) -> str:
    """The entry that follows the settings, with what it means today."""
    choice = next((choice for choice in listed.choices if choice.ref == listed.default), None)
    now = model_text(listed.default, choice) if choice else listed.default.model
    label = QCoreApplication.translate("Assistants", "Default of the settings")
    return QCoreApplication.translate("Assistants", "{0} (now {1})").format(label, now) if now else label


def facts_text(choice: ModelChoice) -> str:
    """Context, price and end of a model; a price that is unknown is said to be."""
    parts = []
    if choice.info.context_tokens:
        context = QLocale().toString(choice.info.context_tokens)
        parts.append(QCoreApplication.translate("Assistants", "{0} tokens of context").format(context))
    if choice.is_free:
        parts.append(QCoreApplication.translate("Assistants", "free"))
    elif choice.price is None:
        parts.append(QCoreApplication.translate("Assistants", "price unknown (see Settings, Prices)"))
    else:
        parts.append(
            QCoreApplication.translate("Assistants", "{0} $ in, {1} $ out per million tokens").format(
                shown_number(choice.price.input), shown_number(choice.price.output)
            )
        )
    if choice.info.shutdown_date is not None:
        parts.append(QCoreApplication.translate("Assistants", "ends on {0}").format(_day(choice.info.shutdown_date)))
    return " · ".join(parts)


def end_text(end: date, today: date) -> str:
    """That a model ends, or has ended."""
    if end <= today:
        text = QCoreApplication.translate("Assistants", "This model ended on {0}. Choose another one.")
    else:
        text = QCoreApplication.translate("Assistants", "This model ends on {0}. Choose another one in time.")
    return text.format(_day(end))


def _day(day: date) -> str:
    """`2 November 2026`."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")


def version_text(assistant: Assistant, now: datetime, used: Used | None = None) -> str:
    """`version 4 · used 3 min ago`; with what its runs came to: `· 12 drafts · 23,412 tokens · 0.0412 $`."""
    version = QCoreApplication.translate("Assistants", "version {0}").format(assistant.version.number)
    parts = [version, used_text(assistant, now)]
    if used is not None and used.usage.total_tokens:
        parts += [COUNTS.drafts(used.runs), usage_text(used.usage, used.cost)]
    return " · ".join(parts)


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
