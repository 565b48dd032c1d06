from __future__ import annotations

import subprocess
import sys

import pytest

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import ProviderError
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.chat_completions.provider import ChatCompletionsProvider
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.unit.providers.chat_completions.conftest import REQUEST, Desk


async def test_it_bears_its_connections_name(desk: Desk) -> None:
    assert desk.provider.name == "con_1"


@pytest.mark.parametrize(("kind", "is_remote"), [(ConnectionKind.COMPATIBLE, True), (ConnectionKind.LOCAL, False)])
def test_what_it_can_do(kind: ConnectionKind, is_remote: bool) -> None:
    connection = Connection("con_1", "Toy", kind, ApiProtocol.CHAT_COMPLETIONS, base_url="http://127.0.0.1:1/v1")
    provider = ChatCompletionsProvider(Wire(connection, MemorySecrets()))
    assert provider.capabilities == mp.ModelCapabilities(
        streaming=True,
        function_tools=True,
        background_resume=False,
        hosted_file_search=False,
        json_output=True,
        reasoning=True,
        is_remote=is_remote,
    )


async def test_its_models_are_the_servers(desk: Desk) -> None:
    assert "toy-1" in {model.id for model in await desk.provider.models()}


async def test_nothing_is_kept_to_resume(desk: Desk) -> None:
    with pytest.raises(ProviderError):
        await anext(desk.provider.resume("chatcmpl-1"))
    assert desk.toy.requests == []


async def test_cancelling_sends_nothing(desk: Desk) -> None:
    await desk.provider.cancel("chatcmpl-1")
    assert desk.toy.requests == []


async def test_input_is_not_counted_beforehand(desk: Desk) -> None:
    assert await desk.provider.count_input_tokens(REQUEST) is None
    assert desk.toy.requests == []


def test_the_sdk_is_not_loaded_with_it() -> None:
    program = "import sys, iaposte_desktop.providers.chat_completions.provider; sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
