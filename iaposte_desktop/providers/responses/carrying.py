"""What a model thought before it called a function goes back to it with the call's result, or it thinks it all again.

The server keeps nothing (`store=false`): reasoning comes back encrypted, and is kept here for the rounds of a run.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from iaposte_desktop.providers.json_fields import Json, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Items: TypeAlias = tuple[Json, ...]

_CALLS_KEPT: Final = 256


class CarriedItems:
    """By the call they came before, for the latest calls. Another model is not given them: it cannot read them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Items] = OrderedDict()

    def keep(self, model: str, output: Iterable[Json], *, is_stored: bool) -> None:
        for call_id, items in _before_calls(output, is_stored=is_stored):
            self._kept[model, call_id] = items
        while len(self._kept) > _CALLS_KEPT:
            self._kept.popitem(last=False)

    def before(self, model: str, call_id: str) -> Items:
        return self._kept.get((model, call_id), ())


def _before_calls(output: Iterable[Json], *, is_stored: bool) -> Iterator[tuple[str, Items]]:
    """From the first reasoning item on, everything up to the call: the API refuses a reasoning item without the item
    that followed it."""
    before: list[Json] = []
    for item in output:
        match item.get("type"):
            case "function_call":
                if before:
                    yield text_in(item, "call_id"), tuple(before)
                before = []
            case "reasoning":
                if is_stored or item.get("encrypted_content") or item.get("content"):
                    before.append(_as_input(item))
            case _ if before:
                before.append(_as_input(item))


def _as_input(item: Json) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value is not None}
