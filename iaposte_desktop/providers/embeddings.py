"""`Embedder` over `/embeddings` of any server that has it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.errors import Delivery
from iaposte_desktop.providers.errors import translated, unusable
from iaposte_desktop.providers.json_answers import object_of
from iaposte_desktop.providers.models import list_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.ports.embedder import Vector
    from iaposte_desktop.providers.wire import Wire

_SIGN: Final = "embed"


class HostedEmbedder:
    """Lives as long as `wire`, which is closed by its owner."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def embed(self, model: str, texts: Sequence[str]) -> tuple[Vector, ...]:
        client = await self._wire.client()
        # The SDK's own call asks for base64 where nothing is said, and decodes what not every server encodes.
        body = {"model": model, "input": list(texts), "encoding_format": "float"}
        with translated(billable=True):
            answer = object_of(await client.post("/embeddings", cast_to=object, body=body), billed=Delivery.MAYBE)
        return _vectors(answer.get("data"), len(texts))

    async def embedding_models(self) -> tuple[str, ...]:
        return tuple(each for each in await list_ids(self._wire) if _SIGN in each.casefold())


def _vectors(rows: object, count: int) -> tuple[Vector, ...]:
    """By their index, where servers tell one. Raises AnswerUnusable for anything but `count` vectors of one length."""
    found: dict[int, Vector] = {}
    for place, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and (vector := _vector(row.get("embedding"))):
            index = row.get("index")
            found[index if type(index) is int else place] = vector
    if found.keys() != set(range(count)) or len({len(vector) for vector in found.values()}) != 1:
        raise unusable("no vector for each text", billed=Delivery.YES)
    return tuple(found[index] for index in range(count))


def _vector(numbers: Any) -> Vector | None:
    """None for what has no direction."""
    if not isinstance(numbers, list) or not all(type(number) in (int, float) for number in numbers):
        return None
    return tuple(map(float, numbers)) if all(map(math.isfinite, numbers)) and any(numbers) else None
