from __future__ import annotations

import subprocess
import sys

import pytest

from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.errors import ProviderError
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai import faults
from tests.unit.providers.responses.conftest import Desk


def provider_of(kind: ConnectionKind, *, has_vector_stores: bool) -> ResponsesProvider:
    connection = Connection("con_7", "Any", kind, base_url="http://127.0.0.1:9/v1", has_vector_stores=has_vector_stores)
    return ResponsesProvider(Wire(connection, MemorySecrets()))


def test_it_is_named_as_its_connection() -> None:
    assert provider_of(ConnectionKind.COMPATIBLE, has_vector_stores=False).name == "con_7"


def test_what_it_can_do() -> None:
    can = provider_of(ConnectionKind.COMPATIBLE, has_vector_stores=False).capabilities
    assert can.streaming
    assert can.function_tools
    assert can.json_output
    assert can.reasoning
    assert can.background_resume
    assert can.is_language_model


@pytest.mark.parametrize("has_vector_stores", [True, False])
def test_it_searches_itself_where_the_server_has_stores(has_vector_stores: bool) -> None:
    can = provider_of(ConnectionKind.OPENAI, has_vector_stores=has_vector_stores).capabilities
    assert can.hosted_file_search is has_vector_stores


@pytest.mark.parametrize(("kind", "is_remote"), [(ConnectionKind.OPENAI, True), (ConnectionKind.LOCAL, False)])
def test_a_server_on_this_machine_is_not_remote(kind: ConnectionKind, is_remote: bool) -> None:
    assert provider_of(kind, has_vector_stores=False).capabilities.is_remote is is_remote


async def test_models_are_those_that_generate(desk: Desk) -> None:
    assert "toy-1" in {model.id for model in await desk.provider.models()}


async def test_a_list_of_models_that_fails_is_an_error(desk: Desk) -> None:
    desk.toy.fail(faults.Status(500), on="GET /models")
    with pytest.raises(ProviderError):
        await desk.provider.models()


def test_importing_it_does_not_load_the_sdk() -> None:
    code = (
        "import sys, iaposte_desktop.providers.responses.provider;"
        "sys.exit(any(name.partition('.')[0] in {'openai', 'httpx2', 'pydantic'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
