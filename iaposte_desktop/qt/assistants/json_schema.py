"""Whether a text is a JSON schema as far as a model will be held to it: an object, well written."""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication


def schema_problem(text: str) -> str:
    """A sentence for the reader, or nothing. An empty schema is none: any object will do."""
    if not text.strip():
        return ""
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        return QCoreApplication.translate("Assistants", "Not valid JSON at line {0}, column {1}: {2}.").format(
            error.lineno, error.colno, error.msg
        )
    except (ValueError, RecursionError) as error:
        return QCoreApplication.translate("Assistants", "Not valid JSON: {0}.").format(error)
    if not isinstance(schema, dict):
        return QCoreApplication.translate("Assistants", "A schema is a JSON object: it begins with { and ends with }.")
    return ""
