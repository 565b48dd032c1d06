"""Parameters that a model has been found not to take, so that it refuses each once only."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from iaposte_desktop.providers.errors import said_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping

    import openai

    Body: TypeAlias = Mapping[str, Any]
    RefusedIn: TypeAlias = Callable[[openai.APIStatusError, Body], str | None]
    Without: TypeAlias = Callable[[Body, Collection[str]], dict[str, Any]]

T = TypeVar("T")

_REFUSED: Final = frozenset({400, 422})
_CODES: Final = frozenset({"unsupported_parameter", "unsupported_value"})


class UnsupportedParameters:
    """Of one connection, by model. `refused_in` says which part of a request that was sent is refused, None for a
    refusal of another kind; `without` leaves such parts out."""

    def __init__(self, refused_in: RefusedIn, without: Without) -> None:
        self._refused_in = refused_in
        self._without = without
        self._found: defaultdict[str, set[str]] = defaultdict(set)

    def taken(self, body: Body) -> dict[str, Any]:
        """What of `body` its model takes."""
        return self._without(body, self._found[body["model"]])

    async def send(self, body: Body, request: Callable[[dict[str, Any]], Awaitable[T]]) -> T:
        """Once more for each part that the model does not take, and never for another reason: nothing of a refused
        request is billed."""
        import openai

        while True:
            taken = self.taken(body)
            try:
                return await request(taken)
            except openai.APIStatusError as error:
                refused = self._refused_in(error, taken) if error.status_code in _REFUSED else None
                if refused is None:
                    raise
                self._found[body["model"]].add(refused)


def is_unsupported(error: openai.APIStatusError, name: str) -> bool:
    """Whether the error says so of this parameter, or of a part of it; a value out of range is another thing."""
    if error.code not in _CODES:
        return False
    named = parameter_of(error)
    return named == name or (not named and bool(re.search(rf"\b{name}\b", said_in(error.body))))


def parameter_of(error: openai.APIStatusError) -> str:
    """Without the part of it that is named; empty where there is none."""
    return re.split(r"[.\[]", error.param or "", maxsplit=1)[0]
