"""`{{variables}}` of an assistant's instructions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE: Final = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.]*)\s*\}\}")

KNOWN_VARIABLES: Final = ("customer_name", "customer_email", "subject", "agent_name", "date", "language")
"""What every thread can fill; a thread's and a customer's metadata come on top, as `thread.KEY` and `customer.KEY`."""


def variables_in(text: str) -> tuple[str, ...]:
    """Names in order of first use."""
    return tuple(dict.fromkeys(VARIABLE.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with each known variable replaced; an unknown one is left as it stands, so that it is seen."""
    return VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)
