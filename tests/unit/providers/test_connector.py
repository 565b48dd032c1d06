from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import KeyRefused, ProviderUnavailable
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.ports.connections import Connected
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.providers.connector import ProviderConnector
from iaposte_desktop.providers.local_servers import PORTS
from iaposte_desktop.workspace.workspace import SqlWorkspace
from tests.fakes.clock import ManualClock
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai.server import ToyOpenAI

REQUEST = mp.GenerationRequest(
    "toy-1", "Answer.", (mp.CustomerMail("Refund", "How long does a refund take?"),), mp.ReplyContext("en", "Ada")
)


class PlainText:
    suffixes = frozenset({".csv"})

    async def read(self, path: Path) -> str:
        return path.read_text("utf-8")


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI() as toy:
        yield toy


@pytest.fixture
def connection(toy: ToyOpenAI) -> Connection:
    return Connection("conn_1", "Toy", ConnectionKind.COMPATIBLE, base_url=toy.base_url, has_vector_stores=True)


@pytest.fixture
def secrets(connection: Connection) -> MemorySecrets:
    return MemorySecrets({connection.key_name: "sk-toy"})


@pytest.fixture
def connector(secrets: MemorySecrets, workspace: SqlWorkspace, clock: ManualClock) -> ProviderConnector:
    return ProviderConnector(secrets, workspace.uploads, PlainText(), clock)


async def closed(connected: Connected) -> None:
    await connected.model.aclose()
    if connected.stores is not None:
        await connected.stores.aclose()


def test_neither_the_module_nor_connecting_loads_the_sdk() -> None:
    source = """
import sys
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.providers.connector import ProviderConnector

connector = ProviderConnector(None, None, None, None)
for protocol in ApiProtocol:
    connector.connect(Connection("c", "c", ConnectionKind.LOCAL, protocol, "http://127.0.0.1", has_vector_stores=True))
print(sorted({"openai", "httpx2", "pydantic"} & sys.modules.keys()))
"""
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


@pytest.mark.parametrize("protocol", ApiProtocol)
def test_generating_loads_the_sdk_on_a_thread_of_its_own_and_not_for_want_of_a_key(protocol: ApiProtocol) -> None:
    source = f"""
import asyncio, sys, threading
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.connector import ProviderConnector
from tests.fakes.secrets import MemorySecrets

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in {{"openai", "httpx2"}}:
            print(name, threading.current_thread() is threading.main_thread())

async def generate(kind):
    connection = Connection("c", "c", kind, ApiProtocol("{protocol}"), "http://127.0.0.1:1/v1")
    model = ProviderConnector(MemorySecrets(), None, None, None).connect(connection).model
    try:
        async for _ in model.generate(mp.GenerationRequest("toy-1", "", (), mp.ReplyContext("en"))):
            pass
    except Exception as error:
        print(error.info.code)
    await model.aclose()

sys.meta_path.insert(0, Watch())
asyncio.run(generate(ConnectionKind.AZURE))
asyncio.run(generate(ConnectionKind.LOCAL))
"""
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    missing, *loaded, refused = ended.stdout.splitlines()
    assert (missing, refused) == ("key_missing", "provider_unavailable.refused")
    assert sorted(loaded) == ["httpx2 False", "openai False"]


async def test_connecting_sends_nothing_and_reads_no_key(
    connector: ProviderConnector, connection: Connection, secrets: MemorySecrets, toy: ToyOpenAI
) -> None:
    connected = connector.connect(connection)
    assert connected.model.name == "conn_1"
    assert connected.stores is not None
    assert connected.stores.name == "conn_1"
    await closed(connected)
    assert (secrets.asked, toy.requests) == ([], [])


@pytest.mark.parametrize(
    ("protocol", "endpoint"),
    [
        (ApiProtocol.RESPONSES, "/responses"),
        (ApiProtocol.CHAT_COMPLETIONS, "/chat/completions"),
        (ApiProtocol.ASSISTANTS_V2, "/threads/runs"),
    ],
)
async def test_the_protocol_says_where_a_reply_is_generated(
    protocol: ApiProtocol, endpoint: str, connector: ProviderConnector, connection: Connection, toy: ToyOpenAI
) -> None:
    connected = connector.connect(replace(connection, protocol=protocol))
    events = [event async for event in connected.model.generate(REQUEST)]
    await closed(connected)
    assert isinstance(events[-1], mp.Completed)
    generating = {"/responses", "/chat/completions", "/threads/runs"}
    assert {each.path for each in toy.requests if each.method == "POST"} & generating == {endpoint}
    assert toy.invalid == []


async def test_a_connection_without_vector_stores_has_none(
    connector: ProviderConnector, connection: Connection
) -> None:
    connected = connector.connect(replace(connection, has_vector_stores=False))
    assert connected.stores is None
    await closed(connected)


async def test_both_ports_share_one_client_and_the_last_closes_it(
    connector: ProviderConnector, connection: Connection, secrets: MemorySecrets
) -> None:
    connected = connector.connect(connection)
    stores = connected.stores
    assert stores is not None
    assert await connected.model.models()
    assert await stores.list() == ()
    assert secrets.asked == [connection.key_name]
    await connected.model.aclose()
    await connected.model.aclose()
    assert await stores.list() == ()
    await stores.aclose()
    with pytest.raises(ProviderUnavailable):
        await stores.list()


async def test_a_connection_is_tested_with_the_key_that_is_given_or_the_one_that_is_kept(
    connector: ProviderConnector, connection: Connection, secrets: MemorySecrets
) -> None:
    assert (await connector.test(connection, None)).has_vector_stores
    asked = list(secrets.asked)
    with pytest.raises(KeyRefused):
        await connector.test(connection, Secret("sk-other"))
    await secrets.delete(connection.key_name)
    assert (await connector.test(connection, Secret("sk-toy"))).best_protocol is ApiProtocol.RESPONSES
    assert secrets.asked == asked
    assert secrets.secrets == {}


async def test_local_servers_are_looked_for_where_they_are_by_custom(connector: ProviderConnector) -> None:
    places = {(name, f"http://127.0.0.1:{port}/v1") for port, name in PORTS.items()}
    assert {(server.name, server.base_url) for server in await connector.local_servers()} <= places
