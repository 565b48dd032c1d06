from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from openai import NotFoundError

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import KeyMissing, KeyRefused, ProviderError, ProviderUnavailable
from iaposte_desktop.platform.logs import logging_to
from iaposte_desktop.providers.errors import provider_error
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.authority import Authority
from tests.unit.providers.loopback import LIST, NOT_FOUND, PAGE, Loopback, answer, closed_port, serving

KEY = "sk-secret-0123456789"

ENVIRONMENT = {
    "OPENAI_API_KEY": "sk-environment",
    "OPENAI_ADMIN_KEY": "sk-environment-admin",
    "OPENAI_BASE_URL": "https://environment.example/v1",
    "OPENAI_ORG_ID": "org-environment",
    "OPENAI_PROJECT_ID": "proj-environment",
    "OPENAI_CUSTOM_HEADERS": "X-Environment: yes\nAuthorization: Bearer sk-environment\nX-Odd: ключ",
    "OPENAI_WEBHOOK_SECRET": "environment",
    "OPENAI_API_TYPE": "azure",
    "OPENAI_API_VERSION": "environment",
    "SSL_CERT_FILE": "/environment.pem",
}


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with serving({"GET /v1/models": LIST}) as found:
        yield found


def connection_to(url: str, kind: ConnectionKind = ConnectionKind.COMPATIBLE, **fields: Any) -> Connection:
    return Connection("conn_1", "Toy", kind, base_url=url, **fields)


def wire_to(connection: Connection, key: str = KEY) -> Wire:
    return Wire(connection, MemorySecrets({connection.key_name: key} if key else {}))


async def listed(connection: Connection, key: str = KEY) -> ProviderError | None:
    """Ask for the models; the error, where there is one."""
    wire = wire_to(connection, key)
    try:
        await (await wire.client()).models.list()
    except Exception as error:
        return provider_error(error, billable=False)
    finally:
        await wire.aclose()
    return None


async def test_the_key_of_the_connections_host_is_sent(server: Loopback) -> None:
    connection = connection_to(server.url)
    secrets = MemorySecrets({connection.key_name: f"{KEY}\n", "conn_1@elsewhere.example": "other"})
    wire = Wire(connection, secrets)
    await (await wire.client()).models.list()
    await wire.aclose()
    assert secrets.asked == [f"conn_1@127.0.0.1:{server.port}"]
    assert server.heard[0].headers["authorization"] == f"Bearer {KEY}"


async def test_organization_and_project_are_sent_where_there_are_any(server: Loopback) -> None:
    assert await listed(connection_to(server.url, organization="org-1", project="proj-1")) is None
    assert await listed(connection_to(server.url)) is None
    named, plain = (heard.headers for heard in server.heard)
    assert (named["openai-organization"], named["openai-project"]) == ("org-1", "proj-1")
    assert not {"openai-organization", "openai-project"} & plain.keys()


@pytest.mark.parametrize("key", [KEY, ""])
async def test_the_environment_changes_nothing(server: Loopback, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await listed(connection_to(server.url), key)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    wire = wire_to(connection_to(server.url), key)
    client = await wire.client()
    await client.models.list()
    await client.with_options(timeout=3).models.list()
    await client.copy(max_retries=0).get("/models", cast_to=object)
    await wire.aclose()
    expected, *found = (_without(heard.headers, "x-stainless-read-timeout") for heard in server.heard)
    assert found == [expected] * 3
    assert ("authorization" in expected) == bool(key)


def _without(headers: object, name: str) -> dict[str, str]:
    assert isinstance(headers, dict)
    return {key: value for key, value in headers.items() if key != name}


def test_the_environment_switches_no_log_on() -> None:
    source = """
import asyncio
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets

async def main():
    wire = Wire(Connection("c", "c", ConnectionKind.LOCAL, base_url="http://127.0.0.1:1/v1"), MemorySecrets())
    try:
        await (await wire.client()).models.list()
    except Exception as error:
        print(type(error).__name__)
    await wire.aclose()

asyncio.run(main())
"""
    environment = {**os.environ, "OPENAI_LOG": "debug"}
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, env=environment, check=True)
    assert (ended.stdout, ended.stderr) == ("APIConnectionError\n", "")


def test_the_sdk_is_loaded_and_its_models_built_by_another_thread_than_the_loops() -> None:
    source = """
import asyncio, sys, threading
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in {"openai", "httpx2"}:
            print(name, threading.current_thread() is threading.main_thread())

async def main():
    wire = Wire(Connection("c", "c", ConnectionKind.LOCAL, base_url="http://127.0.0.1:1/v1"), MemorySecrets())
    sys.meta_path.insert(0, Watch())
    await wire.client()
    from openai._models import TypeAdapter
    print("models built", TypeAdapter.cache_info().currsize > 0)
    await wire.aclose()

asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert sorted(ended.stdout.splitlines()) == ["httpx2 False", "models built True", "openai False"]


@pytest.mark.parametrize("kind", [ConnectionKind.OPENAI, ConnectionKind.AZURE])
async def test_where_a_key_is_needed_nothing_is_sent_without_one(server: Loopback, kind: ConnectionKind) -> None:
    assert isinstance(await listed(connection_to(server.url, kind), key=""), KeyMissing)
    assert isinstance(await listed(connection_to(server.url, kind), key=" \n"), KeyMissing)
    assert server.heard == []


@pytest.mark.parametrize("kind", [ConnectionKind.COMPATIBLE, ConnectionKind.LOCAL])
async def test_a_server_without_keys_gets_no_header_for_one(server: Loopback, kind: ConnectionKind) -> None:
    assert await listed(connection_to(server.url, kind), key="") is None
    assert "authorization" not in server.heard[0].headers


async def test_a_key_that_is_missing_once_is_asked_for_again(server: Loopback) -> None:
    connection = connection_to(server.url, ConnectionKind.OPENAI)
    secrets = MemorySecrets()
    wire = Wire(connection, secrets)
    with pytest.raises(KeyMissing):
        await wire.client()
    await secrets.set(connection.key_name, MemorySecrets({"k": KEY}).secrets["k"])
    await (await wire.client()).models.list()
    await wire.aclose()
    assert server.heard[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("key", ["sk-ключ", "sk-two\nlines", "sk-…"])
async def test_a_key_that_no_header_carries_is_refused_and_not_quoted(server: Loopback, key: str) -> None:
    error = await listed(connection_to(server.url), key)
    assert isinstance(error, KeyRefused)
    assert str(error) == ""
    assert server.heard == []


@pytest.mark.parametrize(
    "url", ["", "api.example/v1", "ftp://api.example/v1", "http://", "http://[::1/v1", "http://a:b/", "http://é..com/"]
)
async def test_what_is_no_address_is_said_so(url: str) -> None:
    wire = Wire(connection_to(url), MemorySecrets())
    with pytest.raises(ProviderUnavailable) as caught:
        await wire.client()
    assert caught.value.info.code == "provider_unavailable.not_an_api"


async def test_two_first_uses_at_once_make_one_client(server: Loopback) -> None:
    connection = connection_to(server.url)
    secrets = MemorySecrets({connection.key_name: KEY})
    wire = Wire(connection, secrets)
    first, second = await asyncio.gather(wire.client(), wire.client())
    await wire.aclose()
    assert first is second
    assert len(secrets.asked) == 1


async def test_what_two_ends_share_is_closed_with_the_last_of_them(server: Loopback) -> None:
    wire = wire_to(connection_to(server.url))
    twin = wire.twin()
    client = await wire.client()
    assert await twin.client() is client
    assert twin.connection is wire.connection
    for _ in range(2):
        await wire.aclose()
    assert not client.is_closed()
    with pytest.raises(ProviderUnavailable):
        await wire.client()
    await (await twin.client()).models.list()
    for _ in range(2):
        await twin.aclose()
    assert client.is_closed()


async def test_a_wire_that_was_never_used_closes() -> None:
    wire = wire_to(connection_to("http://127.0.0.1:1/v1"))
    await wire.aclose()
    with pytest.raises(ProviderUnavailable):
        await wire.client()


async def test_a_redirect_is_told_and_not_followed(server: Loopback) -> None:
    async with serving({"GET /v1/models": answer(302, "", location=f"{server.url}/models")}) as elsewhere:
        error = await listed(connection_to(elsewhere.url))
    assert error is not None
    assert (error.info.code, error.detail) == ("provider_unavailable.redirected", "127.0.0.1")
    assert server.heard == []


async def test_a_page_in_place_of_an_answer_is_no_answer() -> None:
    answers = {"GET /v1/models": PAGE, "POST /v1/responses": PAGE, "GET /v1/files/file_1/content": PAGE}
    async with serving(answers) as server:
        error = await listed(connection_to(server.url))
        assert error is not None
        assert error.info.code == "provider_unavailable.captive_portal"
        wire = wire_to(connection_to(server.url))
        client = await wire.client()
        with pytest.raises(ProviderUnavailable) as caught:
            await client.responses.create(model="m", input="Hello", stream=True)
        assert caught.value.info.code == "provider_unavailable.captive_portal"
        assert "Welcome" in (await client.files.content("file_1")).text
        await wire.aclose()


async def test_a_connection_is_kept_after_success_and_dropped_after_an_error(server: Loopback) -> None:
    wire = wire_to(connection_to(server.url))
    client = await wire.client()
    await client.models.list()
    await client.models.list()
    with pytest.raises(NotFoundError):
        await client.models.retrieve("nothing")
    await client.models.list()
    await client.models.list()
    await wire.aclose()
    assert [heard.connection for heard in server.heard] == [0, 0, 0, 1, 1]


async def test_a_proxy_leads_to_other_hosts() -> None:
    answers = {"GET http://api.example/v1/models": LIST}
    async with serving(answers) as proxy:
        assert await listed(connection_to("http://api.example/v1", proxy=f"127.0.0.1:{proxy.port}")) is None
    assert proxy.heard[0].headers["host"] == "api.example"


async def test_the_systems_proxy_is_used_and_its_exceptions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving({"GET http://api.example/v1/models": LIST}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.origin)
        assert await listed(connection_to("http://api.example/v1")) is None
        monkeypatch.setenv("no_proxy", ".invalid")
        error = await listed(connection_to("http://api.invalid/v1"))
        assert error is not None
        assert error.info.code == "provider_unavailable.dns"
    assert len(proxy.heard) == 1


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
async def test_loopback_is_never_reached_through_a_proxy(
    server: Loopback, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving({}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.origin)
        monkeypatch.setenv("all_proxy", proxy.origin)
        monkeypatch.setenv("no_proxy", "")
        url = server.url.replace("127.0.0.1", name)
        assert await listed(connection_to(url, proxy=proxy.origin)) is None
    assert proxy.heard == []


async def test_a_proxy_that_fails_is_named_without_its_password() -> None:
    login = "http://user:pass-word"
    dead = closed_port()
    unreachable = await listed(connection_to("http://api.example/v1", proxy=f"{login}@127.0.0.1:{dead}"))
    assert unreachable is not None
    assert (unreachable.info.code, unreachable.detail) == ("provider_unavailable.proxy", f"127.0.0.1:{dead}")
    async with serving(
        {"GET http://api.example/v1/models": answer(407), "CONNECT api.example:443": answer(407)}
    ) as proxy:
        for scheme in ("http", "https"):
            address = f"{login}@127.0.0.1:{proxy.port}"
            refused = await listed(connection_to(f"{scheme}://api.example/v1", proxy=address))
            assert refused is not None
            assert refused.info.code == "provider_unavailable.proxy"
            assert refused.detail == f"127.0.0.1:{proxy.port}: 407 Toy"
            assert refused.sent == "no"
    for proxy_url in (f"gopher://user:pass-word@127.0.0.1:{dead}", f"socks5://user:pass-word@127.0.0.1:{dead}"):
        unusable = await listed(connection_to("http://api.example/v1", proxy=proxy_url))
        assert unusable is not None
        assert (unusable.info.code, unusable.detail) == ("provider_unavailable.proxy", f"127.0.0.1:{dead}")
    malformed = await listed(connection_to("http://api.example/v1", proxy="http://user:pass-word@[::1"))
    assert malformed is not None
    assert (malformed.info.code, malformed.detail) == ("provider_unavailable.proxy", "")


async def test_a_certificate_counts_with_its_ca_file_and_not_without(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with serving({"GET /v1/models": LIST}, authority.context()) as server:
        assert await listed(connection_to(server.url, ca_file=str(authority.ca_file))) is None
        error = await listed(connection_to(server.url))
    assert error is not None
    assert error.info.code == "provider_unavailable.certificate"
    assert (error.sent, len(server.heard)) == ("no", 1)


async def test_a_ca_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    missing, empty = tmp_path / "missing.pem", tmp_path / "empty.pem"
    empty.write_text("hello")
    for path, why in ((missing, "No such file"), (empty, "")):
        error = await listed(connection_to("https://127.0.0.1:1/v1", ca_file=str(path)))
        assert error is not None
        assert error.info.code == "provider_unavailable.certificate"
        assert error.detail.startswith(f"{path}: {why}")


async def test_neither_logs_nor_reprs_hold_a_key_or_a_password(
    caplog: pytest.LogCaptureFixture, server: Loopback
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("openai").setLevel(logging.DEBUG)
    connection = connection_to(server.url)
    wire = wire_to(connection)
    client = await wire.client()
    await client.models.list()
    told = [repr(wire), repr(client), str(vars(wire))]
    for path in ("/nothing", "/models"):
        try:
            await client.post(path, cast_to=object, body={"secret": KEY})
        except Exception as error:
            told += [repr(error), str(error), repr(provider_error(error, billable=True))]
    await wire.aclose()
    async with serving({"GET http://api.example/v1/models": NOT_FOUND}) as proxy:
        address = f"http://user:pass-word@127.0.0.1:{proxy.port}"
        await listed(connection_to("http://api.example/v1", proxy=address))
    logging.getLogger("openai").setLevel(logging.NOTSET)
    text = caplog.text + "".join(told)
    assert "HTTP Response: GET 200" in caplog.text
    assert KEY not in text
    assert "pass-word" not in text


async def test_the_log_file_holds_neither_key_nor_text_whatever_the_libraries_are_told_to_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    libraries = [logging.getLogger(name) for name in ("openai", "httpx2", "httpcore2")]
    with ToyOpenAI(key=KEY) as toy, logging_to(tmp_path) as path:
        for library in libraries:
            library.setLevel(logging.DEBUG)
        wire = wire_to(connection_to(toy.base_url))
        client = await wire.client()
        await client.responses.create(model="toy-1", input="Bonjour, ma commande", instructions="Bonjour")
        with pytest.raises(NotFoundError):
            await client.responses.create(model="no-such-model", input="Bonjour, ma commande")
        await wire.aclose()
        for library in libraries:
            library.setLevel(logging.NOTSET)
    assert {name.partition(".")[0] for name, *_ in caplog.record_tuples} >= {"openai", "httpx2", "httpcore2"}
    assert path.read_text() == ""


async def test_uploads_may_take_longer_than_other_requests() -> None:
    from iaposte_desktop.providers.sdk import UPLOAD_TIMEOUT

    with ToyOpenAI() as toy:
        wire = wire_to(connection_to(toy.base_url), "sk-toy")
        client = await wire.client()
        assert UPLOAD_TIMEOUT.write is not None
        timeout = client.timeout
        assert not isinstance(timeout, float | None)
        assert (timeout.connect, timeout.write, timeout.pool, timeout.read) == (5, 60, 5, 60)
        assert (UPLOAD_TIMEOUT.connect, UPLOAD_TIMEOUT.write) == (5, 300)
        assert client.max_retries == 0
        await client.files.create(file=("a.txt", b"hello"), purpose="assistants", timeout=UPLOAD_TIMEOUT)
        await wire.aclose()
        assert toy.invalid == []
