"""The test of a connection: what answers there, found by endpoint, never by vendor, with nothing sent that is billed.

A generating endpoint is asked with an empty body: where it exists, it refuses that. A page of HTML in place of an
answer is the network's own (a captive portal) where the address is known to be an API's, or where anyone on the way
could have answered (plain http to another machine); else it is the site itself, which is no API.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.connections import ApiProtocol, ConnectionKind, ConnectionReport
from iaposte_desktop.domain.errors import (
    ApiEnded,
    ConnectionProblem,
    Delivery,
    KeyRefused,
    ProviderError,
    ProviderUnavailable,
    RequestRefused,
)
from iaposte_desktop.providers.assistants_v2.api import HEADERS
from iaposte_desktop.providers.errors import causes, provider_error
from iaposte_desktop.providers.models import list_models
from iaposte_desktop.providers.proxies import is_loopback

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from iaposte_desktop.domain.connections import Connection
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.model_provider import ModelInfo
    from iaposte_desktop.providers.wire import Wire

_OF_A_MODEL: Final = re.compile(r"\b(model|deployment)", re.IGNORECASE)


async def probe(wire: Wire, clock: Clock, *, seconds: float = 20, endpoint_seconds: float = 8) -> ConnectionReport:
    """Raises ProviderError, after `seconds` at the latest. What does not answer within `endpoint_seconds` is not
    there."""
    connection = wire.connection
    is_retired_there = connection.is_openai or connection.kind is ConnectionKind.AZURE
    if connection.protocol is ApiProtocol.ASSISTANTS_V2 and is_retired_there:
        raise ApiEnded
    try:
        async with asyncio.timeout(seconds):
            try:
                return await _report(wire, endpoint_seconds)
            except ProviderUnavailable as error:
                raise await _explained(error, connection, clock) from error
    except TimeoutError as error:
        raise ProviderUnavailable(connection.host, problem=ConnectionProblem.TIME_LIMIT, sent=Delivery.MAYBE) from error


async def _report(wire: Wire, seconds: float) -> ConnectionReport:
    models, refusal = await _models(wire)
    client = await wire.client()
    responses, chat, assistants, stores = await asyncio.gather(
        _asked(client, "POST", "/responses", seconds),
        _asked(client, "POST", "/chat/completions", seconds),
        _asked(client, "GET", "/assistants", seconds),
        _asked(client, "GET", "/vector_stores", seconds),
    )
    found = {
        ApiProtocol.RESPONSES: responses.is_of_endpoint,
        ApiProtocol.CHAT_COMPLETIONS: chat.is_of_endpoint,
        ApiProtocol.ASSISTANTS_V2: assistants.is_list,
    }
    if not any(found.values()):
        _raise_nothing_found((responses, chat, assistants), refusal)
    return ConnectionReport(frozenset(name for name, is_there in found.items() if is_there), stores.is_list, models)


async def _models(wire: Wire) -> tuple[tuple[ModelInfo, ...], ProviderError | None]:
    """A server may list none, and a key may be barred from listing."""
    try:
        return await list_models(wire), None
    except (RequestRefused, ProviderUnavailable) as error:
        if isinstance(error, ProviderUnavailable) and error.problem is not ConnectionProblem.NOT_AN_API:
            raise
        return (), error


@dataclass(frozen=True, slots=True)
class _Answer:
    """`status` is 0 where there is `error` and no answer."""

    status: int = 0
    body: object = None
    error: ProviderError | None = None

    @property
    def is_of_endpoint(self) -> bool:
        """Whether it can be the answer of a generating endpoint to an empty body."""
        if self.status == 404:
            return bool(_OF_A_MODEL.search(str(self.body)))
        if self.status == 200:  # A server that takes the body; one that answers everything tells an error here.
            return isinstance(self.body, dict) and "object" in self.body
        return self.status in {400, 409, 422, 429} or (self.status >= 500 and self.status != 501)

    @property
    def is_list(self) -> bool:
        return self.status == 200 and isinstance(self.body, dict) and isinstance(self.body.get("data"), list)


async def _asked(client: AsyncOpenAI, method: str, path: str, seconds: float) -> _Answer:
    import openai

    options: Any = {"timeout": seconds}
    try:
        if method == "POST":
            return _Answer(200, await client.post(path, cast_to=object, body={}, options=options))
        options |= {"params": {"limit": 1}, "headers": HEADERS if path == "/assistants" else {}}
        return _Answer(200, await client.get(path, cast_to=object, options=options))
    except openai.APIStatusError as error:
        return _Answer(error.status_code, error.body, provider_error(error, billable=False))
    except Exception as error:
        return _Answer(error=provider_error(error, billable=False))


def _raise_nothing_found(answers: tuple[_Answer, ...], refusal: ProviderError | None) -> None:
    errors = [answer.error for answer in answers if answer.error is not None]
    for error in errors:
        if isinstance(error, KeyRefused):  # The list of models may be open to all.
            raise error
    unavailable = [error for error in errors if isinstance(error, ProviderUnavailable)]
    if len(unavailable) == len(answers):
        raise unavailable[0]
    detail = refusal.detail if refusal is not None else ""
    raise ProviderUnavailable(detail, problem=ConnectionProblem.NOT_AN_API, sent=Delivery.YES)


async def _explained(error: ProviderUnavailable, connection: Connection, clock: Clock) -> ProviderUnavailable:
    """With what only a second look can tell."""
    problem, detail = error.problem, error.detail
    if problem is ConnectionProblem.CAPTIVE_PORTAL and not _is_page_of_network(connection):
        problem = ConnectionProblem.NOT_AN_API
    distrust = next((each for each in causes(error) if isinstance(each, ssl.SSLCertVerificationError)), None)
    if distrust is not None:
        from iaposte_desktop.providers.certificates import peer_certificate

        certificate = await peer_certificate(connection)
        if certificate is not None:
            is_clock = certificate.proves_wrong_clock(clock())
            problem = ConnectionProblem.CLOCK if is_clock else ConnectionProblem.CERTIFICATE
            detail = f"{certificate.issuer}: {distrust.verify_message}"
    return ProviderUnavailable(
        detail, problem=problem, sent=error.sent, billed=error.billed, retry_after=error.retry_after
    )


def _is_page_of_network(connection: Connection) -> bool:
    is_known_api = connection.is_openai or connection.kind is ConnectionKind.AZURE
    is_plain = connection.url.startswith("http:")
    return is_known_api or (is_plain and not is_loopback(connection.url))
