"""Function calls put together from the pieces of a stream."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.providers.arguments import arguments_in, tool_call
from iaposte_desktop.providers.json_fields import object_in, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iaposte_desktop.domain.ports.model_provider import ToolCall
    from iaposte_desktop.providers.json_fields import Json


@dataclass(slots=True)
class _Call:
    index: object
    call_id: str = ""
    name: str = ""
    arguments: str = ""

    @property
    def is_whole(self) -> bool:
        return bool(self.arguments) and arguments_in(self.arguments) is not None


class ToolCallPieces:
    """The calls of one answer. By the protocol a piece names its call by `index`; servers that send whole calls leave
    it out, or say 0 each time. `taken` are the ids that a call of this answer cannot have."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._calls: list[_Call] = []

    def take(self, piece: Json) -> None:
        function = object_in(piece, "function")
        call_id, name, arguments = text_in(piece, "id"), text_in(function, "name"), function.get("arguments")
        call = self._call_of(piece.get("index"), call_id, name)
        call.call_id = call.call_id or call_id
        call.name = call.name or name
        call.arguments += json.dumps(arguments) if isinstance(arguments, dict) else str(arguments or "")

    def calls(self) -> tuple[ToolCall, ...]:
        """Raises AnswerUnusable for arguments that are no JSON object, and for a call without a name."""
        return tuple(self._finished(call) for call in self._calls)

    def _call_of(self, index: object, call_id: str, name: str) -> _Call:
        for call in reversed(self._calls):
            if call.index != index:
                continue
            is_another = call_id != call.call_id if call_id and call.call_id else bool(name) and call.is_whole
            if not is_another:
                return call
            break
        self._calls.append(_Call(index))
        return self._calls[-1]

    def _finished(self, call: _Call) -> ToolCall:
        call_id = call.call_id if call.call_id and call.call_id not in self._taken else new_id("call")
        self._taken.add(call_id)
        return tool_call(call_id, call.name, call.arguments)
