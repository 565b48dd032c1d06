"""What real servers and the networks before them do to a request; set by `ToyOpenAI.fail`.

A fault may answer in the route's place (`instead`), or change what the route answers: its JSON (`reply`), its events
(`sent`). A fault that cannot do anything to an answer of that kind is a defect of the test; the server notes it in
`toy.invalid`.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from tests.fakes.toy_openai.event_kinds import announces, is_delta, is_terminal, middle, number_of, numbered
from tests.fakes.toy_openai.messages import Event, Refused, Reply


class Severed(Exception):
    """Not an error, but what a fault wants done to the connection."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A line of the stream that says nothing, as proxies send to keep it alive."""

    text: str = "keep-alive"


Sent: TypeAlias = Event | Comment
Events: TypeAlias = AsyncIterator[Event]


@dataclass(frozen=True, slots=True)
class Fault:
    @property
    def needs_stream(self) -> bool:
        return False

    async def instead(self) -> Reply | None:
        """The answer given in place of the route's. Raises Refused, Severed."""
        return None

    def reply(self, reply: Reply) -> Reply:
        return reply

    def sent(self, events: Events) -> AsyncIterator[Sent]:
        return events


@dataclass(frozen=True, slots=True)
class _StreamFault(Fault):
    @property
    def needs_stream(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Delay(Fault):
    seconds: float

    async def instead(self) -> Reply | None:
        await asyncio.sleep(self.seconds)
        return None


@dataclass(frozen=True, slots=True)
class SlowBytes(Fault):
    """The answer leaves `chunk` bytes at a time, with `pause` seconds after each."""

    chunk: int = 1
    pause: float = 0.001


@dataclass(frozen=True, slots=True)
class CutAfter(_StreamFault):
    """The stream ends in good order after so many events, without a terminal one."""

    events: int

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        async for number, event in numbered(events):
            if number >= self.events:
                return
            yield event
            if number + 1 == self.events:
                return


class NoTerminal(_StreamFault):
    """The stream ends in good order when everything but the terminal event has been sent."""

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        async for event in events:
            if not is_terminal(event):
                yield event


@dataclass(frozen=True, slots=True)
class Reset(Fault):
    """The connection is reset: before any byte of the answer, or after so many events of a stream."""

    events: int = 0

    @property
    def needs_stream(self) -> bool:
        return self.events > 0

    async def instead(self) -> Reply | None:
        if self.events == 0:
            raise Severed
        return None

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        async for number, event in numbered(events):
            if number == self.events:
                break
            yield event
        raise Severed


@dataclass(frozen=True, slots=True)
class Stall(_StreamFault):
    """After so many events the stream says nothing more, and stays open."""

    events: int

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        async for number, event in numbered(events):
            if number == self.events:
                break
            yield event
        await asyncio.Event().wait()


@dataclass(frozen=True, slots=True)
class NeverEnds(_StreamFault):
    """The stream repeats its first delta for ever, or keep-alive comments after it."""

    comments: bool = False
    pause: float = 0.005

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        last: Sent = Comment()
        async for event in events:
            yield event
            if is_delta(event):
                last = event
                break
        while True:
            await asyncio.sleep(self.pause)
            yield Comment() if self.comments else last


_USUAL = {
    401: (
        "invalid_request_error",
        "invalid_api_key",
        "Incorrect API key provided: ********. You can find your API key at "
        "https://platform.openai.com/account/api-keys.",
    ),
    403: (
        "invalid_request_error",
        "unsupported_country_region_territory",
        "Country, region, or territory not supported",
    ),
    404: ("invalid_request_error", None, "The requested resource was not found."),
    409: ("invalid_request_error", "conflict", "The resource was changed meanwhile. Please try again."),
    500: ("server_error", None, "The server had an error while processing your request. Sorry about that!"),
    503: ("server_error", None, "The server is overloaded or not ready yet."),
}


@dataclass(frozen=True, slots=True)
class Status(Fault):
    code: int
    error_code: str | None = None
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    async def instead(self) -> Reply | None:
        kind, code, message = _USUAL.get(self.code, ("invalid_request_error", None, f"Answered {self.code}."))
        raise Refused(self.code, kind, self.message or message, code=self.error_code or code, headers=self.headers)


@dataclass(frozen=True, slots=True)
class RateLimited(Fault):
    """`retry_after` as it is written into `Retry-After` ("1", "121", a date), or into `retry-after-ms` ("1500")."""

    retry_after: str
    unit: Literal["s", "ms"] = "s"

    async def instead(self) -> Reply | None:
        name = "retry-after" if self.unit == "s" else "retry-after-ms"
        raise Refused(
            429,
            "requests",
            "Rate limit reached for toy-1 in organization org-toy on requests per min (RPM): Limit 3, Used 3.",
            code="rate_limit_exceeded",
            headers={name: self.retry_after},
        )


class InsufficientQuota(Fault):
    async def instead(self) -> Reply | None:
        raise Refused(
            429,
            "insufficient_quota",
            "You exceeded your current quota, please check your plan and billing details.",
            code="insufficient_quota",
        )


class BadJson(Fault):
    """A body that breaks off, or a data line of the stream that does."""

    def reply(self, reply: Reply) -> Reply:
        return Reply(b'{"id": "toy", "object": ', reply.status, {"content-type": "application/json"})

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        async for is_middle, event in middle(events):
            if is_middle:
                yield Event('{"type": "response.output_te', event.name)
            yield event


class UnknownEvent(_StreamFault):
    """An event that no version of the API has told of; it bears the number of the one before."""

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        number = 0
        async for is_middle, event in middle(events):
            if is_middle:
                data = {"type": "response.toy.unheard_of", "object": "toy.unheard_of", "sequence_number": number}
                yield Event(data, data["type"] if event.name else None)  # type: ignore[arg-type]
            yield event
            number = number_of(event, number)


@dataclass(frozen=True, slots=True)
class OutOfOrder(_StreamFault):
    """`unannounced`: a message's text comes although neither it nor its part was added (in chat completions: no chunk
    says the role). `swapped`: an item's added event comes after the event that follows it."""

    how: Literal["unannounced", "swapped"] = "unannounced"

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        kept: Event | None = None
        async for event in events:
            if announces(event) and (kept is None):
                kept = event
                continue
            if self.how == "unannounced" and announces(event):
                continue
            yield event
            if self.how == "swapped" and kept is not None:
                yield kept
                kept = None


@dataclass(frozen=True, slots=True)
class HtmlPage(Fault):
    """A captive portal."""

    text: str = "<!DOCTYPE html><html><head><title>Wi-Fi</title></head><body>Please accept the terms.</body></html>"

    async def instead(self) -> Reply | None:
        return Reply(self.text.encode(), 200, {"content-type": "text/html; charset=utf-8"})


@dataclass(frozen=True, slots=True)
class Redirect(Fault):
    location: str

    async def instead(self) -> Reply | None:
        return Reply(b"", 307, {"location": self.location})


@dataclass(frozen=True, slots=True)
class DetailBody(Fault):
    """As servers made with FastAPI answer."""

    status: int = 400
    detail: Any = "Vector store not found"

    async def instead(self) -> Reply | None:
        return Reply({"detail": self.detail}, self.status)


@dataclass(frozen=True, slots=True)
class ErrorEvent(_StreamFault):
    """An event `error`; in chat completions: an object `error`."""

    code: str = "server_error"
    message: str = "The server had an error while processing your request."

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        number = 0
        async for is_middle, event in middle(events):
            if is_middle:
                error = {"type": "error", "code": self.code, "message": self.message, "param": None}
                if event.name:
                    yield Event({**error, "sequence_number": number + 1}, "error")
                else:
                    yield Event({"error": error})
                return
            yield event
            number = number_of(event, number)


@dataclass(frozen=True, slots=True)
class FailedEvent(_StreamFault):
    """In chat completions: an object `error`."""

    code: str = "server_error"
    message: str = "An error occurred while processing your request."

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        number = 0
        response: dict[str, Any] = {}
        async for is_middle, event in middle(events):
            if is_middle and not event.name:
                yield Event({"error": {"code": self.code, "message": self.message, "type": "server_error"}})
                return
            if is_middle:
                failed = {**response, "status": "failed", "error": {"code": self.code, "message": self.message}}
                data = {"type": "response.failed", "response": failed, "sequence_number": number + 1}
                yield Event(data, "response.failed")
                return
            yield event
            number = number_of(event, number)
            response = event.data.get("response", response)


class MissingSequence(_StreamFault):
    """No event has a `sequence_number`."""

    async def sent(self, events: Events) -> AsyncIterator[Sent]:
        async for event in events:
            if isinstance(event.data, dict):
                data = {key: value for key, value in event.data.items() if key != "sequence_number"}
                yield dataclasses.replace(event, data=data)
            else:
                yield event
