"""JSON as the SDK hands it over: of an answer that names no type, it makes text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import Delivery
from iaposte_desktop.providers.errors import not_json, unusable

if TYPE_CHECKING:
    from iaposte_desktop.providers.json_fields import Json


def parsed(answer: object, *, billed: Delivery = Delivery.NO) -> object:
    """Raises ProviderUnavailable for text that is no JSON: whatever answered there, it is no API."""
    if not isinstance(answer, str):
        return answer
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        raise not_json(answer, billed=billed) from None


def object_of(answer: object, *, billed: Delivery = Delivery.NO) -> Json:
    """As `parsed`; raises AnswerUnusable for what is no object."""
    found = parsed(answer, billed=billed)
    if not isinstance(found, dict):
        raise unusable(type(found).__name__, billed=billed)
    return found
