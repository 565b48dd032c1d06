"""Models behind chat completions: OpenAI's, and those of nearly every other server."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import AnswerUnusable
from iaposte_desktop.domain.ports.model_provider import Failed, ModelCapabilities, Started
from iaposte_desktop.providers.chat_completions.request import body_of, refused_in, without
from iaposte_desktop.providers.chat_completions.stream import Answer
from iaposte_desktop.providers.errors import cut, provider_error, translated
from iaposte_desktop.providers.models import list_models
from iaposte_desktop.providers.unsupported import UnsupportedParameters

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from openai import AsyncStream

    from iaposte_desktop.domain.ports.model_provider import GenerationRequest, ModelInfo, ProviderEvent
    from iaposte_desktop.providers.wire import Wire


class ChatCompletionsProvider:
    """Implements ModelProvider. Nothing is kept at the server: a generation lives as long as its stream."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._unsupported = UnsupportedParameters(refused_in, without)

    @property
    def name(self) -> str:
        return self._wire.connection.id

    @property
    def capabilities(self) -> ModelCapabilities:
        return ModelCapabilities(json_output=True, reasoning=True, is_remote=self._wire.connection.is_remote)

    async def models(self) -> tuple[ModelInfo, ...]:
        return await list_models(self._wire)

    async def generate(self, request: GenerationRequest) -> AsyncGenerator[ProviderEvent, None]:
        with translated(billable=True):
            stream = await self._opened(body_of(request))
            try:
                async with aclosing(_events(stream, request)) as events:
                    async for event in events:
                        yield event
            finally:
                await stream.close()

    def resume(self, handle: str) -> AsyncIterator[ProviderEvent]:
        raise AnswerUnusable(f"nothing to resume: {handle}")

    async def cancel(self, handle: str) -> None:
        """No generation outlives its iterator."""

    async def count_input_tokens(self, request: GenerationRequest) -> int | None:  # noqa: ARG002 - the port's signature
        """None: the protocol does not count."""
        return None

    async def aclose(self) -> None:
        await self._wire.aclose()

    async def _opened(self, body: dict[str, object]) -> AsyncStream[object]:
        client = await self._wire.client()
        import openai

        # Not `client.chat.completions`: its models of chunks lose what other servers leave out.
        return await self._unsupported.send(
            body,
            lambda taken: client.post(
                "/chat/completions", body=taken, cast_to=object, stream=True, stream_cls=openai.AsyncStream[object]
            ),
        )


async def _events(stream: AsyncStream[object], request: GenerationRequest) -> AsyncGenerator[ProviderEvent, None]:
    import openai

    yield Started()
    answer = Answer(request)
    is_empty = True
    try:
        async for chunk in stream:
            is_empty = False
            for event in answer.take(chunk):
                yield event
    except openai.APIConnectionError:
        if not answer.is_finished:
            raise
    except openai.APIError as error:
        yield Failed(provider_error(error, billable=True).info)
        return
    if is_empty:
        raise cut("no event")
    for event in answer.end():
        yield event
