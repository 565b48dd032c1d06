"""From a request to its answer on the wire: key, fault, route."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
from collections.abc import Mapping, Sequence

import h11

from tests.fakes.toy_openai.faults import Fault, Severed, SlowBytes
from tests.fakes.toy_openai.messages import EventStream, Refused, Reply, Request, Route
from tests.fakes.toy_openai.planned_faults import PlannedFaults
from tests.fakes.toy_openai.recording import ROOT, Recorded, parts_of, recorded
from tests.fakes.toy_openai.validation import Invalid
from tests.fakes.toy_openai.wire import Wire, encoded_json

_log = logging.getLogger(__name__)


class Answering:
    """`requests`, `hung_up`, `invalid`, `under_way` are written on the server's loop and may be read from any
    thread."""

    def __init__(self, routes: Sequence[Route], faults: PlannedFaults, key: str | None) -> None:
        self.key = key
        self.requests: list[Recorded] = []
        self.hung_up: list[Recorded] = []
        self.invalid: list[str] = []
        self.under_way = 0
        # A literal segment goes before one that takes any value.
        self._routes = sorted(routes, key=lambda route: "{" in route.pattern)
        self._faults = faults
        self._numbers = itertools.count(1)

    async def talk(self, wire: Wire) -> None:
        """As long as the connection lives."""
        try:
            while await self._next(wire):
                pass
        except (Severed, asyncio.CancelledError):
            wire.reset()
        except ConnectionError:
            pass
        except Exception:
            _log.exception("a stream broke off")
        finally:
            wire.close()

    async def _next(self, wire: Wire) -> bool:
        try:
            received = await wire.request()
        except h11.RemoteProtocolError as error:
            await self._tell(wire, Refused(400, "invalid_request_error", f"Bad HTTP: {error}"))
            return False
        if received is None:
            return False
        request = recorded(received)
        self.requests.append(request)
        self.under_way += 1
        handling = asyncio.ensure_future(self._handle(request, wire))
        leaving = asyncio.ensure_future(wire.left())
        try:
            await asyncio.wait({handling, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not handling.done():
                self.hung_up.append(request)
                return False
            handling.result()
        except ConnectionError:
            self.hung_up.append(request)
            raise
        finally:
            handling.cancel()
            leaving.cancel()
            await asyncio.gather(handling, leaving, return_exceptions=True)
            self.under_way -= 1
        return wire.is_reusable()

    async def _handle(self, request: Recorded, wire: Wire) -> None:
        fault = self._faults.met_by(request)
        wire.pace = (fault.chunk, fault.pause) if isinstance(fault, SlowBytes) else None
        try:
            answer = await fault.instead() or await self._answer(request)
        except Refused as refused:
            if isinstance(refused, Invalid):
                self.invalid.append(f"{request.method} {request.path}: {refused.message}")
            await self._tell(wire, refused)
        except Severed:
            raise
        except Exception:
            _log.exception("%s %s", request.method, request.path)
            await self._tell(wire, Refused(500, "server_error", "The toy has a defect: see the log."))
        else:
            await self._send(wire, request, fault, answer)

    async def _send(self, wire: Wire, request: Recorded, fault: Fault, answer: Reply | EventStream) -> None:
        if isinstance(answer, EventStream):
            headers = [("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-cache")]
            async with contextlib.aclosing(answer.events):  # type: ignore[type-var]  # They are generators.
                await wire.stream([*headers, *self._usual()], fault.sent(answer.events))
            return
        if fault.needs_stream:
            self.invalid.append(f"{request.method} {request.path}: {fault!r} needs a stream")
        await self._reply(wire, fault.reply(answer))

    async def _answer(self, request: Recorded) -> Reply | EventStream:
        self._check_key(request.headers)
        for route in self._routes:
            parts = parts_of(route.pattern, request.path)
            if route.method == request.method and parts is not None:
                given = Request(request.method, request.path, request.query, request.headers, request.body, parts)
                try:
                    return await route.handler(given)
                except json.JSONDecodeError as error:
                    raise Invalid(f"We could not parse the JSON body of your request: {error}") from None
        raise Refused(404, "invalid_request_error", f"Invalid URL ({request.method} {ROOT}{request.path})")

    def _check_key(self, headers: Mapping[str, str]) -> None:
        given = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if self.key is None or given == self.key:
            return
        where = "https://platform.openai.com/account/api-keys."
        message = f"Incorrect API key provided: {_masked(given)}. You can find your API key at {where}"
        if not given:
            message = f"You didn't provide an API key. You need to provide it in an Authorization header. See {where}"
        raise Refused(401, "invalid_request_error", message, code="invalid_api_key" if given else None)

    async def _tell(self, wire: Wire, refused: Refused) -> None:
        error = {"message": refused.message, "type": refused.type, "param": refused.param, "code": refused.code}
        await self._reply(wire, Reply({"error": error}, refused.status, refused.headers))

    async def _reply(self, wire: Wire, reply: Reply) -> None:
        body = reply.body if isinstance(reply.body, bytes) else encoded_json(reply.body)
        own = {} if isinstance(reply.body, bytes) else {"content-type": "application/json"}
        await wire.answer(reply.status, [*{**own, **reply.headers}.items(), *self._usual()], body)

    def _usual(self) -> list[tuple[str, str]]:
        return [("x-request-id", f"req_{next(self._numbers):06}")]


def _masked(key: str) -> str:
    return f"{key[:3]}{'*' * 8}{key[-4:]}" if len(key) > 12 else "*" * len(key)
