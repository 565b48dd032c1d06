"""The SDK's client as this program uses it. Importing this module loads the SDK (1-2 s): on a worker thread only."""

from __future__ import annotations

import asyncio
import logging
import ssl
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httpx2
import openai

from iaposte_desktop.domain.connections import ApiProtocol
from iaposte_desktop.domain.errors import ConnectionProblem, Delivery, ProviderUnavailable
from iaposte_desktop.providers.errors import ANSWERED, causes
from iaposte_desktop.providers.proxies import host_of, proxy_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from iaposte_desktop.domain.connections import Connection

# What OPENAI_LOG has set at the import; the program alone says what is logged.
logging.getLogger("openai").setLevel(logging.NOTSET)

TIMEOUT: Final = httpx2.Timeout(connect=5, write=60, pool=5, read=60)
"""Seconds; of a stream, `read` is the time between two pieces."""

UPLOAD_TIMEOUT: Final = httpx2.Timeout(connect=5, write=300, pool=5, read=300)

_LIMITS: Final = httpx2.Limits(
    max_connections=64,
    max_keepalive_connections=8,
    keepalive_expiry=4,  # Common servers close an idle connection after 5 s; a request that meets that is ambiguous.
)
_WARM_UP: Final = (
    b'data: {"type":"response.output_text.delta","content_index":0,"delta":"","item_id":"","logprobs":[],'
    b'"output_index":0,"sequence_number":0}\n\n'
)


def build_client(connection: Connection, key: str) -> openai.AsyncOpenAI:
    """Nothing is sent. `key` is empty where there is none. Raises ProviderUnavailable for an address, a CA file or a
    proxy that cannot be used."""
    try:
        address = httpx2.URL(connection.url)
    except httpx2.InvalidURL:
        raise ProviderUnavailable(connection.host, problem=ConnectionProblem.NOT_AN_API) from None
    if connection.protocol is ApiProtocol.RESPONSES:
        asyncio.run(_warm_up())
    return _Client(
        api_key=key,
        base_url=address,
        organization=connection.organization,
        project=connection.project,
        timeout=TIMEOUT,
        max_retries=0,
        http_client=http_client(connection, _ssl_context(connection.ca_file)),
    )


def http_client(connection: Connection, context: ssl.SSLContext) -> httpx2.AsyncClient:
    """What every request of a connection goes through. Raises ProviderUnavailable for a proxy that cannot be used."""
    proxy = proxy_for(connection)
    try:
        transport = _Transport(
            verify=context,
            trust_env=False,
            limits=_LIMITS,
            proxy=proxy and httpx2.Proxy(proxy, ssl_context=context if proxy.startswith("https:") else None),
        )
    except (ValueError, ImportError, httpx2.InvalidURL):
        # The message would hold the proxy's password.
        raise ProviderUnavailable(host_of(proxy or ""), problem=ConnectionProblem.PROXY) from None
    transport.proxy = host_of(proxy or "")
    return httpx2.AsyncClient(transport=transport, timeout=TIMEOUT, trust_env=False, follow_redirects=False)


def _ssl_context(ca_file: str) -> ssl.SSLContext:
    """The system's roots, and those of `ca_file`."""
    context = httpx2.create_ssl_context(trust_env=False)
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # ssl.SSLError is one.
            detail = f"{ca_file}: {error.strerror or 'no certificate in it'}"
            raise ProviderUnavailable(detail, problem=ConnectionProblem.CERTIFICATE) from None
    return context


class _Client(openai.AsyncOpenAI):
    """Takes nothing from OPENAI_* variables, copies of it (`with_options`) included, and needs no key."""

    def __init__(
        self,
        *,
        organization: str | None = None,
        project: str | None = None,
        default_headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        # Where one of these is None, the SDK asks the environment.
        super().__init__(
            **options | {"webhook_secret": "", "admin_api_key": ""},
            organization=organization or "",
            project=project or "",
            default_headers=default_headers,
        )
        # An empty one would be sent as an empty header, and OPENAI_CUSTOM_HEADERS has been added to the headers.
        self.admin_api_key = None
        self.organization = organization or None
        self.project = project or None
        self._custom_headers = default_headers or {}

    @property
    def user_agent(self) -> str:
        return f"AsyncOpenAI/Python {openai.__version__}"

    def _validate_headers(self, headers: object, custom_headers: object) -> None:
        """A server of one's own often has no key: no Authorization then."""


class _Transport(httpx2.AsyncHTTPTransport):
    """What the SDK leaves to chance. `proxy` is the name of the proxy's host, where there is one.

    A connection on which an error was answered is not used again: some servers reset it then, and of a request that
    meets a reset nobody knows whether it was carried out. A page in place of an answer (a captive portal's) is raised
    as what it is: the SDK makes text or an empty stream of it."""

    proxy = ""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        try:
            response = await super().handle_async_request(request)
        except httpx2.ProxyError as error:
            raise httpx2.ProxyError(f"{self.proxy}: {error}") from error
        except httpx2.ConnectError as error:
            is_about_tls = any(isinstance(each, ssl.SSLError) for each in causes(error))
            if self.proxy and not is_about_tls:
                raise httpx2.ProxyError(self.proxy) from error
            raise
        request.extensions[ANSWERED] = True
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        if not response.is_success:
            response.stream = _LastStream(response.stream, response.extensions["network_stream"])
        if _is_page(request, response):
            await response.stream.aclose()
            raise ProviderUnavailable(request.url.host, problem=ConnectionProblem.CAPTIVE_PORTAL, sent=Delivery.YES)
        if response.status_code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            await response.stream.aclose()
            raise httpx2.ProxyError(
                f"{self.proxy or request.url.host}: {response.status_code} {response.reason_phrase}"
            )
        return response


def _is_page(request: httpx2.Request, response: httpx2.Response) -> bool:
    """A file's content may be one."""
    is_html = response.headers.get("content-type", "").lower().startswith("text/html")
    return response.is_success and is_html and request.headers.get("accept") != "application/binary"


class _LastStream(httpx2.AsyncByteStream):
    """A body after which its connection is closed."""

    def __init__(self, body: httpx2.AsyncByteStream, connection: Any) -> None:
        self._body = body
        self._connection = connection

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._body:
            yield part

    async def aclose(self) -> None:
        # In this order: the pool gives away a connection that is open when its body is closed.
        try:
            await self._connection.aclose()
        finally:
            await self._body.aclose()


async def _warm_up() -> None:
    """The first stream builds its models for 100 ms: here, instead of in the program's loop."""

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=_WARM_UP)

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer), trust_env=False) as http:
        client = _Client(api_key="", base_url="http://nowhere.invalid", http_client=http)
        async for _ in await client.responses.create(model="", input="", stream=True):
            pass
