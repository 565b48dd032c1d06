"""Where exceptions of the SDK, the network and JSON become domain errors, once.

A detail is what the server says of a request, never what it says of a key: `KeyRefused` has none, for servers quote
part of the key there.
"""

from __future__ import annotations

import json
import math
import re
import socket
import ssl
from contextlib import contextmanager
from email.utils import mktime_tz, parsedate_tz
from time import time
from typing import TYPE_CHECKING, Final

from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    ConnectionProblem,
    Delivery,
    KeyRefused,
    ModelGone,
    ProviderError,
    ProviderUnavailable,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    StreamCut,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx2

ANSWERED: Final = "iaposte.answered"
"""The extension that marks a request whose answer has begun."""

_DETAIL_CHARACTERS: Final = 500
_NOT_YET_VALID: Final = 9  # X509_V_ERR_CERT_NOT_YET_VALID

_NO_CREDIT: Final = re.compile(r"insufficient_quota|billing|credit|payment_required|balance", re.IGNORECASE)
_NO_MODEL: Final = re.compile(r"model_(not_found|not_available|deprecated|decommissioned)|DeploymentNotFound")
_NO_MODEL_SAYS: Final = re.compile(
    r"\bmodel\b.{0,200}\b(does not exist|not found|deprecated|decommissioned|shut ?down|retired)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_THE_KEY: Final = re.compile(r"country|region|territory|permission|scope|\brole|not allowed", re.IGNORECASE)
_PAGE: Final = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_KEYS: Final = re.compile(r"\b(?:(?:sk|pk|rk|xai|pplx|nvapi)-|(?:gsk|hf)_|AIza)[\w*.-]{4,}|(?i:\bbearer\s+\S+)")


@contextmanager
def translated(*, billable: bool) -> Iterator[None]:
    """What is raised within leaves as a ProviderError, see `provider_error`."""
    try:
        yield
    except ProviderError:
        raise
    except Exception as error:
        raise provider_error(error, billable=billable) from error


def provider_error(error: Exception, *, billable: bool) -> ProviderError:
    """`billable`: the request was one that is charged once the server has it."""
    # One that was raised before anything was asked must not load the SDK here, on the program's loop.
    if isinstance(error, ProviderError):
        return error
    import httpx2
    import openai

    billed = Delivery.MAYBE if billable else Delivery.NO
    match error:
        case openai.APIStatusError():
            return _of_status(error.response, error.body, billed)
        case openai.APIConnectionError():
            return _of_transport(error.__cause__ or error, error.request, billed)
        case openai.APIError():  # Told inside a stream.
            return error_of(error.code or error.type or "", error.message, billed=billed)
        case httpx2.RequestError():
            return _of_transport(error, error.request, billed)
        case json.JSONDecodeError() | UnicodeDecodeError():
            return unusable("bad JSON", billed=billed)
        case TimeoutError():
            return _unavailable(ConnectionProblem.TIME_LIMIT, sent=Delivery.MAYBE, billed=billed)
    # Its message may hold anything that was sent.
    return ProviderError(type(error).__name__, sent=Delivery.MAYBE, billed=billed)


def error_of(
    code: str,
    message: str,
    *,
    sent: Delivery = Delivery.YES,
    billed: Delivery = Delivery.MAYBE,
) -> ProviderError:
    """For an error that is told inside an answer: `response.failed`, `{"type": "error"}`, a run's `last_error`."""
    detail = _shown(message or code)
    if _NO_CREDIT.search(code):
        return QuotaExhausted(detail, sent=sent, billed=billed)
    if "rate_limit" in code:
        return RateLimited(detail, sent=sent, billed=billed)
    if _is_of_model(code, message):
        return ModelGone(detail, sent=sent, billed=billed)
    match code:
        case "invalid_api_key" | "authentication_error":
            return KeyRefused(sent=sent, billed=billed)
        case "server_is_overloaded" | "overloaded" | "slow_down" | "conversation_locked":
            return _unavailable(ConnectionProblem.BUSY, detail, sent=sent, billed=billed)
        case "" | "server_error" | "api_error" | "internal_error" | "internal_server_error":
            return _unavailable(ConnectionProblem.FAILED, detail, sent=sent, billed=billed)
        case "vector_store_timeout" | "timeout":
            return _unavailable(ConnectionProblem.TIME_LIMIT, detail, sent=sent, billed=billed)
    return RequestRefused(detail, sent=sent, billed=billed)


def unusable(detail: str, *, billed: Delivery = Delivery.YES) -> AnswerUnusable:
    """For an answer that is none. One that is known to have ended was billed."""
    return AnswerUnusable(detail, sent=Delivery.YES, billed=billed)


def cut(detail: str) -> StreamCut:
    """For an answer that began, or goes on at the server, and whose end did not come."""
    return StreamCut(detail, sent=Delivery.YES, billed=Delivery.MAYBE)


def said_in(body: object) -> str:
    """The sentence in an error's body, out of which the SDK has taken `error` where there was one; without the request
    (`input`), which some servers repeat there."""
    if isinstance(body, str):
        return "" if _is_page(body) else body
    if not isinstance(body, dict):
        return ""
    said = body.get("message") or body.get("detail") or ""
    if isinstance(said, list):
        said = [_without_input(each) if isinstance(each, dict) else each for each in said]
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)


def not_json(text: str, *, billed: Delivery = Delivery.NO) -> ProviderUnavailable:
    """For an answer of success that is no JSON: a page is a network's own (captive portal), else it is no API."""
    problem = ConnectionProblem.CAPTIVE_PORTAL if _PAGE.match(text[:2000]) else ConnectionProblem.NOT_AN_API
    return _unavailable(problem, sent=Delivery.YES, billed=billed)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait as the server told them, however many."""
    for name, per_second in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers.get(name, "")) / per_second
        except ValueError:
            continue
        if math.isfinite(seconds):
            return max(0.0, seconds)
    date = parsedate_tz(headers.get("retry-after", ""))
    return max(0.0, mktime_tz(date) - time()) if date else None


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error itself, what it came of, and so on; each once, also where an error was raised from itself."""
    left, seen = [error], set[int]()
    while left:
        each = left.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, BaseExceptionGroup):
            left += each.exceptions
        if (origin := each.__cause__ or each.__context__) is not None:
            left.append(origin)


def _of_status(response: httpx2.Response, body: object, billed: Delivery) -> ProviderError:
    """What was refused is not charged; what failed on the way may be."""
    status, (code, message) = response.status_code, _told(body)
    detail = _shown(_without_key(message, response.request) or f"status {status}")
    sent, wait = Delivery.YES, retry_after(response.headers)
    if 300 <= status < 400:
        return _unavailable(ConnectionProblem.REDIRECTED, _target(response), sent=sent)
    if status == 401 or (status == 403 and not _NOT_THE_KEY.search(f"{code} {message}") and not _is_page(body)):
        return KeyRefused(sent=sent)
    if status == 511:
        return _unavailable(ConnectionProblem.CAPTIVE_PORTAL, response.url.host, sent=sent)
    if status == 402 or (status == 429 and _NO_CREDIT.search(code)):
        return QuotaExhausted(detail, sent=sent)
    if status == 429:
        return RateLimited(detail, sent=sent, retry_after=wait)
    if status in {400, 404, 410} and _is_of_model(code, message):
        return ModelGone(detail, sent=sent)
    if status in {409, 503, 529} or (status == 400 and "conversation_locked" in code):
        return _unavailable(ConnectionProblem.BUSY, detail, sent=sent, retry_after=wait)
    if status == 408:
        return _unavailable(ConnectionProblem.TIME_LIMIT, detail, sent=sent, billed=billed, retry_after=wait)
    if status < 500:
        return RequestRefused(detail, sent=sent)
    return _unavailable(ConnectionProblem.FAILED, detail, sent=sent, billed=billed, retry_after=wait)


def _of_transport(error: BaseException, request: httpx2.Request, billed: Delivery) -> ProviderError:
    import httpx2

    host = request.url.host
    match error:
        case httpx2.ProxyError():
            return _unavailable(ConnectionProblem.PROXY, _shown(str(error)))
        case httpx2.ConnectTimeout() | httpx2.PoolTimeout():
            return _unavailable(ConnectionProblem.TIME_LIMIT, host)
        case httpx2.WriteTimeout():  # The request was cut off: no server carries out half of one.
            return _unavailable(ConnectionProblem.TIME_LIMIT, host, sent=Delivery.MAYBE)
        case httpx2.TimeoutException():
            return _unavailable(ConnectionProblem.TIME_LIMIT, host, sent=Delivery.YES, billed=billed)
        case httpx2.ConnectError():
            return _of_connecting(error, host)
        case httpx2.UnsupportedProtocol() | httpx2.LocalProtocolError():
            return RequestRefused(type(error).__name__)
        case httpx2.DecodingError():
            return unusable(type(error).__name__, billed=billed)
    if ANSWERED in request.extensions:
        return StreamCut(host, sent=Delivery.YES, billed=billed)
    return ProviderUnavailable(host, sent=Delivery.MAYBE, billed=billed)


def _of_connecting(error: BaseException, host: str) -> ProviderUnavailable:
    for each in causes(error):
        match each:
            case socket.gaierror():
                return _unavailable(ConnectionProblem.DNS, host)
            case ssl.SSLCertVerificationError():
                is_early = each.verify_code == _NOT_YET_VALID
                problem = ConnectionProblem.CLOCK if is_early else ConnectionProblem.CERTIFICATE
                return _unavailable(problem, each.verify_message)
            case ssl.SSLError():  # Such as a server without TLS at an https address.
                return _unavailable(ConnectionProblem.NOT_AN_API, f"TLS: {each.reason}")
            case TimeoutError():
                return _unavailable(ConnectionProblem.TIME_LIMIT, host)
    return _unavailable(ConnectionProblem.REFUSED, host)


def _unavailable(
    problem: ConnectionProblem,
    detail: str = "",
    *,
    sent: Delivery = Delivery.NO,
    billed: Delivery = Delivery.NO,
    retry_after: float | None = None,
) -> ProviderUnavailable:
    return ProviderUnavailable(detail, problem=problem, sent=sent, billed=billed, retry_after=retry_after)


def _told(body: object) -> tuple[str, str]:
    """Codes and sentence."""
    named = body if isinstance(body, dict) else {}
    return " ".join(str(named[name]) for name in ("code", "type") if named.get(name)), said_in(body)


def _without_input(said: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in said.items() if name != "input"}


def _is_page(body: object) -> bool:
    """What a gateway on the way shows, not the API."""
    return isinstance(body, str) and body.lstrip().startswith("<")


def _is_of_model(code: str, message: str) -> bool:
    return bool(_NO_MODEL.search(code) or _NO_MODEL_SAYS.search(message))


def _without_key(text: str, request: httpx2.Request) -> str:
    """Of the one that was sent; it may look like anything."""
    key = request.headers.get("authorization", "").partition(" ")[2]
    return text.replace(key, "[key]") if key else text


def _shown(text: str) -> str:
    """Short, and without what looks like a key."""
    return _KEYS.sub("[key]", text)[:_DETAIL_CHARACTERS]


def _target(response: httpx2.Response) -> str:
    import httpx2

    try:
        return response.url.join(response.headers.get("location", "")).host
    except httpx2.InvalidURL:
        return ""
