"""The policy of trying again: what may be sent twice, how long to wait, and when not to ask at all.

Only what was not sent, or what the server turned away unprocessed (429, 503), is sent again by itself: anything else
might be billed twice, and is the agent's to repeat. Nothing is repeated once text of the answer has come.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from iaposte_desktop.domain.assistants import ModelRef
    from iaposte_desktop.domain.errors import ErrorInfo
    from iaposte_desktop.domain.ports.clock import Clock

MAX_ATTEMPTS: Final = 5
"""Requests for one round, the first included."""

_TURNED_AWAY: Final = frozenset({"rate_limited", "provider_unavailable.busy"})
_NOT_REACHED: Final = frozenset(
    {
        "provider_unavailable",
        "provider_unavailable.dns",
        "provider_unavailable.refused",
        "provider_unavailable.time_limit",
    }
)
_NOT_REACHED_ATTEMPTS: Final = 3
"""Fewer: the agent watches, and may be offline."""
_LONGEST_BACKOFF: Final = 30.0

OPEN_FOR: Final = timedelta(seconds=60)
_PROVIDER_OUT: Final = frozenset({"quota_exhausted", "key_refused", "api_ended"})
_MODEL_OUT: Final = frozenset({"model_gone"})

FALLS_BACK: Final = (
    _PROVIDER_OUT
    | _MODEL_OUT
    | _TURNED_AWAY
    | _NOT_REACHED
    | {
        "key_missing",
        "request_refused",
        "answer_unusable",
        "provider_unavailable.proxy",
        "provider_unavailable.certificate",
        "provider_unavailable.captive_portal",
        "provider_unavailable.not_an_api",
        "provider_unavailable.redirected",
        "provider_unavailable.failed",
    }
)
"""Failures of a model after which the one that the assistant names as its fallback is asked."""


def seconds_before_retry(error: ErrorInfo, attempts: int, chance: Callable[[], float] = random.random) -> float | None:
    """How long to wait after `attempts` requests, None for: do not send it again. What the server asks for is kept to,
    however long; else it doubles from one second, less a random part (`chance` gives 0 to 1)."""
    if error.code in _TURNED_AWAY:
        limit = MAX_ATTEMPTS
    elif error.code in _NOT_REACHED and error.sent is Delivery.NO:
        limit = _NOT_REACHED_ATTEMPTS
    else:
        return None
    if attempts >= limit:
        return None
    if error.retry_after is not None:
        return error.retry_after
    return min(_LONGEST_BACKOFF, 2.0 ** (attempts - 1)) * (1 - chance() / 2)


class Circuits:
    """Providers and models that said no for good. They are not asked for OPEN_FOR: whoever asks gets the same answer,
    and nothing is sent."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[tuple[str, str], tuple[ErrorInfo, datetime]] = {}

    def refusal(self, model: ModelRef) -> ErrorInfo | None:
        for key in ((model.provider, ""), (model.provider, model.model)):
            error, until = self._open.get(key, (None, None))
            if error is not None and until is not None:
                if self._clock() < until:
                    return replace(error, sent=Delivery.NO, billed=Delivery.NO)
                del self._open[key]
        return None

    def note(self, model: ModelRef, error: ErrorInfo) -> None:
        if error.code in _PROVIDER_OUT:
            self._open[model.provider, ""] = error, self._clock() + OPEN_FOR
        elif error.code in _MODEL_OUT:
            self._open[model.provider, model.model] = error, self._clock() + OPEN_FOR

    def close(self, provider: str) -> None:
        """Its settings or key were changed, or a test of it went well."""
        self._open = {key: kept for key, kept in self._open.items() if key[0] != provider}
