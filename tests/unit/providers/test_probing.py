from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind, ConnectionReport
from iaposte_desktop.domain.errors import ApiEnded, KeyRefused, ProviderError, ProviderUnavailable, RateLimited
from iaposte_desktop.providers.probing import probe
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.faults import Status
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.authority import Authority
from tests.unit.providers.loopback import LIST, NOT_FOUND, PAGE, RESET, SILENCE, answer, closed_port, serving

RESPONSES, CHAT, ASSISTANTS = ApiProtocol

MODELS = answer(200, {"object": "list", "data": [{"id": "toy-1"}]})
MISSING = answer(400, {"error": {"message": "Missing required parameter: 'model'.", "type": "invalid_request_error"}})


def now() -> datetime:
    return datetime.now(UTC)


async def probed(
    url: str,
    key: str = "sk-toy",
    kind: ConnectionKind = ConnectionKind.COMPATIBLE,
    protocol: ApiProtocol = RESPONSES,
    endpoint_seconds: float = 8,
    **fields: Any,
) -> ConnectionReport:
    connection = Connection("c", "Toy", kind, protocol, base_url=url, **fields)
    wire = Wire(connection, MemorySecrets({connection.key_name: key}))
    try:
        return await probe(wire, now, endpoint_seconds=endpoint_seconds)
    finally:
        await wire.aclose()


async def refused(url: str, **fields: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        await probed(url, **fields)
    return caught.value


async def probed_of(answers: Mapping[str, bytes]) -> ConnectionReport:
    async with serving({"GET /v1/models": MODELS, **answers}) as server:
        return await probed(server.url, endpoint_seconds=1 if SILENCE in answers.values() else 8)


async def refused_of(answers: Mapping[str, bytes]) -> ProviderError:
    async with serving(answers) as server:
        return await refused(server.url)


async def test_a_server_is_asked_what_it_speaks_and_nothing_is_generated() -> None:
    with ToyOpenAI() as toy:
        report = await probed(toy.base_url)
        asked = {(each.method, each.path, each.body) for each in toy.requests}
    assert report.protocols == set(ApiProtocol)
    assert report.best_protocol is RESPONSES
    assert report.has_vector_stores
    assert {model.id for model in report.models} == {"toy-1", "toy-reasoning-1", "gpt-6.1-terra", "gpt-4o"}
    assert asked == {
        ("GET", "/models", b""),
        ("POST", "/responses", b"{}"),
        ("POST", "/chat/completions", b"{}"),
        ("GET", "/assistants", b""),
        ("GET", "/vector_stores", b""),
    }


async def test_assistants_are_asked_for_as_their_api_wants() -> None:
    with ToyOpenAI() as toy:
        await probed(toy.base_url)
        asked = next(each for each in toy.requests if each.path == "/assistants")
    assert asked.headers["openai-beta"] == "assistants=v2"
    assert asked.query == {"limit": "1"}


async def test_a_wrong_key_is_refused() -> None:
    with ToyOpenAI() as toy, pytest.raises(KeyRefused):
        await probed(toy.base_url, "sk-other")


async def test_a_key_is_tried_even_where_the_models_are_open_to_all() -> None:
    no = answer(401, {"error": {"message": "No auth", "code": 401}})
    assert isinstance(
        await refused_of({"GET /v1/models": MODELS, "POST /v1/responses": no, "POST /v1/chat/completions": no}),
        KeyRefused,
    )


async def test_a_key_that_may_not_list_models_may_still_generate() -> None:
    with ToyOpenAI() as toy:
        toy.fail(Status(403, message="Missing scopes: api.model.read"), on="GET /models")
        report = await probed(toy.base_url)
    assert report.models == ()
    assert RESPONSES in report.protocols


FAMILIES = {
    "refused": (MISSING, True),
    "invalid": (answer(422, {"detail": [{"loc": ["body", "model"]}]}), True),
    "no such route": (NOT_FOUND, False),
    "no such route, as a page": (answer(404, "<html>", "text/html"), False),
    "not allowed": (answer(405, {"detail": "Method Not Allowed"}), False),
    "not implemented": (answer(501, {"error": {"message": "not implemented"}}), False),
    "no such model": (answer(404, {"error": {"message": "The model `None` does not exist.", "code": 404}}), True),
    "no such deployment": (answer(404, {"error": {"code": "DeploymentNotFound", "message": "None."}}), True),
    "out of credit": (answer(429, {"error": {"message": "Quota", "code": "insufficient_quota"}}), True),
    "crashed over it": (answer(500, {"error": {"message": "key 'messages' not found"}}), True),
    "still loading": (answer(503, {"error": {"message": "Loading model"}}), True),
    "forbidden": (answer(403, {"error": {"message": "Missing scopes: model.request"}}), False),
    "an error as success": (answer(200, {"error": "Unexpected endpoint or method. (POST /v1/x)"}), False),
    "a page as success": (PAGE, False),
    "text as success": (answer(200, "hello", "text/plain"), False),
    "taken": (answer(200, {"object": "response"}), True),
    "a redirect": (answer(302, "", location="/"), False),
    "a reset": (RESET, False),
    "broken JSON": (answer(200, '{"obj'), False),
}


@pytest.mark.parametrize(("found", "is_there"), FAMILIES.values(), ids=FAMILIES.keys())
async def test_a_generating_endpoint_is_there_where_it_answers_to_an_empty_body(found: bytes, is_there: bool) -> None:
    for name, protocol, other in (("responses", RESPONSES, CHAT), ("chat/completions", CHAT, RESPONSES)):
        another = "chat/completions" if protocol is RESPONSES else "responses"
        report = await probed_of({f"POST /v1/{name}": found, f"POST /v1/{another}": MISSING})
        assert (protocol in report.protocols) == is_there
        assert other in report.protocols
        assert not report.has_vector_stores


@pytest.mark.parametrize(
    "found", [LIST, NOT_FOUND, PAGE, RESET, SILENCE, answer(200, {"error": "?"}), answer(403), answer(500)]
)
async def test_a_list_is_there_where_it_is_answered(found: bytes) -> None:
    report = await probed_of(
        {"POST /v1/responses": MISSING, "GET /v1/assistants": found, "GET /v1/vector_stores": found}
    )
    assert (ASSISTANTS in report.protocols) == report.has_vector_stores == (found is LIST)


async def test_a_server_without_a_list_of_models_can_be_used() -> None:
    for found in (NOT_FOUND, answer(200, {"error": "Unexpected endpoint"})):
        report = await probed_of({"GET /v1/models": found, "POST /v1/chat/completions": MISSING})
        assert report.models == ()
        assert report.best_protocol is CHAT


async def test_a_site_is_no_api() -> None:
    for found in (PAGE, answer(404, "<html>", "text/html"), answer(200, {"hello": "world"})):
        places = ("GET /v1/models", "POST /v1/responses", "POST /v1/chat/completions", "GET /v1/assistants")
        error = await refused_of(dict.fromkeys(places, found))
        assert error.info.code == "provider_unavailable.not_an_api"
        assert (error.sent, error.billed) == ("yes", "no")


async def test_a_page_at_the_address_of_an_api_is_the_networks_own() -> None:
    async with serving({"GET /v1/models": PAGE}) as server:
        with pytest.raises(ProviderUnavailable) as caught:
            await probed(server.url, kind=ConnectionKind.AZURE)
        assert caught.value.info.code == "provider_unavailable.captive_portal"
        error = await refused("http://api.example/v1", proxy=server.origin)
        assert error.info.code == "provider_unavailable.not_an_api"


async def test_a_page_over_plain_http_can_be_anyones() -> None:
    async with serving({"GET http://api.example/v1/models": PAGE}) as network:
        error = await refused("http://api.example/v1", proxy=network.origin)
    assert error.info.code == "provider_unavailable.captive_portal"


async def test_what_fails_on_the_way_is_named() -> None:
    assert (await refused("http://no-such-host.invalid/v1")).info.code == "provider_unavailable.dns"
    assert (await refused(f"http://127.0.0.1:{closed_port()}/v1")).info.code == "provider_unavailable.refused"
    proxy = f"http://127.0.0.1:{closed_port()}"
    assert (await refused("http://api.example/v1", proxy=proxy)).info.code == "provider_unavailable.proxy"
    redirect = {"GET /v1/models": answer(302, "", location="https://login.example/")}
    error = await refused_of(redirect)
    assert (error.info.code, error.detail) == ("provider_unavailable.redirected", "login.example")


async def test_a_server_that_has_enough_says_when_to_come_back() -> None:
    error = await refused_of({"GET /v1/models": answer(429, {"error": {"message": "Wait"}}, retry_after="7")})
    assert isinstance(error, RateLimited)
    assert error.retry_after == 7


async def test_a_silent_server_is_given_up() -> None:
    async with serving({"GET /v1/models": SILENCE}) as server:
        connection = Connection("c", "Toy", ConnectionKind.COMPATIBLE, base_url=server.url)
        wire = Wire(connection, MemorySecrets())
        await wire.client()
        with pytest.raises(ProviderUnavailable) as caught:
            await probe(wire, now, seconds=0.1)
        await wire.aclose()
    info = caught.value.info
    assert (info.code, info.detail, info.billed) == ("provider_unavailable.time_limit", connection.host, "no")


async def test_the_issuer_of_a_certificate_that_is_not_trusted_is_named(tmp_path: Path) -> None:
    async with serving({}, Authority(tmp_path, "Corporate Inspection").context()) as server:
        error = await refused(server.url)
        assert server.heard == []
    assert error.info.code == "provider_unavailable.certificate"
    assert error.detail.startswith("Corporate Inspection: ")
    assert (error.sent, error.billed) == ("no", "no")


@pytest.mark.parametrize(
    ("valid_days", "problem"),
    [((2, 90), "clock"), ((-90, -2), "certificate"), ((-2900, -2800), "clock")],
    ids=["of the future", "run out", "run out long ago"],
)
async def test_a_certificate_out_of_its_time_tells_of_the_clock_or_of_itself(
    valid_days: tuple[float, float], problem: str, tmp_path: Path
) -> None:
    authority = Authority(tmp_path)
    async with serving({}, authority.context(valid_days)) as server:
        error = await refused(server.url, ca_file=str(authority.ca_file))
        assert server.heard == []
    assert error.info.code == f"provider_unavailable.{problem}"
    assert error.detail.startswith("Toy Inspection CA: ")


async def test_a_certificate_of_another_host_is_not_trusted(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with serving({}, authority.context(address="127.0.0.2")) as server:
        error = await refused(server.url, ca_file=str(authority.ca_file))
    assert error.info.code == "provider_unavailable.certificate"
    assert "127.0.0.1" in error.detail


async def test_a_ca_file_that_is_missing_is_named_and_no_server_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "missing.pem"
    async with serving({}, Authority(tmp_path).context()) as server:
        error = await refused(server.url, ca_file=str(path))
        assert server.connections == 0
    assert error.info.code == "provider_unavailable.certificate"
    assert str(path) in error.detail


async def test_where_the_assistants_api_has_ended_nothing_is_sent() -> None:
    with pytest.raises(ApiEnded):
        await probed("https://eu.api.openai.com/v1", protocol=ASSISTANTS)
    with ToyOpenAI() as toy:
        with pytest.raises(ApiEnded):
            await probed(toy.base_url, kind=ConnectionKind.AZURE, protocol=ASSISTANTS)
        assert toy.requests == []
        assert ASSISTANTS in (await probed(toy.base_url, protocol=ASSISTANTS)).protocols
