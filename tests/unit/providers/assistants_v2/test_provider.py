from __future__ import annotations

import subprocess
import sys

import pytest

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import ApiEnded, Delivery
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.assistants_v2.provider import AssistantsProvider
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.unit.providers.assistants_v2.conftest import REQUEST, Desk


async def test_it_bears_its_connections_name(desk: Desk) -> None:
    assert desk.provider.name == "con_1"


@pytest.mark.parametrize("has_vector_stores", [True, False])
@pytest.mark.parametrize(("kind", "is_remote"), [(ConnectionKind.COMPATIBLE, True), (ConnectionKind.LOCAL, False)])
def test_what_it_can_do(kind: ConnectionKind, is_remote: bool, has_vector_stores: bool) -> None:
    connection = Connection("con_1", "Toy", kind, base_url="http://127.0.0.1:1/v1", has_vector_stores=has_vector_stores)
    assert AssistantsProvider(Wire(connection, MemorySecrets())).capabilities == mp.ModelCapabilities(
        streaming=False,
        function_tools=True,
        background_resume=True,
        hosted_file_search=has_vector_stores,
        json_output=True,
        reasoning=False,
        is_remote=is_remote,
    )


async def test_its_models_are_the_servers(desk: Desk) -> None:
    assert "toy-1" in {model.id for model in await desk.provider.models()}


async def test_input_is_not_counted_beforehand(desk: Desk) -> None:
    assert await desk.provider.count_input_tokens(REQUEST) is None
    assert desk.toy.requests == []


async def test_every_request_names_the_version(desk: Desk) -> None:
    await desk.events()
    await desk.closed()
    assert {request.headers.get("openai-beta") for request in desk.toy.requests} == {"assistants=v2"}


class TestOpenAI:
    """No test reaches the network: that the key is never asked for shows that nothing is sent."""

    @pytest.fixture
    def secrets(self) -> MemorySecrets:
        return MemorySecrets()

    @pytest.fixture(params=["", "eu"])
    def provider(self, request: pytest.FixtureRequest, secrets: MemorySecrets) -> AssistantsProvider:
        connection = Connection("con_1", "OpenAI", ConnectionKind.OPENAI, ApiProtocol.ASSISTANTS_V2, "", request.param)
        return AssistantsProvider(Wire(connection, secrets))

    async def test_generating_is_over(self, provider: AssistantsProvider, secrets: MemorySecrets) -> None:
        with pytest.raises(ApiEnded, match="2026-08-26") as caught:
            await anext(provider.generate(REQUEST))
        assert (caught.value.sent, caught.value.billed) == (Delivery.NO, Delivery.NO)
        assert secrets.asked == []

    async def test_so_is_resuming(self, provider: AssistantsProvider, secrets: MemorySecrets) -> None:
        with pytest.raises(ApiEnded):
            await anext(provider.resume("thread_1/run_1"))
        assert secrets.asked == []

    async def test_there_is_nothing_to_cancel(self, provider: AssistantsProvider, secrets: MemorySecrets) -> None:
        await provider.cancel("thread_1/run_1")
        assert secrets.asked == []


def test_the_sdk_is_not_loaded_with_it() -> None:
    program = "import sys, iaposte_desktop.providers.assistants_v2.provider; sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
