"""The endpoints of the Responses API: JSON in, JSON out, errors of the domain.

The SDK's classes of events are passed by: they are ten times slower, and an event that they do not know arrives as one
of another kind.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.errors import Delivery
from iaposte_desktop.providers.errors import cut, translated
from iaposte_desktop.providers.json_answers import object_of
from iaposte_desktop.providers.json_fields import Json, number_in
from iaposte_desktop.providers.responses.request import RESULTS, refused_in, without
from iaposte_desktop.providers.unsupported import UnsupportedParameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openai import AsyncStream

    from iaposte_desktop.providers.wire import Wire

_END: Final = object()
_DRAINING_SECONDS: Final = 0.5
_NOT_THERE: Final = frozenset({404, 405, 501})
_ALREADY_OVER: Final = frozenset({400, 404, 409})


class Events:
    """The events of one stream. Raises ProviderError; a stream that ends early just ends."""

    def __init__(self, stream: AsyncStream[object]) -> None:
        self._stream = stream
        self._is_empty = True

    def __aiter__(self) -> Events:
        return self

    async def __anext__(self) -> Json:
        while True:
            with translated(billable=True):
                event = await anext(self._stream, _END)
            if event is _END:
                if self._is_empty:
                    raise cut("no event")
                raise StopAsyncIteration
            self._is_empty = False
            if isinstance(event, dict):
                return event

    async def drain(self) -> None:
        """Read what follows the last event: a connection is used again only when its answer was read to the end."""
        try:
            async with asyncio.timeout(_DRAINING_SECONDS):
                async for _ in self._stream:
                    pass
        except Exception:
            return  # Whatever comes now, the answer is there.

    async def aclose(self) -> None:
        await self._stream.close()


class ResponsesApi:
    """Every method raises ProviderError."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._unsupported = UnsupportedParameters(refused_in, without)
        self._counts = True

    async def create(self, body: Mapping[str, Any]) -> Events:
        client = await self._wire.client()
        import openai

        creates = client.responses.with_raw_response
        with translated(billable=True):
            answer = await self._unsupported.send(body, lambda taken: creates.create(**taken))
            return Events(answer.parse(to=openai.AsyncStream[object]))

    async def follow(self, handle: str, after: int | None) -> Events:
        """The events after the one that has the number `after`; None: from the first."""
        client = await self._wire.client()
        import openai

        options: dict[str, Any] = self._shown | ({} if after is None else {"starting_after": after})
        with translated(billable=True):
            answer = await client.responses.with_raw_response.retrieve(handle, stream=True, **options)
            return Events(answer.parse(to=openai.AsyncStream[object]))

    async def retrieve(self, handle: str) -> Json:
        client = await self._wire.client()
        with translated(billable=True):
            answer = await client.responses.with_raw_response.retrieve(handle, **self._shown)
            return object_of(answer.parse(to=object), billed=Delivery.MAYBE)

    async def cancel(self, handle: str) -> None:
        """What is over, or was never there, is not cancelled."""
        client = await self._wire.client()
        import openai

        with translated(billable=True):
            try:
                await client.responses.with_raw_response.cancel(handle)
            except openai.APIStatusError as error:
                if error.status_code not in _ALREADY_OVER:
                    raise

    async def count(self, body: Mapping[str, Any]) -> int | None:
        """Input tokens; None where the server does not count them, of which it is asked once only."""
        if not self._counts:
            return None
        client = await self._wire.client()
        import openai

        with translated(billable=True):
            try:
                answer = await client.responses.input_tokens.with_raw_response.count(**self._unsupported.taken(body))
            except openai.APIStatusError as error:
                # The model, too, may be what is not there.
                self._counts = error.status_code not in _NOT_THERE or error.code == "model_not_found"
                raise
            return number_in(object_of(answer.parse(to=object)), "input_tokens")

    @property
    def _shown(self) -> dict[str, Any]:
        return {"include": [RESULTS]} if self._wire.connection.has_vector_stores else {}
